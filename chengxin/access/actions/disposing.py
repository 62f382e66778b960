"""The end of looks: past the longest that a law asks for they go whole. Their leaves stay in the proof log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connections, transaction

from chengxin.access.rules.retention import due_before, shipped_retention
from chengxin.foundation import journal
from chengxin.foundation.database import DISPOSER
from chengxin.kernel.ids import new_uid

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor

CHUNK: Final = 10_000
_ONE_RUN: Final = 0x6C6F_6F6B_7320_656E
"""Of two runs at once the second waits: both would take the same rows."""

_LOOKS_DUE: Final = "SELECT person_id, look_id FROM access_look WHERE at < %s LIMIT %s"
_LOOKS_GO: Final = (
    "DELETE FROM access_look WHERE (person_id, look_id) IN (SELECT * FROM unnest(%s::uuid[], %s::uuid[]))"
)
_USES_GO: Final = """
    DELETE FROM access_use WHERE (person_id, use_id) IN (SELECT person_id, use_id FROM access_use WHERE at < %s LIMIT %s)
"""
_UNHELD_GO: Final = "DELETE FROM access_unheld WHERE id IN (SELECT id FROM access_unheld WHERE at < %s LIMIT %s)"


def dispose_looks(*, actor: Actor, today: date, at: datetime, reason: str, limit: int = CHUNK) -> int:
    """Delete looks, uses, and questions about numbers of nobody, that are past their day. Returns how many; 0: none is left.

    Works in role disposer, a chunk a transaction; the database refuses what is younger than five years.
    """
    before = due_before(shipped_retention(), today)
    with transaction.atomic(using=DISPOSER), connections[DISPOSER].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_RUN])
        cursor.execute(_LOOKS_DUE, [before, limit])
        due: list[tuple[UUID, UUID]] = cursor.fetchall()
        cursor.execute(_LOOKS_GO, [[person for person, _ in due], [look for _, look in due]])
        cursor.execute(_USES_GO, [before, limit])
        cursor.execute(_UNHELD_GO, [before, limit])
        gone: int = len(due) + cursor.rowcount
        if gone:
            # a bulk act is journalled once a chunk (F14)
            said = f"{reason}: {len(due)} + {gone - len(due)}"
            journal.record(actor, "dispose_looks", "disposal", new_uid(), at=at, reason=said, alias=DISPOSER)
    return gone
