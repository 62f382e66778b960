"""The bulk seam of the ledger: which decisions are known, and versions of entries by COPY (F4, scale.md).

Everything here works on alias ``intake``, which adds rows past row-level security and reads keys and commitments alone
(F8). Identifiers and decision indexes are 16 raw bytes, commitments 32.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias
from uuid import UUID

from psycopg import Cursor

from chengxin.foundation import keyring, sqlfiles
from chengxin.foundation.copying import BinaryRows, Column, Fixed, Same
from chengxin.kernel.ids import new_ids_packed, new_uid
from chengxin.records.terms import REMOVALS, MarkKind

Payload: TypeAlias = tuple[BinaryRows, bytes]
"""A table's encoder and the encoded rows that it is to send."""

ENTRY_ROWS: Final = BinaryRows(
    "records_entry",
    {
        "person_id": "uuid",
        "entry_id": "uuid",
        "version": "int2",
        "uid": "uuid",
        "supplier": "uuid",
        "edition": "uuid",
        "nature": "int2",
        "act_class": "int2",
        "decided_on": "date",
        "act_on": "date",
        "final_on": "date",
        "served_on": "date",
        "valid_from": "date",
        "valid_to": "date",
        "known_from": "timestamptz",
        "display_until": "date",
        "retain_until": "date",
        "batch_id": "uuid",
        "row_no": "int4",
        "commitment": Fixed(32),
        "item": "text",
    },
)
CONTENT_ROWS: Final = BinaryRows(
    "records_content", {"person_id": "uuid", "entry_id": "uuid", "version": "int2", "sealed": "bytea"}
)
DECISION_ROWS: Final = BinaryRows(
    "records_decision_key", {"decision_index": Fixed(16), "person_id": "uuid", "entry_id": "uuid"}
)
MARK_ROWS: Final = BinaryRows(
    "records_mark",
    {
        "person_id": "uuid",
        "mark_id": "uuid",
        "entry_id": "uuid",
        "version": "int2",
        "uid": "uuid",
        "kind": "int2",
        "at": "timestamptz",
        "by_id": "uuid",
        "approved_by": "uuid",
        "by_kind": "text",
        "reason": "text",
    },
)
_REMOVAL_BITS: Final = sum(1 << kind for kind in REMOVALS)
_OBJECTED_BIT: Final = 1 << MarkKind.OBJECTED
_READMITTED_BIT: Final = 1 << MarkKind.READMITTED
_UNMENDABLE_BITS: Final = 1 << MarkKind.REPAIRED | 1 << MarkKind.NOT_MINE
_FIND: Final = sqlfiles.load("records", "find_decisions")
_OF_ROW: Final = """
    SELECT e.person_id, e.entry_id, e.uid, e.version FROM records_entry e
    WHERE e.batch_id = %(batch)s AND e.row_no = %(row)s AND NOT EXISTS (
      SELECT FROM records_entry n
      WHERE n.person_id = e.person_id AND n.entry_id = e.entry_id AND n.version > e.version
    )
"""
_OF_BATCH: Final = """
    SELECT e.person_id, e.entry_id, e.version, EXISTS (
      SELECT FROM foundation_notice n
      WHERE n.person_id = e.person_id AND n.kind = %(kind)s AND n.subject_id = e.entry_id
        AND n.subject_version = e.version
    )
    FROM records_entry e
    WHERE e.batch_id = %(batch)s AND (e.person_id, e.entry_id) > (%(person)s, %(entry)s)
    ORDER BY e.person_id, e.entry_id LIMIT %(limit)s
"""


