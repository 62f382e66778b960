"""The Merkle tree of RFC 9162, section 2.1: hashes, proofs that we make, and proofs that anybody verifies.

A tree is told by a function that gives the hash of a *whole* subtree: ``node(level, index)`` covers the leaves from
``index * 2**level`` on, ``2**level`` of them. Making a proof walks down from the root as the RFC defines it; verifying climbs up
from the leaf by the RFC's other algorithm, so that a fault in one does not hide in the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Node = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(size: int, node: Node) -> bytes:
    """The root of the first ``size`` leaves."""
    return _hash(0, size, node) if size else EMPTY_ROOT


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """The proof that leaf ``index`` is among the first ``size``, from the leaf upwards (2.1.3.1). Raises ValueError."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not among {size}")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _largest_power_below(high - low)
        if index < middle:
            path.append(_hash(middle, high, node))
            high = middle
        else:
            path.append(_hash(low, middle, node))
            low = middle
    return path[::-1]


def consistency(old: int, new: int, node: Node) -> list[bytes]:
    """The proof that the first ``old`` leaves of the tree of ``new`` are the old tree (2.1.4.1). Raises ValueError."""
    if not 0 < old <= new:
        raise ValueError(f"no proof leads from {old} to {new} leaves")
    path: list[bytes] = []
    low, high, whole = 0, new, True
    while old != high:
        middle = low + _largest_power_below(high - low)
        if old <= middle:
            path.append(_hash(middle, high, node))
            high = middle
        else:
            path.append(_hash(low, middle, node))
            low, whole = middle, False
    if not whole:
        path.append(_hash(low, high, node))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], claimed: bytes) -> bool:
    """Whether the path leads from the leaf's hash to the root (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == claimed


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the new tree begins with the old one (2.1.4.2). From nothing, anything follows."""
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    if not 0 < old < new or not path:
        return False
    steps = list(path) if old & (old - 1) else [old_root, *path]
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    was = became = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            was, became = node_hash(step, was), node_hash(step, became)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            became = node_hash(became, step)
        place, last = place >> 1, last >> 1
    return last == 0 and was == old_root and became == new_root


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over whole subtrees of equal size, a power of two of them."""
    row = list(hashes)
    if not row or len(row) & (len(row) - 1):
        raise ValueError(f"{len(row)} is no power of two")
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


class Frontier:
    """A tree that grows leaf by leaf and knows its root at every size: one hash for each bit of the size."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []

    def add(self, leaves: Iterable[bytes]) -> None:
        """Append hashes of leaves."""
        for leaf in leaves:
            self._whole.append(leaf)
            self.size += 1
            closing = self.size
            while not closing & 1:
                right, left = self._whole.pop(), self._whole.pop()
                self._whole.append(node_hash(left, right))
                closing >>= 1

    def root(self) -> bytes:
        """The root at the present size."""
        if not self._whole:
            return EMPTY_ROOT
        found = self._whole[-1]
        for left in self._whole[-2::-1]:
            found = node_hash(left, found)
        return found


def _hash(low: int, high: int, node: Node) -> bytes:
    """The hash over leaves ``low`` to ``high``, as the tree's definition splits them."""
    size = high - low
    if not size & (size - 1):
        level = size.bit_length() - 1
        return node(level, low >> level)
    middle = low + _largest_power_below(size)
    return node_hash(_hash(low, middle, node), _hash(middle, high, node))


def _largest_power_below(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)
