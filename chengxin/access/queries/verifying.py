"""The whole log checked against itself and against the looks it speaks for: every byte stored is made again or compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from chengxin.access import rules
from chengxin.access.models import LogCheckpoint, LogCosignature, LogTile, LogWaiting, Look
from chengxin.access.queries import log
from chengxin.access.rules import notes, tiles, tree
from chengxin.access.rules.retention import due_before, shipped_retention
from chengxin.access.terms import LogFault
from chengxin.foundation import clock
from chengxin.foundation.database import OWNER
from chengxin.kernel.days import shanghai_day

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOKS_AT_ONCE: Final = 5_000
_FULL: Final = tiles.WIDTH * tree.HASH_BYTES


class _Heads:
    """The checkpoints in order of size, each compared when the tree has grown to it."""

    def __init__(self, alias: str) -> None:
        self._rows = LogCheckpoint.objects.using(alias).order_by("size").iterator()
        self.waiting = next(self._rows, None)
        self.last = 0

    def until_next(self, size: int) -> int | None:
        """How many leaves are missing to the next checkpoint; None where there is none."""
        return None if self.waiting is None else self.waiting.size - size

    def reached(self, size: int, root: bytes) -> Iterator[LogFault]:
        """The tree has this size: faults of the checkpoint of just this size, if there is one."""
        while self.waiting is not None and self.waiting.size == size:
            yield from _faults_of(self.waiting, root)
            self.last, self.waiting = size, next(self._rows, None)

    def beyond(self) -> Iterator[LogFault]:
        """Checkpoints of more leaves than there are."""
        while self.waiting is not None:
            yield LogFault("checkpoint_beyond_the_log", str(self.waiting.size))
            self.last, self.waiting = self.waiting.size, next(self._rows, None)


def verify_log(*, alias: str = OWNER) -> Iterator[LogFault]:
    """Everything that does not agree; nothing where all does.

    Tiles are made anew from the entries, each checkpoint's root from the entries before it (so that each continues the one
    before), its signature and cosignatures are checked; each look gives its commitment again and has its leaf. Reads as role
    owner, the only one that sees looks at everybody. Takes 48 bytes of memory an entry.
    """
    heads, growing = _Heads(alias), tree.Frontier()
    entries: list[bytes] = []
    full: list[bytes] = []
    yield from heads.reached(0, growing.root())
    for n, tile in _rows_of(0, alias):
        if n != len(entries) or (entries and len(entries[-1]) < _FULL):
            yield LogFault("tile_missing", place_of(0, len(entries)))
            break
        entries.append(tile)
        hashes = tiles.split(tiles.hashed(tile))
        if len(tile) == _FULL:
            full.append(tree.fold(hashes))
        while hashes:
            step = heads.until_next(growing.size)
            growing.add(hashes[:step])
            hashes = [] if step is None else hashes[step:]
            yield from heads.reached(growing.size, growing.root())
    yield from heads.beyond()
    if growing.size > heads.last:
        yield LogFault("entries_never_signed", str(heads.last))
    yield from _wrong_tiles(full, alias)
    yield from _wrong_cosignatures(alias)
    yield from _wrong_looks(b"".join(entries), alias)


def place_of(height: int, n: int) -> str:
    """A tile as its address names it."""
    return f"tile/{height}/{tiles.path_of(n)}"


def _rows_of(height: int, alias: str) -> Iterator[tuple[int, bytes]]:
    rows = LogTile.objects.using(alias).filter(height=height).order_by("n")
    return ((row.n, bytes(row.hashes)) for row in rows.iterator(chunk_size=256))


def _faults_of(row: LogCheckpoint, root: bytes) -> Iterator[LogFault]:
    where = str(row.size)
    try:
        note = notes.note_of(row.note)
        head = notes.head_of(note.text)
    except notes.NoteUnreadable:
        yield LogFault("checkpoint_unreadable", where)
        return
    if not any(notes.verified(note, key) for key in log.log_keys()):
        yield LogFault("checkpoint_unsigned", where)
    if (head.origin, head.size, head.root) != (log.log_origin(), row.size, bytes(row.root)) or head.root != root:
        yield LogFault("checkpoint_of_another_tree", where)


def _wrong_tiles(full: list[bytes], alias: str) -> Iterator[LogFault]:
    """Tiles above the entries, made anew; ``full`` are the hashes of the whole tiles below."""
    for height in range(1, tiles.MOST_LEVELS):
        made = [b"".join(full[at : at + tiles.WIDTH]) for at in range(0, len(full), tiles.WIDTH)]
        stored = dict(_rows_of(height, alias))
        for n in sorted({*range(len(made)), *stored}):
            if n >= len(made) or stored.get(n) != made[n]:
                yield LogFault("tile_differs" if n in stored else "tile_missing", place_of(height, n))
        full = [tree.fold(tiles.split(tile)) for tile in made if len(tile) == _FULL]


def _wrong_cosignatures(alias: str) -> Iterator[LogFault]:
    texts: dict[int, str] = {}
    for row in LogCosignature.objects.using(alias).order_by("size", "witness").iterator():
        try:
            if row.size not in texts:
                found = LogCheckpoint.objects.using(alias).filter(size=row.size).first()
                texts = {row.size: notes.note_of(found.note).text if found else ""}
            sound = notes.verified(notes.note_of(f"{texts[row.size]}\n{row.line}"), notes.key_of(row.witness))
        except notes.NoteUnreadable:
            sound = False
        if not sound:
            yield LogFault("cosignature_wrong", f"{row.size} {row.witness}")


def _wrong_looks(entries: bytes, alias: str) -> Iterator[LogFault]:
    """Looks that do not give their commitment, or have no leaf; leaves for which no look stands, though it is still kept."""
    leaves = _Leaves(entries)
    waiting = {bytes(one) for one in LogWaiting.objects.using(alias).values_list("commitment", flat=True)}
    rows = Look.objects.using(alias).order_by("person_id", "look_id")
    for row in rows.iterator(chunk_size=LOOKS_AT_ONCE):
        committed = bytes(row.commitment)
        if rules.commitment(bytes(row.salt), log.text_of(row)) != committed:
            yield LogFault("look_changed", str(row.uid))
        if not leaves.found(committed) and committed not in waiting:
            yield LogFault("look_not_in_the_log", str(row.uid))
    ended = _ended(alias)
    yield from (LogFault("leaf_without_look", str(index)) for index in leaves.left() if index >= ended)


def _ended(alias: str) -> int:
    """How many of the first leaves are of looks past their keeping: those under a checkpoint as old as that."""
    before = due_before(shipped_retention(), shanghai_day(clock.now()))
    newest = LogCheckpoint.objects.using(alias).filter(at__lt=before).order_by("-size").first()
    return 0 if newest is None else newest.size


class _Leaves:
    """Where each entry stands, by its first eight bytes, in arrays."""

    def __init__(self, entries: bytes) -> None:
        self._entries = entries
        words = np.frombuffer(entries, dtype=">u8")[:: tree.HASH_BYTES // 8].astype(np.uint64)
        self._order = np.argsort(words, kind="stable")
        self._sorted = words[self._order]
        self._seen = np.zeros(len(words), dtype=bool)

    def found(self, commitment: bytes) -> bool:
        """Whether it is an entry; it is then no longer among those left."""
        word = np.uint64(int.from_bytes(commitment[:8], "big"))
        at = int(np.searchsorted(self._sorted, word))
        hit = False
        while at < len(self._sorted) and self._sorted[at] == word:
            index = int(self._order[at])
            if self._entries[index * tree.HASH_BYTES : (index + 1) * tree.HASH_BYTES] == commitment:
                self._seen[index] = hit = True
            at += 1
        return hit

    def left(self) -> list[int]:
        """Entries nobody asked for, in order."""
        return [int(index) for index in np.flatnonzero(~self._seen)]
