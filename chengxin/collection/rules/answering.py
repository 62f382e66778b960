"""What a supplier is told of each row (F9): agreement with what is known of a number is never among it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from chengxin.collection.terms.batches import Outcome
from chengxin.collection.terms.rows import Reason

CHECK_NUMBER: Final = "check_number"
"""All that a supplier learns of a row whose number, name or decision is another one's in the ledger."""

ACCEPTED_CODES: Final[Mapping[Outcome, str]] = {
    Outcome.NEW: "accepted_new",
    Outcome.CHANGED: "accepted_changed",
    Outcome.SAME: "accepted_same",
    Outcome.SOURCE: "accepted_source",
    Outcome.KEPT_OUT: "accepted_kept_out",
}
"""Outcome -> the code that stands in the answer beside an accepted row."""

_UNTOLD: Final = frozenset({Reason.NAME_DISAGREES, Reason.IDENTITY_CHANGE})

Say: TypeAlias = Callable[[str, str, str], tuple[str, str]]
"""(code, field, detail) -> what to do about it, in Chinese and in English. The doors have the sentences."""


def told_supplier(reason: str) -> str:
    """The reason as the supplier is told it."""
    return CHECK_NUMBER if reason in _UNTOLD else reason
