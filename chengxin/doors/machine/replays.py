"""Requests sent twice: a nonce is taken once; the key of a request names one body, and what that body made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from chengxin.doors.machine.models import MARK_BYTES, Replay
from chengxin.doors.machine.problems import IdempotencyKeyMissing, IdempotencyKeyReused, SignatureReplayed
from chengxin.foundation import keyring
from chengxin.foundation.database import rows_of

NONCE_KEPT: Final = timedelta(minutes=15)
"""Longer than any signature is taken for."""
KEY_KEPT: Final = timedelta(hours=24)
MOST_KEY: Final = 255

_COLUMNS: Final = ("client", "mark", "body", "at")
_SEEN: Final = {
    1: "INSERT INTO machine_replay (client_id, mark, body, at) VALUES"
    " (%(client0)s, %(mark0)s, %(body0)s, %(at0)s) ON CONFLICT DO NOTHING RETURNING mark",
    2: "INSERT INTO machine_replay (client_id, mark, body, at) VALUES"
    " (%(client0)s, %(mark0)s, %(body0)s, %(at0)s), (%(client1)s, %(mark1)s, %(body1)s, %(at1)s)"
    " ON CONFLICT DO NOTHING RETURNING mark",
}
"""So many rows -> the statement; its text never changes, so that the server plans it once."""
_BEFORE: Final = "SELECT body, thing FROM machine_replay WHERE client_id = %(client)s AND mark = %(mark)s"


@dataclass(frozen=True, slots=True)
class RequestKey:
    """The key of a request as it is kept. ``made``: the uid of what the same request made before, if it made something."""

    mark: bytes
    made: UUID | None


def key_of(header: str | None) -> str:
    """The key as the client wrote it. Raises IdempotencyKeyMissing for none, or one that is no line of visible characters."""
    key = (header or "").strip()
    if not 0 < len(key) <= MOST_KEY or not key.isascii() or not key.isprintable():
        raise IdempotencyKeyMissing(most=MOST_KEY)
    return key


def see(client_id: UUID, *, nonce: str | None, key: str | None, body: bytes, at: datetime) -> RequestKey | None:
    """Take a nonce and the key of a request, in the current transaction: one statement, and a second where a key came again.

    ``body``: the bytes, or the digest, that the key stands for. Raises SignatureReplayed, IdempotencyKeyReused.
    """
    commit = keyring.current().committer()
    rows: list[tuple[UUID, bytes, bytes, datetime]] = []
    nonce_mark = key_mark = body_mark = b""
    if nonce is not None:
        nonce_mark = commit(b"nonce\0" + nonce.encode())[:MARK_BYTES]
        rows.append((client_id, nonce_mark, b"", at))
    if key is not None:
        # a client may write a person's number into its key: what is kept cannot be guessed from
        key_mark, body_mark = commit(b"key\0" + key.encode())[:MARK_BYTES], commit(b"body\0" + body)[:MARK_BYTES]
        rows.append((client_id, key_mark, body_mark, at))
    if not rows:
        return None
    values = {f"{name}{n}": value for n, row in enumerate(rows) for name, value in zip(_COLUMNS, row, strict=True)}
    new = {bytes(mark) for (mark,) in rows_of(_SEEN[len(rows)], values)}
    if nonce is not None and nonce_mark not in new:
        raise SignatureReplayed()
    if key is None:
        return None
    if key_mark in new:
        return RequestKey(key_mark, None)
    before = next(iter(rows_of(_BEFORE, {"client": client_id, "mark": key_mark})), None)
    if before is None or bytes(before[0]) != body_mark:
        raise IdempotencyKeyReused()
    return RequestKey(key_mark, before[1])


def note_made(client_id: UUID, key: RequestKey, thing: UUID) -> None:
    """Keep what a request made: the same request is answered with it again."""
    Replay.objects.filter(client_id=client_id, mark=key.mark).update(thing=thing)


def sweep(at: datetime) -> int:
    """Forget what is past its time; gives how many."""
    nonces, _ = Replay.objects.filter(body=b"", at__lt=at - NONCE_KEPT).delete()
    keys, _ = Replay.objects.filter(at__lt=at - KEY_KEPT).delete()
    return nonces + keys
