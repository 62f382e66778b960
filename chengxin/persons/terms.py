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
