"""Trees of plain hashes, for tests of proofs."""

from __future__ import annotations

import random

from chengxin.access.rules import tree
from chengxin.access.rules.tree import Node


def leaves(count: int, seed: int = 1) -> list[bytes]:
    """Hashes of invented entries."""
    rng = random.Random(seed)
    return [tree.leaf_hash(rng.randbytes(32)) for _ in range(count)]


def whole(hashes: list[bytes]) -> Node:
    """Nodes of a tree over these leaves, every row of whole subtrees made once."""
    rows = [hashes]
    while len(rows[-1]) > 1:
        below = rows[-1]
        rows.append([tree.node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)])
    return lambda level, index: rows[level][index]


def defined_root(hashes: list[bytes]) -> bytes:
    """The root as RFC 9162, 2.1.1 writes it down, split by split."""
    if not hashes:
        return tree.EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return tree.node_hash(defined_root(hashes[:k]), defined_root(hashes[k:]))
