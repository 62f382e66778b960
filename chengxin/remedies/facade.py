"""The counter: what other rooms may use of remedies, besides its terms."""

from chengxin.remedies.actions.beginning import ask_back, begins_open, corrected_on, invite
from chengxin.remedies.actions.disposing import dispose_cases
from chengxin.remedies.actions.drafting import drop_draft, keep_draft
from chengxin.remedies.actions.effects import MOVED, OF_A_CASE, SWEEP_SIBLINGS
from chengxin.remedies.actions.finding import choice_of, say_which
from chengxin.remedies.actions.intake import take_in_case
from chengxin.remedies.actions.letters import LETTER, OF_A_LETTER
from chengxin.remedies.actions.opening import open_case
from chengxin.remedies.actions.papers import hand_in_paper, open_paper
from chengxin.remedies.actions.reading import WorkedCase, assign_case, case_for, case_of, cases_of
from chengxin.remedies.actions.recalling import acknowledge_recall
from chengxin.remedies.actions.recounting import ANOTHER_LAW, lines_to_recount, recount_lines
from chengxin.remedies.actions.silence import RAN_OUT
from chengxin.remedies.actions.stepping import acts_open, letter_lacks_now, take_step
from chengxin.remedies.actions.unnamed import answer_unnamed, complain_unnamed, dispose_unnamed
from chengxin.remedies.actions.writing_down import write_down_in_reach, write_down_own
from chengxin.remedies.queries.cases import case_of_letter, case_told
from chengxin.remedies.queries.docket import docket_line, due_before, open_cases
from chengxin.remedies.queries.drafts import draft_answers, drafts_of
from chengxin.remedies.queries.figures import cases_waiting, desk_figures, offices_late, public_figures
from chengxin.remedies.queries.law import clocks_here, law_here, repair_here
from chengxin.remedies.queries.outlook import outlook_of
from chengxin.remedies.queries.queue import case_line, due_word, queue_for
from chengxin.remedies.queries.recalls import recall_for, recalls_for, recalls_open
from chengxin.remedies.queries.unnamed import unnamed_by_word, unnamed_for, unnamed_open
from chengxin.remedies.rules.clock_book import parse_clocks, shipped_clocks
from chengxin.remedies.rules.clocks import clocks_holding, may_extend, sources_to_confirm, start_clock, time_left
from chengxin.remedies.rules.letters import NEEDS, NEXT, letter_kind, letter_lacks, letter_written, remedy_ends
from chengxin.remedies.rules.notices import announced_until, notice_lacks
from chengxin.remedies.rules.repair import (
    may_ask_repair,
    parse_repair,
    repair_outlook,
    repair_to_confirm,
    shipped_repair,
)
from chengxin.remedies.rules.workflows import OURS, WORKFLOWS, Law, as_it_stands, next_state, open_acts

__all__ = [
    "ANOTHER_LAW",
    "LETTER",
    "MOVED",
    "NEEDS",
    "NEXT",
    "OF_A_CASE",
    "OF_A_LETTER",
    "OURS",
    "RAN_OUT",
    "SWEEP_SIBLINGS",
    "WORKFLOWS",
    "Law",
    "WorkedCase",
    "acknowledge_recall",
    "acts_open",
    "announced_until",
    "answer_unnamed",
    "as_it_stands",
    "ask_back",
    "assign_case",
    "begins_open",
    "case_for",
    "case_line",
    "case_of",
    "case_of_letter",
    "case_told",
    "cases_of",
    "cases_waiting",
    "choice_of",
    "clocks_here",
    "clocks_holding",
    "complain_unnamed",
    "corrected_on",
    "desk_figures",
    "dispose_cases",
    "dispose_unnamed",
    "docket_line",
    "draft_answers",
    "drafts_of",
    "drop_draft",
    "due_before",
    "due_word",
    "hand_in_paper",
    "invite",
    "keep_draft",
    "law_here",
    "letter_kind",
    "letter_lacks",
    "letter_lacks_now",
    "letter_written",
    "lines_to_recount",
    "may_ask_repair",
    "may_extend",
    "next_state",
    "notice_lacks",
    "offices_late",
    "open_acts",
    "open_case",
    "open_cases",
    "open_paper",
    "outlook_of",
    "parse_clocks",
    "parse_repair",
    "public_figures",
    "queue_for",
    "recall_for",
    "recalls_for",
    "recalls_open",
    "recount_lines",
    "remedy_ends",
    "repair_here",
    "repair_outlook",
    "repair_to_confirm",
    "say_which",
    "shipped_clocks",
    "shipped_repair",
    "sources_to_confirm",
    "start_clock",
    "take_in_case",
    "take_step",
    "time_left",
    "unnamed_by_word",
    "unnamed_for",
    "unnamed_open",
    "write_down_in_reach",
    "write_down_own",
]
