"""Figures of collection set by policy, each with the day it starts to hold and its source. The newest that started counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CollectionFigures:
    """What holds from a day on.

    ``mismatches_a_day`` and ``mismatches_per_thousand``: how many rows of one clerk may disagree with the name known for a
    number in one Shanghai day, the larger of the two counting (F9: agreement answers would be an oracle).
    ``file_days``: a file is destroyed so many days after its answer, or after it stopped and nobody went on with it.
    ``open_days``: a draft nobody sends, and a file nobody works on, ends after so many days. ``quarantine_days``: a held
    row ends after so many.
    ``room_factor`` times its size, and ``room_floor`` bytes on top, must be free before a file is taken.
    """

    in_force_from: date
    mismatches_a_day: int
    mismatches_per_thousand: int
    file_days: int
    open_days: int
    quarantine_days: int
    room_factor: int
    room_floor: int
    source: str


FIGURES: tuple[CollectionFigures, ...] = (
    CollectionFigures(
        in_force_from=date(2000, 1, 1),
        mismatches_a_day=50,
        mismatches_per_thousand=20,
        file_days=7,
        open_days=30,
        quarantine_days=30,
        room_factor=4,
        room_floor=256 * 2**20,
        source="F9: 7 days after the answer, 30 days of quarantine. The others are this product's own",
    ),
)


def figures_on(day: date) -> CollectionFigures:
    """The figures that hold on a Shanghai day."""
    return max((one for one in FIGURES if one.in_force_from <= day), key=lambda one: one.in_force_from)
