"""Words of an asker's question: what is asked, by whom, on what ground, and what may be answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from chengxin.kernel.errors import Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from chengxin.catalogue.terms import Operation, PurposeSpec
    from chengxin.records.terms import Statement


class CaseUnknown(NotFound):
    """The organisation has no such case."""

    code = "case_unknown"


class CaseNumberTaken(Conflict):
    """The organisation has a case of this number already."""

    code = "case_number_taken"


class Identified(StrEnum):
    """How the asker named the person."""

    DOCUMENT = "document"
    NAME = "name"


class CaseState(StrEnum):
    """State of the case that a look is for."""

    OPEN = "open"
    CLOSED = "closed"


class ConsentState(StrEnum):
    """What the person said to a consent request, and what became of it."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    USED = "used"


class NoAnswer(StrEnum):
    """Why a question is not answered. Stable for ever; the person's log keeps it, an outside asker learns less."""

    PURPOSE_NOT_IN_FORCE = "purpose_not_in_force"
    OPERATION_NOT_ALLOWED = "operation_not_allowed"
    BATCH_TOO_LARGE = "batch_too_large"
    NOT_FOR_THIS_ORGANISATION = "not_for_this_organisation"
    ORGANISATION_SUSPENDED = "organisation_suspended"
    OPERATOR_NOT_IN_OFFICE = "operator_not_in_office"
    TRAINING_NOT_VALID = "training_not_valid"
    OWN_DOCUMENT_UNKNOWN = "own_document_unknown"
    IDENTIFIED_BY_NAME = "identified_by_name"
    OWN_FILE = "own_file"
    CASE_MISSING = "case_missing"
    CASE_OF_OTHERS = "case_of_others"
    CASE_FOR_ANOTHER_PURPOSE = "case_for_another_purpose"
    CASE_NOT_OPEN = "case_not_open"
    CASE_TOO_OLD = "case_too_old"
    CASE_FULL = "case_full"
    REASON_MISSING = "reason_missing"
    LAW_NOT_IN_FORCE = "law_not_in_force"
    NOTHING_ASKED_IS_ALLOWED = "nothing_asked_is_allowed"
    TOO_OFTEN = "too_often"
    NO_CONSENT = "no_consent"
    CONSENT_REFUSED = "consent_refused"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CONSENT_USED = "consent_used"
    CONSENT_ENDED = "consent_ended"
    CONSENT_TOO_OLD = "consent_too_old"
    PERSON_UNKNOWN = "person_unknown"
    NOTHING_TO_SHOW = "nothing_to_show"
    FAILED = "failed"


ABOUT_THE_PERSON = frozenset(
    {
        NoAnswer.OWN_FILE,
        NoAnswer.TOO_OFTEN,
        NoAnswer.NO_CONSENT,
        NoAnswer.CONSENT_REFUSED,
        NoAnswer.CONSENT_WITHDRAWN,
        NoAnswer.CONSENT_USED,
        NoAnswer.CONSENT_ENDED,
        NoAnswer.CONSENT_TOO_OLD,
        NoAnswer.PERSON_UNKNOWN,
        NoAnswer.NOTHING_TO_SHOW,
        NoAnswer.FAILED,
    }
)
"""Reasons that would tell an outside asker of a file, a dispute or a refusal: outside they are one and the same (F13)."""

OUTSIDE = "no_answer"
"""The one reason that an outside asker is told for all of `ABOUT_THE_PERSON`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. `items` None: all that the purpose allows; else item -> fields. `persons`: how many the batch is of."""

    purpose: str
    operation: Operation
    identified: Identified
    items: Mapping[str, frozenset[str]] | None = None
    case_ref: str = ""
    reason: str = ""
    persons: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the owner of one document. `name` goes with a verification alone and finds nobody; `reason` with an
    emergency; `request_key`: the asker's own key of the request, digested, so that an answer lost on the way may be asked for
    again without counting twice (16 bytes, or none)."""

    purpose: str
    operation: Operation
    kind: str
    number: str
    name: str = ""
    items: Mapping[str, frozenset[str]] | None = None
    case_ref: str = ""
    reason: str = ""
    request_key: bytes = b""


STATEMENT = "own-statement"
"""What a look names as returned beside the fields of an item where the person's own words went along; no code of a field."""


@dataclass(frozen=True, slots=True)
class AnsweredEntry:
    """What was answered of one entry: permitted fields alone, as the supplier stated them; and what the person says of it."""

    uid: UUID
    version: int
    item: str
    supplier: UUID
    fields: Mapping[str, object]
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: entries for a look-up, `yes` for a check or a verification. `look`: the public uid of the look it left;
    `consent`: the uid of the consent it rests on."""

    look: UUID
    at: datetime
    entries: tuple[AnsweredEntry, ...]
    yes: bool | None
    consent: UUID | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case that looks are for, under the asker's own number. It names nobody. `opened_by`: the official; `client_id`: the
    machine that opened it; `outcome`: what became of it, once it is closed. Of the persons it may be about only the most is
    known."""

    uid: UUID
    organisation_id: UUID
    ref: str
    purpose: str
    persons_most: int
    opened_at: datetime
    opened_by: UUID | None
    client_id: UUID | None
    closed_at: datetime | None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. `official` False: a machine's client, whose own registration stands for mandate and training. `own_document`:
    the keyed mark of the official's own document, None where it was never recorded."""

    organisation_id: UUID
    org_code: str
    org_kind: str
    is_active: bool
    is_suspended: bool
    official: bool
    in_office: bool
    trained_until: datetime | None
    own_document: bytes | None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The case that a look is for. `named`: this person was asked about in it before; `has_room`: one more may be."""

    organisation_id: UUID
    purpose: str
    state: CaseState
    opened_at: datetime
    named: bool
    has_room: bool


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """The newest consent of this person to this organisation for this purpose. `ends_at` None: good for one use."""

    uid: UUID
    organisation_id: UUID
    purpose: str
    items: Mapping[str, frozenset[str]]
    state: ConsentState
    given_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """An entry of the person that `records` shows to an asker now, its newest version."""

    uid: UUID
    version: int
    item: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """Everything a question is decided on, read in one transaction.

    `purpose` None: not in force today; `person_id` None: nobody of this number is held; `document`: the keyed mark of the
    number asked about; `answered_before`: answered looks within the purpose's own window; `entries`: what is neither frozen,
    ended nor removed, as `records` decides it.
    """

    purpose: PurposeSpec | None
    law_in_force: bool
    case: CaseFacts | None
    consent: ConsentFacts | None
    answered_before: int
    person_id: UUID | None
    document: bytes
    name_agrees: bool | None
    entries: Sequence[HeldEntry]


@dataclass(frozen=True, slots=True)
class PermittedEntry:
    """The fields of one entry that may be answered."""

    uid: UUID
    version: int
    item: str
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Permitted:
    """What may be answered: entries for a look-up; yes or no for a check or a verification. `consent`: the one it rests on;
    `uses_up`: that consent was good for this one use."""

    entries: tuple[PermittedEntry, ...]
    answer: bool | None
    consent: UUID | None
    uses_up: bool
