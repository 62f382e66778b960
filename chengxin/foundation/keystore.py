"""The key store: one random key per owner, wrapped under the master key, in a database of its own (F7).

What an owner's content is sealed with lies here and nowhere else, so destroying the one row makes every copy of the
content unreadable, those in backups of the main database too. Owner and kind are bound into the wrapping: a row put
under another owner does not open. Keys are written durably, in a transaction of their own, before the ledger that needs
them; a ledger that then fails leaves keys without content, which hurt nobody.

The store's own backups are the one place where a destroyed key lives on; they are kept `BACKUP_DAYS` days at most.
"""

import datetime as dt
import os
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal
from uuid import UUID

from django.db import transaction
from psycopg import Cursor

from chengxin.foundation import clock
from chengxin.foundation.copying import ByteaArray, UuidArray, bulk_cursor
from chengxin.foundation.database import rows_of
from chengxin.foundation.keyring import Keyring, current

OwnerKind = Literal["person", "file", "quarantine", "complaint"]

WEB: Final = "keys"
INTAKE: Final = "keys_intake"
DISPOSER: Final = "keys_disposer"
OWNER: Final = "keys_owner"
BACKUP_DAYS: Final = 30
_ID_BYTES: Final = 16

_MAKE: Final = """
    INSERT INTO held_key (owner_kind, owner_id, wrapped, made_at)
    SELECT %(kind)s, owner_id, wrapped, %(at)s FROM unnest(%(ids)b::uuid[], %(wrapped)b::bytea[]) AS made (owner_id, wrapped)
    ON CONFLICT DO NOTHING
"""
# One value a row: two cost the server and the client half as much again.
_LOAD: Final = """
    SELECT uuid_send(owner_id) || wrapped FROM held_key WHERE owner_kind = %(kind)s AND owner_id = ANY (%(ids)b::uuid[])
"""
_OWNERS: Final = """
    SELECT owner_id FROM held_key WHERE owner_kind = %(kind)s AND owner_id > %(after)s AND made_at < %(moment)s
    ORDER BY owner_id LIMIT %(limit)s
"""
_DESTROY: Final = "DELETE FROM held_key WHERE owner_kind = %(kind)s AND owner_id = %(id)s"
_NEXT: Final = """
    SELECT owner_kind, owner_id, wrapped FROM held_key WHERE (owner_kind, owner_id) > (%(kind)s, %(id)s)
    ORDER BY owner_kind, owner_id LIMIT %(batch)s FOR UPDATE
"""
_REWRAP: Final = """
    UPDATE held_key SET wrapped = made.wrapped
    FROM unnest(%(kinds)s::text[], %(ids)b::uuid[], %(wrapped)b::bytea[]) AS made (owner_kind, owner_id, wrapped)
    WHERE held_key.owner_kind = made.owner_kind AND held_key.owner_id = made.owner_id
"""
_STALE: Final = (
    "SELECT count(*) FROM held_key WHERE get_byte(wrapped, 0) <> %(suite)s OR get_byte(wrapped, 1) <> %(version)s"
)
# A server that commits without waiting would let the ledger be durable before its keys; a stricter one stays as it is.
_DURABLE: Final = """
    SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') IN ('off', 'local')
"""


def make_many(kind: OwnerKind, ids: Iterable[UUID], *, alias: str) -> dict[UUID, bytes]:
    """The key of each owner, made where there is none yet; durable when this returns.

    Of two callers that make the same key at once both get the one that was kept. Raises RuntimeError inside a transaction
    of `alias`, which could still be rolled back. About 20,000 owners a call.
    """
    owners = {owner.bytes: owner for owner in ids}
    if not owners:
        return {}
    # In one order, or two callers with the same owners could wait for each other.
    found, ring = sorted(owners), current()
    width = ring.suite.key_bytes
    keys = [key for (key,) in struct.iter_unpack(f"{width}s", os.urandom(width * len(found)))]
    wrapped = ring.wrap_many(keys, _bound_to(kind, found))
    with _durably(alias) as cursor:
        values = {"kind": kind, "at": clock.now(), "ids": UuidArray.of(found), "wrapped": ByteaArray.of(wrapped)}
        cursor.execute(_MAKE, values)
        made = cursor.rowcount
    if made < len(found):
        # Somebody's key was there already: all are read again, ours are among them.
        return load_many(kind, owners.values(), alias=alias)
    return {owners[owner]: key for owner, key in zip(found, keys, strict=True)}


def load_many(kind: OwnerKind, ids: Iterable[UUID], *, alias: str) -> dict[UUID, bytes]:
    """The keys of those owners who have one; one who has none is absent. Raises `SealBroken` for a key not ours."""
    owners = {owner.bytes: owner for owner in ids}
    if not owners:
        return {}
    if len(owners) == 1:
        loaded = rows_of(_LOAD, {"kind": kind, "ids": [UUID(bytes=one) for one in owners]}, alias=alias)
    else:
        with bulk_cursor(alias) as cursor:
            cursor.execute(_LOAD, {"kind": kind, "ids": UuidArray.of(list(owners))}, binary=True)
            loaded = cursor.fetchall()
    rows: list[bytes] = [row for (row,) in loaded]
    found = [row[:_ID_BYTES] for row in rows]
    keys = current().unwrap_many([row[_ID_BYTES:] for row in rows], _bound_to(kind, found))
    return {owners[owner]: key for owner, key in zip(found, keys, strict=True)}


