"""A right before another organ or a court is told by the earliest day that a notice of holidays yet to come can lead to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chengxin.kernel.clocks import Deadline, Length, Unit
from chengxin.kernel.days import shipped_holidays
from chengxin.remedies.rules.clocks import clocks_holding, start_clock
from chengxin.remedies.rules.letters import remedy_ends
from chengxin.remedies.rules.workflows import Law
from chengxin.remedies.terms.clocks import (
    Brings,
    ClockBook,
    Extension,
    ExtensionRule,
    Matter,
    Pause,
    PausedBy,
    PauseRule,
    RunningClock,
)
from chengxin.remedies.terms.words import Who
from tests.rules.remedies.cases import LAW

BOOK = LAW.book
KNOWN = shipped_holidays()
OUTWARD = sorted(
    matter
    for matter in Matter
    if any(one.brings is Brings.RIGHT_ENDS for one in clocks_holding(BOOK, matter, date(2025, 11, 3)))
)
NOTICED = (2021, 2022, 2023, 2024, 2025, 2026)


def _half_year_before(year: int) -> list[date]:
    first = date(year - 1, 7, 1)
    return [first + timedelta(days=n) for n in range(184)]


def _running(matter: Matter, day: date, law: Law, told: Deadline | None = None) -> RunningClock:
    return start_clock(law.book, matter, day, law.holidays, on=day, told=told)


@pytest.mark.parametrize("matter", [Matter.RECONSIDERATION, Matter.LAWSUIT, Matter.LAWSUIT_AFTER_RECONSIDERATION])
def test_whoever_trusts_the_day_that_is_told_is_in_time_whatever_the_notice_says(matter: Matter) -> None:
    provisional = 0
    for year in NOTICED:
        before = Law(BOOK, KNOWN.without_notices_from(year))
        for day in filter(lambda day: clocks_holding(BOOK, matter, day), _half_year_before(year)):
            unknown, known = _running(matter, day, before), _running(matter, day, Law(BOOK, KNOWN))
            provisional += unknown.said.provisional
            assert unknown.said.day <= known.due.day <= unknown.due.day, (matter, day)
            assert remedy_ends(matter, day, before) == unknown.said
    assert provisional > 100


@pytest.mark.parametrize("matter", OUTWARD)
def test_a_later_day_told_before_the_notice_came_is_not_told_on(matter: Matter) -> None:
    """What we close ourselves keeps the later one (F15); the court's day is the court's."""
    day = date(2025, 11, 3)
    known = _running(matter, day, Law(BOOK, KNOWN))
    later = Deadline(known.due.day + timedelta(days=9), provisional=True)
    kept = _running(matter, day, Law(BOOK, KNOWN), later)
    assert (kept.due.day, kept.said) == (later.day, known.due)


def test_of_our_own_terms_one_day_is_told() -> None:
    day = date(2026, 3, 2)
    held = [matter for matter in Matter if clocks_holding(BOOK, matter, day) and matter not in OUTWARD]
    assert len(held) > 20
    assert all(_running(matter, day, LAW).said == _running(matter, day, LAW).due for matter in held)


def test_what_lengthens_the_term_lengthens_the_day_that_is_told() -> None:
    """Days in the way are not counted (行政诉讼法 48), and a court may give more."""
    day = date(2026, 3, 2)
    (lawsuit,) = clocks_holding(BOOK, Matter.LAWSUIT, day)
    more = ExtensionRule(Length(10, Unit.DAYS), Who.CHIEF, times=1, told_before=True, used=True)
    free = replace(lawsuit, extension=more, pause=PauseRule(PausedBy.OBSTACLE, used=True))
    book = ClockBook({free.code: free}, BOOK.sources)
    in_the_way = Pause(PausedBy.OBSTACLE, date(2026, 4, 1), date(2026, 4, 7))
    granted = Extension(date(2026, 5, 6), Who.CHIEF, told=True)
    ends = [
        start_clock(
            book, Matter.LAWSUIT, day, KNOWN, on=date(2026, 9, 2), pauses=pauses, extensions=extensions
        ).said.day
        for pauses, extensions in (((), ()), ((in_the_way,), ()), ((), (granted,)), ((in_the_way,), (granted,)))
    ]
    assert ends == [date(2026, 9, 2), date(2026, 9, 9), date(2026, 9, 14), date(2026, 9, 20)]
