"""One proven error sweeps its siblings into review: entries of the same batch may be wrong for the same cause.

A batch is one file of one item, screened by one edition, sent by one operator of one source: its siblings share all of these.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.foundation.actors import Actor
from chengxin.foundation.copying import bulk_cursor
from chengxin.foundation.database import INTAKE, as_person
from chengxin.records import facade as records
from chengxin.remedies import models
from chengxin.remedies.actions.facts import entry_of
from chengxin.remedies.actions.opening import opened_for
from chengxin.remedies.queries.outlook import SHOWN
from chengxin.remedies.terms.cases import About, AboutKind, Channel, Deed
from chengxin.remedies.terms.workflows import Act

PAGE: Final = 500
SIBLING: Final = "sibling"


def sweep_siblings(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> int:
    """Open a review of each entry that shares batch and item with the one that case ``uid`` proved wrong; gives how many.

    ``actor``: the official whose act proved it. Safe to run again: what is in review already stays as it is.
    """
    proven = models.Docket.objects.get(uid=uid)
    if proven.batch_id is None:
        return 0
    return sweep_batch(actor=actor, batch_id=proven.batch_id, item=proven.item, at=at, reason=reason)


def sweep_batch(*, actor: Actor, batch_id: UUID, item: str, at: datetime, reason: str) -> int:
    """The same of a batch in which an entry was wrong, whoever says so. What is out already needs no review."""
    swept, after = 0, None
    while True:
        with bulk_cursor(INTAKE) as cursor:
            found, after = records.entries_of_batch(cursor, batch_id, after=after, not_told="", limit=PAGE)
        for person, entry, _ in found:
            swept += _into_review(actor, UUID(bytes=person), UUID(bytes=entry), item, at, reason)
        if after is None:
            return swept


def _into_review(actor: Actor, person_id: UUID, entry_id: UUID, item: str, at: datetime, reason: str) -> int:
    with as_person(person_id):
        uids = {
            one.uid
            for one in records.entries_with_any_status(person_id, shown_at=at, known_at=at)
            if one.entry_id == entry_id and one.item == item
        }
        for uid in uids:
            entry = entry_of(person_id, uid, at)
            if entry is None or entry.status not in SHOWN or _reviewed(person_id, uid, entry.version):
                continue
            opened_for(
                actor,
                person_id,
                SIBLING,
                About(AboutKind.ENTRY, uid),
                Act.SWEEP_IN,
                Channel.OFFICE,
                Deed(reason=reason),
                at=at,
                reason="same_cause",
            )
            return 1
    return 0


def _reviewed(person_id: UUID, uid: UUID, version: int) -> bool:
    """Whether this version is in review, or was and was found right: another error of its batch does not pause it again."""
    known = models.Case.objects.filter(person_id=person_id, workflow=SIBLING, about_uid=uid, about_version=version)
    return known.exists()
