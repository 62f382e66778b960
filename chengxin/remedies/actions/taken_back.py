"""What its source took back, an entry or a whole batch, reaches everybody who had been shown it: a correction case each."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.foundation.actors import Actor
from chengxin.foundation.copying import bulk_cursor
from chengxin.foundation.database import INTAKE, as_person
from chengxin.records import facade as records
from chengxin.remedies.actions.opening import opened_for
from chengxin.remedies.queries.cases import open_about
from chengxin.remedies.terms.cases import About, AboutKind, Channel, Deed
from chengxin.remedies.terms.corrections import CORRECTION
from chengxin.remedies.terms.workflows import Act

PAGE: Final = 500


def recall_entry(*, actor: Actor, person_id: UUID, uid: UUID, at: datetime, reason: str) -> bool:
    """Open the case in which the recipients of a withdrawn entry acknowledge; whether there are any. May be repeated.

    ``actor``: the official who took it back. ``reason``: for the person and the recipients, in words that name nobody.
    """
    with as_person(person_id):
        if open_about(person_id, CORRECTION.code, uid) or not access.received_by(person_id, uid):
            return False
        about, channel = About(AboutKind.ENTRY, uid), Channel.OFFICE
        opened_for(
            actor,
            person_id,
            CORRECTION.code,
            about,
            Act.RECALL,
            channel,
            Deed(reason=reason),
            at=at,
            reason="taken_back",
        )
    return True


def recall_batch(*, actor: Actor, batch_id: UUID, at: datetime, reason: str) -> int:
    """The same for each entry of a batch that two officials took back; gives how many cases. May be repeated."""
    opened, after = 0, None
    while True:
        with bulk_cursor(INTAKE) as cursor:
            found, after = records.entries_of_batch(cursor, batch_id, after=after, not_told="", limit=PAGE)
        for person, entry, _ in found:
            person_id, entry_id = UUID(bytes=person), UUID(bytes=entry)
            for uid in _uids(person_id, entry_id, at):
                opened += recall_entry(actor=actor, person_id=person_id, uid=uid, at=at, reason=reason)
        if after is None:
            return opened


def _uids(person_id: UUID, entry_id: UUID, at: datetime) -> set[UUID]:
    with as_person(person_id):
        entries = records.entries_with_any_status(person_id, shown_at=at, known_at=at)
        return {one.uid for one in entries if one.entry_id == entry_id}
