"""How entries end: withdrawal by their supplier, recall of a batch, disposal at the retention end, erasure of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections, transaction

from chengxin.foundation import journal
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.ids import new_ids, new_uid
from chengxin.records.actions.marks import mark_entry
from chengxin.records.models import Recall
from chengxin.records.terms import MarkKind

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor

DISPOSER = "disposer"
DISPOSAL_CHUNK = 1_000


def withdraw_entry(*, actor: Actor, person_id: UUID, uid: UUID, at: datetime, reason: str) -> None:
    """Take an entry out of every output, at the word of the body that supplied it. It stays with its subject as held."""
    mark_entry(actor=actor, person_id=person_id, uid=uid, kinds=(MarkKind.WITHDRAWN,), at=at, reason=reason)


def recall_batch(
    *, actor: Actor, batch_id: UUID, organisation_id: UUID, asked_by: UUID, approved_by: UUID, at: datetime, reason: str
) -> UUID:
    """Take a whole batch back: one row that ``visible`` reads, two officials, a reason (F9). Returns its uid."""
    if asked_by == approved_by:
        require(Refused("second_person_needed", "F9"))
    uid = new_uid()
    with transaction.atomic(using="default"):
        Recall.objects.create(
            batch_id=batch_id,
            uid=uid,
            at=at,
            reason=reason,
            organisation_id=organisation_id,
            asked_by=asked_by,
            approved_by=approved_by,
        )
        journal.record(actor, "recall_batch", "recall", uid, at=at, reason=reason, organisation_id=organisation_id)
    return uid


def dispose_due(*, actor: Actor, today: date, at: datetime, reason: str, limit: int = DISPOSAL_CHUNK) -> int:
    """Delete the content of entries whose retention has ended, leaving commitment and a mark. Returns how many.

    Works in the role disposer, a chunk a transaction. The database refuses a content before its day (F7). A run that never
    comes shows nobody anything: from ``retain_until`` on ``visible`` treats the entry as disposed of.
    """
    with transaction.atomic(using=DISPOSER), connections[DISPOSER].cursor() as cursor:
        cursor.execute(
            "SELECT e.person_id, e.entry_id, e.version FROM records_entry e JOIN records_content c"
            " USING (person_id, entry_id, version) WHERE e.retain_until <= %s LIMIT %s",
            [today, limit],
        )
        due = cursor.fetchall()
        mark_ids = new_ids(len(due), at)
        disposed = 0
        for (person_id, entry_id, version), mark_id in zip(due, mark_ids, strict=True):
            cursor.execute(
                "DELETE FROM records_content WHERE person_id = %s AND entry_id = %s AND version = %s",
                [person_id, entry_id, version],
            )
            if not cursor.rowcount:
                # another run was faster, and its mark stands
                continue
            disposed += 1
            cursor.execute(
                "INSERT INTO records_mark (person_id, mark_id, entry_id, version, uid, kind, at, by_kind, by_id,"
                " approved_by, reason) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, NULL, NULL, %s)",
                [person_id, mark_id, entry_id, version, new_uid(), int(MarkKind.DISPOSED), at, actor.kind, reason],
            )
        if disposed:
            # a bulk act is journalled once a chunk (F14)
            journal.record(
                actor, "dispose_due", "disposal", new_uid(), at=at, reason=f"{reason}: {disposed}", alias=DISPOSER
            )
    return disposed


def erase_entries(*, person_id: UUID) -> int:
    """Delete what the ledger holds of an erased person beyond commitments: contents, look-up keys, marks (F7).

    Runs in role disposer inside the caller's transaction, after the erasure was recorded: the database asks for it.
    Returns how many contents went.
    """
    with connections[DISPOSER].cursor() as cursor:
        cursor.execute("DELETE FROM records_mark WHERE person_id = %s", [person_id])
        cursor.execute("DELETE FROM records_content WHERE person_id = %s", [person_id])
        gone = int(cursor.rowcount)
        cursor.execute("DELETE FROM records_decision_key WHERE person_id = %s", [person_id])
    return gone


def kept_until(person_id: UUID) -> date | None:
    """The latest day on which the law still orders an entry of this person kept, or None. Role disposer.

    Withdrawn and recalled entries are nobody's lawful record any more and hold nothing up; readmitted ones are one again.
    """
    with connections[DISPOSER].cursor() as cursor:
        cursor.execute(
            "SELECT max(e.retain_until) FROM records_entry e WHERE e.person_id = %s AND NOT EXISTS ("
            " SELECT FROM records_mark m WHERE m.person_id = e.person_id AND m.entry_id = e.entry_id AND m.kind = 1"
            " AND NOT EXISTS (SELECT FROM records_mark r WHERE r.person_id = m.person_id AND r.entry_id = m.entry_id"
            " AND r.kind = 13 AND r.mark_id > m.mark_id))"
            " AND NOT EXISTS (SELECT FROM records_recall r WHERE r.batch_id = e.batch_id)",
            [person_id],
        )
        row = cursor.fetchone()
    return row[0] if row else None
