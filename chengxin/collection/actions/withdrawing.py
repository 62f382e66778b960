"""Taking one entry back, by the row that made it or by its decision's number: its supplier does it alone (F9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from psycopg import Cursor

from chengxin.catalogue.terms import FieldRole, Item
from chengxin.collection.actions.chunks.hashes import INDEX_BYTES
from chengxin.collection.actions.chunks.ledger import reading
from chengxin.collection.actions.context import supply_of
from chengxin.collection.models import Batch
from chengxin.collection.queries.batches import batch_by_id
from chengxin.collection.rules.cells import trimmed
from chengxin.collection.rules.content import natural_key_of, person_key_fields
from chengxin.collection.rules.fields import reader_of
from chengxin.collection.rules.taking_back import kept_reason
from chengxin.collection.terms.events import ENTRY_WITHDRAWN, EntryWithdrawn
from chengxin.collection.terms.taking_back import TakenBack
from chengxin.collection.terms.views import BatchUnknown, BatchView, DecisionNotYours, RowNotHere
from chengxin.foundation import events, keyring, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.documents import DocumentKind, check_document
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.records import facade as records

_MOVES: Final = 8


def withdraw_row(*, actor: Actor, batch_uid: UUID, row_no: int, because: TakenBack, at: datetime, reason: str) -> None:
    """Take back the one entry that a row of this batch made; its person is told. Needs WITHDRAW_ROW in the office.

    ``because``: whether it was wrong from the first; then what came with it goes into review (decision 14).

    Raises ``RowNotHere`` where that row made no entry in this batch, or another version has come since.
    """
    _require_reason(reason)
    batch = Batch.objects.filter(uid=batch_uid).first()
    if batch is None:
        raise BatchUnknown()
    offices.require_permission(actor, Permission.WITHDRAW_ROW, at, organisation_id=batch.organisation_id)
    with reading() as cursor:
        found = records.entry_of_row(cursor, batch.id, row_no)
    if found is None:
        raise RowNotHere(row=row_no)
    _withdraw(actor, found, because, at, reason)


def batch_of_decision(*, actor: Actor, item: str, cells: Mapping[str, str], at: datetime) -> BatchView:
    """The batch in which the actor's own office handed in the entry of a decision.

    ``cells``: the fields of the item's natural key as they stand on the decision. Needs WITHDRAW_ROW. Raises
    ``DecisionNotYours``, the same for a decision nobody handed in, one of another office and one taken back already.
    """
    found = _own_entry(actor, item, cells, at)
    return batch_by_id(found.batch_id)


def withdraw_decision(
    *, actor: Actor, item: str, cells: Mapping[str, str], because: TakenBack, at: datetime, reason: str
) -> None:
    """Take that entry back; its person is told. The same permission, the same ``DecisionNotYours``."""
    _require_reason(reason)
    found = _own_entry(actor, item, cells, at)
    person, entry, uid = (UUID(bytes=one) for one in (found.person, found.entry, found.uid))
    _withdraw(actor, records.BatchEntry(person, entry, uid, found.version), because, at, reason)


def _withdraw(actor: Actor, found: records.BatchEntry, because: TakenBack, at: datetime, reason: str) -> None:
    kept = kept_reason(because, reason)
    with as_person(found.person_id):
        records.withdraw_entry(actor=actor, person_id=found.person_id, uid=found.uid, at=at, reason=kept)
        outbox.tell(
            person_id=found.person_id,
            kind=ENTRY_WITHDRAWN,
            subject_kind="entry",
            subject_id=found.entry_id,
            subject_version=found.version,
            at=at,
        )
        if actor.official_id is not None and actor.organisation_id is not None:
            event = EntryWithdrawn(found.person_id, found.uid, actor.organisation_id, actor.official_id)
            events.publish(event, at=at)


def _own_entry(actor: Actor, item_code: str, cells: Mapping[str, str], at: datetime) -> records.FoundDecision:
    offices.require_permission(actor, Permission.WITHDRAW_ROW, at, organisation_id=actor.organisation_id)
    assert actor.organisation_id is not None
    item = supply_of(actor.organisation_id, item_code, shanghai_day(at)).item
    key = None if item is None else _natural_key(item, cells, shanghai_day(at))
    if key is None:
        raise DecisionNotYours()
    with reading() as cursor:
        found = _standing(cursor, f"{item_code}|{key}".encode())
    if found is None or found.supplier != actor.organisation_id.bytes:
        raise DecisionNotYours()
    return found


def _natural_key(item: Item, cells: Mapping[str, str], today: date) -> str | None:
    """As screening would make it of these cells, None where one of them cannot be read."""
    specs = [item.by_code[code] for code in item.natural_key]
    if not item.decision_of_one:
        specs += person_key_fields(item)
    values: dict[str, str | None] = {}
    for spec in specs:
        text = trimmed(cells.get(spec.code))[0]
        if spec.role is FieldRole.DOCUMENT_NUMBER or text is None:
            continue
        values[spec.code] = reader_of(spec)(text, spec).value
    number = next((spec for spec in specs if spec.role is FieldRole.DOCUMENT_NUMBER), None)
    if number is not None:
        values[number.code] = _number(item, cells.get(number.code) or "", values, today)
    if any(values.get(spec.code) is None for spec in specs if spec.is_required):
        return None
    return natural_key_of(item, {spec.code: values.get(spec.code) for spec in specs})


def _number(item: Item, text: str, values: Mapping[str, str | None], today: date) -> str | None:
    kind = item.field_of(FieldRole.DOCUMENT_KIND)
    known = DocumentKind.CITIZEN if kind is None else values.get(kind.code)
    if known is None:
        return None
    found = check_document(DocumentKind(known), text, today=today)
    return found.number if found.ok else None


def _standing(cursor: Cursor[Any], decision: bytes) -> records.FoundDecision | None:
    """The entry in which a decision stands, wherever it was moved, under every index key that is alive (F3, F4)."""
    for version in keyring.current().index_all(b"", "decision"):
        indexer = records.decision_indexer(version)
        place = indexer(decision)[:INDEX_BYTES]
        for _ in range(_MOVES):
            found = records.find_decisions(cursor, [place]).get(0)
            if found is None:
                break
            if not found.removed:
                return found
            place = records.moved_decision(indexer, place)
    return None


def _require_reason(reason: str) -> None:
    if not reason.strip():
        require(Refused("reason_missing", "house habit 3"))
