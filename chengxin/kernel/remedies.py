"""How long a decision can be contested, and so when it becomes final (F4)."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Final

from chengxin.kernel.clocks import Length, Unit, ends_on
from chengxin.kernel.days import Holidays

RECONSIDERATION: Final = Length(60, Unit.DAYS)
"""行政复议法 20: from knowing of the decision."""
LAWSUIT: Final = Length(6, Unit.MONTHS)
"""行政诉讼法 46: the same."""


def contest_terms(holidays: Holidays) -> Callable[[date], date]:
    """Day of service -> the last day on which the decision can be contested, where its person was told of the right.

    It remembers: a file has few days of service and many rows.
    """

    @lru_cache(maxsize=8192)
    def last_day(served_on: date) -> date:
        return max(ends_on(served_on, length, holidays, "person").day for length in (RECONSIDERATION, LAWSUIT))

    return last_day
