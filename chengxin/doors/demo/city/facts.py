"""One decided fact about one person, before a clerk has typed it into a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chengxin.doors.demo.city.deeds import themes
from chengxin.doors.demo.city.dice import Dice
from chengxin.doors.demo.city.offices import Office
from chengxin.doors.demo.city.people import Citizen
from chengxin.kernel.clocks import add_months

NO_END = date(2099, 12, 31)
LONGEST_AGO = 250
"""Days before its delivery that the oldest decision of a file was taken: a minor one is kept for 15 months here, and may
still be corrected half a year after it came."""
_RECONSIDERATION = timedelta(days=60)
_LAWSUIT_MONTHS = 6
_CLASSES = ("minor",) * 6 + ("",) * 4 + ("general",) * 8 + ("serious",) * 2
_FINES = (200, 500, 500, 1000, 1000, 2000, 3000, 5000, 10_000, 20_000)


@dataclass(frozen=True, slots=True)
class Fact:
    """What was decided. `served_on` None: nobody proved service. `act_class` "" where the office stated none."""

    person: Citizen
    theme: Mapping[str, Any]
    decider: Office
    number: str
    decided_on: date
    act_on: date
    served_on: date | None
    act_class: str
    valid_to: date
    yuan: int

    @property
    def final_on(self) -> date:
        """The day after the later term to contest it: 60 days, or 6 months, from service (行政复议法 20, 行政诉讼法 46)."""
        start = self.served_on or self.decided_on
        return max(start + _RECONSIDERATION, add_months(start, _LAWSUIT_MONTHS)) + timedelta(days=1)


def make_fact(
    person: Citizen,
    item: str,
    decider: Office,
    serial: int,
    delivered_on: date,
    dice: Dice,
    *,
    first: date | None = None,
) -> Fact:
    """A fact that was decided before `delivered_on`, and not before `first` where one is given."""
    oldest = first or delivered_on - timedelta(days=LONGEST_AGO)
    decided_on = dice.day(oldest, delivered_on - timedelta(days=2))
    served_on = min(decided_on + timedelta(days=dice.below(9)), delivered_on)
    return Fact(
        person=person,
        theme=dice.of(themes(item)),
        decider=decider,
        number=decision_number(item, decider, decided_on, serial),
        decided_on=decided_on,
        act_on=decided_on - timedelta(days=dice.between(5, 150)),
        served_on=None if dice.chance(0.06) else served_on,
        act_class=dice.of(_CLASSES),
        valid_to=NO_END if dice.chance(0.2) else add_months(decided_on, 12 * dice.between(1, 6)),
        yuan=dice.of(_FINES),
    )


def decision_number(item: str, decider: Office, decided_on: date, serial: int) -> str:
    """As the office numbers its documents: 云市监罚〔2026〕17号; courts number cases."""
    if decider.kind == "court":
        return f"（{decided_on.year}）云川执{serial}号"
    letter = "罚" if item.startswith("penalty") else "许" if item in {"licence", "trader_registration"} else "字"
    return f"云{decider.short}{letter}〔{decided_on.year}〕{serial}号"
