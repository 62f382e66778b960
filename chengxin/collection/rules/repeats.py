"""Rows of one file that speak of the same decision: for the dry run, which asks no ledger.

In a real run the same is judged against the ledger, where the rows before have just been entered (`rules.planning`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from enum import IntEnum


class Repeat(IntEnum):
    """What a row is to the rows above it."""

    FIRST = 0
    SAME = 1
    CONFLICT = 2


def repeats(rows: Iterable[tuple[str, Hashable]]) -> list[Repeat]:
    """For each row, given as natural key and meaning: the first of its key stands, the same again is harmless, another
    meaning conflicts with it."""
    known: dict[str, Hashable] = {}
    found = []
    for key, meaning in rows:
        if key not in known:
            known[key] = meaning
            found.append(Repeat.FIRST)
        else:
            found.append(Repeat.SAME if known[key] == meaning else Repeat.CONFLICT)
    return found
