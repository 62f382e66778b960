"""The law that clocks are counted by on this platform: the shipped book, the holidays, and where we are."""

from __future__ import annotations

from django.conf import settings

from chengxin.kernel.days import shipped_holidays
from chengxin.remedies.rules.clock_book import shipped_clocks
from chengxin.remedies.rules.workflows import Law


def law_here() -> Law:
    """``CHENGXIN_PLACES`` names province and city, whose own terms hold besides the national ones (F15)."""
    return Law(shipped_clocks(), shipped_holidays(), frozenset(settings.CHENGXIN_PLACES))
