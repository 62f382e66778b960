"""Later: what the worker runs for collection, and what it runs by itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.collection.actions import held, sweeping
from chengxin.collection.actions.closing import SCREEN_JOB
from chengxin.collection.actions.recalls import TELL_JOB, tell_recalled
from chengxin.collection.actions.running import screen_batch
from chengxin.foundation import actors, clock, jobs

INTAKE_QUEUE = "intake"


@jobs.job(SCREEN_JOB, queue=INTAKE_QUEUE, retry=5)
def screen_waiting_batch(batch_id: str) -> None:
    """Screen what is left of a batch and answer it."""
    screen_batch(UUID(batch_id))


@jobs.job(TELL_JOB, retry=5)
def tell_persons_of_recall(recall_uid: str, at: str) -> None:
    """Tell everybody whose entry was taken back with a batch."""
    tell_recalled(UUID(recall_uid), at=datetime.fromisoformat(at))


@jobs.job("collection.destroy_files", every="*/10 * * * *")
def destroy_files() -> None:
    """Files go seven days after their answer or their stop, drafts that nobody sends after 30 (F9)."""
    actor = actors.system("collection.destroy_files")
    sweeping.destroy_files(actor=actor, at=clock.now(), reason="its day has come (F9)")


@jobs.job("collection.end_held_rows", every="5 * * * *")
def end_held_rows() -> None:
    """Held rows end after 30 days, and the quarantine keys of batches without held rows go (F9)."""
    at, actor = clock.now(), actors.system("collection.end_held_rows")
    held.end_held_rows(actor=actor, at=at, reason="30 days without a decision (F9)")
    sweeping.destroy_quarantine_keys(actor=actor, at=at, reason="no held row left (F9)")


@jobs.job("collection.sweep_orphans", every="40 3 * * *")
def sweep_orphans() -> None:
    """Keys and files that nothing came to use go (F7)."""
    actor = actors.system("collection.sweep_orphans")
    sweeping.sweep_orphans(actor=actor, at=clock.now(), reason="nothing came to use them (F7)")
