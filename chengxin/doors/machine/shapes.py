"""What requests and answers look like: the schemas of the OpenAPI document, checked on the way in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

# a character that no text of a case, a name or a number holds would not reach the database either
_LINE = r"^[^\x00-\x1f\x7f]*$"
Code: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Number: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=_LINE)]
Name: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=_LINE)]
CaseRef: TypeAlias = Annotated[str, StringConstraints(max_length=64, pattern=_LINE)]
_SAID = r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$"
Why: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=_SAID)]
FieldCode: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,63}$")]
_ITEM = {"pattern": r"^[a-z][a-z0-9_]{0,63}$"}
_FIELDS = {
    "type": "array",
    "minItems": 1,
    "maxItems": 64,
    "items": {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9_]{0,63}$"},
}
Items: TypeAlias = Annotated[
    dict[Code, Annotated[list[FieldCode], Field(min_length=1, max_length=64)]],
    Field(max_length=64),
    WithJsonSchema({"type": "object", "propertyNames": _ITEM, "additionalProperties": _FIELDS, "maxProperties": 64}),
]
"""Item -> fields. The schema says of the keys what the type says: left to itself it would let others pass."""
Kind: TypeAlias = Literal["01", "02", "03", "04", "05"]

MOST_LINES = 10_000


class _Asked(BaseModel):
    """A request: nothing in it that this address does not read."""

    model_config = ConfigDict(extra="forbid")


# --- questions ------------------------------------------------------------------------------------------------------------


class Check(_Asked):
    """One person, by document, and the case where the purpose asks for one."""

    purpose: Code
    kind: Kind
    number: Number
    case_ref: CaseRef = ""


class LookUp(Check):
    """`items`: item -> fields, to ask for less than the purpose allows."""

    items: Items | None = None


class Verification(Check):
    """Whether number and name belong together."""

    name: Name


class CheckLine(_Asked):
    kind: Kind
    number: Number
    case_ref: CaseRef = ""


class LookUpLine(CheckLine):
    items: Items | None = None


class CheckBatch(_Asked):
    """Up to 10,000 persons, where the purpose allows batches: each with a ground and a log entry of their own."""

    purpose: Code
    lines: Annotated[list[CheckLine], Field(min_length=1, max_length=MOST_LINES)]


class LookUpBatch(_Asked):
    purpose: Code
    lines: Annotated[list[LookUpLine], Field(min_length=1, max_length=MOST_LINES)]


class ConsentRequest(_Asked):
    """Asks the person of this document for consent; `items` to ask for less than the purpose names."""

    purpose: Code
    kind: Kind
    number: Number
    name: Name
    items: Items | None = None
    reason: Why


class Use(_Asked):
    """A decision of the asker against the person of this document: its number and day, and the `look` it rests on."""

    kind: Kind
    number: Number
    look: UUID
    decision: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=_SAID)]
    decided_on: date
    reason: Why


# --- answers --------------------------------------------------------------------------------------------------------------


class Statement(Schema):
    """What the person says beside an entry, in their own words: text, never markup. Whoever shows the entry to anybody shows
    this with it, labelled as the person's. `covered_at`: since when two officials cover with ■■■ what it says of others."""

    text: str
    written_at: datetime
    covered_at: datetime | None


class Entry(Schema):
    """One entry with the fields that may be answered. `supplier`: the unified social credit code of who handed it in.
    `statement`: what the person says beside it, null where they say nothing."""

    uid: UUID
    version: int
    item: str
    supplier: str
    fields: dict[str, Any]
    statement: Statement | None


class LookUpAnswer(Schema):
    """`look`: the entry in the person's own log. `consent`: the one it rests on."""

    look: UUID
    at: datetime
    consent: UUID | None
    entries: list[Entry]


class CheckAnswer(Schema):
    """The answer to the purpose's one question, or whether number and name belong together."""

    look: UUID
    at: datetime
    consent: UUID | None
    answer: bool


class Refusal(Schema):
    """Why a line of a batch is not answered."""

    code: str