def destroy(kind: OwnerKind, owner_id: UUID, *, alias: str = DISPOSER) -> bool:
    """Destroy the owner's key, durably. False where there was none.

    What it sealed is unreadable from now on, save with a backup of this store; see `gone_from_backups_at`.
    """
    with _durably(alias) as cursor:
        cursor.execute(_DESTROY, {"kind": kind, "id": owner_id})
        return cursor.rowcount > 0


def owners_made_before(
    kind: OwnerKind, moment: dt.datetime, *, after: UUID | None = None, limit: int = 5_000, alias: str = DISPOSER
) -> list[UUID]:
    """Owners of keys older than a moment, in order, a page at a time: for the sweep of keys that nothing came to use."""
    with bulk_cursor(alias) as cursor:
        values = {"kind": kind, "moment": moment, "after": after or UUID(int=0), "limit": limit}
        return [row[0] for row in cursor.execute(_OWNERS, values).fetchall()]


def make_person_keys(person_ids: Iterable[UUID], *, alias: str) -> dict[UUID, bytes]:
    """`make_many` for persons."""
    return make_many("person", person_ids, alias=alias)


def person_keys(person_ids: Iterable[UUID], *, alias: str) -> dict[UUID, bytes]:
    """`load_many` for persons."""
    return load_many("person", person_ids, alias=alias)


def destroy_person_key(person_id: UUID, *, alias: str = DISPOSER) -> bool:
    """`destroy` for a person: the act that erases them."""
    return destroy("person", person_id, alias=alias)


def rewrap_all(*, batch: int = 5_000, alias: str = OWNER, progress: Callable[[int], None] | None = None) -> int:
    """Wrap anew, under the current master version, every key that an older one wraps; how many.

    For a rotation of the master key. A transaction a batch: it may be stopped and begun again, beside running work.
    `progress` is told the keys seen so far. Processes started before the rotation go on wrapping under the older
    version: restart them, run this again, and retire that version once `stale` is 0.
    """
    ring, after, seen, moved = current(), ("", UUID(int=0)), 0, 0
    while True:
        with _durably(alias) as cursor:
            cursor.execute(_NEXT, {"kind": after[0], "id": after[1], "batch": batch})
            rows = cursor.fetchall()
            moved += _rewrap(cursor, ring, [row for row in rows if not ring.is_current(row[2])])
        if not rows:
            return moved
        after, seen = (rows[-1][0], rows[-1][1]), seen + len(rows)
        if progress:
            progress(seen)


def stale(*, alias: str = WEB) -> int:
    """How many keys are still wrapped under another than the current master version."""
    ring = current()
    with bulk_cursor(alias) as cursor:
        row = cursor.execute(_STALE, {"suite": ring.suite.code, "version": ring.master_version}).fetchone()
    return int(row[0]) if row else 0


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a look into the folder of the store's backups tells: how many, since when, and how many are too old."""

    count: int
    oldest_made_at: dt.datetime | None
    overdue: int


def backup_facts(folder: Path, *, at: dt.datetime) -> BackupFacts:
    """Every file in the folder is a backup, as old as its last change. `overdue` ones break what erased people were told."""
    made = [dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC) for file in folder.iterdir() if file.is_file()]
    overdue = sum(gone_from_backups_at(moment) < at for moment in made)
    return BackupFacts(len(made), min(made, default=None), overdue)


def gone_from_backups_at(destroyed_at: dt.datetime) -> dt.datetime:
    """When the last backup that may hold a key destroyed then has gone: erasure is complete, and told to the person."""
    return destroyed_at + dt.timedelta(days=BACKUP_DAYS)


def _rewrap(cursor: Cursor[Any], ring: Keyring, rows: Sequence[tuple[str, UUID, bytes]]) -> int:
    if not rows:
        return 0
    bound = [aad for kind, owner, _ in rows for aad in _bound_to(kind, (owner.bytes,))]
    wrapped = ring.wrap_many(ring.unwrap_many([blob for _, _, blob in rows], bound), bound)
    kinds, ids = [kind for kind, _, _ in rows], [owner for _, owner, _ in rows]
    cursor.execute(_REWRAP, {"kinds": kinds, "ids": ids, "wrapped": wrapped})
    return cursor.rowcount


def _bound_to(kind: str, owners: Iterable[bytes]) -> list[bytes]:
    prefix = kind.encode() + b"\0"
    return [prefix + owner for owner in owners]


@contextmanager
def _durably(alias: str) -> Iterator[Cursor[Any]]:
    with transaction.atomic(using=alias, durable=True), bulk_cursor(alias) as cursor:
        cursor.execute(_DURABLE)
        yield cursor
