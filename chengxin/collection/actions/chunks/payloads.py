"""A planned chunk as the rows of every table, sealed and encoded, in the order in which the ledger takes them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias
from uuid import UUID

import numpy as np
import polars as pl

from chengxin.collection.actions.chunks.facts import NATURES, BatchFacts
from chengxin.collection.actions.chunks.hashes import HashedChunk
from chengxin.collection.actions.chunks.known import Findings
from chengxin.collection.rules.planning import Plan
from chengxin.collection.rules.taking_back import removed_reason
from chengxin.collection.terms.batches import Outcome
from chengxin.collection.terms.events import ENTRY_CHANGED, ENTRY_NEW, ENTRY_WITHDRAWN
from chengxin.foundation import keystore
from chengxin.foundation.copying import BinaryRows, Column, Same
from chengxin.foundation.outbox import NOTICE_ROWS
from chengxin.kernel.errors import Conflict
from chengxin.kernel.ids import new_ids_packed
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.terms import MarkKind

Payload: TypeAlias = tuple[BinaryRows, bytes]

KEPT_OPEN: Final = date(9999, 12, 31)
"""``retain_until`` of an entry whose retention hangs on what is not known yet (a validity without end)."""

_DATES: Final = ("decided_on", "act_on", "final_on", "served_on", "valid_from", "valid_to", "display_until")


class KeyGone(Conflict):
    """A person of this chunk was erased while it was being prepared."""

    code = "person_key_gone"


def new_uids(count: int) -> bytes:
    """Random public identifiers (UUIDv4) in one string of 16 bytes each."""
    uids = np.frombuffer(os.urandom(16 * count), np.uint8).reshape(count, 16).copy()
    uids[:, 6] = uids[:, 6] & 0x0F | 0x40
    uids[:, 8] = uids[:, 8] & 0x3F | 0x80
    return uids.tobytes()


@dataclass(slots=True)
class Entering:
    """The entering rows in the order of their persons, as columns. ``row`` counts within the passed rows."""

    row: list[int]
    person: list[bytes]
    entry: list[bytes]
    uid: list[bytes]
    version: list[int]


def ledger_payloads(
    facts: BatchFacts, chunk: HashedChunk, plan: Plan, found: Findings, *, at: datetime, group: UUID | None = None
) -> list[Payload]:
    """New persons, their sources, decisions, entries, contents and notices. ``group``: what the notices are sent under, the
    batch where nothing else is said.

    The keys of new persons are durable when this returns (F7); what they are for follows in the commit, or never: a key
    without a person is swept later. Raises ``KeyGone`` where a known person has none any more.
    """
    entering = _sorted(plan)
    keys = _keys(plan, entering.person)
    made = sorted(plan.made, key=plan.made.__getitem__)
    payloads = persons.new_person_rows(
        _new_persons(chunk, made, plan),
        [keys[plan.made[row]] for row in made],
        source=facts.organisation_id,
        batch_id=facts.id,
        at=at,
    )
    confirmed = sorted((row for row in plan.sources if row not in plan.made), key=plan.sources.__getitem__)
    names = chunk.rows.name_key
    payloads += persons.source_rows(
        [plan.sources[row] for row in confirmed],
        [found.old_names.get(names[row], names[row]) for row in confirmed],
        source=facts.organisation_id,
        batch_id=facts.id,
        at=at,
    )
    payloads += _decisions(chunk, plan)
    if entering.row:
        payloads += _entries(facts, chunk, entering, [keys[person] for person in entering.person], at)
        if facts.is_told:
            payloads += _told(plan, entering, group or facts.id, at)
    if plan.withdrawn:
        payloads += _withdrawals(facts, chunk, plan, group or facts.id, at)
    return payloads


def _told(plan: Plan, entering: Entering, group: UUID, at: datetime) -> list[Payload]:
    """Each version is told, but for what is out: of that its person is told by the act that lets it back."""
    told = [place for place, row in enumerate(entering.row) if plan.outcomes[row] != Outcome.KEPT_OUT]
    if not told:
        return []
    versions = [entering.version[place] for place in told]
    return notices(
        group,
        [entering.person[place] for place in told],
        [entering.entry[place] for place in told],
        versions,
        [ENTRY_NEW if version == 1 else ENTRY_CHANGED for version in versions],
        at=at,
    )


def _sorted(plan: Plan) -> Entering:
    # The primary keys begin with the person: neighbours go to one page of each index.
    given = plan.entering
    order = sorted(range(len(given)), key=given.person.__getitem__)
    return Entering(
        row=[given.row[at] for at in order],
        person=[given.person[at] for at in order],
        entry=[given.entry[at] for at in order],
        uid=[given.uid[at] for at in order],
        version=[given.version[at] for at in order],
    )


def _keys(plan: Plan, entering: Sequence[bytes]) -> dict[bytes, bytes]:
    made = [UUID(bytes=person) for person in plan.made.values()]
    known = [UUID(bytes=person) for person in set(entering).difference(plan.made.values())]
    keys = keystore.make_many("person", made, alias=keystore.INTAKE)
    keys |= keystore.load_many("person", known, alias=keystore.INTAKE)
    if len(keys) != len(made) + len(known):
        raise KeyGone(persons=len(made) + len(known) - len(keys))
    return {person.bytes: key for person, key in keys.items()}


def _new_persons(chunk: HashedChunk, made: list[int], plan: Plan) -> persons.NewPersons:
    identity = chunk.passed[made].select(pl.col("doc_number", "name").cast(pl.Binary))
    rows = chunk.rows
    blinds = {chunk.version: rows.blind} | {version: older.blind for version, older in chunk.older.items()}
    return persons.NewPersons(
        person=[plan.made[row] for row in made],
        kind=[chunk.kinds[row] for row in made],
        number=identity["doc_number"].to_list(),
        name=identity["name"].to_list(),
        name_key=[rows.name_key[row] for row in made],
        blinds={version: [column[row] for row in made] for version, column in blinds.items()},
    )


def _decisions(chunk: HashedChunk, plan: Plan) -> list[Payload]:
    given, places = plan.entering, list(plan.decided.values())
    people, entries = [given.person[place] for place in places], [given.entry[place] for place in places]
    payloads: list[Payload] = records.decision_rows(list(plan.decided), people, entries)
    for older in chunk.older.values():
        # While an index key rotates the decision is locked under both of its numbers (F3).
        payloads += records.decision_rows([older.decision[given.row[place]] for place in places], people, entries)
    return payloads


def _entries(
    facts: BatchFacts, chunk: HashedChunk, entering: Entering, keys: list[bytes], at: datetime
) -> list[Payload]:
    frame = chunk.passed[entering.row]
    commitments = chunk.rows.commitment
    person, entry = b"".join(entering.person), b"".join(entering.entry)
    columns: dict[str, Column] = {
        "person_id": person,
        "entry_id": entry,
        "version": entering.version,
        "uid": b"".join(entering.uid),
        "supplier": Same(facts.organisation_id),
        "edition": Same(facts.edition),
        "nature": Same(NATURES[facts.item.nature]),
        "act_class": frame["act_class"].to_numpy(),
        "known_from": Same(at),
        "retain_until": frame["retain_until"].fill_null(KEPT_OPEN).to_numpy(),
        "batch_id": Same(facts.id),
        "row_no": frame["row_no"].to_numpy(),
        "commitment": b"".join([commitments[row] for row in entering.row]),
        "item": Same(facts.item.code),
        **{name: frame[name].to_numpy() for name in _DATES},
    }
    contents = frame["content"].cast(pl.Binary).to_list()
    return records.entry_rows(columns) + records.content_rows(
        entering.person, entering.entry, entering.version, keys, contents
    )


def _withdrawals(facts: BatchFacts, chunk: HashedChunk, plan: Plan, group: UUID, at: datetime) -> list[Payload]:
    rows = sorted(plan.withdrawn, key=lambda row: plan.withdrawn[row].person)
    ended = [plan.withdrawn[row] for row in rows]
    people, entries, versions = (
        [one.person for one in ended],
        [one.entry for one in ended],
        [one.version for one in ended],
    )
    marks = records.mark_rows(
        list(zip(people, entries, versions, strict=True)),
        [removed_reason(chunk.rows.removal[row] or "") for row in rows],
        kind=MarkKind.WITHDRAWN,
        by_kind=facts.sent_by_kind,
        by_id=facts.sent_by,
        at=at,
    )
    return marks + notices(group, people, entries, versions, ENTRY_WITHDRAWN, at=at)


def notices(
    group: UUID,
    people: Sequence[bytes],
    entries: Sequence[bytes],
    versions: Sequence[int],
    kinds: Sequence[str] | str,
    *,
    at: datetime,
) -> list[Payload]:
    """One notice for each of these versions of entries; what is told together has one ``group``."""
    count = len(people)
    one_kind = kinds if isinstance(kinds, str) else kinds[0] if len(set(kinds)) == 1 else None
    columns: dict[str, Column] = {
        "person_id": b"".join(people),
        "notice_id": new_ids_packed(count),
        "uid": new_uids(count),
        "subject_id": b"".join(entries),
        "subject_version": versions,
        "batch_id": Same(group),
        "made_at": Same(at),
        "kind": kinds if one_kind is None else Same(one_kind),
        "subject_kind": Same("entry"),
    }
    return [(NOTICE_ROWS, NOTICE_ROWS.encode(columns))]
