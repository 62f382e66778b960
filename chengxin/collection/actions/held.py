"""What identity officers decide on quarantined rows (F9), and the end of rows nobody decided on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import polars as pl
from django.db import connections

from chengxin.collection.actions.chunks.facts import BatchFacts
from chengxin.collection.actions.chunks.hashes import HashedChunk, hash_chunk
from chengxin.collection.actions.chunks.known import Findings, UnderWay, look_up
from chengxin.collection.actions.chunks.ledger import reading, told_by_database
from chengxin.collection.actions.chunks.payloads import Payload, ledger_payloads, new_uids, notices
from chengxin.collection.actions.chunks.set_aside import HELD_VALUES
from chengxin.collection.actions.chunks.stream import again
from chengxin.collection.actions.context import supply_of
from chengxin.collection.actions.running import batch_facts
from chengxin.collection.models import Batch, HeldRow
from chengxin.collection.queries.held import held_row, held_values
from chengxin.collection.rules.batches import may_decide_held
from chengxin.collection.rules.planning import KnownDecision, KnownPerson, Plan, plan_rows
from chengxin.collection.terms.batches import HELD_WORKFLOW, HeldAct, Outcome
from chengxin.collection.terms.events import ENTRY_WITHDRAWN, EntryCorrected, EntryWithdrawn
from chengxin.collection.terms.rows import Reason
from chengxin.collection.terms.views import HeldView
from chengxin.foundation import events, journal, keystore
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import INTAKE, in_transaction
from chengxin.foundation.models.outbox import Dispatch
from chengxin.foundation.outbox import EVERY
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Conflict
from chengxin.kernel.ids import new_id, new_ids_packed, new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.terms import MarkKind

_DAYS: Final = tuple(name for name in HELD_VALUES if name.endswith(("_on", "_from", "_to", "_until", "birth_date")))
_DECIDE: Final = (
    "UPDATE collection_quarantine SET state = %s, sealed = NULL, blind_index = NULL, decided_by = %s, decided_at = %s,"
    " decision_reason = %s WHERE uid = %s AND state = %s"
)
_END: Final = (
    "UPDATE collection_quarantine SET state = 'ended', sealed = NULL, blind_index = NULL, decided_at = %s"
    " WHERE state IN ('waiting', 'joined') AND ends_at <= %s"
)


class HeldRowTaken(Conflict):
    """Another officer decided on this row at this moment."""

    code = "held_row_taken"


def release_row(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> HeldView:
    """Let a held row into the ledger as it stands, at the word of an officer who checked it.

    Where the number is known by another name, the name is added to its person. Where the decision stood with another
    person, that entry is withdrawn, this one created, and both persons are told; whoever was shown the withdrawn one is
    told as of any other. Ledger, marks, notices, the decision and what follows it are one transaction. Needs DECIDE_QUARANTINE;
    raises ``Refusal`` (wrong_state, reentry_barred, recalled_content, ...), ``HeldRowEnded``, ``HeldRowTaken``.
    """
    view = _may_decide(actor, uid, HeldAct.RELEASE, at, reason)
    _, values = held_values(uid, at=at)
    again(lambda: _release(view, values, actor, at, reason))
    return held_row(view.uid)


def send_back_row(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> HeldView:
    """Send a held row back: its content goes, its supplier learns that it was not accepted. Needs DECIDE_QUARANTINE."""
    view = _may_decide(actor, uid, HeldAct.SEND_BACK, at, reason)
    with in_transaction(INTAKE):
        _decide(view, HeldAct.SEND_BACK, actor, at, reason)
    return held_row(view.uid)


def end_held_rows(*, actor: Actor, at: datetime, reason: str) -> int:
    """End every held row whose 30 days are over, and destroy its content. Gives how many."""
    with in_transaction(INTAKE), connections[INTAKE].cursor() as cursor:
        cursor.execute(_END, [at, at])
        ended = int(cursor.rowcount)
        if ended:
            journal.record(actor, "end_held_rows", "sweep", new_uid(), at=at, reason=f"{reason}: {ended}", alias=INTAKE)
    return ended


def _may_decide(actor: Actor, uid: UUID, act: HeldAct, at: datetime, reason: str) -> HeldView:
    if not reason.strip():
        require(Refused("reason_missing", "house habit 3"))
    view = held_row(uid)
    offices.require_permission(actor, Permission.DECIDE_QUARANTINE, at, organisation_id=view.organisation_id)
    require(may_decide_held(view.state, act))
    return view


def _decide(view: HeldView, act: HeldAct, actor: Actor, at: datetime, reason: str) -> None:
    following = HELD_WORKFLOW[view.state, act]
    with connections[INTAKE].cursor() as cursor:
        cursor.execute(_DECIDE, [following.value, actor.official_id, at, reason, view.uid, view.state.value])
        if cursor.rowcount != 1:
            raise HeldRowTaken()
    journal.record(
        actor, f"{act.value}_held_row", "held_row", view.uid,
        at=at, reason=reason, organisation_id=view.organisation_id, alias=INTAKE,
    )  # fmt: skip


def _release(view: HeldView, values: dict[str, str | int], actor: Actor, at: datetime, reason: str) -> None:
    row = HeldRow.objects.get(uid=view.uid)
    batch = Batch.objects.get(id=row.batch_id)
    supply = supply_of(batch.organisation_id, batch.item, batch.received_on)
    if supply.item is None:
        require(Refused("item_unknown", "F10"))
    facts = batch_facts(batch, supply)
    chunk = _chunk_of(facts, row.row_no, values)
    with reading() as cursor:
        found = look_up(cursor, chunk, batch_id=facts.id, supplier=facts.organisation_id, under_way=UnderWay())
    moved_from = _let_pass(chunk, found)
    plan = plan_rows(
        chunk.rows, found.known, supplier=facts.organisation_id.bytes, new_ids=new_ids_packed, new_uids=new_uids
    )
    if plan.outcomes[0] not in {Outcome.NEW, Outcome.CHANGED, Outcome.KEPT_OUT}:
        why = plan.reasons.get(0)
        require(Refused("nothing_to_add" if why is None else why.value, "F9"))
    payloads = _payloads(facts, chunk, plan, found, values, moved_from, group=view.uid, actor=actor, at=at)
    # what follows is queued in the same transaction: of a row that enters always, of one that does not never
    with told_by_database(), in_transaction(INTAKE), connections[INTAKE].cursor() as writing:
        _decide(view, HeldAct.RELEASE, actor, at, reason)
        for rows, encoded in payloads:
            rows.send(writing, encoded)
        Dispatch(id=new_id(at), batch_id=view.uid, channel=EVERY, due_at=at, made_at=at).save(
            using=INTAKE, force_insert=True
        )
        for entry in _taken_back(plan, moved_from):
            _publish(EntryWithdrawn, entry.person, entry.uid, actor, at)
        for person, uid, version in zip(plan.entering.person, plan.entering.uid, plan.entering.version, strict=True):
            if version > 1:
                _publish(EntryCorrected, person, uid, actor, at)


def _taken_back(plan: Plan, moved_from: KnownDecision | None) -> list[KnownDecision]:
    """What the row ends: the entry that its decision stood in, or the one that it tells was deleted at its source."""
    moved = [] if moved_from is None or moved_from.removed else [moved_from]
    return moved + list(plan.withdrawn.values())


def _publish(
    event: type[EntryWithdrawn] | type[EntryCorrected], person: bytes, uid: bytes, actor: Actor, at: datetime
) -> None:
    assert actor.official_id is not None
    assert actor.organisation_id is not None
    happened = event(UUID(bytes=person), UUID(bytes=uid), actor.organisation_id, actor.official_id)
    events.publish(happened, at=at, alias=INTAKE)


def _let_pass(chunk: HashedChunk, found: Findings) -> KnownDecision | None:
    """Take the officer's word: the name is the person's, and the decision is about this person. Gives what stood before.

    An officer moves no decision back to a person from whom it was removed, nor what was recalled to anybody: that takes two.
    """
    blind, name, decision = chunk.rows.blind[0], chunk.rows.name_key[0], chunk.rows.decision[0]
    person = found.known.persons.get(blind)
    if person is not None and name not in person.names:
        found.known.persons[blind] = KnownPerson(person.person, (*person.names, name), person.sourced)
        found.added_names[name] = person.person
    entry = found.known.decisions.get(decision)
    if entry is None or (person is not None and entry.person == person.person):
        return None
    if person is not None and person.person in found.removed_from.get(decision, ()):
        require(Refused(Reason.REENTRY_BARRED.value, "F9"))
    if chunk.rows.commitment[0] in entry.recalled:
        require(Refused(Reason.RECALLED_CONTENT.value, "F9"))
    del found.known.decisions[decision]
    return entry


def _payloads(
    facts: BatchFacts,
    chunk: HashedChunk,
    plan: Plan,
    found: Findings,
    values: dict[str, str | int],
    moved_from: KnownDecision | None,
    *,
    group: UUID,
    actor: Actor,
    at: datetime,
) -> list[Payload]:
    payloads: list[Payload] = []
    for name_key, person in found.added_names.items():
        key = keystore.load_many("person", [UUID(bytes=person)], alias=keystore.INTAKE)[UUID(bytes=person)]
        payloads += persons.name_rows(person, key, str(values["name"]), name_key, at=at)
    if moved_from is not None:
        _move_place(chunk, plan, found)
        place = [(moved_from.person, moved_from.entry, moved_from.version)]
        if not moved_from.removed:
            payloads += records.mark_rows(
                place, ["identity_change"], kind=MarkKind.WITHDRAWN, by_kind=actor.kind, by_id=actor.official_id, at=at
            )
        payloads += notices(
            group, [moved_from.person], [moved_from.entry], [moved_from.version], ENTRY_WITHDRAWN, at=at
        )
    return payloads + ledger_payloads(facts, chunk, plan, found, group=group, at=at)


def _move_place(chunk: HashedChunk, plan: Plan, found: Findings) -> None:
    """The decision is written once more, at the place behind the last one taken (see ``records.moved_decision``)."""
    here = chunk.rows.decision[0]
    plan.decided[_free_place(chunk.version, here, found)] = plan.decided.pop(here)
    for version, older in chunk.older.items():
        older.decision[0] = _free_place(version, older.decision[0], found)


def _free_place(version: int, decision: bytes, found: Findings) -> bytes:
    taken = found.places.get((version, decision))
    return decision if taken is None else records.moved_decision(records.decision_indexer(version), taken)


def _chunk_of(facts: BatchFacts, row_no: int, values: dict[str, str | int]) -> HashedChunk:
    row: dict[str, Any] = {name: values.get(name) for name in HELD_VALUES}
    row |= {name: date.fromisoformat(str(row[name])) for name in _DAYS if row[name] is not None}
    screened = pl.DataFrame(
        [{"row_no": row_no, "verdict": 0, "reason": None, "field": None, "removal": None, **row}],
        schema_overrides=dict.fromkeys(_DAYS, pl.Date)
        | {"reason": pl.String, "removal": pl.String, "field": pl.String},
    )
    cells = pl.DataFrame({"row_no": [row_no]})
    if facts.decider_field is not None:
        decider = values.get("decider_code")
        cells = cells.with_columns(pl.lit(decider, pl.String).alias(facts.decider_field))
    return hash_chunk(facts, 0, row_no, cells, screened)
