"""Words of one row: why it is sent back or held, what was tidied up, and what screening makes of it. Pure.

A reason code is stable for ever: it stands in answer files that clerks keep. The order of `Reason` is the priority in
which the faults of a row are named; reasons that send a row back come before those that hold it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final


class Verdict(IntEnum):
    """What becomes of a row."""

    ACCEPTED = 0
    QUARANTINED = 1
    REFUSED = 2


class Reason(StrEnum):
    """Why a row is not accepted. Its sentences: `doors/wording/reasons_collection.yaml`."""

    # The file, the item and the supplier.
    ITEM_CLOSED = "item_closed"
    NOT_YOUR_ITEM = "not_your_item"
    ROW_UNREADABLE = "row_unreadable"
    TOO_MANY_CELLS = "too_many_cells"
    TEXT_DAMAGED = "text_damaged"
    NUMBER_LOST_DIGITS = "number_lost_digits"
    # What is never taken (domain.md 6.1).
    PUBLIC_SECURITY_PENALTY = "public_security_penalty"
    SIMPLIFIED_PROCEDURE = "simplified_procedure"
    LAW_REFUSED = "law_refused"
    NOT_A_PERSON = "not_a_person"
    VALUE_REFUSED = "value_refused"
    REMARK_NOT_ACCEPTED = "remark_not_accepted"
    # Cells.
    CELL_MISSING = "cell_missing"
    CELL_MISSING_HERE = "cell_missing_here"
    CELL_TOO_LONG = "cell_too_long"
    CODE_UNKNOWN = "code_unknown"
    CLASS_NOT_OF_ITEM = "class_not_of_item"
    FIGURE_UNREADABLE = "figure_unreadable"
    FIGURE_TOO_MANY_DECIMALS = "figure_too_many_decimals"
    FIGURE_TOO_LARGE = "figure_too_large"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_IS_SERIAL_NUMBER = "date_is_serial_number"
    # The person.
    NAME_UNREADABLE = "name_unreadable"
    NAME_MASKED = "name_masked"
    NUMBER_MASKED = "number_masked"
    NUMBER_OLD_15_DIGITS = "number_old_15_digits"
    NUMBER_WRONG_LENGTH = "number_wrong_length"
    NUMBER_WRONG_CHARACTERS = "number_wrong_characters"
    NUMBER_PLACEHOLDER = "number_placeholder"
    NUMBER_BIRTH_DATE_IMPOSSIBLE = "number_birth_date_impossible"
    NUMBER_BIRTH_DATE_IN_FUTURE = "number_birth_date_in_future"
    NUMBER_WRONG_CHECK_DIGIT = "number_wrong_check_digit"
    NUMBER_OF_PRACTICE = "number_of_practice"
    NUMBER_NOT_OF_PRACTICE = "number_not_of_practice"
    BIRTH_DATE_DISAGREES = "birth_date_disagrees"
    BIRTH_DATE_IN_FUTURE = "birth_date_in_future"
    BIRTH_DATE_UNKNOWN = "birth_date_unknown"
    ACT_DATE_MISSING = "act_date_missing"
    UNDER_AGE = "under_age"
    # The organisations.
    ORG_CODE_WRONG_LENGTH = "org_code_wrong_length"
    ORG_CODE_WRONG_CHARACTERS = "org_code_wrong_characters"
    ORG_CODE_WRONG_CHECK_CHARACTER = "org_code_wrong_check_character"
    ORG_CODE_OF_PRACTICE = "org_code_of_practice"
    NOT_YOUR_CODE = "not_your_code"
    # The order of the dates.
    DECIDED_IN_FUTURE = "decided_in_future"
    ACT_AFTER_DECISION = "act_after_decision"
    SERVED_IN_FUTURE = "served_in_future"
    SERVED_BEFORE_DECISION = "served_before_decision"
    FINAL_BEFORE_DECISION = "final_before_decision"
    VALID_TO_BEFORE_FROM = "valid_to_before_from"
    KEPT_NO_LONGER = "kept_no_longer"
    # Other rows of this file and of the ledger.
    DUPLICATE_CONFLICT = "duplicate_conflict"
    REENTRY_BARRED = "reentry_barred"
    RECALLED_CONTENT = "recalled_content"
    # Held for a person to look at.
    FREE_TEXT_FORBIDDEN_MATTER = "free_text_forbidden_matter"
    ITEM_BASIS_NOT_IN_FORCE = "item_basis_not_in_force"
    LAW_UNKNOWN = "law_unknown"
    LAW_REPEALED = "law_repealed"
    LAW_NOT_YET_IN_FORCE = "law_not_yet_in_force"
    NAME_DISAGREES = "name_disagrees"
    IDENTITY_CHANGE = "identity_change"

    @property
    def verdict(self) -> Verdict:
        """What this reason alone makes of a row."""
        return Verdict.QUARANTINED if self in HOLDING else Verdict.REFUSED

    @property
    def rank(self) -> int:
        """Place in the fixed priority; the lowest of a row's faults is the one it is named by."""
        return _RANK[self]


