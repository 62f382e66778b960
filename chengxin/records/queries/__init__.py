"""Every read of the ledger."""

from chengxin.records.queries.days import days_telling, days_told
from chengxin.records.queries.entries import (
    content_aad,
    entries_for,
    entries_of_subject,
    entries_with_any_status,
    entry_for,
    found_by_decision,
    gone_from,
    marks_of,
    opened_content,
    shown_to_askers,
)
from chengxin.records.queries.statements import opened_statement, statement_aad, statements_beside, writings_of

__all__ = [
    "content_aad",
    "days_telling",
    "days_told",
    "entries_for",
    "entries_of_subject",
    "entries_with_any_status",
    "entry_for",
    "found_by_decision",
    "gone_from",
    "marks_of",
    "opened_content",
    "opened_statement",
    "shown_to_askers",
    "statement_aad",
    "statements_beside",
    "writings_of",
]
