"""The counter: what other rooms may use of remedies, besides its terms."""

from chengxin.remedies.actions.opening import open_case
from chengxin.remedies.actions.papers import hand_in_paper, open_paper
from chengxin.remedies.actions.reading import assign_case, case_for, case_of, cases_of
from chengxin.remedies.actions.stepping import acts_open, letter_lacks_now, take_step
from chengxin.remedies.queries.docket import docket_line, due_before, open_cases
from chengxin.remedies.rules.clock_book import parse_clocks, shipped_clocks
from chengxin.remedies.rules.clocks import clocks_holding, may_extend, sources_to_confirm, start_clock, time_left
from chengxin.remedies.rules.letters import letter_kind, letter_lacks, remedy_ends
from chengxin.remedies.rules.notices import announcement, may_announce, notice_lacks, served_on
from chengxin.remedies.rules.repair import may_ask_repair, parse_repair, repair_outlook, shipped_repair
from chengxin.remedies.rules.workflows import WORKFLOWS, Law, as_it_stands, next_state, open_acts

__all__ = [
    "WORKFLOWS",
    "Law",
    "acts_open",
    "announcement",
    "as_it_stands",
    "assign_case",
    "case_for",
    "case_of",
    "cases_of",
    "clocks_holding",
    "docket_line",
    "due_before",
    "hand_in_paper",
    "letter_kind",
    "letter_lacks",
    "letter_lacks_now",
    "may_announce",
    "may_ask_repair",
    "may_extend",
    "next_state",
    "notice_lacks",
    "open_acts",
    "open_case",
    "open_cases",
    "open_paper",
    "parse_clocks",
    "parse_repair",
    "remedy_ends",
    "repair_outlook",
    "served_on",
    "shipped_clocks",
    "shipped_repair",
    "sources_to_confirm",
    "start_clock",
    "take_step",
    "time_left",
]
