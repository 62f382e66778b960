"""The chunks of a file one after the other: each is prepared while the one before it is being committed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

import polars as pl

from chengxin.collection.actions.chunks.facts import BatchFacts
from chengxin.collection.actions.chunks.hashes import HashedChunk, hash_chunk
from chengxin.collection.actions.chunks.known import UnderWay, look_up, made_known
from chengxin.collection.actions.chunks.ledger import Committer, Contended, Marker, commit_chunk, reading
from chengxin.collection.actions.chunks.payloads import KeyGone, Payload, ledger_payloads, new_uids
from chengxin.collection.actions.chunks.set_aside import set_aside
from chengxin.collection.rules.planning import Plan, plan_rows
from chengxin.collection.terms.batches import Outcome
from chengxin.collection.terms.rows import Verdict
from chengxin.foundation import clock
from chengxin.kernel.ids import new_ids_packed

Made = TypeVar("Made")
_TRIES: Final = 6
_FIRST_WAIT_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Cells:
    """A chunk as it was read: ``frame`` has ``row_no`` and the supplier's cells, one text column a field."""

    number: int
    first_row: int
    frame: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Prepared:
    """A chunk ready to be committed, and what it takes to prepare it anew where the ledger changed under it."""

    chunk: HashedChunk
    cells: pl.DataFrame
    payloads: list[Payload]
    marker: Marker
    makes_known: UnderWay


def screen_chunks(
    facts: BatchFacts,
    chunks: Iterable[Cells],
    screen: Callable[[pl.DataFrame], pl.DataFrame],
    *,
    committed: Callable[[Marker], None],
) -> None:
    """Screen, look up, plan, seal and commit each chunk.

    ``committed`` is told each marker once its chunk is in the ledger, and may raise to stop there. Raises ``Contended``
    where other batches kept getting in the way, and what reading, screening and the database raise.
    """
    committer = Committer()
    last: Prepared | None = None
    try:
        for cells in chunks:
            hashed = hash_chunk(facts, cells.number, cells.first_row, cells.frame, screen(cells.frame))
            ready = _prepared_beside(facts, hashed, cells.frame, last, committer, committed)
            committer.send(lambda ready=ready: commit_chunk(ready.payloads, ready.marker))  # type: ignore[misc]
            last = ready
        _settle(facts, last, committer, committed)
    finally:
        committer.close()


def _prepared_beside(
    facts: BatchFacts,
    chunk: HashedChunk,
    cells: pl.DataFrame,
    last: Prepared | None,
    committer: Committer,
    committed: Callable[[Marker], None],
) -> Prepared:
    """Prepare this chunk while the last is under way, then see that the last is in."""
    try:
        ready = prepare(facts, chunk, cells, UnderWay() if last is None else last.makes_known)
    except KeyGone:
        ready = None
    went_in_as_planned = _settle(facts, last, committer, committed)
    if ready is None or not went_in_as_planned:
        return again(lambda: prepare(facts, chunk, cells, UnderWay()))
    return ready


def _settle(
    facts: BatchFacts, last: Prepared | None, committer: Committer, committed: Callable[[Marker], None]
) -> bool:
    """See that the last chunk is in. False where it had to be planned anew: what follows must be, too."""
    if last is None:
        return True
    try:
        went_in = committer.settle()
    except Contended:
        committed(again(lambda: _commit_now(facts, last)))
        return False
    committed(last.marker)
    # where another worker of this batch was faster, its identifiers stand and ours are void
    return went_in


def _commit_now(facts: BatchFacts, last: Prepared) -> Marker:
    ready = prepare(facts, last.chunk, last.cells, UnderWay())
    commit_chunk(ready.payloads, ready.marker)
    return ready.marker


def again(make: Callable[[], Made]) -> Made:
    """Make it, and make it anew while the ledger changes under it; the last ``Contended`` or ``KeyGone`` comes out."""
    for attempt in range(_TRIES):
        try:
            return make()
        except (Contended, KeyGone):
            if attempt == _TRIES - 1:
                raise
            # both sides of a conflict come back: unequal pauses let one of them through
            time.sleep(_FIRST_WAIT_S * 2**attempt)
    raise AssertionError


def prepare(facts: BatchFacts, chunk: HashedChunk, cells: pl.DataFrame, under_way: UnderWay) -> Prepared:
    """Look a hashed chunk up and plan it, make its new persons' keys, seal and encode its rows. Nothing is written but keys."""
    at = clock.now()
    with reading() as cursor:
        found = look_up(cursor, chunk, batch_id=facts.id, supplier=facts.organisation_id, under_way=under_way)
        plan = plan_rows(
            chunk.rows,
            found.known,
            supplier=facts.organisation_id.bytes,
            new_ids=new_ids_packed,
            new_uids=new_uids,
        )
        payloads = ledger_payloads(facts, chunk, plan, found, at=at)
        payloads += set_aside(cursor, facts, chunk, cells, plan, at=at)
    outcomes = _outcomes(chunk, plan)
    marker = Marker(
        batch_id=facts.id,
        chunk_no=chunk.number,
        first_row=chunk.first_row,
        rows=len(outcomes),
        new=outcomes.count(Outcome.NEW),
        changed=outcomes.count(Outcome.CHANGED) + outcomes.count(Outcome.KEPT_OUT),
        same=outcomes.count(Outcome.SAME) + outcomes.count(Outcome.SOURCE),
        quarantined=outcomes.count(Outcome.QUARANTINED),
        refused=outcomes.count(Outcome.REFUSED),
        late=_late(facts, chunk),
        corrected=plan.corrected,
        mismatches=plan.mismatches,
        outcomes=outcomes,
        at=at,
    )
    return Prepared(
        chunk, cells, payloads, marker, made_known(chunk, plan, found.known, supplier=facts.organisation_id)
    )


def _outcomes(chunk: HashedChunk, plan: Plan) -> bytes:
    """One byte for each row of the file: those that screening refused, and those that were planned."""
    if len(chunk.passed) == len(chunk.screened):
        return bytes(plan.outcomes)
    refused = int(Outcome.REFUSED)
    planned = iter(plan.outcomes)
    verdicts = chunk.screened["verdict"].to_list()
    return bytes([refused if verdict == Verdict.REFUSED else next(planned) for verdict in verdicts])


def _late(facts: BatchFacts, chunk: HashedChunk) -> int:
    if facts.late_before is None:
        return 0
    return int((chunk.passed["decided_on"] < facts.late_before).sum())
