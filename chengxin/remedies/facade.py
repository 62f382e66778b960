"""The counter: what other rooms may use of remedies, besides its terms."""

from chengxin.remedies.rules.clock_book import parse_clocks, shipped_clocks
from chengxin.remedies.rules.clocks import clocks_holding, may_extend, sources_to_confirm, start_clock, time_left
from chengxin.remedies.rules.workflows import WORKFLOWS, Law, as_it_stands, next_state, open_acts

__all__ = [
    "WORKFLOWS",
    "Law",
    "as_it_stands",
    "clocks_holding",
    "may_extend",
    "next_state",
    "open_acts",
    "parse_clocks",
    "shipped_clocks",
    "sources_to_confirm",
    "start_clock",
    "time_left",
]
