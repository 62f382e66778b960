"""The counter: what other rooms may use of remedies, besides its terms."""

from chengxin.remedies.rules.clock_book import parse_clocks, shipped_clocks
from chengxin.remedies.rules.clocks import clocks_holding, may_extend, sources_to_confirm, start_clock, time_left

__all__ = [
    "clocks_holding",
    "may_extend",
    "parse_clocks",
    "shipped_clocks",
    "sources_to_confirm",
    "start_clock",
    "time_left",
]
