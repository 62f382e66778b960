"""What its source took back or put otherwise, one entry or a whole batch, reaches everybody who had been told of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.collection import facade as collection
from chengxin.foundation import jobs
from chengxin.foundation.actors import Actor
from chengxin.foundation.copying import bulk_cursor
from chengxin.foundation.database import INTAKE, as_person, in_transaction
from chengxin.records import facade as records
from chengxin.records.terms import MarkKind, Status
from chengxin.remedies.actions.correcting import tell_of_end, tell_of_newer
from chengxin.remedies.actions.facts import entry_of

SWEEP_BATCH: Final = "remedies.sweep_batch"
PAGE: Final = 500
AT_ONCE: Final = 20_000
"""So many entries of a batch are read together: a file of corrections is one chunk or a few."""
PERSONS: Final = 1_000
"""So many persons' looks are asked about in one statement."""


def recall_batch(*, actor: Actor, batch_id: UUID, since: datetime, at: datetime, reason: str) -> int:
    """Tell the recipients of each entry of a batch that two officials took back at ``since``; of how many. May be repeated."""
    told, after = 0, None
    while True:
        with bulk_cursor(INTAKE) as cursor:
            found, after = records.entries_of_batch(cursor, batch_id, after=after, not_told="", limit=PAGE)
        for person, entry, _ in found:
            person_id, entry_id = UUID(bytes=person), UUID(bytes=entry)
            for uid in _uids(person_id, entry_id, at):
                told += tell_of_end(actor=actor, person_id=person_id, uid=uid, since=since, at=at, reason=reason)
        if after is None:
            return told


def tell_of_batch(*, actor: Actor, batch_id: UUID, at: datetime, corrected: str, ended: str) -> int:
    """Tell the recipients of what a batch has put otherwise or taken back by now; of how many entries. May be repeated.

    Of a hundred thousand rows few were ever told to anybody: those are found by the page, and no case is opened for the others.
    ``corrected``, ``ended``: why, for the person and the recipients. What came with an entry that was wrong goes into review.
    """
    told, after = 0, None
    wrong: set[tuple[UUID, str]] = set()
    while True:
        found, after = collection.superseded_by_batch(batch_id, after=after, limit=AT_ONCE)
        for begin in range(0, len(found), PERSONS):
            page = found[begin : begin + PERSONS]
            wrong |= {of for one in page if one.ended and (of := proven_wrong(one.person_id, one.uid, at)) is not None}
            received = access.received_before([(one.person_id, one.uid, one.before) for one in page])
            for one in page:
                if (one.person_id, one.uid) not in received:
                    continue
                if one.ended:
                    told += tell_of_end(actor=actor, person_id=one.person_id, uid=one.uid, at=at, reason=ended)
                else:
                    told += tell_of_newer(actor=actor, person_id=one.person_id, uid=one.uid, at=at, reason=corrected)
        if after is None:
            break
    for of_batch, item in sorted(wrong):
        sweep_later(actor, of_batch, item)
    return told


def take_back(*, actor: Actor, person_id: UUID, uid: UUID, at: datetime, reason: str) -> bool:
    """Tell the recipients of an entry that its source took back; where it was wrong, what came with it goes into review."""
    wrong = proven_wrong(person_id, uid, at)
    with in_transaction():
        if wrong is not None:
            sweep_later(actor, *wrong)
        return tell_of_end(actor=actor, person_id=person_id, uid=uid, at=at, reason=reason)


def proven_wrong(person_id: UUID, uid: UUID, at: datetime) -> tuple[UUID, str] | None:
    """Batch and item of an entry whose withdrawal says that it was wrong from the first; None where it says otherwise."""
    with as_person(person_id):
        entry = entry_of(person_id, uid, at)
    if entry is None or entry.status is not Status.WITHDRAWN:
        return None
    mark = max((one for one in entry.marks if one.kind is MarkKind.WITHDRAWN), key=lambda one: one.at)
    return (entry.batch_id, entry.item) if collection.proves_an_error(mark.reason) else None


def sweep_later(actor: Actor, batch_id: UUID, item: str) -> None:
    """In the current transaction; once, however many of its entries were wrong."""
    by_id = actor.official_id or actor.client_id
    jobs.defer(
        SWEEP_BATCH,
        lock=f"{SWEEP_BATCH}|{batch_id}",
        once=f"{SWEEP_BATCH}|{batch_id}|{item}",
        batch_id=str(batch_id),
        item=item,
        organisation_id=str(actor.organisation_id),
        by_id=str(by_id),
        by_kind=actor.kind,
    )


def _uids(person_id: UUID, entry_id: UUID, at: datetime) -> set[UUID]:
    with as_person(person_id):
        entries = records.entries_with_any_status(person_id, shown_at=at, known_at=at)
        return {one.uid for one in entries if one.entry_id == entry_id}
