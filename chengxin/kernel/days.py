"""Days are days in Shanghai; which of them are worked is said by the State Council's notices, one a year.

The table is a file with its sources. A day that no loaded notice settles is never guessed here: `clocks` counts it
in two ways, against the office and for the person (F15).
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from chengxin.kernel.errors import BadInput

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
"""Not a fixed +08:00: the clocks went forward in the summers of 1986 to 1991."""

ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5

SETTLED_UNTIL: Final = (12, 28)
"""Up to here a year's own notice stands: the next year's has reached back to 29 December (2007, 2018)."""


class MomentWithoutZone(BadInput):
    """A moment was given without its time zone."""

    code = "moment_without_zone"


class HolidayTableBroken(BadInput):
    """The table of holidays contradicts itself."""

    code = "holiday_table_broken"


def shanghai_day(moment: datetime) -> date:
    """The day on the calendar in Shanghai at an aware moment."""
    if moment.utcoffset() is None:
        raise MomentWithoutZone()
    return moment.astimezone(SHANGHAI).date()


def day_starts_at(day: date) -> datetime:
    """The moment (UTC) at which a Shanghai day begins; the one before it has ended by then."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """One year of the table. `noticed` is false where only the statutory days are known; the notice is yet to come.

    `dated`: the day of the notice, where the operator's own file brought it; None for what came with the release.
    """

    year: int
    source: str
    confidence: str
    noticed: bool
    off: frozenset[date]
    work: frozenset[date]
    statutory: tuple[date, ...]
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Holidays:
    """The loaded table: which days are off, which weekend days are worked, and how far that is settled."""

    years: Mapping[int, HolidayYear]
    off: frozenset[date] = field(init=False)
    work: frozenset[date] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "years", MappingProxyType(dict(self.years)))
        object.__setattr__(self, "off", frozenset().union(*(year.off for year in self.years.values())))
        object.__setattr__(self, "work", frozenset().union(*(year.work for year in self.years.values())))
        _refuse_contradictions(self)

    def __reduce__(self) -> tuple[object, ...]:
        return Holidays, (dict(self.years),)

    @property
    def last_noticed_year(self) -> int | None:
        """The last year whose notice is loaded."""
        return max((year.year for year in self.years.values() if year.noticed), default=None)

    def is_settled(self, day: date) -> bool:
        """True where loaded notices say for good whether this day is worked."""
        own = self.years.get(day.year)
        if own is None or not own.noticed:
            return False
        following = self.years.get(day.year + 1)
        return (day.month, day.day) <= SETTLED_UNTIL or (following is not None and following.noticed)

    @property
    def settled_until(self) -> date | None:
        """The last day up to which every day of the table is settled."""
        noticed = sorted(year.year for year in self.years.values() if year.noticed)
        last = next((year for year in noticed if year + 1 not in noticed), None)
        return None if last is None else date(last, *SETTLED_UNTIL)

    def is_working(self, day: date) -> bool:
        """True on a day on which offices work; where nothing is settled, on every weekday."""
        return day in self.work or not (is_weekend(day) or day in self.off)

    def without_notices_from(self, year: int) -> "Holidays":
        """The same table as it stood before the notices of `year` and later ones came; statutory days stay known."""
        return Holidays({y.year: _unnoticed(y) if y.year >= year else y for y in self.years.values()})


def _unnoticed(year: HolidayYear) -> HolidayYear:
    return HolidayYear(year.year, year.source, year.confidence, False, frozenset(), frozenset(), year.statutory)


def _refuse_contradictions(holidays: Holidays) -> None:
    for key, year in holidays.years.items():
        reach = {day.year for day in year.off | year.work}
        faults = {
            "year": key != year.year,
            "source": not year.source or year.confidence not in ("A", "B", "C", "M"),
            "work_not_weekend": not all(map(is_weekend, year.work)),
            "outside_year": not reach <= {year.year, year.year - 1},
            "reaches_too_far_back": any(
                day.year < year.year and (day.month, day.day) <= SETTLED_UNTIL for day in year.off | year.work
            ),
            "statutory_outside_year": any(day.year != year.year for day in year.statutory),
            "statutory_not_off": year.noticed and not holidays.off.issuperset(year.statutory),
            "days_without_notice": not year.noticed and bool(year.off or year.work),
        }
        for why, broken in faults.items():
            if broken:
                raise HolidayTableBroken(year=key, why=why)
    both = holidays.off & holidays.work
    if both:
        raise HolidayTableBroken(year=min(both).year, why="off_and_worked")


def parse_holidays(text: str) -> Holidays:
    """A table in the form of `data/holidays.toml`. Raises `HolidayTableBroken` where it contradicts itself."""
    years: dict[int, HolidayYear] = {}
    for row in tomllib.loads(text)["year"]:
        year = HolidayYear(
            year=row["year"],
            source=row["source"],
            confidence=row["confidence"],
            noticed="off" in row,
            off=frozenset(days_of(row.get("off", ()))),
            work=frozenset(row.get("work", ())),
            statutory=tuple(row["statutory"]),
        )
        if year.year in years:
            raise HolidayTableBroken(year=year.year, why="year_twice")
        years[year.year] = year
    return Holidays(years)


def days_of(runs: Iterable[tuple[date, date]]) -> Iterator[date]:
    """Every day of these runs, first and last included."""
    for first, last in runs:
        yield from (first + ONE_DAY * n for n in range((last - first).days + 1))


@cache
def shipped_holidays() -> Holidays:
    """The table that comes with this release."""
    return parse_holidays((files("chengxin.kernel") / "data" / "holidays.toml").read_text("utf-8"))
