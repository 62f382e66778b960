"""Editions, what two of them make together, faults and differences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import ClassVar
from uuid import UUID

from chengxin.catalogue.terms.bases import BasisRef, Regulation
from chengxin.catalogue.terms.items import DisplayPeriod, Item, Retention, Supplier
from chengxin.catalogue.terms.purposes import PurposeSpec
from chengxin.catalogue.terms.seals import SealSpec
from chengxin.catalogue.terms.words import (
    ActClass,
    ItemStatus,
    Level,
    Nature,
    Publication,
    Sharing,
    Source,
    Words,
)


@dataclass(frozen=True)
class Slot:
    """An opening for city items, with the ceilings they must keep under."""

    code: str
    zh: str
    en: str
    category: int
    nature: Nature
    display: Mapping[ActClass, DisplayPeriod]
    retention: Retention
    elements: frozenset[str]
    sharing: Sharing = Sharing.NONE
    publication: Publication = Publication.NONE
    minimum_age: int = 18
    optout: bool = False
    most_items: int = 10


@dataclass(frozen=True)
class Narrowing:
    """What a city edition takes away from a national item; None (or nothing) leaves the attribute as it is above."""

    item: str
    display: Mapping[ActClass, DisplayPeriod] | None = None
    retention: Retention | None = None
    suppliers: tuple[Supplier, ...] | None = None
    fields_dropped: tuple[str, ...] = ()
    sharing: Sharing | None = None
    grants_dropped: tuple[BasisRef, ...] = ()
    publication: Publication | None = None
    minimum_age: int | None = None
    optout: bool | None = None
    status: ItemStatus | None = None


@dataclass(frozen=True)
class Edition:
    """A whole catalogue of one level. `official` False: production refuses it until its weak sources are confirmed."""

    code: str
    level: Level
    zh: str
    en: str
    official: bool
    in_force_from: date
    in_force_until: date | None
    items: Mapping[str, Item]
    slots: Mapping[str, Slot]
    regulations: Mapping[str, Regulation]
    sources: Mapping[str, Source]
    narrowings: Mapping[str, Narrowing] = field(default_factory=dict)
    city: Words | None = None
    based_on: str | None = None
    purposes: Mapping[str, PurposeSpec] = field(default_factory=dict)
    purposes_dropped: tuple[str, ...] = ()
    seals: Mapping[str, SealSpec] = field(default_factory=dict)


@dataclass(frozen=True)
class MergedEdition:
    """What holds on a day: the national edition as narrowed, and filled in its slots, by the city's.

    `uid` is the public id of the edition that speaks last (the city's where there is one): the ledger stores it."""

    national: Edition
    city: Edition | None
    items: Mapping[str, Item]
    purposes: Mapping[str, PurposeSpec] = field(default_factory=dict)
    uid: UUID | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None

    @property
    def code(self) -> str:
        """Code of the edition that speaks last."""
        return (self.city or self.national).code

    @cached_property
    def open_items(self) -> Mapping[str, Item]:
        """The items of which rows are accepted."""
        return {code: item for code, item in self.items.items() if item.is_open}

    def item(self, code: str) -> Item | None:
        """The item of this code, closed ones included, or None."""
        return self.items.get(code)

    def purpose(self, code: str) -> PurposeSpec | None:
        """The purpose of this code, or None: then nobody may look for it."""
        return self.purposes.get(code)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an edition file; `line` starts at 1; `clause`: code of the forbidden matter met, if any."""

    file: str
    line: int
    code: str
    zh: str
    en: str
    clause: str | None = None


class ChangeKind(StrEnum):
    """What a difference between two editions means for the persons concerned."""

    ADDED = "added"
    REMOVED = "removed"
    NARROWED = "narrowed"
    WIDENED = "widened"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two editions; `before` and `after` are plain text ("" where there is none)."""

    kind: ChangeKind
    item: str
    attribute: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EditionProposed:
    """An edition was put forward for approval."""

    name: ClassVar[str] = "catalogue.edition_proposed"
    edition_uid: UUID


@dataclass(frozen=True, slots=True)
class EditionApproved:
    """An edition was approved by a second official and will be in force from its date."""

    name: ClassVar[str] = "catalogue.edition_approved"
    edition_uid: UUID
    in_force_from: date
