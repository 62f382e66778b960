"""Every read of the ledger. One SQL form decides what is visible; nothing here goes round it (F5)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connections

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import NoEditionInForce, Publication
from chengxin.foundation import ciphers, keyring, sqlfiles
from chengxin.foundation.database import about, rows_of, with_keys
from chengxin.kernel.days import shanghai_day
from chengxin.persons import facade as persons
from chengxin.records.models import Mark, Tombstone
from chengxin.records.queries.statements import opened_statement, statements_beside
from chengxin.records.rules.visible import statuses_shown_to
from chengxin.records.terms import (
    Audience,
    EntryView,
    Found,
    Gone,
    GoneBecause,
    MarkKind,
    MarkView,
    ShownEntry,
    Statement,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

INDEX_BYTES = 16
ALL_STATUSES = tuple(Status)
_COLUMNS = (
    *(
        "person_id",
        "entry_id",
        "uid",
        "version",
        "item",
        "supplier",
        "status",
        "nature",
        "act_class",
        "decided_on",
        "act_on",
    ),
    *("final_on", "served_on", "valid_from", "valid_to", "known_from", "shown_until", "retain_until", "commitment"),
    *("edition", "batch_id", "told_on", "lapses_on", "stated", "sealed"),
)
"""What visible.sql selects, in its order."""


def content_aad(person_id: UUID, entry_id: UUID, version: int) -> bytes:
    """What a sealed content is bound to: its person, entry and version. 34 bytes."""
    return person_id.bytes + entry_id.bytes + version.to_bytes(2, "big")


def entries_for(person_id: UUID, audience: Audience, *, at: datetime, supplier: UUID | None = None) -> list[EntryView]:
    """The entries of a person that this audience may see at a moment, newest decision first, opened.

    A supplier sees its own rows alone, so ``supplier`` goes with that audience; the public sees what the item's own law
    orders published today. The person must be set on the connection.
    """
    if (audience is Audience.SUPPLIER) != (supplier is not None):
        raise ValueError("a supplier, and nobody else, is named: it sees its own rows")
    own = audience in (Audience.SUBJECT_NOW, Audience.SUBJECT_HELD)
    found = _entries(person_id, statuses_shown_to(audience), shown_at=at, known_at=at, own=own)
    if audience is Audience.SUPPLIER:
        return [entry for entry in found if entry.supplier == supplier]
    if audience is Audience.PUBLIC:
        return [entry for entry in found if _published(entry, at)]
    return found


def entries_of_subject(person_id: UUID, *, at: datetime, own: bool = True) -> tuple[list[EntryView], list[EntryView]]:
    """Both lists of a person's own file in one read: what counts now, and what is only still held (F5).

    ``own``: with the person's own words where some of a statement are covered.
    """
    now, held = (frozenset(statuses_shown_to(one)) for one in (Audience.SUBJECT_NOW, Audience.SUBJECT_HELD))
    statuses = [status for status in Status if status in now | held]
    both = _entries(person_id, statuses, shown_at=at, known_at=at, own=own)
    return [entry for entry in both if entry.status in now], [entry for entry in both if entry.status in held]


def entries_with_any_status(
    person_id: UUID, *, shown_at: datetime, known_at: datetime, at: datetime | None = None, own: bool = False
) -> list[EntryView]:
    """Every version of every entry with its status; for `as_of` and for the acts that must find an entry first.

    ``at``: the moment of the question, where it is later than ``shown_at``; what is no longer kept by then stays gone.
    ``own``: their person reads them, and of a covered statement what they wrote.
    """
    return _entries(person_id, ALL_STATUSES, shown_at=shown_at, known_at=known_at, at=at, own=own)


def shown_to_askers(
    confirmed: Mapping[UUID, Iterable[UUID]], *, items: Iterable[str], at: datetime
) -> dict[UUID, list[ShownEntry]]:
    """What askers may be told of today, of these items, still sealed: person -> entries, newest decision first.

    ``confirmed``: each person asked about with their confirmed sources. They must be set on the connection.
    """
    rows = _rows(
        confirmed, statuses_shown_to(Audience.ASKER), erased=False, shown_at=at, known_at=at, today=at, items=items
    )
    found: dict[UUID, list[ShownEntry]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(
            ShownEntry(
                person_id=row["person_id"],
                entry_id=row["entry_id"],
                uid=row["uid"],
                version=row["version"],
                item=row["item"],
                supplier=row["supplier"],
                sealed=bytes(row["sealed"]),
                stated=row["stated"],
            )
        )
    return found


def opened_content(entry: ShownEntry, key: bytes) -> dict[str, Any]:
    """The content of an entry that may be shown, under its person's key. Raises ``SealBroken``."""
    return _content(entry.person_id, entry.entry_id, entry.version, entry.sealed, key)


def entry_for(
    person_id: UUID, uid: UUID, audience: Audience, *, at: datetime, supplier: UUID | None = None
) -> EntryView | None:
    """One entry by its public uid (its newest version), or None where this audience may not see it."""
    found = [entry for entry in entries_for(person_id, audience, at=at, supplier=supplier) if entry.uid == uid]
    return max(found, key=lambda entry: entry.version, default=None)


