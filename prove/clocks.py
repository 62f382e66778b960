"""Every term from every day of twenty-three years ends where another's calendar says, or is called provisional."""

from __future__ import annotations

from chengxin.kernel.clocks import Length, Unit, ends_on
from chengxin.kernel.days import shipped_holidays
from tests.rules.remedies.calendars import DAYS, SETTLED, oracle

TITLE = "clocks against an independent calendar, every start day from 2004 to 2026, all lengths, both sides"
LENGTHS = [
    *(Length(n, Unit.WORKING_DAYS) for n in range(1, 31)),
    *(Length(n, Unit.DAYS) for n in range(1, 101)),
    *(Length(n, Unit.MONTHS) for n in range(1, 13)),
    *(Length(n, Unit.YEARS) for n in range(1, 6)),
]


def run() -> str:
    """Raises AssertionError with the first terms that differ."""
    holidays = shipped_holidays()
    differing: list[tuple[object, ...]] = []
    provisional = counted = 0
    for start in DAYS:
        for length in LENGTHS:
            end = oracle(start, length)
            for side in ("office", "person"):
                due = ends_on(start, length, holidays, side)
                counted += 1
                provisional += due.provisional
                past = end is None or end > SETTLED
                if due.provisional is not past or not (past or due.day == end):
                    differing.append((start, length, side, due, end))
    assert not differing, differing[:20]
    return (
        f"{counted:,} ends, 0 differences; {provisional:,} lie past the last notice and say that they are provisional"
    )
