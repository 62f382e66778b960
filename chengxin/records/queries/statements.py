"""What persons say beside their entries, opened: asked for where an entry's marks say that something stands there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from chengxin.foundation import ciphers, sqlfiles
from chengxin.foundation.database import about, rows_of
from chengxin.persons import facade as persons
from chengxin.records import models
from chengxin.records.terms import SealedStatement, Statement


def statement_aad(person_id: UUID, entry_id: UUID, statement_id: UUID) -> bytes:
    """What a sealed statement is bound to: its person, its entry and itself. 58 bytes."""
    return b"statement|" + person_id.bytes + entry_id.bytes + statement_id.bytes


def statements_beside(
    stated: Collection[UUID], whose: Collection[UUID], *, known_at: datetime
) -> dict[UUID, SealedStatement]:
    """The statements beside these entries (their internal ids, of which the marks say that one stands), by entry, still sealed.

    ``whose``: the persons whose entries they are; they must be set on the connection.
    """
    if not stated or not whose:
        return {}
    values = {"persons": list(whose), "entries": list(stated), "known_at": known_at}
    rows = rows_of(about(sqlfiles.load("records", "statements"), len(whose)), values)
    return {one.entry_id: one for one in (SealedStatement(*row) for row in rows)}


def opened_statement(said: SealedStatement, key: bytes, *, own: bool = False) -> Statement:
    """A statement under its person's key. ``own``: that person reads, who reads their own words where some are covered.

    Raises ``SealBroken``.
    """
    text = _opened(key, said.sealed, statement_aad(said.person_id, said.entry_id, said.statement_id))
    first = None
    if own and said.written is not None and said.written_id is not None:
        first = _opened(key, said.written, statement_aad(said.person_id, said.entry_id, said.written_id))
    return Statement(text, said.written_at, said.covered_at, first)


def writings_of(person_id: UUID, *, known_at: datetime) -> dict[UUID, tuple[Statement, ...]]:
    """All that a person ever wrote beside their entries and that is still held, the oldest first, by entry: for them alone.

    What was written anew or taken back is shown to nobody else, and is kept with its entry. The person must be set.
    """
    key = persons.key_of(person_id)
    found: dict[UUID, tuple[Statement, ...]] = {}
    if key is None:
        return found
    rows = models.Statement.objects.filter(person_id=person_id, covers__isnull=True, at__lte=known_at)
    for row in rows.order_by("statement_id"):
        bound_to = statement_aad(person_id, row.entry_id, row.statement_id)
        said = Statement(_opened(key, bytes(row.sealed), bound_to), row.at)
        found[row.entry_id] = (*found.get(row.entry_id, ()), said)
    return found


def _opened(key: bytes, sealed: bytes, bound_to: bytes) -> str:
    return ciphers.suite_of(sealed).open(key, sealed, bound_to).decode()
