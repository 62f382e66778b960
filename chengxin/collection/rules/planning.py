"""What becomes of each row of a chunk that passed screening, given what the ledger already knows. Pure.

Rows are judged in the order of the file, each as if it had been handed in alone: a chunk gives the same outcomes as its
rows one by one, and a file the same whatever its chunks. What a row makes known counts for the rows after it.

All identifiers are 16 raw bytes, commitments 32: the tables take them as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from struct import iter_unpack
from typing import NamedTuple

from chengxin.collection.terms.batches import Outcome
from chengxin.collection.terms.rows import Reason


class KnownPerson(NamedTuple):
    """A person found by blind index. ``names``: the keyed names asked about that are theirs. ``sourced``: those of them that
    this supplier has already confirmed for the number (F2)."""

    person: bytes
    names: tuple[bytes, ...]
    sourced: tuple[bytes, ...]


class KnownDecision(NamedTuple):
    """The entry a decision stands in, at its newest version (F4).

    ``here``: that version came with this same batch. ``removed``: withdrawn, repaired or ended early, and not readmitted.
    ``recalled``: commitments of versions whose batch was recalled. ``objected``: an objection to it is or was open.
    """

    person: bytes
    entry: bytes
    uid: bytes
    version: int
    commitment: bytes
    supplier: bytes
    here: bool
    removed: bool = False
    objected: bool = False
    recalled: tuple[bytes, ...] = ()


@dataclass(slots=True)
class Known:
    """What is known before a chunk, by blind index and by decision index. ``plan_rows`` adds what the chunk makes known."""

    persons: dict[bytes, KnownPerson] = field(default_factory=dict)
    decisions: dict[bytes, KnownDecision] = field(default_factory=dict)


@dataclass(slots=True)
class PassedRows:
    """The rows of a chunk that screening did not refuse, as columns of one length, in the order of the file.

    ``held``: why screening wants the row checked by a person, else None. ``decider``: whether the supplier is the body
    that took the decision.
    """

    blind: Sequence[bytes]
    name_key: Sequence[bytes]
    decision: Sequence[bytes]
    commitment: Sequence[bytes]
    held: Sequence[Reason | None]
    decider: Sequence[bool]

    def __len__(self) -> int:
        return len(self.blind)


@dataclass(slots=True)
class Entering:
    """Rows that become a version of an entry: parallel lists. ``row`` counts within ``PassedRows``."""

    row: list[int] = field(default_factory=list)
    person: list[bytes] = field(default_factory=list)
    entry: list[bytes] = field(default_factory=list)
    uid: list[bytes] = field(default_factory=list)
    version: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.row)


@dataclass(slots=True)
class Plan:
    """What to write for a chunk.

    ``outcomes``: one byte a row. ``reasons``: row -> why it was held or refused. ``made``: row whose identity becomes a
    person -> that person. ``sources``: rows whose supplier confirms number and name for the first time -> that person.
    ``decided``: rows whose decision was not known. ``corrected``: changed rows of entries under objection.
    """

    outcomes: bytearray
    reasons: dict[int, Reason]
    entering: Entering
    made: dict[int, bytes]
    sources: dict[int, bytes]
    decided: list[int]
    corrected: int
    mismatches: int

    def count(self, outcome: Outcome) -> int:
        """How many rows met this outcome."""
        return self.outcomes.count(outcome)


def plan_rows(
    rows: PassedRows,
    known: Known,
    *,
    supplier: bytes,
    new_ids: Callable[[int], bytes],
    new_uids: Callable[[int], bytes],
) -> Plan:
    """Judge each row; ``known`` grows by what the rows make known.

    ``new_ids(n)`` and ``new_uids(n)`` give n fresh identifiers of 16 bytes in one string: rising ones, and random ones.
    """
    count = len(rows)
    ids, uids = _pieces(new_ids(2 * count)), _pieces(new_uids(count))
    outcomes = bytearray(count)
    plan = Plan(outcomes, {}, Entering(), {}, {}, [], 0, 0)
    reasons, entering = plan.reasons, plan.entering
    add_row, add_person = entering.row.append, entering.person.append
    add_entry, add_uid, add_version = entering.entry.append, entering.uid.append, entering.version.append
    persons, decisions = known.persons, known.decisions
    same, quarantined, refused = int(Outcome.SAME), int(Outcome.QUARANTINED), int(Outcome.REFUSED)
    columns = zip(rows.blind, rows.name_key, rows.decision, rows.commitment, rows.held, strict=True)
    for row, (blind, name, decision, commitment, held) in enumerate(columns):
        if held is not None:
            outcomes[row], reasons[row] = quarantined, held
            continue
        person = persons.get(blind)
        if person is not None and name not in person.names:
            outcomes[row], reasons[row] = quarantined, Reason.NAME_DISAGREES
            plan.mismatches += 1
            continue
        entry = decisions.get(decision)
        if entry is None:
            if person is None:
                person = KnownPerson(next(ids), (name,), (name,))
                plan.made[row] = person.person
                plan.sources[row] = person.person
                persons[blind] = person
            number, uid = next(ids), next(uids)
            decisions[decision] = KnownDecision(person.person, number, uid, 1, commitment, supplier, True)
            plan.decided.append(row)
            add_row(row), add_person(person.person), add_entry(number), add_uid(uid), add_version(1)
        elif person is None or person.person != entry.person:
            outcomes[row], reasons[row] = quarantined, Reason.IDENTITY_CHANGE
            continue
        elif (why := _barred(entry, commitment)) is not None:
            outcomes[row], reasons[row] = refused, why
            continue
        elif entry.supplier != supplier and not rows.decider[row]:
            outcomes[row] = int(Outcome.SOURCE)
        elif entry.supplier == supplier and entry.commitment == commitment:
            outcomes[row] = same
        elif entry.here:
            outcomes[row], reasons[row] = refused, Reason.DUPLICATE_CONFLICT
            continue
        else:
            outcomes[row] = int(Outcome.CHANGED)
            plan.corrected += entry.objected
            version = entry.version + 1
            decisions[decision] = entry._replace(version=version, commitment=commitment, supplier=supplier, here=True)
            add_row(row), add_person(entry.person), add_entry(entry.entry), add_uid(entry.uid), add_version(version)
        if name not in person.sourced:
            plan.sources[row] = person.person
            persons[blind] = person._replace(sourced=(*person.sourced, name))
    return plan


def _pieces(joined: bytes) -> Iterator[bytes]:
    return (piece for (piece,) in iter_unpack("16s", joined))


def _barred(entry: KnownDecision, commitment: bytes) -> Reason | None:
    """Why this content may not come back into this entry (F9), or None."""
    if entry.removed:
        return Reason.REENTRY_BARRED
    if commitment in entry.recalled:
        return Reason.RECALLED_CONTENT
    return None
