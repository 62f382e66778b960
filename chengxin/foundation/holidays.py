"""The table of holidays on this instance: what came with the release, and the years of the operator's own file."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from chengxin.kernel.days import Holidays, shipped_holidays
from chengxin.kernel.own_holidays import with_own_years


def holidays_here() -> Holidays:
    """The shipped table with the file ``CHENGXIN_HOLIDAYS``. Raises HolidayFileBroken, OSError."""
    return _read(settings.CHENGXIN_HOLIDAYS) if settings.CHENGXIN_HOLIDAYS else shipped_holidays()


@lru_cache(maxsize=4)
def _read(path: str) -> Holidays:
    # read once, when the process starts: what a day is does not change under a case in work
    return with_own_years(shipped_holidays(), Path(path).read_text("utf-8"))
