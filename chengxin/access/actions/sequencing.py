"""From a committed look to a signed checkpoint: queued with the look, taken by one sequencer at a time (F13).

The horizon is the snapshot of the statement that takes: what it sees is committed, what it does not see yet stays queued and is
seen by a later one. Nothing is passed over, however late a transaction commits, and nobody waits for another's long transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connections

from chengxin.access import queries
from chengxin.access.models import LogCheckpoint
from chengxin.access.queries import log
from chengxin.access.rules import notes, tiles, tree
from chengxin.access.terms import LogBroken
from chengxin.foundation import keyring
from chengxin.foundation.database import WEB, in_transaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

MOST_AT_ONCE: Final = 50_000
_ONE_SEQUENCER: Final = 0x6C6F_6700
"""Of two sequencers the second finds nothing to do."""

_QUEUE: Final = "INSERT INTO access_log_waiting (commitment) SELECT unnest(%s::bytea[])"
_TAKE: Final = """
    WITH taken AS (
      DELETE FROM access_log_waiting WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM access_log_waiting ORDER BY queued_at LIMIT %s))
      RETURNING queued_at, commitment)
    SELECT string_agg(commitment, ''::bytea ORDER BY queued_at, commitment) FROM taken
"""
# By place: a queue that fills and empties has statistics that are always wrong, and a join on them took minutes for a backlog.
# Rows are never updated here, and one sequencer at a time deletes them, so that a place means its row until then.
_KEEP: Final = """
    INSERT INTO access_log_tile (height, n, hashes) VALUES (%s, %s, %s)
    ON CONFLICT (height, n) DO UPDATE SET hashes = EXCLUDED.hashes
"""


def queue_leaves(commitments: Sequence[bytes]) -> None:
    """Leave the leaves of looks to the sequencer, in the transaction that writes these looks."""
    with connections[WEB].cursor() as cursor:
        cursor.execute(_QUEUE, [list(commitments)])


def sequence_log(*, at: datetime, most: int = MOST_AT_ONCE) -> int:
    """Put what waits into the tree and sign the new checkpoint, in one transaction; gives how many leaves were added.

    The first run signs the empty tree. 0 as well while another sequencer is at work. Raises LogBroken, and signs nothing,
    where what is stored does not lead to the last checkpoint.
    """
    with in_transaction():
        if not _alone():
            return 0
        last = log.newest_checkpoint()
        entries = _taken(most)
        if last is not None and not entries:
            return 0
        growth = Growth(last.size if last else 0)
        if last is not None:
            _require_sound(last, growth)
        growth.append(entries)
        growth.keep()
        _sign(growth, at)
    return len(entries) // tree.HASH_BYTES


class Growth:
    """The tree while it grows: tiles read from the database once, tiles changed kept until `keep`."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._tiles: dict[tuple[int, int], bytes] = {}
        self._changed: set[tuple[int, int]] = set()

    def root(self) -> bytes:
        """The root at the present size."""
        return tree.root(self.size, tiles.node_reader(self._hashes))

    def append(self, entries: bytes) -> None:
        """Add entries, 32 bytes each, and the hashes of every tile that they fill."""
        before, height, fresh = self.size, 0, entries
        self.size += len(entries) // tree.HASH_BYTES
        while fresh:
            n, width = divmod(before, tiles.WIDTH)
            row = (self._stored(height, n) if width else b"") + fresh
            full = []
            for at in range(0, len(row), tiles.WIDTH * tree.HASH_BYTES):
                place = (height, n + at // (tiles.WIDTH * tree.HASH_BYTES))
                tile = self._tiles[place] = row[at : at + tiles.WIDTH * tree.HASH_BYTES]
                self._changed.add(place)
                if len(tile) == tiles.WIDTH * tree.HASH_BYTES:
                    full.append(tree.fold(tiles.split(tile if height else tiles.hashed(tile))))
            before, height, fresh = n, height + 1, b"".join(full)

    def keep(self) -> None:
        """Write what changed."""
        with connections[WEB].cursor() as cursor:
            cursor.executemany(_KEEP, [(*place, self._tiles[place]) for place in sorted(self._changed)])

    def _stored(self, height: int, n: int) -> bytes:
        if (height, n) not in self._tiles:
            self._tiles[height, n] = log.stored_tile(height, n)
        return self._tiles[height, n]

    def _hashes(self, height: int, n: int) -> bytes:
        return self._stored(height, n) if height else tiles.hashed(self._stored(0, n))


def _alone() -> bool:
    with connections[WEB].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_SEQUENCER])
        return bool(cursor.fetchone()[0])


def _taken(most: int) -> bytes:
    with connections[WEB].cursor() as cursor:
        cursor.execute(_TAKE, [most])
        (found,) = cursor.fetchone()
    return bytes(found or b"")


def _require_sound(last: LogCheckpoint, growth: Growth) -> None:
    head = notes.head_of(notes.note_of(last.note).text)
    try:
        sound = (head.origin, head.root) == (queries.log_origin(), growth.root())
    except LookupError as error:
        raise LogBroken(size=last.size) from error
    if not sound:
        raise LogBroken(size=last.size)


def _sign(growth: Growth, at: datetime) -> None:
    head = notes.Head(queries.log_origin(), growth.size, growth.root())
    signed = keyring.current().sign(head.text().encode())
    key = notes.NoteKey(head.origin, notes.LOG_KEY, keyring.current().verifying_keys()[signed[0]])
    note = notes.Note(head.text(), (notes.NoteSignature(key.name, key.id, signed[1:]),))
    LogCheckpoint.objects.create(size=head.size, root=head.root, at=at, note=note.content())