HOLDING: Final = frozenset(
    {
        Reason.FREE_TEXT_FORBIDDEN_MATTER,
        Reason.ITEM_BASIS_NOT_IN_FORCE,
        Reason.LAW_UNKNOWN,
        Reason.LAW_REPEALED,
        Reason.LAW_NOT_YET_IN_FORCE,
        Reason.NAME_DISAGREES,
        Reason.IDENTITY_CHANGE,
    }
)
"""Reasons that hold a row (quarantine, F9) instead of sending it back."""

_RANK: Final = {reason: rank for rank, reason in enumerate(Reason)}


class Note(StrEnum):
    """What was tidied up, left out or is odd in a row that may well be accepted. Stable for ever."""

    BLANKS_TRIMMED = "blanks_trimmed"
    READ_AS_EMPTY = "read_as_empty"
    DATE_REWRITTEN = "date_rewritten"
    FIGURE_REWRITTEN = "figure_rewritten"
    CODE_REWRITTEN = "code_rewritten"
    NUMBER_REWRITTEN = "number_rewritten"
    NUMBER_REGION_UNKNOWN = "number_region_unknown"
    NUMBER_LOOKS_LIKE_PERMANENT_RESIDENCE = "number_looks_like_permanent_residence"
    CLASS_TAKEN_AS_MINOR = "class_taken_as_minor"
    CLASS_FIXED_BY_ITEM = "class_fixed_by_item"
    DISPLAY_END_IGNORED = "display_end_ignored"
    FINAL_DAY_MOVED = "final_day_moved"
    SERVICE_NOT_PROVEN = "service_not_proven"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a row: why, in which field (None: the whole row), and a plain detail for its sentence.

    The detail is never personal: a limit, the accepted codes, a day, a law's name, the code of a forbidden matter.
    """

    reason: Reason
    field: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class NoteOf:
    """A note and the field it is about (None: the whole row)."""

    note: Note
    field: str | None = None


@dataclass(frozen=True, slots=True)
class RowValues:
    """What a row that is not refused means to the ledger. Days are Shanghai days.

    `number` is normalised, `name` as written and trimmed, `name_norm` for agreement keys only. `natural_key` is the
    canonical text of the item's natural key, the same whoever supplies it. `content` is canonical JSON (RFC 8785) of
    what is stored: every filled field but name, document and birth date; days in ISO form, figures as decimal text,
    codes as their values. `display_until` is the first day without display (None: no end of its own), `served_on` is
    set only where service is proven; from it `final_on` is told, else it is the day in the file, before which nothing is
    final. `decider_code` is the normalised code of the deciding body, `removal` the court's reason code of a row that tells
    of a deletion.
    """

    doc_kind: str
    number: str
    name: str
    name_norm: str
    birth_date: date | None
    decided_on: date
    act_on: date | None
    final_on: date | None
    served_on: date | None
    valid_from: date | None
    valid_to: date | None
    display_until: date | None
    retain_until: date | None
    act_class: int
    decider_code: str | None
    removal: str | None
    natural_key: str
    content: str


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """The answer of screening for one row: all faults by priority, all notes by field; `values` None where refused."""

    verdict: Verdict
    faults: tuple[Fault, ...]
    notes: tuple[NoteOf, ...]
    values: RowValues | None

    @property
    def reason(self) -> Reason | None:
        """The fault the row is named by."""
        return self.faults[0].reason if self.faults else None

    @property
    def field(self) -> str | None:
        """The field of that fault."""
        return self.faults[0].field if self.faults else None
