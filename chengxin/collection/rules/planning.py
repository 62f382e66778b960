"""What becomes of each row of a chunk that passed screening, given what the ledger already knows. Pure.

Rows are judged in the order of the file, each as if it had been handed in alone: a chunk gives the same outcomes as its
rows one by one, and a file the same whatever its chunks. What a row makes known counts for the rows after it.

All identifiers are 16 raw bytes, commitments 32: the tables take them as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from struct import iter_unpack
from typing import NamedTuple

from chengxin.collection.terms.batches import Outcome
from chengxin.collection.terms.rows import Reason

_BLOCK = 1024
"""So many identifiers are made at once: an unchanged file needs none, a new one two a row."""


class KnownPerson(NamedTuple):
    """A person found by blind index. ``names``: the keyed names asked about that are theirs. ``sourced``: those of them that
    this supplier has already confirmed for the number (F2)."""

    person: bytes
    names: tuple[bytes, ...]
    sourced: tuple[bytes, ...]


class KnownDecision(NamedTuple):
    """The entry a decision stands in, at its newest version (F4).

    ``here``: that version came with this same batch. ``removed``: withdrawn, repaired, ended early or hidden,
    and not readmitted.
    ``recalled``: commitments of versions whose batch was recalled. ``objected``: an objection to it is or was open.
    ``barred``: commitments of versions that were removed and not let back. ``mendable``: while it is removed, a corrected row may
    wait behind the removal.
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
    barred: tuple[bytes, ...] = ()
    mendable: bool = False


@dataclass(slots=True)
class Known:
    """What is known before a chunk, by blind index and by decision index. ``plan_rows`` adds what the chunk makes known."""

    persons: dict[bytes, KnownPerson] = field(default_factory=dict)
    decisions: dict[bytes, KnownDecision] = field(default_factory=dict)


@dataclass(slots=True)
class PassedRows:
    """The rows of a chunk that screening did not refuse, as columns of one length, in the order of the file.

    ``held``: why screening wants the row checked by a person, else None. ``decider``: whether the supplier is the body
    that took the decision. ``removal``: the court's reason code where the row tells that the entry is deleted at its
    source, else None (F4).
    """

    blind: Sequence[bytes]
    name_key: Sequence[bytes]
    decision: Sequence[bytes]
    commitment: Sequence[bytes]
    held: Sequence[Reason | None]
    decider: Sequence[bool]
    removal: Sequence[str | None]

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
    ``decided``: decision that was not known -> its place in ``entering``. ``corrected``: changed rows of entries under
    objection. ``mismatches``: rows whose name is not the one known for the number. ``withdrawn``: rows that tell of a
    deletion -> the entry to withdraw.
    """

    outcomes: bytearray
    reasons: dict[int, Reason]
    entering: Entering
    made: dict[int, bytes]
    sources: dict[int, bytes]
    decided: dict[bytes, int]
    withdrawn: dict[int, KnownDecision]
    corrected: int = 0
    mismatches: int = 0

    def decision_at(self, place: int, rows: PassedRows, supplier: bytes) -> KnownDecision:
        """What is known from now on of a decision of ``decided``. Made when somebody asks: few decisions come twice."""
        entering = self.entering
        return KnownDecision(
            person=entering.person[place],
            entry=entering.entry[place],
            uid=entering.uid[place],
            version=1,
            commitment=rows.commitment[entering.row[place]],
            supplier=supplier,
            here=True,
        )


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
    ids, uids = _drawn(new_ids), _drawn(new_uids)
    outcomes = bytearray(count)
    plan = Plan(outcomes, {}, Entering(), {}, {}, {}, {})
    reasons, entering, decided = plan.reasons, plan.entering, plan.decided
    add_row, add_person = entering.row.append, entering.person.append
    add_entry, add_uid, add_version = entering.entry.append, entering.uid.append, entering.version.append
    persons, decisions = known.persons, known.decisions
    same, changed, kept_out = int(Outcome.SAME), int(Outcome.CHANGED), int(Outcome.KEPT_OUT)
    quarantined, refused = int(Outcome.QUARANTINED), int(Outcome.REFUSED)
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
        if entry is None and decision in decided:
            entry = decisions[decision] = plan.decision_at(decided[decision], rows, supplier)
        if rows.removal[row] is not None and (entry is None or (person is not None and person.person == entry.person)):
            outcomes[row] = _removed(plan, row, entry, supplier=supplier, decider=rows.decider[row])
            if outcomes[row] == changed and entry is not None:
                decisions[decision] = entry._replace(removed=True)
            continue
        if entry is None:
            if person is None:
                person = KnownPerson(next(ids), (name,), (name,))
                plan.made[row] = person.person
                plan.sources[row] = person.person
                persons[blind] = person
            decided[decision] = len(entering.row)
            add_row(row), add_person(person.person), add_entry(next(ids)), add_uid(next(uids)), add_version(1)
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
            # what is out stays out whatever version comes: its marks are the entry's (F5)
            outcomes[row] = kept_out if entry.removed else changed
            plan.corrected += entry.objected
            version = entry.version + 1
            decisions[decision] = entry._replace(version=version, commitment=commitment, supplier=supplier, here=True)
            add_row(row), add_person(entry.person), add_entry(entry.entry), add_uid(entry.uid), add_version(version)
        if name not in person.sourced:
            plan.sources[row] = person.person
            persons[blind] = person._replace(sourced=(*person.sourced, name))
    return plan


def _drawn(make: Callable[[int], bytes]) -> Iterator[bytes]:
    return (piece for block in repeat(_BLOCK) for (piece,) in iter_unpack("16s", make(block)))


def _removed(plan: Plan, row: int, entry: KnownDecision | None, *, supplier: bytes, decider: bool) -> Outcome:
    """A row that tells of a deletion: the entry is withdrawn, where there is one left and it is this supplier's to end."""
    if entry is None or entry.removed:
        return Outcome.SAME
    if entry.supplier != supplier and not decider:
        return Outcome.SOURCE
    plan.withdrawn[row] = entry
    return Outcome.CHANGED


def _barred(entry: KnownDecision, commitment: bytes) -> Reason | None:
    """Why this content may not come back into this entry (F9), or None.

    What was removed as it stood comes into no version, also where another was let back. Into an entry that is out comes what
    corrects it.
    """
    if commitment in entry.barred or (entry.removed and not entry.mendable):
        return Reason.REENTRY_BARRED
    if commitment in entry.recalled:
        return Reason.RECALLED_CONTENT
    return None
