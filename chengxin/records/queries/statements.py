"""What persons say beside their entries, opened: asked for where an entry's marks say that something stands there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from chengxin.foundation import ciphers, sqlfiles
from chengxin.foundation.database import about, rows_of
from chengxin.records.terms import SealedStatement, Statement


def statement_aad(person_id: UUID, entry_id: UUID, statement_id: UUID) -> bytes:
    """What a sealed statement is bound to: its person, its entry and itself. 58 bytes."""
    return b"statement|" + person_id.bytes + entry_id.bytes + statement_id.bytes


def statements_beside(
    stated: Collection[UUID], persons: Collection[UUID], *, known_at: datetime
) -> dict[UUID, SealedStatement]:
    """The statements beside these entries (their internal ids, of which the marks say that one stands), by entry, still sealed.

    ``persons``: whose entries they are; they must be set on the connection.
    """
    if not stated or not persons:
        return {}
    values = {"persons": list(persons), "entries": list(stated), "known_at": known_at}
    rows = rows_of(about(sqlfiles.load("records", "statements"), len(persons)), values)
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


def _opened(key: bytes, sealed: bytes, bound_to: bytes) -> str:
    return ciphers.suite_of(sealed).open(key, sealed, bound_to).decode()
