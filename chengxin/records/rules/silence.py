"""When an office's silence takes an entry out: a matter of the date, read from the marks and never run (F5, decision 10).

Its SQL form stands in ``sql/visible.sql``; a test holds both equal over random sequences of marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.kernel.days import shanghai_day
from chengxin.records.terms import TERMS, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from chengxin.records.terms import MarkView


def lapses_on(marks: Iterable[MarkView]) -> date | None:
    """The first day on which silence keeps this entry out of every output, or None. ``marks``: all of it, as they were set.

    OBJECTED sets a term running and CLOCK_MOVED another in its place (``may_mark``: while the objection is open); each
    carries the first day after the term's last, or none. The entry is out from 00:00 in Shanghai of that day on. A newer
    term takes the older one's place, and OBJECTION_ENDED stops it, but only before its day: what silence has taken out
    stays out, whatever comes later. READMITTED alone brings it back, and takes nothing from a term that still runs.
    """
    out: date | None = None
    term: date | None = None
    for mark in marks:
        if term is not None and term <= shanghai_day(mark.at):
            out, term = _earlier(out, term), None
        if mark.kind in TERMS:
            term = mark.lapses_on
        elif mark.kind is MarkKind.OBJECTION_ENDED:
            term = None
        elif mark.kind is MarkKind.READMITTED:
            out = None
    return _earlier(out, term)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
