"""The years of holidays that an operator adds to the shipped table: all of the file, or nothing of it."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeGuard

from chengxin.kernel.days import Holidays, HolidayTableBroken, HolidayYear, days_of
from chengxin.kernel.errors import BadInput

READ: Final = "A"
"""What people's days are counted by was read in the notice itself."""
LONGEST: Final = timedelta(days=16)
"""No run of days off has been longer than ten."""
_KEYS: Final = frozenset({"year", "source", "dated", "confidence", "off", "work", "statutory", "corrects"})


class HolidayFileBroken(BadInput):
    """An operator's file of holidays has faults, all of which are named; nothing of it was taken."""

    code = "holiday_file_broken"


@dataclass
class _Row:
    """One table of the file; what is wrong with it is kept with where it stands."""

    where: str
    cells: Mapping[str, Any]
    faults: list[str] = field(default_factory=list)

    def fault(self, key: str, why: str) -> None:
        self.faults.append(f"{self.where}, {key}: {why}")

    def cell(self, key: str, fits: Callable[[Any], bool], default: Any, *, needed: bool = True) -> Any:
        if key not in self.cells:
            if needed:
                self.fault(key, "missing")
            return default
        if not fits(self.cells[key]):
            self.fault(key, "wrong_kind")
            return default
        return self.cells[key]


def with_own_years(shipped: Holidays, text: str) -> Holidays:
    """The shipped table with the years of an operator's file, in the form of `data/holidays.toml` with the day of each notice.

    A year of which the table holds the notice is refused unless it says `corrects = true`. Raises HolidayFileBroken with every
    fault of the file.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _broken([f"file: not_toml ({error})"]) from error
    faults = [f"{name}: unknown_key" for name in sorted(set(tables) - {"year"})]
    listed = tables.get("year", [])
    if not isinstance(listed, list) or not all(isinstance(cells, dict) for cells in listed):
        raise _broken([*faults, "year: wrong_kind"])
    own: dict[int, HolidayYear] = {}
    for number, cells in enumerate(listed, 1):
        row = _Row(f"year {cells.get('year', f'in table {number}')}", cells)
        year = _year(row, shipped)
        if year.year in own:
            row.fault("year", "year_twice")
        own[year.year] = year
        faults += row.faults
    if faults:
        raise _broken(faults)
    try:
        return Holidays({**shipped.years, **own})
    except HolidayTableBroken as error:
        raise _broken([f"year {error.data['year']}: {error.data['why']}"]) from error


def _year(row: _Row, shipped: Holidays) -> HolidayYear:
    number = row.cell("year", _is_year, 0)
    before = shipped.years.get(number)
    found = HolidayYear(
        year=number,
        source=row.cell("source", lambda said: isinstance(said, str) and bool(said.strip()), ""),
        confidence=row.cell("confidence", lambda said: said == READ, READ),
        noticed=True,
        off=frozenset(days_of(row.cell("off", _are_runs, ()))),
        work=frozenset(row.cell("work", _are_days, ())),
        statutory=tuple(row.cell("statutory", _are_days, before.statutory if before else (), needed=before is None)),
        dated=row.cell("dated", _is_day, None),
    )
    corrects = row.cell("corrects", lambda said: isinstance(said, bool), False, needed=False)
    if before is not None and before.noticed and not corrects:
        row.fault("corrects", "in_the_shipped_table")
    if corrects and (before is None or not before.noticed):
        row.fault("corrects", "nothing_to_correct")
    row.faults += [f"{row.where}, {key}: unknown_key" for key in sorted(set(row.cells) - _KEYS)]
    return found


def _is_year(said: object) -> bool:
    return isinstance(said, int) and not isinstance(said, bool) and 2004 <= said <= 2200


def _is_day(said: object) -> TypeGuard[date]:
    return isinstance(said, date) and not isinstance(said, datetime)


def _are_days(said: object) -> bool:
    return isinstance(said, list) and all(map(_is_day, said))


def _are_runs(said: object) -> bool:
    return isinstance(said, list) and bool(said) and all(_is_run(run) for run in said)


def _is_run(run: object) -> bool:
    """A first and a last day, in this order, and no longer than any holiday."""
    if not isinstance(run, list) or len(run) != 2 or not all(map(_is_day, run)):
        return False
    first, last = run
    return bool(first <= last < first + LONGEST)


def _broken(faults: list[str]) -> HolidayFileBroken:
    return HolidayFileBroken(file="CHENGXIN_HOLIDAYS", count=len(faults), faults="; ".join(faults))


def own_years(holidays: Holidays) -> Iterator[HolidayYear]:
    """The years that the operator's file brought."""
    return (year for _, year in sorted(holidays.years.items()) if year.dated is not None)
