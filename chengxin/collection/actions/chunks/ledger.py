"""Committing a chunk: all its rows and its marker in one transaction of role intake, or none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, connections, transaction
from psycopg import Cursor, errors

from chengxin.collection.actions.chunks.payloads import Payload
from chengxin.foundation.copying import bulk_cursor
from chengxin.foundation.database import INTAKE
from chengxin.kernel.errors import Conflict

_MARKER: Final = (
    "INSERT INTO collection_chunk (batch_id, chunk_no, first_row, rows, accepted_new, accepted_changed, accepted_same,"
    " quarantined, refused, late, corrected, mismatches, outcomes, at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_ONCE: Final = frozenset({"collection_chunk_pkey", "collection_chunk_rows_once"})


class Contended(Conflict):
    """Another batch was adding the same persons or decisions at this moment."""

    code = "intake_contended"


class ChunkKnown(Conflict):
    """Another worker of this batch has finished this chunk."""

    code = "chunk_known"


class NotScreening(Conflict):
    """The batch was stopped or cancelled meanwhile."""

    code = "batch_not_screening"


@dataclass(frozen=True, slots=True)
class Marker:
    """What the ledger keeps of a finished chunk; see ``models.Chunk``."""

    batch_id: UUID
    chunk_no: int
    first_row: int
    rows: int
    new: int
    changed: int
    same: int
    quarantined: int
    refused: int
    late: int
    corrected: int
    mismatches: int
    outcomes: bytes
    at: datetime

    def values(self) -> tuple[Any, ...]:
        return (
            self.batch_id, self.chunk_no, self.first_row, self.rows, self.new, self.changed, self.same,
            self.quarantined, self.refused, self.late, self.corrected, self.mismatches, self.outcomes, self.at,
        )  # fmt: skip


def commit_chunk(payloads: Sequence[Payload], marker: Marker) -> bool:
    """Write a chunk. False where it is in the ledger already, written by another worker of the same batch.

    Raises ``Contended`` where the chunk must be looked up and planned anew, ``NotScreening`` where the batch ended, and
    Django's ``OperationalError`` where the database is away: the marker tells afterwards whether the chunk is in.
    """
    try:
        with told_by_database(), transaction.atomic(using=INTAKE), connections[INTAKE].cursor() as cursor:
            for rows, encoded in payloads:
                rows.send(cursor, encoded)
            cursor.execute(_MARKER, marker.values())
    except ChunkKnown:
        return False
    return True


@contextmanager
def told_by_database() -> Iterator[None]:
    """What the database refuses of a chunk, in our words; around the transaction, because a commit may refuse too."""
    try:
        yield
    except DatabaseError as fault:
        told = _told(fault)
        if told is None:
            raise
        raise told from fault


def _told(fault: DatabaseError) -> Conflict | None:
    cause = fault.__cause__
    name = cause.diag.constraint_name if isinstance(cause, errors.Error) else None
    if isinstance(cause, errors.UniqueViolation):
        return ChunkKnown() if name in _ONCE else Contended(constraint=name)
    if isinstance(cause, errors.DeadlockDetected | errors.SerializationFailure):
        return Contended(constraint="deadlock")
    if isinstance(cause, errors.CheckViolation) and "collection_chunk_needs_a_batch_in_screening" in str(cause):
        return NotScreening()
    return None


@contextmanager
def reading() -> Iterator[Cursor[Any]]:
    """A cursor of role intake for look-ups, which sends and takes bytes as they are."""
    with bulk_cursor(INTAKE) as cursor:
        yield cursor


class Committer:
    """Commits on a thread of its own, so that the next chunk is prepared meanwhile. One chunk is under way at most."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="collection-commit")
        self._under_way: Future[bool] | None = None

    def send(self, commit: Callable[[], bool]) -> None:
        """Begin to commit; whatever was under way must be settled."""
        assert self._under_way is None
        self._under_way = self._thread.submit(commit)

    def settle(self) -> bool:
        """Wait for the chunk under way; what ``commit`` gave, or its error, comes out here, once."""
        under_way, self._under_way = self._under_way, None
        return under_way is None or under_way.result()

    def close(self) -> None:
        """Wait and give the thread's connection back. An error of the chunk under way is not raised."""
        if self._under_way is not None:
            self._under_way.exception()
            self._under_way = None
        self._thread.submit(connections.close_all).result()
        self._thread.shutdown()
