"""A dry run: what screening alone would say of a file. Nothing is stored, nothing of the ledger is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import BinaryIO, Final
from uuid import UUID

from chengxin.collection import reading
from chengxin.collection.actions.chunks.set_aside import faults_of
from chengxin.collection.actions.context import Supply, screening_context, supply_of
from chengxin.collection.actions.receiving import MappingIncomplete
from chengxin.collection.actions.running import open_file
from chengxin.collection.models import Batch
from chengxin.collection.queries.answers import ADDED
from chengxin.collection.queries.batches import faults_told, kept_mapping
from chengxin.collection.screening import compile_plan, screen
from chengxin.collection.terms.rows import Verdict
from chengxin.collection.terms.views import BatchUnknown, DryRun, FileDestroyed, RefusedRow
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused, require
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

SAMPLES: Final = 50
ROWS_AT_ONCE: Final = 20_000


def dry_run(
    *,
    actor: Actor,
    item: str,
    open_stream: Callable[[], BinaryIO],
    file_name: str,
    at: datetime,
    mapping: Mapping[str, str] | None = None,
) -> DryRun:
    """Screen a file of the actor's office that was not handed in. ``open_stream`` is called twice.

    Needs SEND_FILE. Raises ``Refusal`` (item_unknown, item_closed, not_your_item), ``BadFile``, ``MappingIncomplete``.
    """
    offices.require_permission(actor, Permission.SEND_FILE, at, organisation_id=actor.organisation_id)
    assert actor.organisation_id is not None
    supply = supply_of(actor.organisation_id, item, shanghai_day(at))
    facts = reading.look_at(open_stream, file_name)
    kept = {**dict.fromkeys(ADDED, ""), **kept_mapping(actor.organisation_id, item), **(mapping or {})}
    return _run(supply, open_stream, facts, kept)


def dry_run_of(*, actor: Actor, uid: UUID, at: datetime, most_rows: int | None = None) -> DryRun:
    """The same for a draft that lies sealed here already.

    ``most_rows``: where whoever asks waits for the answer, the rest is left unread once so many rows were screened, and the
    answer says so. What is wrong with a file as a whole (a column moved, dates as figures) shows in any part of it.
    """
    batch = Batch.objects.filter(uid=uid).first()
    if batch is None:
        raise BatchUnknown()
    offices.require_permission(actor, Permission.SEND_FILE, at, organisation_id=batch.organisation_id)
    if batch.file_destroy_at <= at:
        raise FileDestroyed()
    supply = supply_of(batch.organisation_id, batch.item, batch.received_on)
    facts = reading.FileFacts.from_dict(batch.file_facts)
    return _run(supply, partial(open_file, batch), facts, batch.mapping, most_rows)


def _run(
    supply: Supply,
    open_stream: Callable[[], BinaryIO],
    facts: reading.FileFacts,
    kept: Mapping[str, str],
    most_rows: int | None = None,
) -> DryRun:
    if supply.item is None:
        require(Refused("item_unknown", "F10"))
    assert supply.item is not None
    if not supply.item.is_open:
        require(Refused("item_closed", "F10"))
    if not supply.supplies:
        require(Refused("not_your_item", "F10"))
    headings = reading.map_headings(supply.item, facts.headings, kept)
    if headings.missing or headings.doubled:
        raise MappingIncomplete(fields=sorted((*headings.missing, *headings.doubled)))
    plan = compile_plan(supply.item, screening_context(supply))
    verdicts: Counter[int] = Counter()
    reasons: Counter[tuple[str, str]] = Counter()
    samples: list[RefusedRow] = []
    whole, step = True, ROWS_AT_ONCE if most_rows is None else min(ROWS_AT_ONCE, most_rows)
    for chunk in reading.chunks(open_stream, facts, headings.fields, rows_per_chunk=step):
        if most_rows is not None and verdicts.total() + chunk.frame.height > most_rows:
            whole = False
            break
        frame = screen(plan, chunk.frame).frame
        verdicts.update(frame["verdict"].to_list())
        faulty = frame.filter(frame["verdict"] != int(Verdict.ACCEPTED))
        named = list(zip(faulty["reason"].to_list(), (field or "" for field in faulty["field"].to_list()), strict=True))
        reasons.update(named)
        room = faulty.head(SAMPLES - len(samples))
        for row_no, (reason, field), faults in zip(
            room["row_no"].to_list(), named[: room.height], faults_of(room), strict=True
        ):
            samples.append(RefusedRow(row_no, reason, field, faults_told(faults)))
    return DryRun(
        rows=verdicts.total(),
        accepted=verdicts[Verdict.ACCEPTED],
        quarantined=verdicts[Verdict.QUARANTINED],
        refused=verdicts[Verdict.REFUSED],
        reasons=dict(reasons.most_common()),
        samples=tuple(samples),
        whole=whole,
    )
