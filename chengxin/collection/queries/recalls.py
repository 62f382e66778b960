"""Recalls that were asked for, and how they were decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from chengxin.collection.models import Batch, RecallRequest
from chengxin.collection.terms.batches import RecallState
from chengxin.collection.terms.views import RecallView
from chengxin.foundation.actors import Actor
from chengxin.kernel.decisions import is_allowed
from chengxin.kernel.errors import NotFound
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission


def recall_by_uid(uid: UUID) -> RecallView:
    """One recall, for whom the caller answers. Raises ``NotFound``."""
    found = _views(RecallRequest.objects.filter(uid=uid))
    if not found:
        raise NotFound(thing="recall")
    return found[0]


def recalls_of_batch(batch_id: UUID) -> list[RecallView]:
    """The recalls asked for a batch, the newest first."""
    return _views(RecallRequest.objects.filter(batch_id=batch_id).order_by("-asked_at", "uid"))


def recalls_waiting(actor: Actor, at: datetime) -> list[RecallView]:
    """Recalls in the actor's reach that wait for a second person, the oldest first. Needs APPROVE_RECALL."""
    offices.require_permission(actor, Permission.APPROVE_RECALL, at, organisation_id=actor.organisation_id)
    asked = _views(RecallRequest.objects.filter(state=RecallState.ASKED.value).order_by("asked_at", "uid"))
    return [
        one
        for one in asked
        if is_allowed(offices.may(actor, Permission.APPROVE_RECALL, at, organisation_id=one.organisation_id))
    ]


def _views(rows: Iterable[RecallRequest]) -> list[RecallView]:
    known = list(rows)
    batches = {
        batch_id: (uid, item)
        for batch_id, uid, item in Batch.objects.filter(id__in={row.batch_id for row in known}).values_list(
            "id", "uid", "item"
        )
    }
    return [
        RecallView(
            uid=row.uid,
            batch_uid=batches[row.batch_id][0],
            organisation_id=row.organisation_id,
            item=batches[row.batch_id][1],
            state=RecallState(row.state),
            asked_by=row.asked_by,
            asked_at=row.asked_at,
            reason=row.reason,
            decided_by=row.decided_by,
            decided_at=row.decided_at,
            decision_reason=row.decision_reason,
            told=row.told,
        )
        for row in known
    ]
