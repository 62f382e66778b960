"""The law that clocks are counted by on this platform: the book, shipped and corrected, the holidays, and where we are."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from chengxin.kernel.days import shipped_holidays
from chengxin.remedies.rules.clock_book import corrected, shipped_clocks
from chengxin.remedies.rules.workflows import Law
from chengxin.remedies.terms.clocks import ClockBook


def law_here() -> Law:
    """``CHENGXIN_PLACES`` names province and city, whose own terms hold besides the national ones (F15)."""
    return Law(clocks_here(), shipped_holidays(), frozenset(settings.CHENGXIN_PLACES))


def clocks_here() -> ClockBook:
    """The shipped book with the corrections that the file ``CHENGXIN_CLOCKS`` holds. Raises LawDataBroken, OSError."""
    return _read(settings.CHENGXIN_CLOCKS) if settings.CHENGXIN_CLOCKS else shipped_clocks()


@lru_cache(maxsize=4)
def _read(path: str) -> ClockBook:
    # read once, when the process starts: what a clock is does not change under a case in work
    return corrected(shipped_clocks(), Path(path).read_text("utf-8"))