_SUPERSEDED: Final = """
    SELECT c.person_id, c.entry_id, c.uid, max(c.before), bool_or(c.ended) FROM (
      SELECT e.person_id, e.entry_id, e.uid, e.version AS before, false AS ended FROM records_entry e
       WHERE e.batch_id = %(batch)s AND e.version > 1
      UNION ALL
      SELECT e.person_id, e.entry_id, e.uid, e.version + 1, true FROM foundation_notice n
        JOIN records_entry e ON e.person_id = n.person_id AND e.entry_id = n.subject_id AND e.version = n.subject_version
       WHERE n.batch_id = %(batch)s AND n.kind = %(kind)s
    ) c
    WHERE (c.person_id, c.entry_id) > (%(person)s, %(entry)s)
    GROUP BY c.person_id, c.entry_id, c.uid ORDER BY c.person_id, c.entry_id LIMIT %(limit)s
"""


class Superseded(NamedTuple):
    """An entry of which a batch supplied another version, or that it took back. ``before``: versions before this one are no
    longer what holds. ``ended``: nothing stands in their place."""

    person_id: UUID
    entry_id: UUID
    uid: UUID
    before: int
    ended: bool


class FoundDecision(NamedTuple):
    """A known decision and the newest version of its entry. ``recalled``: commitments of its versions in recalled batches.

    ``barred``: commitments of its versions that were removed and not let back. ``mendable``: it may have been wrong in what it
    says: it was never repaired, and nobody said that it is about somebody else.
    """

    person: bytes
    entry: bytes
    uid: bytes
    version: int
    commitment: bytes
    supplier: bytes
    batch_id: UUID
    removed: bool
    objected: bool
    recalled: tuple[bytes, ...]
    barred: tuple[bytes, ...]
    mendable: bool


def decision_indexer(version: int) -> Callable[[bytes], bytes]:
    """The keyed number of a decision under one index key, for bulk; cut what it gives to 16 bytes."""
    return keyring.current().indexer("decision", version)


def moved_decision(indexer: Callable[[bytes], bytes], decision: bytes) -> bytes:
    """Where to look next for a decision that was moved to another person: the first place stays as it was (F2, F4).

    ``records_decision_key`` is append-only, so an identity change adds the decision once more, under the keyed hash of its
    last place. The chain's last place is the one that counts.
    """
    return indexer(b"moved|" + decision)[:16]


def find_decisions(cursor: Cursor[Any], decisions: Sequence[bytes]) -> dict[int, FoundDecision]:
    """Which of these decisions are known, in one round trip: position in the column -> what was found.

    Ask in the order of the hashes: neighbours lie on one page of the index.
    """
    if not decisions:
        return {}
    cursor.execute(_FIND, {"decisions": b"".join(decisions), "last": len(decisions) - 1}, binary=True)
    return {
        row[0]: FoundDecision(
            person=row[1],
            entry=row[2],
            uid=row[3],
            version=row[4],
            commitment=row[5],
            supplier=row[6],
            batch_id=row[7],
            removed=bool(row[8] & _REMOVAL_BITS) and not row[8] & _READMITTED_BIT,
            objected=bool(row[8] & _OBJECTED_BIT),
            recalled=tuple(row[9] or ()),
            barred=tuple(row[10] or ()),
            mendable=not row[8] & _UNMENDABLE_BITS,
        )
        for row in cursor.fetchall()
    }


class BatchEntry(NamedTuple):
    """The newest version of an entry that a batch made."""

    person_id: UUID
    entry_id: UUID
    uid: UUID
    version: int


def entry_of_row(cursor: Cursor[Any], batch_id: UUID, row_no: int) -> BatchEntry | None:
    """The entry that a row of a batch made, where that is its newest version."""
    cursor.execute(_OF_ROW, {"batch": batch_id, "row": row_no})
    found = cursor.fetchone()
    return None if found is None else BatchEntry(*found)


def entries_of_batch(
    cursor: Cursor[Any], batch_id: UUID, *, after: tuple[UUID, UUID] | None, not_told: str, limit: int
) -> tuple[list[tuple[bytes, bytes, int]], tuple[UUID, UUID] | None]:
    """Versions that a batch made (person, entry, version), in the order of their persons, a page at a time.

    Those whose person has a notice of kind ``not_told`` about them are left out. Gives where the next page begins, None
    after the last.
    """
    person, entry = after or (UUID(int=0), UUID(int=0))
    cursor.execute(_OF_BATCH, {"batch": batch_id, "person": person, "entry": entry, "kind": not_told, "limit": limit})
    rows = cursor.fetchall()
    found = [(row[0].bytes, row[1].bytes, row[2]) for row in rows if not row[3]]
    return found, (rows[-1][0], rows[-1][1]) if len(rows) == limit else None


