"""A file in a few sentences: whether anything is held, and whether an adverse entry is in force today (F17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chengxin.doors.portal.presenters.around import ADVERSE
from chengxin.doors.portal.presenters.standing import SHOWN_TO_OTHERS
from chengxin.records.terms import EntryView


class Adverse(StrEnum):
    """Adverse entries today: none counts; some count, shown to their person alone; some are in force."""

    NONE = "none"
    YOURS_ALONE = "yours_alone"
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class Summary:
    """No figure stands in it: nothing here counts or sums up a person's entries (charter 3)."""

    nothing: bool
    adverse: Adverse
    others: bool
    held: bool


def summary_of(now: Sequence[EntryView], held: Sequence[EntryView]) -> Summary:
    """What the top of the file says."""
    against = [entry for entry in now if entry.nature == ADVERSE]
    if any(entry.status in SHOWN_TO_OTHERS for entry in against):
        adverse = Adverse.IN_FORCE
    else:
        adverse = Adverse.YOURS_ALONE if against else Adverse.NONE
    return Summary(nothing=not now and not held, adverse=adverse, others=len(against) < len(now), held=bool(held))
