"""Statutory holidays where no notice stands: around which days something will be moved, and by how much at most.

Source of the days: 全国年节及纪念日放假办法 (2024) 2. Where the lunar days of a year are not in the table, their
season is the whole stretch in which they can fall.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from chengxin.kernel.days import ONE_DAY, Holidays

NEAR: Final = timedelta(days=14)
"""Make-up days have lain at most 10 days from the nearest statutory day (2004 to 2026)."""

MOVED_AT_MOST: Final = 5
"""Working days that one holiday can take out of a clock beyond its statutory days (2020: 24 and 28 to 31 January)."""

_FIXED: Final = (((1, 1), (1, 1)), ((5, 1), (5, 2)), ((10, 1), (10, 3)))
_FLOATING: Final = (((1, 20), (2, 24), 4), ((4, 4), (4, 6), 1), ((5, 27), (6, 26), 1), ((9, 7), (10, 9), 1))


@dataclass(frozen=True, slots=True)
class Season:
    """One holiday, or the stretch in which it falls; both days included."""

    first: date
    last: date
    further_working_days: int


def seasons_near(day: date, holidays: Holidays) -> tuple[Season, ...]:
    """The holidays within 14 days of this day, those of the next and the last year included."""
    return tuple(
        season
        for year in sorted({(day - NEAR).year, (day + NEAR).year})
        for season in _seasons_of(year, _statutory(year, holidays))
        if season.first - NEAR <= day <= season.last + NEAR
    )


def is_certainly_off(day: date, holidays: Holidays) -> bool:
    """True on a statutory day that is known without a notice."""
    known = _statutory(day.year, holidays)
    if known is not None:
        return day in known
    return any(first <= (day.month, day.day) <= last for first, last in _FIXED)


def _statutory(year: int, holidays: Holidays) -> tuple[date, ...] | None:
    row = holidays.years.get(year)
    return row.statutory if row else None


@lru_cache(maxsize=64)
def _seasons_of(year: int, statutory: tuple[date, ...] | None) -> tuple[Season, ...]:
    if statutory is None:
        fixed = [Season(date(year, *first), date(year, *last), MOVED_AT_MOST) for first, last in _FIXED]
        floating = [Season(date(year, *first), date(year, *last), MOVED_AT_MOST + n) for first, last, n in _FLOATING]
        return tuple(fixed + floating)
    days = sorted(statutory)
    starts = [days[0], *(after for before, after in pairwise(days) if after - before > ONE_DAY)]
    lasts = [*(before for before, after in pairwise(days) if after - before > ONE_DAY), days[-1]]
    return tuple(Season(first, last, MOVED_AT_MOST) for first, last in zip(starts, lasts, strict=True))
