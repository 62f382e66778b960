"""Reason codes of the room; stable for ever. Each has its sentence in ``wording/reasons_remedies.yaml``."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a step of a case is not possible, why no letter goes out, why repair cannot be asked for yet."""

    WRONG_STATE = "wrong_state"
    NOT_YOUR_ACT = "not_your_act"
    MANDATE_NEEDED = "mandate_needed"
    NOT_IMPARTIAL = "not_impartial"
    SECOND_PERSON_NEEDED = "second_person_needed"
    REASON_MISSING = "reason_missing"
    PAPERS_UNOPENED = "papers_unopened"
    LETTER_INCOMPLETE = "letter_incomplete"
    SUPPLIER_NOT_ASKED = "supplier_not_asked"
    EXTENSION_UNKNOWN = "extension_unknown"
    UNCERTIFIED = "uncertified"
    RECIPIENTS_OPEN = "recipients_open"
    REPAIR_UNCHECKED = "repair_unchecked"
    ASKED_BEYOND_LAW = "asked_beyond_law"
    ASKED_BEFORE = "papers_asked_before"
    RIGHTS_UNTOLD = "rights_untold"
    MINUTES_MISSING = "minutes_missing"
    MINUTES_UNSIGNED = "minutes_unsigned"
    COVER_UNCHECKED = "cover_unchecked"
    RULING_MISSING = "ruling_missing"
    FILING_UNSHOWN = "filing_unshown"
    STILL_IN_TIME = "still_in_time"
    NOTHING_TO_REPAIR = "nothing_to_repair"
    REPAIRED_BY_COURT = "repaired_by_court"
    REPAIR_TOO_EARLY = "repair_too_early"
    REPAIR_BARRED = "repair_barred"
    PAPER_EMPTY = "paper_empty"
    PAPER_TOO_LARGE = "paper_too_large"
    PAPER_UNREADABLE = "paper_unreadable"
    PAPERS_TOO_MANY = "papers_too_many"
    NOT_OUT = "not_out"
    OWN_CASE = "own_case"
    DOCUMENT_UNSEEN = "document_unseen"
