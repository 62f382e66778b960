"""How a batch goes from state to state: each act locks its row, asks the workflow, writes, journals and publishes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from chengxin.catalogue.terms import Duty
from chengxin.collection.actions.reports import report_by_batch
from chengxin.collection.models import Batch
from chengxin.collection.queries.batches import batch_by_id, counts_of
from chengxin.collection.rules.batches import file_ends_at, may_act, may_retry
from chengxin.collection.terms.batches import WORKFLOW, BatchAct, BatchState, Channel, Problem
from chengxin.collection.terms.events import BatchAnswered, BatchStopped, EntriesSuperseded
from chengxin.collection.terms.views import BatchUnknown, BatchView, Counts, FileDestroyed
from chengxin.foundation import events, jobs, journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.foundation.outbox import dispatch_batch
from chengxin.kernel.decisions import Refused, require
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

SCREEN_JOB = "collection.screen_batch"


@contextmanager
def acting_on(batch_id: UUID, act: BatchAct, *, actor: Actor, at: datetime, reason: str) -> Iterator[Batch]:
    """Lock the batch, see that the act may follow, let the caller change the row, then save and journal it.

    Raises ``BatchUnknown`` and ``Refusal`` (wrong_state, reason_missing).
    """
    if not reason.strip():
        require(Refused("reason_missing", "house habit 3"))
    with in_transaction():
        batch = Batch.objects.select_for_update().filter(id=batch_id).first()
        if batch is None:
            raise BatchUnknown()
        require(may_act(BatchState(batch.state), act))
        batch.state = WORKFLOW[BatchState(batch.state), act].value
        yield batch
        batch.save()
        journal.record(
            actor, f"{act.value}_batch", "batch", batch.uid, at=at, reason=reason, organisation_id=batch.organisation_id
        )


def queue_screening(batch_id: UUID) -> None:
    """Queue the worker's job for a batch, once, in the current transaction."""
    jobs.defer(SCREEN_JOB, lock=f"batch:{batch_id}", once=f"batch:{batch_id}", batch_id=str(batch_id))


def retry_batch(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> BatchView:
    """Let a stopped batch go on where it stopped. Needs SEND_FILE in its office, or MEND_WORK.

    One that stopped because too many names were asked about takes another person than its sender (F9).
    """
    batch_id = _permitted(actor, uid, at)
    with acting_on(batch_id, BatchAct.RETRY, actor=actor, at=at, reason=reason) as batch:
        require(may_retry(Problem(batch.problem), batch.sent_by, actor.official_id))
        if batch.file_destroy_at <= at:
            raise FileDestroyed()
        batch.problem = ""
        batch.file_destroy_at = file_ends_at(BatchState.WAITING, at)
        queue_screening(batch_id)
    return batch_by_id(batch_id)


def cancel_batch(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> BatchView:
    """End a batch that is not answered. What it had put into the ledger stays, and is in its totals; a recall takes it back.

    Needs SEND_FILE in its office, or MEND_WORK.
    """
    batch_id = _permitted(actor, uid, at)
    with acting_on(batch_id, BatchAct.CANCEL, actor=actor, at=at, reason=reason) as batch:
        batch.problem = ""
        _close(batch, at)
    return batch_by_id(batch_id)


def expire_batch(batch_id: UUID, *, actor: Actor, at: datetime, reason: str) -> BatchView:
    """End a batch that nobody finished until its file's day; what it had put into the ledger stays. Its file goes now.

    Raises ``Refusal`` (wrong_state) where it was answered meanwhile; a batch somebody went on with is left alone.
    """
    with acting_on(batch_id, BatchAct.CANCEL, actor=actor, at=at, reason=reason) as batch:
        if batch.file_destroy_at > at:
            require(Refused("wrong_state", "workflow", {"state": batch.state}))
        batch.problem = ""
        _close(batch, at)
        batch.file_destroy_at = at
    return batch_by_id(batch_id)


def start_batch(batch_id: UUID, *, actor: Actor, at: datetime) -> Batch:
    """The worker takes a batch up, for the first time or after another worker died."""
    with acting_on(batch_id, BatchAct.START, actor=actor, at=at, reason="taken up by the worker") as batch:
        batch.started_at = batch.started_at or at
    return batch


def finish_batch(batch_id: UUID, duty: Duty, *, actor: Actor, at: datetime) -> BatchView:
    """Every row has met its end: settle the totals, let the answer be fetched, count the duty as met, have persons told."""
    with acting_on(batch_id, BatchAct.FINISH, actor=actor, at=at, reason="every row has met its end") as batch:
        _close(batch, at)
        report_by_batch(batch, duty, at=at)
        events.publish(BatchAnswered(batch.uid, batch.organisation_id), at=at)
    return batch_by_id(batch_id)


def stop_batch(batch_id: UUID, problem: Problem, *, actor: Actor, at: datetime) -> BatchView:
    """The batch cannot go on by itself; what was done stays done."""
    with acting_on(batch_id, BatchAct.STOP, actor=actor, at=at, reason=problem.value) as batch:
        batch.problem = problem.value
        batch.file_destroy_at = file_ends_at(BatchState.STOPPED, at)
        # it may stop for days: whoever has an entry by now is told of it now, and at the end nobody twice
        _have_told(batch, counts_of(batch.id), at)
        events.publish(BatchStopped(batch.uid, batch.organisation_id, problem.value), at=at)
    return batch_by_id(batch_id)


def _close(batch: Batch, at: datetime) -> None:
    # A chunk under way holds the row; the lock was waited for, so the marks are all there.
    counts = counts_of(batch.id)
    batch.rows_received = counts.received
    batch.rows_accepted = counts.accepted
    batch.rows_new, batch.rows_changed, batch.rows_same = counts.new, counts.changed, counts.same
    batch.rows_quarantined, batch.rows_refused = counts.quarantined, counts.refused
    batch.closed_at = at
    batch.file_destroy_at = file_ends_at(BatchState(batch.state), at)
    _have_told(batch, counts, at)


def _have_told(batch: Batch, counts: Counts, at: datetime) -> None:
    if counts.new or counts.changed:
        dispatch_batch(batch.id, at=at)
    if counts.changed:
        by = "client" if batch.channel == Channel.API else "official"
        events.publish(EntriesSuperseded(batch.id, batch.organisation_id, batch.sent_by, by), at=at)


def _permitted(actor: Actor, uid: UUID, at: datetime) -> UUID:
    found = Batch.objects.filter(uid=uid).values_list("id", "organisation_id").first()
    if found is None:
        raise BatchUnknown()
    batch_id, organisation_id = found
    mending = offices.may(actor, Permission.MEND_WORK, at)
    if isinstance(mending, Refused):
        offices.require_permission(actor, Permission.SEND_FILE, at, organisation_id=organisation_id)
    return batch_id
