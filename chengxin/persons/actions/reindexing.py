"""Keying a person's rows anew while an index key rotates: numbers, names, and who used them (F3, F7).

What is hashed is opened from the person's own sealed rows and never leaves the process. Written in role disposer, which
alone may take the older rows away; the database asks that the newer stand before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias
from uuid import UUID

from django.db import connections

from chengxin.foundation import keyring
from chengxin.foundation.database import DISPOSER, as_person
from chengxin.persons.queries import identities as queries
from chengxin.persons.terms import KIND_CODES

if TYPE_CHECKING:
    from chengxin.persons.terms import Document, Identity

Value: TypeAlias = bytes | int | UUID
_ADD_NUMBER: Final = """
    INSERT INTO persons_identity_key (blind_index, kind, person_id, key_version, made_at)
    SELECT %(new)s, kind, person_id, %(version)s, made_at FROM persons_identity_key
     WHERE blind_index = %(old)s AND kind = %(kind)s AND person_id = %(person)s
    ON CONFLICT DO NOTHING
"""
_DROP_NUMBER: Final = (
    "DELETE FROM persons_identity_key WHERE blind_index = %(old)s AND kind = %(kind)s AND person_id = %(person)s"
)
_ADD_NAME: Final = """
    INSERT INTO persons_name (person_id, name_key, sealed, made_at)
    SELECT person_id, %(new)s, sealed, made_at FROM persons_name WHERE person_id = %(person)s AND name_key = %(old)s
    ON CONFLICT DO NOTHING
"""
_ADD_SOURCE: Final = """
    INSERT INTO persons_source (person_id, source_id, name_key, kind, confirmed_at, batch_id)
    SELECT person_id, source_id, %(new)s, kind, confirmed_at, batch_id FROM persons_source
     WHERE person_id = %(person)s AND name_key = %(old)s
    ON CONFLICT DO NOTHING
"""
_DROP_SOURCE: Final = "DELETE FROM persons_source WHERE person_id = %(person)s AND name_key = %(old)s"
_DROP_NAME: Final = "DELETE FROM persons_name WHERE person_id = %(person)s AND name_key = %(old)s"
_NEXT: Final = "SELECT person_id FROM persons_person WHERE person_id > %s ORDER BY person_id LIMIT %s"


def persons_after(person_id: UUID, *, limit: int) -> list[UUID]:
    """The next persons in the order of their ids: for a walk over all, in role disposer. Ids alone."""
    with connections[DISPOSER].cursor() as cursor:
        cursor.execute(_NEXT, [person_id, limit])
        return [row[0] for row in cursor.fetchall()]


def reindex_person(person_id: UUID) -> int:
    """Key the person's rows under the current index key, in the caller's transaction of role disposer. Gives how many rows
    of older keys went; 0 where there is nothing left to do, or the person is erased."""
    with as_person(person_id):
        identity = queries.identity_of(person_id)
    current = keyring.current().index_version
    older = [version for version in keyring.current().index_all(b"", "identity") if version != current]
    with connections[DISPOSER].cursor() as cursor:
        moved = 0
        for document in identity.documents:
            blinds = queries.blind_indexes(document.kind, document.number)
            for version in older:
                named: dict[str, Value] = {"old": blinds[version], "new": blinds[current], "version": current}
                named |= {"kind": KIND_CODES[document.kind], "person": person_id}
                cursor.execute(_ADD_NUMBER, named)
                cursor.execute(_DROP_NUMBER, named)
                moved += cursor.rowcount
        for old, new in _name_keys(identity, current, older):
            named = {"old": old, "new": new, "person": person_id}
            for statement in (_ADD_NAME, _ADD_SOURCE):
                cursor.execute(statement, named)
            for statement in (_DROP_SOURCE, _DROP_NAME):
                cursor.execute(statement, named)
                moved += cursor.rowcount
    return moved


def stale_numbers() -> int:
    """How many numbers are keyed under another than the current index key, those of nobody's open document included."""
    with connections[DISPOSER].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM persons_identity_key WHERE key_version <> %s", [keyring.current().index_version]
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _name_keys(identity: Identity, current: int, older: list[int]) -> list[tuple[bytes, bytes]]:
    """Older key and current key of every name under every number of the person: which of them stand, the tables know."""
    return [
        (_key(document, name, version), _key(document, name, current))
        for document in identity.documents
        for name in identity.names
        for version in older
    ]


def _key(document: Document, name: str, version: int) -> bytes:
    text = queries.name_text(document.kind, document.number, name)
    return keyring.current().indexer("name", version)(text)[: queries.INDEX_BYTES]
