"""Taking a whole batch back, which two people decide on (F9)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connections

from chengxin.collection.actions.chunks.ledger import reading
from chengxin.collection.actions.chunks.payloads import notices
from chengxin.collection.models import Batch, RecallRequest
from chengxin.collection.queries.batches import batch_by_uid
from chengxin.collection.queries.recalls import recall_by_uid
from chengxin.collection.rules.batches import RecallFacts, may_ask_recall, may_decide_recall
from chengxin.collection.terms.batches import RECALL_WORKFLOW, RecallAct, RecallState
from chengxin.collection.terms.events import ENTRY_RECALLED, BatchRecalled
from chengxin.collection.terms.views import RecallView
from chengxin.foundation import events, jobs, journal, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import INTAKE, in_transaction
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import NotFound
from chengxin.kernel.ids import new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.records import facade as records

TELL_JOB = "collection.tell_recalled"
TOLD_AT_ONCE = 20_000


def ask_recall(*, actor: Actor, batch_uid: UUID, at: datetime, reason: str) -> RecallView:
    """Ask that a batch be taken back whole. Nothing changes until another person agrees. Needs ASK_RECALL in reach.

    Raises ``Refusal`` (batch_not_closed, nothing_to_recall, recall_asked_already, reason_missing).
    """
    _require_reason(reason)
    view = batch_by_uid(batch_uid)
    offices.require_permission(actor, Permission.ASK_RECALL, at, organisation_id=view.organisation_id)
    require(may_ask_recall(view.state, view.counts.new + view.counts.changed))
    with in_transaction():
        Batch.objects.select_for_update(no_key=True).get(id=view.id)
        if RecallRequest.objects.filter(batch_id=view.id).exclude(state=RecallState.REFUSED.value).exists():
            require(Refused("recall_asked_already", "F9"))
        row = RecallRequest(
            uid=new_uid(),
            batch_id=view.id,
            organisation_id=view.organisation_id,
            state=RecallState.ASKED.value,
            asked_by=_official(actor),
            asked_at=at,
            reason=reason,
        )
        row.save(force_insert=True)
        journal.record(
            actor, "ask_recall", "recall", row.uid, at=at, reason=reason, organisation_id=view.organisation_id
        )
    return recall_by_uid(row.uid)


def approve_recall(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> RecallView:
    """Agree: from this moment nobody sees the batch's entries but their persons, as held; all of them are told.

    Needs APPROVE_RECALL in reach, and another person than the one who asked.
    """
    with in_transaction():
        row = _decided(actor, uid, RecallAct.APPROVE, at, reason)
        records.recall_batch(
            actor=actor,
            batch_id=row.batch_id,
            organisation_id=row.organisation_id,
            asked_by=row.asked_by,
            approved_by=_official(actor),
            at=at,
            reason=row.reason,
        )
        batch_uid = Batch.objects.values_list("uid", flat=True).get(id=row.batch_id)
        events.publish(BatchRecalled(batch_uid, row.batch_id, row.organisation_id, _official(actor)), at=at)
        jobs.defer(TELL_JOB, lock=f"recall:{uid}", recall_uid=str(uid), at=at.isoformat())
    return recall_by_uid(uid)


def refuse_recall(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> RecallView:
    """Do not agree: the batch stays as it is. Needs APPROVE_RECALL in reach, and another person."""
    with in_transaction():
        _decided(actor, uid, RecallAct.REFUSE, at, reason)
    return recall_by_uid(uid)


def tell_recalled(recall_uid: UUID, *, at: datetime) -> int:
    """Write the notices of a recall, set by set, and have them sent. Safe to run again: who was told is left out."""
    row = RecallRequest.objects.get(uid=recall_uid)
    told, after = 0, None
    while True:
        with reading() as cursor:
            found, after = records.entries_of_batch(
                cursor, row.batch_id, after=after, not_told=ENTRY_RECALLED, limit=TOLD_AT_ONCE
            )
        if found:
            people, entries, versions = (list(column) for column in zip(*found, strict=True))
            with in_transaction(INTAKE), connections[INTAKE].cursor() as writing:
                for rows, encoded in notices(recall_uid, people, entries, versions, ENTRY_RECALLED, at=at):
                    rows.send(writing, encoded)
            told += len(found)
        if after is None:
            break
    with in_transaction():
        row.told = (row.told or 0) + told
        row.save(update_fields=["told"])
        if told:
            outbox.dispatch_batch(recall_uid, at=at)
    return told


def _decided(actor: Actor, uid: UUID, act: RecallAct, at: datetime, reason: str) -> RecallRequest:
    _require_reason(reason)
    row = RecallRequest.objects.select_for_update().filter(uid=uid).first()
    if row is None:
        raise NotFound(thing="recall")
    offices.require_permission(actor, Permission.APPROVE_RECALL, at, organisation_id=row.organisation_id)
    state = RecallState(row.state)
    require(may_decide_recall(RecallFacts(state, row.asked_by, _official(actor)), act))
    row.state = RECALL_WORKFLOW[state, act].value
    row.decided_by, row.decided_at, row.decision_reason = _official(actor), at, reason
    row.save()
    journal.record(
        actor, f"{act.value}_recall", "recall", uid, at=at, reason=reason, organisation_id=row.organisation_id
    )
    return row


def _official(actor: Actor) -> UUID:
    if actor.official_id is None:
        require(Refused("not_an_official", "F9"))
    assert actor.official_id is not None
    return actor.official_id


def _require_reason(reason: str) -> None:
    if not reason.strip():
        require(Refused("reason_missing", "house habit 3"))
