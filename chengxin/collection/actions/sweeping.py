"""What goes by itself: files on their day, held rows after 30 days, keys and files that nothing came to use.

Each sweep may run at any time, twice, or be killed half-way: it takes what is due and nothing else.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from chengxin.collection.actions.chunks.ledger import reading
from chengxin.collection.actions.closing import expire_batch
from chengxin.collection.models import Batch
from chengxin.collection.queries.held import ended_keys
from chengxin.foundation import files, journal, keystore
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_uid
from chengxin.persons import facade as persons

ORPHAN_AFTER: Final = timedelta(hours=24)
"""A key or file without its owner is left alone so long: the act that made it may still be under way."""

_PAGE: Final = 5_000


def destroy_files(*, actor: Actor, at: datetime, reason: str) -> int:
    """Destroy every file whose day has come, key first: from then on its backups cannot be read either. Gives how many.

    A batch that nobody finished by then is cancelled first: a draft never sent, one that stopped and was left.
    """
    _expire_unfinished(actor, at, reason)
    due = Batch.objects.filter(file_uid__isnull=False, file_destroy_at__lte=at, closed_at__isnull=False)
    count = 0
    for batch in due.order_by("file_destroy_at", "id").only("id", "uid", "file_uid", "organisation_id"):
        assert batch.file_uid is not None
        keystore.destroy("file", batch.id)
        files.remove(batch.file_uid)
        with in_transaction():
            Batch.objects.filter(id=batch.id).update(file_uid=None, file_name="")
            journal.record(
                actor, "destroy_file", "batch", batch.uid,
                at=at, reason=reason, organisation_id=batch.organisation_id,
            )  # fmt: skip
        count += 1
    return count


def _expire_unfinished(actor: Actor, at: datetime, reason: str) -> None:
    due = Batch.objects.filter(file_destroy_at__lte=at, closed_at__isnull=True)
    for batch_id in due.order_by("file_destroy_at", "id").values_list("id", flat=True):
        # somebody may answer it, or go on with it, at this very moment
        with suppress(Refusal):
            expire_batch(batch_id, actor=actor, at=at, reason=reason)


def destroy_quarantine_keys(*, actor: Actor, at: datetime, reason: str) -> int:
    """Destroy the quarantine key of every batch none of whose rows waits any more. Gives how many."""
    ended = ended_keys(at)
    for batch_id in ended:
        keystore.destroy("quarantine", batch_id)
    if ended:
        _journal(actor, "destroy_quarantine_keys", f"{reason}: {len(ended)}", at)
    return len(ended)


def sweep_orphans(*, actor: Actor, at: datetime, reason: str) -> int:
    """Destroy keys of persons who never came to be, and files and keys of batches that never did. Gives how many.

    A worker killed between the key store and the ledger leaves such keys (F7); a request that was rolled back after the
    file was sealed leaves such files.
    """
    before = at - ORPHAN_AFTER
    gone = _sweep_person_keys(before) + _sweep_batch_keys(before) + _sweep_files(before)
    if gone:
        _journal(actor, "sweep_orphans", f"{reason}: {gone}", at)
    return gone


def _sweep_person_keys(before: datetime) -> int:
    gone, after = 0, None
    while owners := keystore.owners_made_before("person", before, after=after, limit=_PAGE):
        with reading() as cursor:
            living = persons.living(cursor, owners)
        for owner in owners:
            if owner not in living:
                gone += keystore.destroy("person", owner)
        after = owners[-1]
    return gone


def _sweep_batch_keys(before: datetime) -> int:
    gone, after = 0, None
    while owners := keystore.owners_made_before("file", before, after=after, limit=_PAGE):
        living = set(Batch.objects.filter(id__in=owners, file_uid__isnull=False).values_list("id", flat=True))
        for owner in owners:
            if owner not in living:
                gone += keystore.destroy("file", owner)
        after = owners[-1]
    return gone


def _sweep_files(before: datetime) -> int:
    gone = files.sweep_drafts(before.timestamp())
    kept: list[UUID] = list(files.kept_before(before.timestamp()))
    for start in range(0, len(kept), _PAGE):
        page = kept[start : start + _PAGE]
        living = set(Batch.objects.filter(file_uid__in=page).values_list("file_uid", flat=True))
        gone += sum(files.remove(uid) for uid in page if uid not in living)
    return gone


def _journal(actor: Actor, act: str, what: str, at: datetime) -> None:
    with in_transaction():
        journal.record(actor, act, "sweep", new_uid(), at=at, reason=what)
