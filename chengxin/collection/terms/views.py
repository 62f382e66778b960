"""What other rooms and the doors are shown of collection: frozen values without personal data, but for a held row opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengxin.collection.terms.batches import BatchAct, BatchState, Channel, HeldState, Problem, RecallState
from chengxin.kernel.errors import Conflict, NotFound


class BatchUnknown(NotFound):
    """There is no such batch, or it is not yours to see."""

    code = "batch_unknown"


class FileDestroyed(NotFound):
    """The day has come on which the file of this batch is destroyed."""

    code = "batch_file_destroyed"


class HeldRowUnknown(NotFound):
    """There is no such held row."""

    code = "held_row_unknown"


class RowNotHere(NotFound):
    """This row of the batch made no entry that still stands as its newest version."""

    code = "row_not_here"


class DecisionNotYours(NotFound):
    """No entry of your office stands for this decision."""

    code = "decision_not_yours"


class NotAnswered(Conflict):
    """This batch has no answer yet."""

    code = "batch_not_answered"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a batch met which end, so far or in all."""

    received: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    quarantined: int = 0
    refused: int = 0

    @property
    def accepted(self) -> int:
        """Rows that stand in the ledger now or stood there before."""
        return self.new + self.changed + self.same


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch as its office sees it.

    ``counts``: while it runs, of the chunks done. ``rows_expected``: a guess from the file's lines, None where there is
    none. ``same_as``: the uid of an earlier batch with the very same file. ``done``: share of the rows, 0 to 1, or None.
    """

    id: UUID
    uid: UUID
    organisation_id: UUID
    item: str
    edition: UUID
    sent_by: UUID
    channel: Channel
    reason: str
    state: BatchState
    problem: Problem | None
    same_as: UUID | None
    file_name: str
    file_bytes: int
    file_facts: Mapping[str, Any]
    mapping: Mapping[str, str]
    rows_expected: int | None
    received_at: datetime
    closed_at: datetime | None
    file_destroy_at: datetime
    has_file: bool
    counts: Counts
    late: int
    corrected: int
    open_acts: tuple[BatchAct, ...]

    @property
    def done(self) -> float | None:
        if self.state is BatchState.ANSWERED:
            return 1.0
        if not self.rows_expected:
            return None
        return min(self.counts.received / self.rows_expected, 0.99)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A refused row: its number in the file and every fault as (reason, field, detail); the first names it."""

    row_no: int
    reason: str
    field: str
    faults: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class HeldView:
    """A quarantined row as it stands in the officers' list: nothing of its content."""

    uid: UUID
    batch_uid: UUID
    row_no: int
    organisation_id: UUID
    item: str
    reason: str
    field: str
    made_at: datetime
    ends_at: datetime
    state: HeldState
    decided_at: datetime | None
    decision_reason: str


@dataclass(frozen=True, slots=True)
class HeldOpened:
    """A quarantined row opened for an identity officer. ``other``: whose decision it is so far, where another's it is."""

    view: HeldView
    doc_kind: str
    number: str
    name: str
    content: Mapping[str, Any]
    decided_on: date | None
    person_id: UUID | None
    other_person_id: UUID | None


@dataclass(frozen=True, slots=True)
class UnderCheck:
    """What the owner of a number is told of a row that is held about it (F9)."""

    uid: UUID
    item: str
    organisation_id: UUID
    made_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class DryRun:
    """What screening alone says of a file; nothing was stored, nothing was looked up.

    ``reasons``: (reason, field) -> rows named by it. ``samples``: the first faulty rows. ``whole``: no row was left unread.
    """

    rows: int
    accepted: int
    quarantined: int
    refused: int
    reasons: Mapping[tuple[str, str], int]
    samples: tuple[RefusedRow, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class RecallView:
    """A recall that was asked for."""

    uid: UUID
    batch_uid: UUID
    organisation_id: UUID
    item: str
    state: RecallState
    asked_by: UUID
    asked_at: datetime
    reason: str
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str
    told: int | None


@dataclass(frozen=True, slots=True)
class DutyView:
    """One item that an office owes: its last ended period, and whether and how it was reported."""

    item: str
    period_from: date
    period_to: date
    due_on: date
    reported_at: datetime | None
    batch_uid: UUID | None
    nothing: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class SupplyFigures:
    """An office's supply between two days. ``refused_by_reason``: reason -> rows."""

    organisation_id: UUID
    since: date
    until: date
    batches: int
    counts: Counts
    late: int
    corrected: int
    recalled_batches: int
    reports_nothing: int
    refused_by_reason: Mapping[str, int] = field(default_factory=dict)
    held_by_reason: Mapping[str, int] = field(default_factory=dict)