def found_by_decision(supplier_number: bytes) -> Found | None:
    """The entry of a decision, by the keyed number of that decision. Says whose it is and nothing else."""
    indexes = [index[:INDEX_BYTES] for index in keyring.current().index_all(supplier_number, "decision").values()]
    with with_keys(indexes), connections["default"].cursor() as cursor:
        cursor.execute("SELECT person_id, entry_id FROM records_decision_key WHERE decision_index = ANY(%s)", [indexes])
        row = cursor.fetchone()
    return Found(*row) if row else None


def marks_of(person_id: UUID, *, known_at: datetime) -> dict[UUID, tuple[MarkView, ...]]:
    """The marks of a person's entries in the order they were set, by entry. The person must be set on the connection."""
    marks: dict[UUID, list[MarkView]] = {}
    for row in Mark.objects.filter(person_id=person_id, at__lte=known_at).order_by("mark_id"):
        marks.setdefault(row.entry_id, []).append(
            MarkView(MarkKind(row.kind), row.at, row.reason, row.uid, row.lapses_on, row.clock)
        )
    return {entry_id: tuple(found) for entry_id, found in marks.items()}


def gone_from(person_id: UUID, *, known_at: datetime) -> list[Gone]:
    """What stays of entries that were known by a moment and are gone today. The person must be set on the connection."""
    return [
        Gone(row.uid, row.version, bytes(row.commitment), GoneBecause(row.reason), row.gone_on)
        for row in Tombstone.objects.filter(person_id=person_id, known_on__lte=shanghai_day(known_at))
    ]


def _published(entry: EntryView, at: datetime) -> bool:
    """Whether the law of its item orders this entry published today (charter 6)."""
    try:
        item = catalogue.item(entry.item, shanghai_day(at))
    except NoEditionInForce:
        return False
    if item is None or item.publication is not Publication.LAW_ORDERS:
        return False
    return not item.is_adverse or entry.act_class >= item.publication_from


def _entries(
    person_id: UUID,
    statuses: Sequence[Status],
    *,
    shown_at: datetime,
    known_at: datetime,
    at: datetime | None = None,
    own: bool = False,
) -> list[EntryView]:
    key = persons.key_of(person_id)
    rows = _rows(
        {person_id: persons.confirmed_sources(person_id, known_at=known_at)},
        statuses,
        erased=key is None,
        shown_at=shown_at,
        known_at=known_at,
        today=max(shown_at, at or shown_at),
    )
    marks = marks_of(person_id, known_at=known_at) if rows else {}
    stated = {row["entry_id"] for row in rows if row["stated"]} if key is not None else set()
    said = {
        entry_id: opened_statement(one, key, own=own)
        for entry_id, one in statements_beside(stated, [person_id], known_at=known_at).items()
        if key is not None
    }
    return [_opened(person_id, row, key, marks.get(row["entry_id"], ()), said.get(row["entry_id"])) for row in rows]


def _rows(
    confirmed: Mapping[UUID, Iterable[UUID]],
    statuses: Iterable[Status],
    *,
    erased: bool,
    shown_at: datetime,
    known_at: datetime,
    today: datetime,
    items: Iterable[str] | None = None,
) -> list[dict[str, Any]]:
    """``confirmed``: each person asked about with the sources whose name for them is confirmed."""
    values: dict[str, Any] = {
        "persons": list(confirmed),
        "items": None if items is None else list(items),
        "day": shanghai_day(shown_at),
        "today": shanghai_day(today),
        "known_at": known_at,
        "erased": erased,
        "confirmed": json.dumps(
            {str(person): [str(source) for source in sources] for person, sources in confirmed.items()}
        ),
        "statuses": [status.value for status in statuses],
    }
    statement = about(sqlfiles.load("records", "visible"), len(values["persons"]))
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows_of(statement, values)]


def _opened(
    person_id: UUID,
    row: dict[str, Any],
    key: bytes | None,
    marks: tuple[MarkView, ...],
    statement: Statement | None,
) -> EntryView:
    content: dict[str, Any] = {}
    sealed = row["sealed"]
    gone = row["status"] in (Status.ERASED, Status.DISPOSED)
    if key is not None and sealed is not None and not gone:
        content = _content(person_id, row["entry_id"], row["version"], bytes(sealed), key)
    return EntryView(
        person_id=person_id,
        entry_id=row["entry_id"],
        uid=row["uid"],
        version=row["version"],
        item=row["item"],
        supplier=row["supplier"],
        status=Status(row["status"]),
        nature=row["nature"],
        act_class=row["act_class"],
        decided_on=row["decided_on"],
        act_on=row["act_on"],
        final_on=row["final_on"],
        served_on=row["served_on"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        known_from=row["known_from"],
        display_until=row["shown_until"],
        retain_until=row["retain_until"],
        commitment=bytes(row["commitment"]),
        batch_id=row["batch_id"],
        content=content,
        marks=marks,
        told_on=row["told_on"],
        lapses_on=row["lapses_on"],
        statement=None if gone else statement,
    )


def _content(person_id: UUID, entry_id: UUID, version: int, sealed: bytes, key: bytes) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(
        ciphers.suite_of(sealed).open(key, sealed, content_aad(person_id, entry_id, version))
    )
    return content
