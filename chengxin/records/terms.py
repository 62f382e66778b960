"""Words of the ledger: marks, statuses, audiences, and the frozen facts that decide what is visible."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID


class MarkKind(IntEnum):
    """What changes the visibility of an entry (F5). Numbers are stored: never re-use one."""

    WITHDRAWN = 1
    OBJECTED = 2
    OBJECTION_ENDED = 3
    FROZEN = 4
    UNFROZEN = 5
    REPAIRED = 6
    EXPIRED_EARLY = 7
    DISPOSED = 8
    DECLINED = 9
    UNDECLINED = 10
    APPEALED = 11
    APPEAL_ENDED = 12
    READMITTED = 13
    NOT_MINE = 14
    SERVED = 15
    CLOCK_MOVED = 16
    HIDDEN = 17
    STATED = 18
    STATEMENT_ENDED = 19


ENDS: dict[MarkKind, MarkKind] = {
    MarkKind.OBJECTION_ENDED: MarkKind.OBJECTED,
    MarkKind.UNFROZEN: MarkKind.FROZEN,
    MarkKind.UNDECLINED: MarkKind.DECLINED,
    MarkKind.APPEAL_ENDED: MarkKind.APPEALED,
    MarkKind.STATEMENT_ENDED: MarkKind.STATED,
}
"""Marks that end another: the newest of the pair counts."""

REMOVALS = (MarkKind.WITHDRAWN, MarkKind.REPAIRED, MarkKind.EXPIRED_EARLY, MarkKind.HIDDEN)
"""Marks after which the entry comes back only by a certified READMITTED (F9)."""


class Status(StrEnum):
    """What an entry is at a moment. The order is the order of precedence: the first that holds is the status."""

    ERASED = "erased"
    DISPOSED = "disposed"
    SUPERSEDED = "superseded"
    RECALLED = "recalled"
    WITHDRAWN = "withdrawn"
    REPAIRED = "repaired"
    EXPIRED_EARLY = "expired_early"
    SILENT = "silent"
    HIDDEN = "hidden"
    ENDED = "ended"
    UNCATALOGUED = "uncatalogued"
    DECLINED = "declined"
    UNCONFIRMED = "unconfirmed"
    UNSERVED = "unserved"
    NOT_FINAL = "not_final"
    APPEALED = "appealed"
    FROZEN = "frozen"
    OBJECTED = "objected"
    IN_FORCE = "in_force"


class Audience(StrEnum):
    """Who wants to see (F5). The subject sees in two lists: what counts now, and what is only still held."""

    SUBJECT_NOW = "subject_now"
    SUBJECT_HELD = "subject_held"
    ASKER = "asker"
    SUPPLIER = "supplier"
    PUBLIC = "public"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """Everything the decision on visibility may know about one version of an entry at one moment.

    Days are Shanghai days. ``display_until`` is the first day on which the entry is no longer shown; it is the shorter
    of the period at intake and the period of today's edition, ``None`` means no end. From ``retain_until`` on nothing is
    kept: the entry counts as disposed of, even where the job that disposes of it did not run. ``served_on`` is the day on
    the supplier's receipt, ``told_on`` the day of our own proof that the person was told of this version (mark SERVED).
    ``final_on`` comes from the supplier's receipt, or is the day in the file; ``told_final`` is counted from our own proof.
    ``lapses_on`` is the first day on which silence keeps the entry out of every output (``rules.silence.lapses_on``).
    ``appealed_until`` is the first day on which what is contested outside is so no more (``rules.visible.appealed_until``).
    """

    adverse: bool
    published_by_law: bool
    newest: bool
    erased: bool
    recalled: bool
    confirmed: bool
    catalogued: bool
    display_until: date | None
    retain_until: date
    served_on: date | None
    final_on: date | None
    marks: frozenset[MarkKind]
    told_on: date | None = None
    told_final: date | None = None
    lapses_on: date | None = None
    appealed_until: date | None = None


@dataclass(frozen=True, slots=True)
class MarkView:
    """One mark as a reader gets it. CLOCK_MOVED alone has ``clock``, whose term it moves, and ``lapses_on``: to which day, or
    None where that clock runs no more. APPEAL_ENDED has ``lapses_on`` where it ends an appeal from a day to come on."""

    kind: MarkKind
    at: datetime
    reason: str
    uid: UUID
    lapses_on: date | None = None
    clock: UUID | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person says beside an entry of theirs (征信业管理条例 16): about its uid, whatever version is in force.

    ``text``: as everybody reads it, with ``COVER`` in the place of what two officials covered. ``own``: as the person wrote it,
    where something is covered, for the person alone.
    """

    text: str
    written_at: datetime
    covered_at: datetime | None = None
    own: str | None = None


@dataclass(frozen=True, slots=True)
class SealedStatement:
    """A statement as it lies. ``covered_at``, ``written``: of one that two officials covered, when, and what they covered."""

    person_id: UUID
    entry_id: UUID
    statement_id: UUID
    written_at: datetime
    sealed: bytes
    covered_at: datetime | None
    written_id: UUID | None
    written: bytes | None


@dataclass(frozen=True, slots=True)
class EntryView:
    """One version of an entry as a reader gets it. ``content`` is empty where it may not or cannot be opened."""

    person_id: UUID
    entry_id: UUID
    uid: UUID
    version: int
    item: str
    supplier: UUID
    status: Status
    nature: int
    act_class: int
    decided_on: date
    act_on: date | None
    final_on: date | None
    served_on: date | None
    valid_from: date | None
    valid_to: date | None
    known_from: datetime
    display_until: date | None
    retain_until: date
    commitment: bytes
    batch_id: UUID
    content: dict[str, Any] = field(default_factory=dict)
    marks: tuple[MarkView, ...] = ()
    told_on: date | None = None
    """The day of our own proof that the person was told of this version; ``served_on`` is the supplier's."""
    lapses_on: date | None = None
    """The first day on which silence keeps the entry out of every output: still to come while an objection waits for its
    answer, past once nobody answered. None where no term runs and none ran out."""
    statement: Statement | None = None
    """The person's own words, which travel with the entry; ``own`` of it is there for its person alone."""


class GoneBecause(StrEnum):
    """Why an entry is gone, on its tombstone. Stored: never rename one."""

    RETENTION_ENDED = "retention_ended"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Gone:
    """What stays of one version of an entry that is gone (F6)."""

    uid: UUID
    version: int
    commitment: bytes
    because: GoneBecause
    gone_on: date


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """The newest version of an entry that askers may be told of, sealed as it lies."""

    person_id: UUID
    entry_id: UUID
    uid: UUID
    version: int
    item: str
    supplier: UUID
    sealed: bytes
    stated: bool
    """The person's own statement stands beside it: whoever opens it reads that too."""


@dataclass(frozen=True, slots=True)
class EntryRef:
    """Names one version of one entry, for looks and notices."""

    person_id: UUID
    entry_id: UUID
    uid: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Found:
    """An entry found by the keyed number of its decision. Says nothing of its content."""

    person_id: UUID
    entry_id: UUID


@dataclass(frozen=True, slots=True)
class EntryMarked:
    """Event: a mark was set on an entry. Carries ids only."""

    name = "records.entry_marked"

    person_id: UUID
    entry_id: UUID
    kind: int
