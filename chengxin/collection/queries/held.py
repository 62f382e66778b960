"""Quarantined rows: the officers' list, one row opened, and what the owner of a number is told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from chengxin.collection.models import Batch, HeldRow
from chengxin.collection.terms.batches import HeldState
from chengxin.collection.terms.views import HeldOpened, HeldRowUnknown, HeldView, UnderCheck
from chengxin.foundation import keyring, keystore
from chengxin.foundation.actors import Actor
from chengxin.foundation.ciphers import suite_of
from chengxin.foundation.copying import bulk_cursor
from chengxin.foundation.database import INTAKE
from chengxin.kernel.errors import Conflict
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons import facade as persons
from chengxin.records import facade as records

INDEX_BYTES = 16


class HeldRowEnded(Conflict):
    """This row was decided or has ended; its content is gone."""

    code = "held_row_ended"


def held_waiting(actor: Actor, at: datetime, *, limit: int = 100) -> list[HeldView]:
    """The rows that wait for an identity officer, those that end first before the others. Needs SEE_QUARANTINE."""
    offices.require_permission(actor, Permission.SEE_QUARANTINE, at)
    found = HeldRow.objects.filter(state=HeldState.WAITING.value, ends_at__gt=at).order_by("ends_at", "uid")
    return _views(found[:limit])


def held_of_batch(batch_id: UUID, *, limit: int = 1000) -> list[HeldView]:
    """The held rows of a batch in the order of the file; the caller answers for the permission."""
    return _views(HeldRow.objects.filter(batch_id=batch_id).order_by("row_no")[:limit])


def held_row(uid: UUID) -> HeldView:
    """One held row without its content. Raises ``HeldRowUnknown``."""
    found = _views(HeldRow.objects.filter(uid=uid))
    if not found:
        raise HeldRowUnknown()
    return found[0]


def held_opened(uid: UUID, *, at: datetime) -> HeldOpened:
    """One waiting row with its content. Whoever calls this logs the look (F9); raises ``HeldRowUnknown``, ``HeldRowEnded``."""
    view, values = held_values(uid, at=at)
    return HeldOpened(
        view=view,
        doc_kind=f"{values['doc_kind']:02}",
        number=str(values["doc_number"]),
        name=str(values["name"]),
        content=json.loads(str(values["content"])),
        decided_on=date.fromisoformat(str(values["decided_on"])) if "decided_on" in values else None,
        person_id=(owner := persons.person_by_document(f"{values['doc_kind']:02}", str(values["doc_number"]))),
        other_person_id=_other_owner(view.item, str(values["natural_key"]), owner),
    )


def _other_owner(item: str, natural_key: str, owner: UUID | None) -> UUID | None:
    """Whose decision it is so far, where that is another person."""
    found: UUID | None = None
    for version in keyring.current().index_all(b"", "decision"):
        indexer = records.decision_indexer(version)
        place = indexer(f"{item}|{natural_key}".encode())[:INDEX_BYTES]
        with bulk_cursor(INTAKE) as cursor:
            while answer := records.find_decisions(cursor, [place]).get(0):
                found = UUID(bytes=answer.person)
                place = records.moved_decision(indexer, place)
    return None if found == owner else found


def held_values(uid: UUID, *, at: datetime) -> tuple[HeldView, dict[str, str | int]]:
    """The row and what the ledger would have taken of it, opened. After its 30 days it is not, even where the job that ends
    it failed to run."""
    row = HeldRow.objects.filter(uid=uid).first()
    if row is None:
        raise HeldRowUnknown()
    key = keystore.load_many("quarantine", [row.batch_id], alias=keystore.WEB).get(row.batch_id)
    if row.sealed is None or key is None or row.ends_at <= at:
        raise HeldRowEnded(state=row.state)
    sealed = bytes(row.sealed)
    values: dict[str, str | int] = json.loads(suite_of(sealed).open(key, sealed, held_aad(uid)))
    return _views([row])[0], values


def held_aad(uid: UUID) -> bytes:
    """What a held row's sealed content is bound to."""
    return b"collection_quarantine|" + uid.bytes


def under_check(documents: Iterable[tuple[str, str]], at: datetime) -> list[UnderCheck]:
    """What is held about these numbers (kind, number): their owner is told that, and nothing of the rows (F9)."""
    indexes = [index for kind, number in documents for index in persons.blind_indexes(kind, number).values()]
    if not indexes:
        return []
    found = HeldRow.objects.filter(blind_index__in=indexes, state=HeldState.WAITING.value, ends_at__gt=at)
    return [
        UnderCheck(row.uid, row.item, row.organisation_id, row.made_at, row.ends_at)
        for row in found.defer("sealed").order_by("made_at", "batch_id", "row_no")
    ]


def ended_keys(at: datetime) -> list[UUID]:
    """Batches none of whose held rows waits any more, closed: the quarantine key of each may go."""
    waiting = HeldRow.objects.filter(state=HeldState.WAITING.value).values("batch_id")
    held = HeldRow.objects.exclude(batch_id__in=waiting).values("batch_id")
    closed = Batch.objects.filter(id__in=held, closed_at__lte=at).filter(~Q(state="screening"))
    found = list(closed.values_list("id", flat=True))
    return list(keystore.load_many("quarantine", found, alias=keystore.WEB)) if found else []


def _views(rows: Iterable[HeldRow]) -> list[HeldView]:
    known = list(rows)
    uids = dict(Batch.objects.filter(id__in={row.batch_id for row in known}).values_list("id", "uid"))
    return [
        HeldView(
            uid=row.uid,
            batch_uid=uids[row.batch_id],
            row_no=row.row_no,
            organisation_id=row.organisation_id,
            item=row.item,
            reason=row.reason,
            field=row.field,
            made_at=row.made_at,
            ends_at=row.ends_at,
            state=HeldState(row.state),
            decided_at=row.decided_at,
            decision_reason=row.decision_reason,
        )
        for row in known
    ]