def superseded_by_batch(
    cursor: Cursor[Any], batch_id: UUID, *, after: tuple[UUID, UUID] | None, ended_as: str, limit: int
) -> tuple[list[Superseded], tuple[UUID, UUID] | None]:
    """What a batch changed, or ended with a notice of kind ``ended_as``; a page at a time, as ``entries_of_batch``."""
    person, entry = after or (UUID(int=0), UUID(int=0))
    values = {"batch": batch_id, "person": person, "entry": entry, "kind": ended_as, "limit": limit}
    cursor.execute(_SUPERSEDED, values)
    rows = [Superseded(*row) for row in cursor.fetchall()]
    return rows, (rows[-1].person_id, rows[-1].entry_id) if len(rows) == limit else None


def entry_rows(columns: Mapping[str, Column]) -> list[Payload]:
    """Versions of entries: all columns of ``ENTRY_ROWS``, in the order of the persons."""
    return [(ENTRY_ROWS, ENTRY_ROWS.encode(columns))]


def content_rows(
    persons: Sequence[bytes],
    entries: Sequence[bytes],
    versions: Sequence[int],
    keys: Sequence[bytes],
    contents: Sequence[bytes],
) -> list[Payload]:
    """The contents of these versions, sealed each under its person's key and bound to its place."""
    if not persons:
        return []
    # as queries.content_aad, without an object a row
    places = [
        person + entry + version.to_bytes(2, "big")
        for person, entry, version in zip(persons, entries, versions, strict=True)
    ]
    sealed = keyring.current().suite.seal_many(keys, contents, places)
    columns: dict[str, Column] = {
        "person_id": b"".join(persons),
        "entry_id": b"".join(entries),
        "version": versions,
        "sealed": sealed,
    }
    return [(CONTENT_ROWS, CONTENT_ROWS.encode(columns))]


def decision_rows(decisions: Sequence[bytes], persons: Sequence[bytes], entries: Sequence[bytes]) -> list[Payload]:
    """Keyed numbers of decisions and their entries, sorted here by the keyed number."""
    if not decisions:
        return []
    order = sorted(range(len(decisions)), key=decisions.__getitem__)
    columns: dict[str, Column] = {
        "decision_index": b"".join([decisions[row] for row in order]),
        "person_id": b"".join([persons[row] for row in order]),
        "entry_id": b"".join([entries[row] for row in order]),
    }
    return [(DECISION_ROWS, DECISION_ROWS.encode(columns))]


def mark_rows(
    decisions: Sequence[tuple[bytes, bytes, int]],
    reasons: Sequence[str],
    *,
    kind: MarkKind,
    by_kind: str,
    by_id: UUID | None,
    at: datetime,
) -> list[Payload]:
    """The same mark on these entries (person, entry, version), each with its reason, for acts that go through intake."""
    if not decisions:
        return []
    columns: dict[str, Column] = {
        "person_id": b"".join([person for person, _, _ in decisions]),
        # by the moment of the act, as all marks: their order decides which of two counts
        "mark_id": new_ids_packed(len(decisions), at),
        "entry_id": b"".join([entry for _, entry, _ in decisions]),
        "version": [version for _, _, version in decisions],
        "uid": [new_uid() for _ in decisions],
        "kind": Same(int(kind)),
        "at": Same(at),
        "by_id": Same(by_id),
        "approved_by": Same(None),
        "by_kind": Same(by_kind),
        "reason": reasons,
    }
    return [(MARK_ROWS, MARK_ROWS.encode(columns))]
