"""The bulk seam of the room: which of these numbers are known, and new persons by COPY (scale.md, F2, F3).

Everything here works on alias ``intake``, which adds rows past row-level security and reads keys alone (F8). A chunk's
rows go in as encoded COPY payloads, so that one thread may encode while another sends. Identifiers and keyed hashes are
16 raw bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from struct import Struct
from typing import Any, Final, TypeAlias
from uuid import UUID

from psycopg import Cursor

from chengxin.foundation import keyring, sqlfiles
from chengxin.foundation.copying import BinaryRows, Column, Fixed, Same
from chengxin.kernel.ids import new_ids_packed
from chengxin.persons.terms import SourceKind

Payload: TypeAlias = tuple[BinaryRows, bytes]
"""A table's encoder and the encoded rows that it is to send."""

PERSON_ROWS: Final = BinaryRows(
    "persons_person", {"person_id": "uuid", "made_at": "timestamptz", "made_by_batch": "uuid"}
)
DOCUMENT_ROWS: Final = BinaryRows(
    "persons_document",
    {"person_id": "uuid", "document_id": "uuid", "kind": "int2", "made_at": "timestamptz", "sealed": "bytea"},
)
NAME_ROWS: Final = BinaryRows(
    "persons_name", {"person_id": "uuid", "name_key": Fixed(16), "made_at": "timestamptz", "sealed": "bytea"}
)
SOURCE_ROWS: Final = BinaryRows(
    "persons_source",
    {
        "person_id": "uuid",
        "source_id": "uuid",
        "name_key": Fixed(16),
        "kind": "int2",
        "confirmed_at": "timestamptz",
        "batch_id": "uuid",
    },
)
IDENTITY_ROWS: Final = BinaryRows(
    "persons_identity_key",
    {
        "blind_index": Fixed(16),
        "kind": "int2",
        "person_id": "uuid",
        "key_version": "int2",
        "made_at": "timestamptz",
    },
)


NAME_AGREES: Final = 1
SOURCED: Final = 2
"""Bits of an answer: the name asked about is the person's; the source asked about has confirmed it before."""


@dataclass(slots=True)
class NewPersons:
    """Identities that become persons: parallel columns. ``blinds`` holds a column for each index key that is alive."""

    person: Sequence[bytes]
    kind: Sequence[int]
    number: Sequence[bytes]
    name: Sequence[bytes]
    name_key: Sequence[bytes]
    blinds: dict[int, Sequence[bytes]]


def indexers(version: int) -> tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]:
    """The keyed hashes of numbers and of names under one index key, for bulk; cut what they give to 16 bytes."""
    ring = keyring.current()
    return ring.indexer("identity", version), ring.indexer("name", version)


def find_identities(
    cursor: Cursor[Any], *, blinds: Sequence[bytes], kinds: Sequence[int], name_keys: Sequence[bytes], source: UUID
) -> Iterator[tuple[int, bytes, int]]:
    """Which of these numbers are known, in one round trip: place in the columns, person, bits as above.

    Ask in the order of the numbers' hashes: neighbours lie on one page of the index.
    """
    if not blinds:
        return iter(())
    cursor.execute(
        _FIND,
        {
            "blinds": b"".join(blinds),
            "kinds": bytes(kinds),
            "names": b"".join(name_keys),
            "last": len(blinds) - 1,
            "source": source,
        },
        binary=True,
    )
    row = cursor.fetchone()
    answer = row[0] if row else None
    return iter(()) if answer is None else _ANSWER.iter_unpack(answer)


def living(cursor: Cursor[Any], persons: Sequence[UUID]) -> set[UUID]:
    """Which of these are persons of the ledger: for the sweep of keys that were made for nobody."""
    cursor.execute("SELECT person_id FROM persons_person WHERE person_id = ANY (%s)", [list(persons)])
    return {row[0] for row in cursor.fetchall()}


def new_person_rows(
    new: NewPersons, keys: Sequence[bytes], *, source: UUID, batch_id: UUID, at: datetime
) -> list[Payload]:
    """The rows of new persons, sealed under their keys, in the order in which the tables take them.

    ``keys`` stands in the order of ``new`` and is durable in the key store already (F7). The source that named them is the
    first of their sources.
    """
    if not new.person:
        return []
    suite, same_at = keyring.current().suite, Same(at)
    # a document and a name under one key, next to each other: its schedule is made once
    sealed = suite.seal_many(
        [key for key in keys for _ in range(2)],
        [text for pair in zip(new.number, new.name, strict=True) for text in pair],
        [table + person for person in new.person for table in (b"persons_document|", b"persons_name|")],
    )
    documents, names = sealed[::2], sealed[1::2]
    person = b"".join(new.person)
    payloads = [
        (PERSON_ROWS, PERSON_ROWS.encode({"person_id": person, "made_at": same_at, "made_by_batch": Same(batch_id)})),
        (
            DOCUMENT_ROWS,
            DOCUMENT_ROWS.encode(
                {
                    "person_id": person,
                    "document_id": new_ids_packed(len(keys)),
                    "kind": new.kind,
                    "made_at": same_at,
                    "sealed": documents,
                }
            ),
        ),
        (
            NAME_ROWS,
            NAME_ROWS.encode(
                {"person_id": person, "name_key": b"".join(new.name_key), "made_at": same_at, "sealed": names}
            ),
        ),
    ]
    payloads += source_rows(new.person, new.name_key, source=source, batch_id=batch_id, at=at)
    for version, blinds in sorted(new.blinds.items()):
        order = sorted(range(len(blinds)), key=blinds.__getitem__)
        payloads.append(
            (
                IDENTITY_ROWS,
                IDENTITY_ROWS.encode(
                    {
                        "blind_index": b"".join([blinds[row] for row in order]),
                        "kind": [new.kind[row] for row in order],
                        "person_id": b"".join([new.person[row] for row in order]),
                        "key_version": Same(version),
                        "made_at": same_at,
                    }
                ),
            )
        )
    return payloads


def source_rows(
    persons: Sequence[bytes], name_keys: Sequence[bytes], *, source: UUID, batch_id: UUID, at: datetime
) -> list[Payload]:
    """The rows that say: this supplier named these persons so."""
    if not persons:
        return []
    columns: dict[str, Column] = {
        "person_id": b"".join(persons),
        "source_id": Same(source),
        "name_key": b"".join(name_keys),
        "kind": Same(int(SourceKind.SUPPLIER)),
        "confirmed_at": Same(at),
        "batch_id": Same(batch_id),
    }
    return [(SOURCE_ROWS, SOURCE_ROWS.encode(columns))]


def name_rows(person: bytes, key: bytes, name: str, name_key: bytes, *, at: datetime) -> list[Payload]:
    """One more name of a known person, after an officer looked at it."""
    sealed = keyring.current().suite.seal(key, name.encode(), b"persons_name|" + person)
    columns: dict[str, Column] = {"person_id": person, "name_key": name_key, "made_at": Same(at), "sealed": [sealed]}
    return [(NAME_ROWS, NAME_ROWS.encode(columns))]


_FIND: Final = sqlfiles.load("persons", "find_identities")
_ANSWER: Final = Struct(">i16sB")
