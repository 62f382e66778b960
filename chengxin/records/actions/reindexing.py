"""Keying decisions anew while an index key rotates (F3, F4). Written in role disposer, a whole chain at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections

from chengxin.foundation import keyring
from chengxin.foundation.database import DISPOSER
from chengxin.records.actions.append import decision_indexer, moved_decision

if TYPE_CHECKING:
    from uuid import UUID

INDEX_BYTES = 16


def reindex_decision(decision: bytes) -> int:
    """Key one decision (its item and natural key, as text) under the current index key, with every place behind it.

    In the caller's transaction of role disposer. Gives how many places of older keys went.
    A chain that stands under the current key already is the newer one, and stays as it is.
    """
    current = keyring.current().index_version
    standing = chain_of(decision, current)
    moved = 0
    for version in keyring.current().index_all(b"", "decision"):
        if version == current:
            continue
        old = chain_of(decision, version)
        if not old:
            continue
        with connections[DISPOSER].cursor() as cursor:
            if not standing:
                cursor.executemany(
                    "INSERT INTO records_decision_key (decision_index, person_id, entry_id) VALUES (%s, %s, %s)",
                    [
                        (place, person, entry)
                        for place, (_, person, entry) in zip(_places(decision, current, len(old)), old, strict=True)
                    ],
                )
                standing = old
            cursor.execute(
                "DELETE FROM records_decision_key WHERE decision_index = ANY(%s)", [[place for place, _, _ in old]]
            )
            moved += cursor.rowcount
    return moved


def chain_of(decision: bytes, version: int) -> list[tuple[bytes, UUID, UUID]]:
    """Where a decision stands under one index key: place, person, entry, from its first place on."""
    indexer = decision_indexer(version)
    place = indexer(decision)[:INDEX_BYTES]
    found: list[tuple[bytes, UUID, UUID]] = []
    with connections[DISPOSER].cursor() as cursor:
        while True:
            cursor.execute("SELECT person_id, entry_id FROM records_decision_key WHERE decision_index = %s", [place])
            row = cursor.fetchone()
            if row is None:
                return found
            found.append((place, row[0], row[1]))
            place = moved_decision(indexer, place)


def _places(decision: bytes, version: int, count: int) -> list[bytes]:
    indexer = decision_indexer(version)
    places = [indexer(decision)[:INDEX_BYTES]]
    for _ in range(1, count):
        places.append(moved_decision(indexer, places[-1]))
    return places
