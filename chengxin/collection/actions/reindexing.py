"""The walk that keys everything anew while an index key rotates: persons, their decisions, rows held for a number (F3).

A page of persons is one transaction; it may be stopped and begun again, beside running work. What is hashed is opened from
sealed rows in this process and nowhere written. Runs as the operator's command, not in a worker.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connections

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import FieldRole, Item, NoEditionInForce
from chengxin.collection.models import HeldRow
from chengxin.collection.queries.held import HeldRowEnded, held_values
from chengxin.collection.rules.content import natural_key_of
from chengxin.collection.terms.batches import HeldState
from chengxin.foundation import journal, keyring
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import DISPOSER, INTAKE, as_person, in_transaction
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.ids import new_uid
from chengxin.persons import facade as persons
from chengxin.persons.terms import Identity
from chengxin.records import facade as records
from chengxin.records.terms import EntryView

PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What one page did. ``moved``: rows of older keys that went; ``unreached``: entries whose decision could not be told
    again from their content; ``last``: where the next page begins, None after the last."""

    seen: int
    moved: int
    unreached: int
    last: UUID | None


def reindex_page(*, actor: Actor, at: datetime, reason: str, after: UUID | None = None, limit: int = PAGE) -> Reindexed:
    """Key the next persons' rows under the current index key; with the first page, the rows held in quarantine too."""
    moved = _held_rows(at) if after is None else 0
    unreached = 0
    found = persons.persons_after(after or UUID(int=0), limit=limit)
    with in_transaction(DISPOSER):
        for person_id in found:
            moved += persons.reindex_person(person_id)
            rows, lost = _decisions(person_id, at)
            moved, unreached = moved + rows, unreached + lost
        if moved:
            said = f"{reason}: {moved}"
            journal.record(actor, "reindex_page", "reindex", new_uid(), at=at, reason=said, alias=DISPOSER)
    return Reindexed(len(found), moved, unreached, found[-1] if len(found) == limit else None)


def _decisions(person_id: UUID, at: datetime) -> tuple[int, int]:
    with as_person(person_id):
        identity = persons.identity_of(person_id)
        entries = records.entries_with_any_status(person_id, shown_at=at, known_at=at)
    moved = unreached = 0
    for entry in entries:
        if not entry.content:
            continue
        told = list(_told(entry, identity))
        moved += sum(records.reindex_decision(text) for text in told)
        if not any(_stands(text, entry) for text in told):
            unreached += 1
    return moved, unreached


def _stands(text: bytes, entry: EntryView) -> bool:
    chain = records.chain_of(text, keyring.current().index_version)
    return any(found == entry.entry_id for _, _, found in chain)


def _told(entry: EntryView, identity: Identity) -> Iterator[bytes]:
    """What was hashed of the entry's decision; for a decision of several persons, once under each number of this one."""
    item = _item(entry)
    if item is None:
        return
    values: dict[str, str | None] = dict.fromkeys(item.by_code) | entry.content
    kind, number = (item.by_role.get(role) for role in (FieldRole.DOCUMENT_KIND, FieldRole.DOCUMENT_NUMBER))
    for document in identity.documents[:1] if item.decision_of_one else identity.documents:
        if kind is not None:
            values[kind.code] = document.kind
        if number is not None:
            values[number.code] = document.number
        yield f"{item.code}|{natural_key_of(item, values)}".encode()


def _item(entry: EntryView) -> Item | None:
    try:
        return catalogue.item(entry.item, shanghai_day(entry.known_from))
    except NoEditionInForce:
        return None


def _held_rows(at: datetime) -> int:
    """Rows that wait for an officer are found by their number's owner: their keys too."""
    moved = 0
    for row in HeldRow.objects.filter(state=HeldState.WAITING.value).defer("sealed").order_by("uid"):
        try:
            _, values = held_values(row.uid, at=at)
        except HeldRowEnded:
            continue
        index = persons.blind_index(f"{int(values['doc_kind']):02}", str(values["doc_number"]))
        if row.blind_index is None or bytes(row.blind_index) == index:
            continue
        with in_transaction(INTAKE), connections[INTAKE].cursor() as cursor:
            cursor.execute(
                "UPDATE collection_quarantine SET blind_index = %s WHERE uid = %s AND state = 'waiting'",
                [index, row.uid],
            )
            moved += cursor.rowcount
    return moved
