"""How entries end while they are kept: withdrawal by their supplier, recall of a batch. What goes for good: ``disposing``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections, transaction

from chengxin.foundation import journal
from chengxin.foundation.database import DISPOSER
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.ids import new_uid
from chengxin.records.actions.marks import mark_entry
from chengxin.records.models import Recall
from chengxin.records.terms import MarkKind

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor


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