class LookUpBatchLine(Schema):
    """`line` counts from 0, in the order asked. Either an answer or a refusal."""

    line: int
    answered: LookUpAnswer | None = None
    refused: Refusal | None = None


class CheckBatchLine(Schema):
    line: int
    answered: CheckAnswer | None = None
    refused: Refusal | None = None


class LookUpBatchAnswer(Schema):
    lines: list[LookUpBatchLine]


class CheckBatchAnswer(Schema):
    lines: list[CheckBatchLine]


class ConsentRequested(Schema):
    """Always the same: whether anybody of this number is held, was asked before or said no is not told."""

    state: Literal["asked"]


# --- cases ----------------------------------------------------------------------------------------------------------------


class CaseOpening(_Asked):
    """A case of the asker's own, by its own number, for one purpose and about so many persons at most."""

    ref: Annotated[
        str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")
    ]
    purpose: Code
    persons_most: Annotated[int, Field(ge=1, le=MOST_LINES)]
    reason: Why


class Reason(_Asked):
    reason: Why


class UseReported(Schema):
    """The number under which the person finds it."""

    uid: UUID


class Case(Schema):
    uid: UUID
    ref: str
    purpose: str
    persons_most: int
    opened_at: datetime
    closed_at: datetime | None


class Cases(Schema):
    cases: list[Case]


class Recall(Schema):
    """What was shown by this look is no longer right: `withdrawn`, `ended`, `repaired`; `corrected`; or `back`, of what was
    out and was let back. After the last two, what it says now is read by asking again, for a purpose of one's own. Nobody is
    named."""

    uid: UUID
    what: str
    look: UUID
    told_at: datetime
    due_on: date
    acknowledged_at: datetime | None


class Recalls(Schema):
    recalls: list[Recall]


# --- supply ---------------------------------------------------------------------------------------------------------------


class Counts(Schema):
    """Rows so far: received = accepted + held + refused once the batch is answered."""

    received: int
    accepted: int
    held: int
    refused: int


class Batch(Schema):
    """A file handed in. `state` draft: headings that nobody has mapped; the office does that once, on its page."""

    uid: UUID
    item: str
    state: str
    problem: str | None
    file_name: str
    received_at: datetime
    closed_at: datetime | None
    file_destroyed_at: datetime
    same_as: UUID | None
    counts: Counts


class NothingReport(_Asked):
    """That the office has nothing of an item for the period that `day` lies in."""

    item: Code
    day: date
    reason: Why


class Period(Schema):
    item: str
    period_from: date
    period_to: date
    due_on: date


# --- reference ------------------------------------------------------------------------------------------------------------


class Client(Schema):
    """Who calls, as the door knows it."""

    uid: UUID
    name: str
    organisation: str
    org_code: str
    may_ask: bool
    may_supply: bool
    signs: bool
    ends_on: date


class Purpose(Schema):
    """A purpose that this client's organisation has today. `basis`: law and article, or "consent"."""

    code: str
    name_zh: str
    name_en: str
    basis: str
    operations: list[str]
    items: dict[str, list[str]]
    question_zh: str | None
    question_en: str | None
    case_needed: bool
    ground_days: int
    times: int
    days: int
    batch_most: int


class Purposes(Schema):
    purposes: list[Purpose]


class PublicKey(Schema):
    """An Ed25519 key by which receipts and our calls are verified; `key` is base64 of its 32 bytes."""

    version: int
    key: str


class PublicKeys(Schema):
    algorithm: Literal["ed25519"]
    keys: list[PublicKey]


class Part(Schema):
    """What is at fault: `part` body, query, path or header; `at` where in it (a JSON pointer); `what` the kind of fault."""

    part: str
    at: str
    what: str


class Problem(Schema):
    """RFC 9457. `code` is stable; `type` is its page; `title` and `detail` follow Accept-Language (zh, en)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    basis: str | None = None
    errors: list[Part] | None = None
    reference: str | None = None
