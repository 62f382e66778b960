"""When an office's silence takes an entry out: a matter of the date, read from the marks and never run (F5, decision 10).

Its SQL form stands in ``sql/visible.sql``; a test holds both equal over random sequences of marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.kernel.days import shanghai_day
from chengxin.records.terms import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from chengxin.records.terms import MarkView


def lapses_on(marks: Iterable[MarkView]) -> date | None:
    """The first day on which silence keeps this entry out of every output, or None. ``marks``: all of it, as they were set.

    Each case that waits for an office has a clock, and each CLOCK_MOVED says on which day silence on that clock takes the
    entry out, from 00:00 in Shanghai, or that it runs no more. A newer one of the same clock takes its place, but only before
    its day: what silence has taken out stays out, whatever comes later. READMITTED alone brings it back, and takes nothing
    from a term that has not run out yet.
    """
    out: date | None = None
    terms: dict[UUID | None, date] = {}
    for mark in marks:
        today = shanghai_day(mark.at)
        for clock in [clock for clock, day in terms.items() if day <= today]:
            out = _earliest(out, terms.pop(clock))
        if mark.kind is MarkKind.READMITTED:
            out = None
        elif mark.kind is MarkKind.CLOCK_MOVED:
            terms.pop(mark.clock, None)
            if mark.lapses_on is not None:
                terms[mark.clock] = mark.lapses_on
    return _earliest(out, *terms.values())


def day_of_clock(marks: Iterable[MarkView], clock: UUID) -> date | None:
    """The day that one clock was moved to last, past or not; None where it runs no more, or never ran."""
    moved = [mark for mark in marks if mark.kind is MarkKind.CLOCK_MOVED and mark.clock == clock]
    return moved[-1].lapses_on if moved else None


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)
