"""The counter of the ledger: what other rooms may use."""

from chengxin.records.actions.append import (
    BatchEntry,
    FoundDecision,
    Superseded,
    content_rows,
    decision_indexer,
    decision_rows,
    entries_of_batch,
    entry_of_row,
    entry_rows,
    find_decisions,
    mark_rows,
    moved_decision,
    superseded_by_batch,
)
from chengxin.records.actions.disposing import dispose_due, erase_entries
from chengxin.records.actions.ending import kept_until, recall_batch, withdraw_entry
from chengxin.records.actions.marks import end_appeal_on, lock_person, mark_entry, move_clock, object_to_entry
from chengxin.records.actions.reindexing import chain_of, reindex_decision
from chengxin.records.actions.serving import mark_served
from chengxin.records.actions.statements import cover_statement, say_beside, take_back_statement
from chengxin.records.queries import (
    content_aad,
    entries_for,
    entries_of_subject,
    entries_with_any_status,
    entry_for,
    found_by_decision,
    gone_from,
    marks_of,
    opened_content,
    opened_statement,
    shown_to_askers,
    statements_beside,
    writings_of,
)
from chengxin.records.rules.asof import entry_as_of, file_as_of
from chengxin.records.rules.covering import COVER, covered
from chengxin.records.rules.visible import MATRIX, effective, statuses_shown_to

__all__ = [
    "COVER",
    "MATRIX",
    "BatchEntry",
    "FoundDecision",
    "Superseded",
    "chain_of",
    "content_aad",
    "content_rows",
    "cover_statement",
    "covered",
    "decision_indexer",
    "decision_rows",
    "dispose_due",
    "effective",
    "end_appeal_on",
    "entries_for",
    "entries_of_batch",
    "entries_of_subject",
    "entries_with_any_status",
    "entry_as_of",
    "entry_for",
    "entry_of_row",
    "entry_rows",
    "erase_entries",
    "file_as_of",
    "find_decisions",
    "found_by_decision",
    "gone_from",
    "kept_until",
    "lock_person",
    "mark_entry",
    "mark_rows",
    "mark_served",
    "marks_of",
    "move_clock",
    "moved_decision",
    "object_to_entry",
    "opened_content",
    "opened_statement",
    "recall_batch",
    "reindex_decision",
    "say_beside",
    "shown_to_askers",
    "statements_beside",
    "statuses_shown_to",
    "superseded_by_batch",
    "take_back_statement",
    "withdraw_entry",
    "writings_of",
]
