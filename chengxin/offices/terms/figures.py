"""Figures set by policy, each with the day it starts to hold and its source. The newest that started counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of days that holds from a day on."""

    days: int
    in_force_from: date
    source: str


REAPPROVAL_DAYS: tuple[Figure, ...] = (
    Figure(
        days=180,
        in_force_from=date(2000, 1, 1),
        source="周政〔2018〕4号 (二)2 asks for regular checks of users and names no figure; "
        "个人信息保护法 51(四) asks for permissions kept reasonable; 180 days is this product's own",
    ),
)
"""A mandate works this many days after its approval or last confirmation, the last one included."""
