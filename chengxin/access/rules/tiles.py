"""Tiles of C2SP tlog-tiles: 256 hashes side by side, and their addresses. https://c2sp.org/tlog-tiles

Tile ``(level, n)`` holds the hashes of whole subtrees of ``256**level`` leaves, from ``256 * n`` on. What is stored at level 0 is
the entries (ENTRIES), 32 bytes each; their hashes are made where they are asked for.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from chengxin.access.rules.tree import HASH_BYTES, Node, fold, leaf_hash

WIDTH = 256
HEIGHT = 8
MOST_LEVELS = 8
"""256**8 leaves are more than will ever be."""

FetchTile = Callable[[int, int], bytes]

_GROUPS = re.compile(r"(?:x\d{3}/)*\d{3}")


def split(hashes: bytes) -> list[bytes]:
    """The hashes of a tile, 32 bytes each."""
    return [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]


def hashed(entries: bytes) -> bytes:
    """The level-0 tile over entries of 32 bytes each."""
    return b"".join(leaf_hash(entry) for entry in split(entries))


def node_reader(fetch: FetchTile) -> Node:
    """Nodes of the tree from its tiles, each tile fetched once. ``fetch(level, n)`` gives a tile's hashes, level 0 upward."""
    known: dict[tuple[int, int], bytes] = {}

    def node(level: int, index: int) -> bytes:
        above, within = divmod(level, HEIGHT)
        n, place = divmod(index << within, WIDTH)
        tile = known.get((above, n))
        if tile is None:
            tile = known[above, n] = fetch(above, n)
        part = tile[place * HASH_BYTES : (place + (1 << within)) * HASH_BYTES]
        if len(part) != HASH_BYTES << within:
            raise LookupError(f"tile {above}/{n} holds no hashes {place} to {place + (1 << within)}")
        return fold(split(part))

    return node


def width_at(level: int, n: int, size: int) -> int:
    """How many hashes tile ``(level, n)`` has in a tree of this size: 0 to 256."""
    return max(0, min(WIDTH, (size >> (HEIGHT * level)) - n * WIDTH))


def bundle(entries: bytes) -> bytes:
    """An entry bundle: each entry after its length in two bytes, big-endian."""
    return b"".join(struct.pack(">H", HASH_BYTES) + entry for entry in split(entries))


def path_of(n: int) -> str:
    """The number of a tile as its address writes it: 1234067 is ``x001/x234/067``."""
    last = f"{n % 1000:03}"
    while n := n // 1000:
        last = f"x{n % 1000:03}/{last}"
    return last


def number_of(path: str) -> int | None:
    """The number that `path_of` wrote; None for any other text."""
    if not _GROUPS.fullmatch(path):
        return None
    n = int(path.replace("x", "").replace("/", ""))
    return n if path_of(n) == path else None
