"""Reading the proof log: checkpoints, tiles, where a leaf stands, proofs. No person stands in any of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import connections

from chengxin.access import rules
from chengxin.access.models import LogCheckpoint, LogCosignature, Look
from chengxin.access.rules import notes, tiles, tree
from chengxin.access.terms import CheckpointUnknown, LogState, Looker, LookProof, NotYetInTheLog
from chengxin.foundation import keyring
from chengxin.foundation.database import WEB
from chengxin.kernel.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

LATE_AFTER: Final = timedelta(seconds=30)
"""A leaf that waits longer is an alarm. Five seconds are promised; a long transaction's leaf is older than its commit."""

_BEFORE: Final = timedelta(minutes=10)
"""A look cannot be in a checkpoint this much older than itself, whatever its request's moment was."""

_FIND: Final = """
    SELECT n, position(%(leaf)s::bytea IN hashes) FROM access_log_tile
     WHERE height = 0 AND n >= %(first)s AND position(%(leaf)s::bytea IN hashes) > 0
     ORDER BY n
"""


_TILE: Final = "SELECT hashes FROM access_log_tile WHERE height = %s AND n = %s"

FULL_KEPT: Final = 1_024
"""Full tiles in memory, 8 kB each."""

_full: dict[tuple[str, int, int], bytes] = {}


def log_origin() -> str:
    """The name of this log, which stands in every checkpoint."""
    return str(settings.CHENGXIN_LOG_ORIGIN)


def log_keys() -> tuple[notes.NoteKey, ...]:
    """Every key that ever signed checkpoints here, the newest first."""
    alive = keyring.current().verifying_keys()
    return tuple(notes.NoteKey(log_origin(), notes.LOG_KEY, alive[version]) for version in sorted(alive, reverse=True))


def newest_checkpoint() -> LogCheckpoint | None:
    """The last one signed; None before the first."""
    return LogCheckpoint.objects.order_by("-size").first()


def log_size() -> int:
    """How many leaves the newest checkpoint speaks of; 0 before the first."""
    newest = newest_checkpoint()
    return newest.size if newest else 0


def signed_checkpoint(size: int | None = None) -> str:
    """A checkpoint with our signature and every cosignature; the newest, or that of a size. Raises CheckpointUnknown."""
    row = newest_checkpoint() if size is None else LogCheckpoint.objects.filter(size=size).first()
    if row is None:
        raise CheckpointUnknown(size=size)
    lines = (
        LogCosignature.objects.filter(size=row.size).order_by("-known", "at", "witness").values_list("line", flat=True)
    )
    return row.note + "".join(lines)


def stored_tile(height: int, n: int) -> bytes:
    """What is stored of a tile; empty where there is none."""
    with connections[WEB].cursor() as cursor:
        cursor.execute(_TILE, [height, n])
        found = cursor.fetchone()
    return b"" if found is None else bytes(found[0])


def hash_tile(height: int, n: int) -> bytes:
    """The hashes of a tile, those of level 0 made from the entries. One that is full never changes, and is kept in memory."""
    place = (str(connections[WEB].settings_dict["NAME"]), height, n)
    if (kept := _full.get(place)) is not None:
        return kept
    stored = stored_tile(height, n)
    hashes = stored if height else tiles.hashed(stored)
    if len(hashes) == tiles.WIDTH * tree.HASH_BYTES:
        while len(_full) >= FULL_KEPT:
            _full.pop(next(iter(_full)), None)
        _full[place] = hashes
    return hashes


def public_tile(height: int, n: int, width: int) -> bytes:
    """The first ``width`` hashes of a tile of the newest checkpoint's tree. Raises NotFound for more than it has."""
    return hash_tile(height, n)[: _checked(height, n, width) * tree.HASH_BYTES]


def public_entries(n: int, width: int) -> bytes:
    """The bundle of the first ``width`` entries of tile ``n``. Raises NotFound for more than there are."""
    return tiles.bundle(stored_tile(0, n)[: _checked(0, n, width) * tree.HASH_BYTES])


def index_of(commitment: bytes, *, at: datetime) -> int | None:
    """Where the leaf of a look of this moment stands; None while it waits."""
    first = (
        LogCheckpoint.objects.filter(at__lt=at - _BEFORE)
        .order_by("-at", "-size")
        .values_list("size", flat=True)
        .first()
        or 0
    )
    with connections[WEB].cursor() as cursor:
        cursor.execute(_FIND, {"leaf": commitment, "first": first // tiles.WIDTH})
        for n, place in cursor.fetchall():
            # bytes of two neighbours may look like a third one
            if (place - 1) % tree.HASH_BYTES == 0:
                return int(n) * tiles.WIDTH + int(place - 1) // tree.HASH_BYTES
    return None


def inclusion_proof(index: int, size: int) -> list[bytes]:
    """That leaf ``index`` is in the tree of ``size``. Raises ValueError where it is not."""
    return tree.inclusion(index, size, tiles.node_reader(hash_tile))


def consistency_proof(old: int, new: int) -> list[bytes]:
    """That the tree of ``new`` begins with that of ``old``. Raises ValueError, NotFound for more than there is."""
    if new > log_size():
        raise NotFound(thing="checkpoint")
    return tree.consistency(old, new, tiles.node_reader(hash_tile))


def text_of(row: Look) -> bytes:
    """The leaf's text, from the row as it stands."""
    return rules.leaf(
        uid=row.uid,
        at=row.at,
        looker=Looker(row.actor_kind, None, row.official_id, row.organisation_id, row.role, row.client_id),
        purpose=row.purpose,
        ground=(row.ground_law, row.ground_article),
        case_ref=row.case_ref,
        entries=row.entries,
        fields=row.fields,
        outcome=row.outcome,
        operation=row.operation,
        consent=row.consent,
        reason=row.reason,
        emergency=row.emergency,
        opens_at=row.opens_at,
        request_key=bytes(row.request_key),
    )


def look_proof(person_id: UUID, uid: UUID, *, at: datetime) -> LookProof:
    """The proof of one look at this person's file. The person must be set on the connection.

    Raises NotFound where they have no such look or may not know of it yet, NotYetInTheLog for a second or two after it.
    """
    row = Look.objects.filter(person_id=person_id, uid=uid).first()
    if row is None or (row.opens_at is not None and row.opens_at > at):
        raise NotFound(thing="look")
    newest = newest_checkpoint()
    index = index_of(bytes(row.commitment), at=row.at)
    if newest is None or index is None or index >= newest.size:
        raise NotYetInTheLog()
    return LookProof(
        text=text_of(row),
        salt=bytes(row.salt),
        index=index,
        size=newest.size,
        path=tuple(inclusion_proof(index, newest.size)),
        checkpoint=signed_checkpoint(newest.size),
        keys=tuple(key.text() for key in log_keys()),
    )


def log_state() -> LogState:
    """Size and moment of the newest checkpoint, and what waits: committed looks whose leaf is not in the tree."""
    with connections[WEB].cursor() as cursor:
        cursor.execute("SELECT count(*), clock_timestamp() - min(queued_at) FROM access_log_waiting")
        waiting, oldest = cursor.fetchone()
    newest = newest_checkpoint()
    return LogState(
        origin=log_origin(),
        size=newest.size if newest else 0,
        at=newest.at if newest else None,
        waiting=waiting,
        oldest=oldest,
        late=oldest is not None and oldest > LATE_AFTER,
    )


def _checked(height: int, n: int, width: int) -> int:
    if not 0 < width <= tiles.width_at(height, n, log_size()):
        raise NotFound(thing="tile")
    return width
