"""The law of remedies on this platform: clocks and periods of repair, shipped and corrected, the holidays, and where we are."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from chengxin.foundation.holidays import holidays_here
from chengxin.remedies.rules.clock_book import corrected, shipped_clocks
from chengxin.remedies.rules.repair import repair_corrected, shipped_repair
from chengxin.remedies.rules.workflows import Law
from chengxin.remedies.terms.clocks import ClockBook
from chengxin.remedies.terms.repair_periods import RepairBook


def law_here() -> Law:
    """``CHENGXIN_PLACES`` names province and city, whose own terms hold besides the national ones (F15)."""
    book = clocks_here()
    return Law(book, holidays_here(), frozenset(settings.CHENGXIN_PLACES), frozenset(book.confirmations))


def clocks_here() -> ClockBook:
    """The shipped book with the corrections that the file ``CHENGXIN_CLOCKS`` holds. Raises LawDataBroken, OSError."""
    return _read(settings.CHENGXIN_CLOCKS) if settings.CHENGXIN_CLOCKS else shipped_clocks()


def repair_here() -> RepairBook:
    """The shipped periods of repair with the corrections that the file ``CHENGXIN_REPAIR`` holds. Raises as `clocks_here`."""
    return _read_repair(settings.CHENGXIN_REPAIR) if settings.CHENGXIN_REPAIR else shipped_repair()


@lru_cache(maxsize=4)
def _read(path: str) -> ClockBook:
    # read once, when the process starts: what a clock is does not change under a case in work
    return corrected(shipped_clocks(), Path(path).read_text("utf-8"))


@lru_cache(maxsize=4)
def _read_repair(path: str) -> RepairBook:
    return repair_corrected(shipped_repair(), Path(path).read_text("utf-8"))
