"""An item of the catalogue: supplier, duty, display, retention, sharing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from chengxin.catalogue.terms.bases import BasisRef
from chengxin.catalogue.terms.fields import FieldSpec
from chengxin.catalogue.terms.words import (
    ActClass,
    AgeRule,
    Claim,
    Cycle,
    FieldRole,
    ItemStatus,
    Nature,
    Period,
    Publication,
    Sharing,
    SupplierKind,
    Words,
)

NO_WORDS = Words("", "")


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who hands an item in: every organisation of a kind, or the one with this unified social credit code."""

    kind: SupplierKind | None = None
    code: str | None = None

    def matches(self, org_code: str, org_kind: str) -> bool:
        """Whether the organisation is meant."""
        return self.code == org_code if self.code is not None else self.kind == org_kind


@dataclass(frozen=True, slots=True)
class Duty:
    """When suppliers owe the item: the cycle, and within how many working days."""

    cycle: Cycle
    working_days: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class DisplayPeriod:
    """Shortest and longest display for one class, from the day of the decision (信用修复管理办法 ch. 2).

    `minimum` None: repair is possible at once. `maximum` None: only the validity of the document ends the display."""

    minimum: Period | None
    maximum: Period | None
    claim: Claim


@dataclass(frozen=True, slots=True)
class Retention:
    """How long an entry is kept for its subject alone after its display ended, before role `disposer` deletes it."""

    period: Period
    claim: Claim


@dataclass(frozen=True, slots=True)
class SharingGrant:
    """A recipient named by law, and the purpose it may use the item for."""

    recipient: Words
    basis: BasisRef
    purpose: Words


@dataclass(frozen=True)
class Item:
    """One kind of fact that may be collected. Immutable; `line` is where its edition file names it (0 when unknown).

    `natural_key`: fields that tell one fact of a person from another. `decision_of_one`: a decision names exactly one
    person, so the same number under another identity is an identity change (F4); list decisions and honours name many.
    `ends_with_validity`: display ends with the document's last day. `publication_from`: lowest class made public.
    """

    code: str
    zh: str
    en: str
    category: int
    field_of_work: Words
    occupations: tuple[Words, ...]
    nature: Nature
    fixed_class: ActClass | None
    basis: tuple[BasisRef, ...]
    suppliers: tuple[Supplier, ...]
    duty: Duty
    fields: tuple[FieldSpec, ...]
    natural_key: tuple[str, ...]
    display: Mapping[ActClass, DisplayPeriod]
    retention: Retention
    claim: Claim
    minimum_age: int = 18
    age_rule: AgeRule = AgeRule.ORDINARY
    sharing: Sharing = Sharing.NONE
    grants: tuple[SharingGrant, ...] = ()
    publication: Publication = Publication.NONE
    publication_basis: BasisRef | None = None
    publication_from: ActClass = ActClass.GENERAL
    document_needed: bool = True
    decision_of_one: bool = False
    ends_with_validity: bool = False
    optout: bool = False
    procedures_refused: tuple[str, ...] = ()
    status: ItemStatus = ItemStatus.OPEN
    slot: str | None = None
    note: Words = NO_WORDS
    line: int = field(default=0, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether rows of it are accepted."""
        return self.status is ItemStatus.OPEN

    @property
    def is_adverse(self) -> bool:
        """Whether its entries weigh against their person."""
        return self.nature is Nature.ADVERSE

    @property
    def default_class(self) -> ActClass:
        """Class of a row that states none: the item's own, else minor for adverse ones (F4), else none."""
        if self.fixed_class is not None:
            return self.fixed_class
        return ActClass.MINOR if self.is_adverse else ActClass.NONE

    @cached_property
    def by_code(self) -> Mapping[str, FieldSpec]:
        """Its fields by code."""
        return {spec.code: spec for spec in self.fields}

    @cached_property
    def by_role(self) -> Mapping[FieldRole, FieldSpec]:
        """Its fields by role; content, amount and free_text may stand on several fields, the first one counts here."""
        found: dict[FieldRole, FieldSpec] = {}
        for spec in self.fields:
            if spec.role is not None:
                found.setdefault(spec.role, spec)
        return found

    def field_of(self, role: FieldRole) -> FieldSpec | None:
        """The (first) field with this role, or None."""
        return self.by_role.get(role)

    def supplied_by(self, org_code: str, org_kind: str) -> bool:
        """Whether this organisation hands the item in."""
        return any(supplier.matches(org_code, org_kind) for supplier in self.suppliers)
