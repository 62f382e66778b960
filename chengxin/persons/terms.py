"""Words of the room persons: identities, where they were confirmed, what is kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

KIND_CODES = {"01": 1, "02": 2, "03": 3, "04": 4, "05": 5}
"""Document kind as written in files (domain.md 3.1) -> the smallint of the tables."""

CODE_LIFE = timedelta(hours=24)
"""So long a one-time code from a counter works."""


@dataclass(frozen=True, slots=True)
class DayFigure:
    """So many a day, from a day on."""

    count: int
    in_force_from: date
    source: str


CODES_A_DAY: tuple[DayFigure, ...] = (
    DayFigure(
        count=60,
        in_force_from=date(2000, 1, 1),
        source="个人信息保护法 51(四) asks for permissions kept reasonable and names no figure; a code takes minutes at a "
        "counter, so 60 a day and officer is this product's own",
    ),
)
"""One-time codes that one officer may hand out on one Shanghai day. The newest figure that started counts."""


def codes_a_day(day: date) -> int:
    """The figure of a day."""
    return max((one for one in CODES_A_DAY if one.in_force_from <= day), key=lambda one: one.in_force_from).count


class SourceKind(IntEnum):
    """Who said that this number and this name belong together (F2)."""

    SUPPLIER = 1
    REGISTER = 2
    SELF = 3


@dataclass(frozen=True, slots=True)
class SourceFact:
    """One source that named this person: who, of which kind, under which (keyed) name."""

    source_id: UUID
    kind: SourceKind
    name_key: bytes


@dataclass(frozen=True, slots=True)
class BoundAccount:
    """An account that signs in as a person: since when, and how well its holder had proven to be them."""

    account_id: UUID
    linked_at: datetime
    assurance: Assurance


class Assurance(StrEnum):
    """How well a person proved to be who they are when they signed in."""

    COUNTER = "counter"
    SUBSTANTIAL = "substantial"
    HIGH = "high"


class ContactKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Document:
    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Opened names and documents of one person; for the person's own page and their letters alone."""

    person_id: UUID
    names: tuple[str, ...]
    documents: tuple[Document, ...]

    @property
    def name(self) -> str:
        """The name given last; empty when nothing could be opened."""
        return self.names[-1] if self.names else ""


@dataclass(frozen=True, slots=True)
class Contact:
    """The newest address of a kind. `contact_id` is internal; `verified_at`: when the person showed that it is theirs."""

    contact_id: UUID
    kind: ContactKind
    address: str
    verified_at: datetime | None


@dataclass(frozen=True, slots=True)
class ErasureFacts:
    """What the rule on erasing may know. ``kept_until`` is the latest day on which a law still orders keeping."""

    asked_by: UUID
    approved_by: UUID
    kept_until: date | None
    already: bool


# --- mandates: another acts for the person ------------------------------------------------------------------------------


class MandateKind(StrEnum):
    """As what another acts for a person."""

    PARENT = "parent"
    """Of a child under 18, by law (民法典 27)."""
    GUARDIAN = "guardian"
    """Of somebody who cannot act alone, by a ruling or a designation (民法典 27, 28, 31)."""
    HELPER = "helper"
    """Whom the person chose, for matters and a time they named (民法典 161, 165)."""


class Scope(StrEnum):
    """What a mandate covers. Whoever acts must be able to read, so every mandate covers READ."""

    READ = "read"
    REMEDIES = "remedies"
    CONSENT = "consent"


class Proof(StrEnum):
    """What a mandate rests on."""

    OWN_ACT = "own_act"
    """The person's own, signed in."""
    WRITTEN = "written"
    """A written authorisation, signed at the counter (民法典 165)."""
    BIRTH_CERTIFICATE = "birth_certificate"
    HOUSEHOLD_REGISTER = "household_register"
    RULING = "ruling"
    """A court's ruling, or the designation by the body that law names (民法典 31)."""


PROOFS: dict[MandateKind, tuple[Proof, ...]] = {
    MandateKind.PARENT: (Proof.BIRTH_CERTIFICATE, Proof.HOUSEHOLD_REGISTER),
    MandateKind.GUARDIAN: (Proof.RULING,),
    MandateKind.HELPER: (Proof.OWN_ACT, Proof.WRITTEN),
}
"""What each kind may rest on."""

OFFER_LIFE = timedelta(days=7)
"""So long the code of a helper works, and so long a mandate noted at a counter waits for its second official."""


class MandateSide(StrEnum):
    """Whose an act on a mandate is."""

    PRINCIPAL = "principal"
    HOLDER = "holder"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """What the rules on a mandate may know. ``ends_on``: the first day on which it is over (None: as long as law allows).

    ``born_on`` is the principal's birth date, ``holder_born_on`` the holder's; None where no document of theirs tells it.
    """

    principal: UUID
    holder: UUID
    kind: MandateKind
    scopes: frozenset[Scope]
    starts_on: date
    ends_on: date | None
    proof: Proof
    proof_number: str
    born_on: date | None = None
    holder_born_on: date | None = None


@dataclass(frozen=True, slots=True)
class MandateStanding:
    """A mandate as it is asked about at a moment: its facts, and since when another confirmed it, or somebody ended it."""

    facts: MandateFacts
    confirmed_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class MandateView:
    """A mandate as its principal and its holder read it. ``last_on``: the last whole day on which it works."""

    uid: UUID
    mandate_id: UUID
    principal: UUID
    holder: UUID
    kind: MandateKind
    scopes: frozenset[Scope]
    starts_on: date
    ends_on: date
    proof: Proof
    made_at: datetime
    organisation_id: UUID | None
    confirmed_at: datetime | None
    ended_at: datetime | None
    ended_by: MandateSide | None
    in_force: bool

    @property
    def last_on(self) -> date:
        return self.ends_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OfferView:
    """What somebody who has a helper's code reads before they agree. ``name``: of whom they would act for."""

    name: str
    scopes: frozenset[Scope]
    ends_on: date

    @property
    def last_on(self) -> date:
        return self.ends_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code that was handed on and not used yet, for the person who made it."""

    made_at: datetime
    expires_at: datetime
    scopes: frozenset[Scope]
    ends_on: date
