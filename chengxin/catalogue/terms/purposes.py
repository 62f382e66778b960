"""A purpose: who may ask about a person, on which law or with consent, for which fields of which items (charter 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from chengxin.catalogue.terms.bases import BasisRef
from chengxin.catalogue.terms.words import Claim, Words


class Operation(StrEnum):
    """What an asker may be answered with."""

    LOOK_UP = "look_up"
    """The fields that the purpose names."""
    CHECK = "check"
    """Yes or no to the purpose's one question."""
    VERIFY = "verify"
    """Whether number and name belong together."""


class CheckRule(StrEnum):
    """What the yes of a check means. No count and no weight: one entry in force, or none (charter 3)."""

    HOLDS_ONE = "holds_one"
    HOLDS_NONE = "holds_none"


class AskerKind(StrEnum):
    """Kinds of asker besides the kinds of supplier. There is none for an employer, a personnel office, a school, a landlord
    or a carrier: they have no purpose (charter 4, 个人信息保护法 6)."""

    BANK = "bank"
    INSURER = "insurer"
    NOTARY = "notary"
    LEGAL_AID = "legal_aid"
    PUBLIC_SECURITY = "public_security"
    PROCURATORATE = "procuratorate"


@dataclass(frozen=True, slots=True)
class Frequency:
    """At most so many answered looks at one person by one organisation within so many days."""

    times: int
    days: int


@dataclass(frozen=True)
class PurposeSpec:
    """One purpose of an edition. Immutable; `line` is where its edition file names it (0 when unknown).

    `askers`: kinds of organisation, or unified social credit codes. `basis` None: the person's consent alone opens it.
    `items`: item -> the fields that may be answered. `ground_days`: how old a case or a consent may be when it is used, at
    most. `batch_most`: persons in one batch, 0 where none is allowed. `emergency`: officials may ask without a case, with a
    written reason; the person is told within 24 hours and another official reviews it. `question` and
    `rule` go with checks and speak of the items `about`.
    """

    code: str
    zh: str
    en: str
    told: Words
    askers: tuple[str, ...]
    basis: BasisRef | None
    items: Mapping[str, frozenset[str]]
    operations: frozenset[Operation]
    ground_days: int
    frequency: Frequency
    claim: Claim
    case_needed: bool = False
    batch_most: int = 0
    emergency: bool = False
    question: Words | None = None
    rule: CheckRule | None = None
    about: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def on_consent(self) -> bool:
        """Whether the person's own consent is its ground."""
        return self.basis is None

    @cached_property
    def _askers(self) -> frozenset[str]:
        return frozenset(self.askers)

    def is_for(self, org_code: str, org_kind: str) -> bool:
        """Whether this organisation may ask for it."""
        return org_code in self._askers or org_kind in self._askers
