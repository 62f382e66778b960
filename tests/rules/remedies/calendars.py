"""The last day of a term by another's calendar (chinesecalendar), which knows the State Council's notices of 2004 to 2026."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, timedelta

import chinese_calendar

from chengxin.kernel.clocks import Length, Unit
from chengxin.kernel.days import SETTLED_UNTIL

ONE = timedelta(days=1)
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + ONE * n for n in range((LAST - FIRST).days + 1)]
WORKED = [day for day in DAYS if chinese_calendar.is_workday(day)]
SETTLED = date(2026, *SETTLED_UNTIL)


def oracle(start: date, length: Length) -> date | None:
    """The last day by the calendar package alone; None past its end."""
    if length.unit is Unit.WORKING_DAYS:
        at = bisect_right(WORKED, start) + length.n - 1
    else:
        at = bisect_left(WORKED, by_calendar(start, length))
    return WORKED[at] if at < len(WORKED) else None


def by_calendar(start: date, length: Length) -> date:
    """The day on which a term in days, months or years ends, before any holiday moves it."""
    if length.unit is Unit.DAYS:
        return start + ONE * length.n
    months = start.month - 1 + length.n * (12 if length.unit is Unit.YEARS else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
