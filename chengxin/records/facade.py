"""The counter of the ledger: what other rooms may use."""

from chengxin.records.actions.ending import (
    dispose_due,
    erase_entries,
    kept_until,
    recall_batch,
    withdraw_entry,
)
from chengxin.records.actions.marks import mark_entry, object_to_entry
from chengxin.records.queries import (
    content_aad,
    entries_for,
    entries_with_any_status,
    entry_for,
    found_by_decision,
    marks_of,
)
from chengxin.records.rules.asof import entry_as_of, file_as_of
from chengxin.records.rules.visible import MATRIX, effective, statuses_shown_to

__all__ = [
    "MATRIX",
    "content_aad",
    "dispose_due",
    "effective",
    "entries_for",
    "entries_with_any_status",
    "entry_as_of",
    "entry_for",
    "erase_entries",
    "file_as_of",
    "found_by_decision",
    "kept_until",
    "mark_entry",
    "marks_of",
    "object_to_entry",
    "recall_batch",
    "statuses_shown_to",
    "withdraw_entry",
]
