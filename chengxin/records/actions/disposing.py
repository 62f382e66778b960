"""What leaves the ledger for good: entries at their retention end, and everything about an erased person (F7).

All of it works in role disposer. The database refuses an entry before its day, and one that leaves no commitment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connections, transaction

from chengxin.foundation import journal, keyring
from chengxin.foundation.database import DISPOSER
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.ids import new_ids, new_uid
from chengxin.records.actions.append import decision_indexer, moved_decision
from chengxin.records.terms import GoneBecause, MarkKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.backends.utils import CursorWrapper

    from chengxin.foundation.actors import Actor

DISPOSAL_CHUNK: Final = 10_000
_ONE_RUN: Final = 0x6469_7370_6F73_6500
"""Of two runs at once the second waits: both would take the same entries."""

_DUE: Final = """
    SELECT DISTINCT e.person_id, e.entry_id FROM records_entry e
     WHERE e.retain_until <= %(day)s AND NOT EXISTS (
        SELECT FROM records_entry v
         WHERE v.person_id = e.person_id AND v.entry_id = e.entry_id AND v.retain_until > %(day)s)
     LIMIT %(limit)s
"""
_VERSIONS_DUE: Final = """
    SELECT e.person_id, e.entry_id, e.version FROM records_entry e
      JOIN records_content c USING (person_id, entry_id, version)
     WHERE e.retain_until <= %(day)s LIMIT %(limit)s
"""
_BURY: Final = """
    INSERT INTO records_tombstone (person_id, uid, version, known_on, commitment, reason, gone_on)
    SELECT person_id, uid, version, LEAST((known_from AT TIME ZONE 'Asia/Shanghai')::date, %(day)s), commitment,
           %(reason)s, %(day)s
      FROM records_entry
     WHERE (person_id, entry_id) IN (SELECT * FROM unnest(%(persons)s::uuid[], %(entries)s::uuid[]))
"""
_DELETE: Final = tuple(
    f"DELETE FROM {table} WHERE (person_id, entry_id) IN (SELECT * FROM unnest(%(persons)s::uuid[], %(entries)s::uuid[]))"  # noqa: S608
    for table in ("records_mark", "records_statement", "records_content", "records_entry")
)


def dispose_due(*, actor: Actor, today: date, at: datetime, reason: str, limit: int = DISPOSAL_CHUNK) -> int:
    """Delete the entries whose retention has ended, leaving a tombstone for each version. Returns how many acts that took.

    A chunk a transaction. An entry goes whole, once the last of its versions is due; a version that is due before goes
    with its content and a mark. A run that never comes shows nobody anything: from ``retain_until`` on ``visible`` treats
    the entry as disposed of.
    """
    with transaction.atomic(using=DISPOSER), connections[DISPOSER].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_RUN])
        cursor.execute(_DUE, {"day": today, "limit": limit})
        due: list[tuple[UUID, UUID]] = cursor.fetchall()
        _take(cursor, due, because=GoneBecause.RETENTION_ENDED, at=at)
        versions = _empty_versions(cursor, actor, today, at, reason, limit)
        if due or versions:
            # a bulk act is journalled once a chunk (F14)
            said = f"{reason}: {len(due)} + {versions}"
            journal.record(actor, "dispose_due", "disposal", new_uid(), at=at, reason=said, alias=DISPOSER)
    return len(due) + versions


def erase_entries(*, person_id: UUID, at: datetime) -> int:
    """Delete what the ledger holds of an erased person; a tombstone for each version stays (F7). Returns how many entries.

    Runs in the caller's transaction, after the erasure was recorded: the database asks for it.
    """
    with connections[DISPOSER].cursor() as cursor:
        cursor.execute("SELECT DISTINCT person_id, entry_id FROM records_entry WHERE person_id = %s", [person_id])
        held: list[tuple[UUID, UUID]] = cursor.fetchall()
        _take(cursor, held, because=GoneBecause.ERASED, at=at)
    return len(held)


def _take(cursor: CursorWrapper, entries: Sequence[tuple[UUID, UUID]], *, because: GoneBecause, at: datetime) -> None:
    """Bury these entries (person, entry): tombstones first, then everything else of them."""
    if not entries:
        return
    persons, places = [person for person, _ in entries], [entry for _, entry in entries]
    named = {"persons": persons, "entries": places, "reason": because.value, "day": shanghai_day(at)}
    cursor.execute(_BURY, named)
    for delete in _DELETE:
        cursor.execute(delete, named)
    _free_decisions(cursor, places)


def _empty_versions(cursor: CursorWrapper, actor: Actor, today: date, at: datetime, reason: str, limit: int) -> int:
    """Delete the content of versions that are due while a longer version keeps their entry."""
    cursor.execute(_VERSIONS_DUE, {"day": today, "limit": limit})
    due: list[tuple[UUID, UUID, int]] = cursor.fetchall()
    cursor.executemany("DELETE FROM records_content WHERE person_id = %s AND entry_id = %s AND version = %s", due)
    cursor.executemany(
        "INSERT INTO records_mark (person_id, mark_id, entry_id, version, uid, kind, at, by_kind, by_id, approved_by,"
        " reason) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, NULL, NULL, %s)",
        [
            (person, mark_id, entry, version, new_uid(), int(MarkKind.DISPOSED), at, actor.kind, reason)
            for (person, entry, version), mark_id in zip(due, new_ids(len(due), at), strict=True)
        ],
    )
    return len(due)


def _free_decisions(cursor: CursorWrapper, entries: list[UUID]) -> None:
    """Delete the decision keys of these entries. A decision that moved on to another person keeps its first place:
    whoever asks begins there, so what stands behind a freed place moves up to it."""
    # found by entry, which no index helps: one pass over the table for the whole chunk
    cursor.execute("DELETE FROM records_decision_key WHERE entry_id = ANY(%s) RETURNING decision_index", [entries])
    free = {bytes(place) for (place,) in cursor.fetchall()}
    indexers = [decision_indexer(version) for version in keyring.current().index_all(b"", "decision")]
    while free:
        behind = {moved_decision(indexer, place): place for place in free for indexer in indexers}
        cursor.execute(
            "DELETE FROM records_decision_key WHERE decision_index = ANY(%s)"
            " RETURNING decision_index, person_id, entry_id",
            [list(behind)],
        )
        moved = [(bytes(place), person, entry) for place, person, entry in cursor.fetchall()]
        cursor.executemany(
            "INSERT INTO records_decision_key (decision_index, person_id, entry_id) VALUES (%s, %s, %s)",
            [(behind[place], person, entry) for place, person, entry in moved],
        )
        free = (free - {behind[place] for place, _, _ in moved}) | {place for place, _, _ in moved} if moved else set()
