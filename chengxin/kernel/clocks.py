"""Legal clocks: when a period ends that law or a decision has set.

Sources: 民法典 200 (Gregorian calendar), 201 (the day it starts is not counted), 202 (corresponding day, or the last
of the month), 203 (a last day without work moves to the next working day). An office's clock is never later than
told, a person's own never earlier (F15): beyond the last loaded notice the two sides are counted differently, and
the answer is provisional.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from chengxin.kernel.days import ONE_DAY, Holidays, is_weekend
from chengxin.kernel.errors import BadInput
from chengxin.kernel.seasons import Season, is_certainly_off, seasons_near

Side: TypeAlias = Literal["office", "person"]
"""Whose deadline it is: the office that must act, or the person who may."""


class Unit(StrEnum):
    """What a clock is counted in; 行政处罚法 85 makes some `days` of a statute working days: the caller says which."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class BadLength(BadInput):
    """A legal period is one or more whole days, months or years."""

    code = "bad_length"


@dataclass(frozen=True, slots=True)
class Length:
    """A period of `n` units, n at least 1."""

    n: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.n < 1:
            raise BadLength(n=self.n, unit=self.unit.value)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a clock (it ends at 24:00 in Shanghai). Provisional: a notice yet to come may move it."""

    day: date
    provisional: bool


def add_months(day: date, n: int) -> date:
    """The corresponding day `n` months on (or back), or the last day of that month where it has none (民法典 202)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def _calendar_end(start: date, length: Length) -> date:
    match length.unit:
        case Unit.DAYS:
            return start + ONE_DAY * length.n
        case Unit.MONTHS:
            return add_months(start, length.n)
        case Unit.YEARS:
            return add_months(start, 12 * length.n)
        case Unit.WORKING_DAYS:
            raise BadLength(n=length.n, unit=length.unit.value)


def period_end(start: date, length: Length) -> date:
    """The first day on which something shown from `start` on is no longer shown, from 00:00 in Shanghai.

    One year from 2026-03-02 is over on 2027-03-02: the shorter reading, in the person's favour. No holiday moves it.
    Raises `BadLength` for working days: nothing is shown by working days.
    """
    return _calendar_end(start, length)


def ends_on(start_day: date, length: Length, holidays: Holidays, side: Side) -> Deadline:
    """The last day of a clock that something on `start_day` has set going.

    Working days are counted from the day after; other units end on their day, which moves on where it is not worked.
    The office's answer is the earliest day that any coming notice can lead to, the person's the latest that is
    likely.
    """
    walk = _walk_office if side == "office" else _walk_person
    if length.unit is Unit.WORKING_DAYS:
        return walk(start_day + ONE_DAY, length.n, holidays)
    return walk(_calendar_end(start_day, length), 1, holidays)


def kept(told: Deadline, counted_again: Deadline, side: Side) -> Deadline:
    """A deadline counted again when a notice came: the office keeps the earlier one, the person the later (F15)."""
    pick: Final[Callable[[date, date], date]] = min if side == "office" else max
    return Deadline(pick(told.day, counted_again.day), counted_again.provisional)


def _walk_office(first: date, n: int, holidays: Holidays) -> Deadline:
    """The n-th working day from `first` on, as early as it can fall.

    Where no notice stands, every weekday counts, and so does a weekend day near a statutory holiday: make-up days
    lie there.
    """
    day, provisional = first, False
    while True:
        if holidays.is_settled(day):
            works = holidays.is_working(day)
        else:
            provisional = True
            works = not is_weekend(day) or bool(seasons_near(day, holidays))
        n -= works
        if n <= 0:
            return Deadline(day, provisional)
        day += ONE_DAY


def _walk_person(first: date, n: int, holidays: Holidays) -> Deadline:
    """The n-th working day from `first` on, as late as it is likely to fall.

    Where no notice stands, weekends and statutory days are off, and each holiday that the clock comes near to adds
    working days, for what its notice may move around it.
    """
    day, provisional = first, False
    met: set[Season] = set()
    while True:
        if holidays.is_settled(day):
            works = holidays.is_working(day)
        else:
            provisional = True
            works = not (is_weekend(day) or is_certainly_off(day, holidays))
            for season in seasons_near(day, holidays):
                if season not in met:
                    met.add(season)
                    n += season.further_working_days
        n -= works
        if n <= 0:
            return Deadline(day, provisional)
        day += ONE_DAY
