"""What the ledger knows of a chunk's persons and decisions, and of what the chunk before it is just adding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from psycopg import Cursor

from chengxin.collection.actions.chunks.hashes import HashedChunk, Hashes
from chengxin.collection.rules.planning import Known, KnownDecision, KnownPerson, PassedRows, Plan
from chengxin.persons import facade as persons
from chengxin.records import facade as records

_MOVES = 8
"""So often may a decision have been moved to another person before it is taken for a fault."""


@dataclass(slots=True)
class Findings:
    """What is known before the chunk.

    ``old_names``: keyed names that agree only under the index key that is being retired -> how they are stored.
    ``places``: key version and keyed decision -> the last place taken for it, the decision's own or one it was moved to.
    ``added_names``: keyed names that an officer found to be a known person's -> that person.
    ``removed_from``: decision -> the persons whose entry of it was removed, there or before it was moved on.
    """

    known: Known = field(default_factory=Known)
    old_names: dict[bytes, bytes] = field(default_factory=dict)
    places: dict[tuple[int, bytes], bytes] = field(default_factory=dict)
    added_names: dict[bytes, bytes] = field(default_factory=dict)
    removed_from: dict[bytes, set[bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What a chunk that is being committed adds: persons made or confirmed, decisions changed, decisions first met."""

    persons: dict[bytes, KnownPerson] = field(default_factory=dict)
    changed: dict[bytes, KnownDecision] = field(default_factory=dict)
    decided: tuple[PassedRows, Plan, bytes] | None = None


def look_up(
    cursor: Cursor[Any], chunk: HashedChunk, *, batch_id: UUID, supplier: UUID, under_way: UnderWay
) -> Findings:
    """Ask the ledger about every person and decision of the chunk, a question each.

    ``under_way``: what the chunk that is being committed adds; it may or may not be in the ledger yet.
    """
    found = Findings()
    _find_persons(cursor, chunk, supplier, found)
    _find_decisions(cursor, chunk, batch_id, found)
    _add_under_way(chunk, found.known, under_way)
    return found


def made_known(chunk: HashedChunk, plan: Plan, known: Known, *, supplier: UUID) -> UnderWay:
    """What this chunk adds, for the chunk after it while this one is being committed."""
    blind, decision = chunk.rows.blind, chunk.rows.decision
    changed = (
        decision[row] for row, version in zip(plan.entering.row, plan.entering.version, strict=True) if version > 1
    )
    return UnderWay(
        persons={blind[row]: known.persons[blind[row]] for row in plan.sources},
        changed={one: known.decisions[one] for one in changed},
        decided=(chunk.rows, plan, supplier.bytes),
    )


def _find_persons(cursor: Cursor[Any], chunk: HashedChunk, supplier: UUID, found: Findings) -> None:
    rows = chunk.rows
    now = Hashes(list(rows.blind), list(rows.name_key), list(rows.decision))
    for hashes in (now, *chunk.older.values()):
        order = sorted(range(len(rows)), key=hashes.blind.__getitem__)
        for place, person, bits in persons.find_identities(
            cursor,
            blinds=[hashes.blind[row] for row in order],
            kinds=[chunk.kinds[row] for row in order],
            name_keys=[hashes.name_key[row] for row in order],
            source=supplier,
        ):
            row = order[place]
            name = rows.name_key[row]
            _add_person(found.known.persons, rows.blind[row], person, name, bits)
            if hashes is not now and bits & persons.NAME_AGREES:
                found.old_names.setdefault(name, hashes.name_key[row])


def _add_person(known: dict[bytes, KnownPerson], blind: bytes, person: bytes, name: bytes, bits: int) -> None:
    names: tuple[bytes, ...] = (name,) if bits & persons.NAME_AGREES else ()
    sourced: tuple[bytes, ...] = (name,) if bits & persons.SOURCED else ()
    before = known.get(blind)
    if before is not None:
        names, sourced = _joined(before.names, names), _joined(before.sourced, sourced)
    known[blind] = KnownPerson(person, names, sourced)


def _find_decisions(cursor: Cursor[Any], chunk: HashedChunk, batch_id: UUID, found: Findings) -> None:
    now = chunk.rows.decision
    # The older key first: what stands under the current one is the same, or newer.
    for version, older in chunk.older.items():
        _follow(cursor, version, dict(zip(older.decision, now, strict=True)), batch_id, found)
    _follow(cursor, chunk.version, dict(zip(now, now, strict=True)), batch_id, found)


def _follow(cursor: Cursor[Any], version: int, decisions: dict[bytes, bytes], batch_id: UUID, found: Findings) -> None:
    """Look decisions up (keyed under this version -> under the current one), and those whose entry was removed once more
    where a move would have put them."""
    indexer = records.decision_indexer(version)
    asked = {decision: decision for decision in decisions}
    for _ in range(_MOVES):
        order = sorted(asked)
        further: dict[bytes, bytes] = {}
        for at, answer in records.find_decisions(cursor, order).items():
            place = order[at]
            start = asked[place]
            found.places[version, start] = place
            found.known.decisions[decisions[start]] = KnownDecision(
                person=answer.person,
                entry=answer.entry,
                uid=answer.uid,
                version=answer.version,
                commitment=answer.commitment,
                supplier=answer.supplier,
                here=answer.batch_id == batch_id,
                removed=answer.removed,
                objected=answer.objected,
                recalled=answer.recalled,
                barred=answer.barred,
                mendable=answer.mendable,
            )
            if answer.removed:
                found.removed_from.setdefault(decisions[start], set()).add(answer.person)
                further[records.moved_decision(indexer, place)] = start
        if not further:
            return
        asked = further


def _add_under_way(chunk: HashedChunk, known: Known, under_way: UnderWay) -> None:
    for blind, ours in under_way.persons.items():
        theirs = known.persons.get(blind)
        known.persons[blind] = (
            ours
            if theirs is None
            else KnownPerson(ours.person, _joined(theirs.names, ours.names), _joined(theirs.sourced, ours.sourced))
        )
    if under_way.decided is not None:
        rows, plan, supplier = under_way.decided
        for decision in plan.decided.keys() & chunk.rows.decision:
            known.decisions[decision] = plan.decision_at(plan.decided[decision], rows, supplier)
    known.decisions.update(under_way.changed)


def _joined(first: Sequence[bytes], second: Sequence[bytes]) -> tuple[bytes, ...]:
    return (*first, *(one for one in second if one not in first))
