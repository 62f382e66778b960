"""Batches as their office sees them: state, progress by finished chunks, refusals by reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from chengxin.collection.models import Batch, Chunk, HeldRow, Refusal
from chengxin.collection.models.supply import Mapping as KeptMapping
from chengxin.collection.rules.answering import told_supplier
from chengxin.collection.rules.batches import open_acts
from chengxin.collection.terms.batches import BatchAct, BatchState, Channel, Problem
from chengxin.collection.terms.views import BatchUnknown, BatchView, Counts, RefusedRow
from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.journal import Act
from chengxin.kernel.days import day_starts_at
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

_DAY_SUMS = {"mismatches": Sum("mismatches", default=0), "rows": Sum("rows", default=0)}


def batch_for(actor: Actor, uid: UUID, at: datetime) -> BatchView:
    """One batch. Needs SEE_BATCHES in reach of its office; raises ``BatchUnknown`` where there is none."""
    view = batch_by_uid(uid)
    offices.require_permission(actor, Permission.SEE_BATCHES, at, organisation_id=view.organisation_id)
    return view


def batches_for(
    actor: Actor,
    at: datetime,
    *,
    organisation_id: UUID | None = None,
    limit: int = 50,
    before: datetime | None = None,
) -> list[BatchView]:
    """The newest batches of an office, the actor's own where none is named. Needs SEE_BATCHES in reach of it."""
    office = organisation_id or actor.organisation_id
    offices.require_permission(actor, Permission.SEE_BATCHES, at, organisation_id=office)
    assert office is not None
    found = Batch.objects.filter(organisation_id=office)
    if before is not None:
        found = found.filter(received_at__lt=before)
    return views(found.order_by("-received_at", "-id")[:limit])


def batches_stuck(at: datetime) -> list[BatchView]:
    """Every batch that stopped; for the operator's page, without any word of their content."""
    return views(
        Batch.objects.filter(state=BatchState.STOPPED.value, received_at__lte=at).order_by("received_at", "id")
    )


def why_cancelled(batch: BatchView) -> Act | None:
    """Who cancelled a batch and why, as the journal has it; None for one that was not cancelled."""
    if batch.state is not BatchState.CANCELLED or batch.closed_at is None:
        return None
    moment = journal.Acts(
        batch.closed_at,
        batch.closed_at + timedelta(microseconds=1),
        organisation_id=batch.organisation_id,
        act=f"{BatchAct.CANCEL.value}_batch",
    )
    return next((one for one in moment if one.thing_uid == batch.uid), None)


def batch_by_uid(uid: UUID) -> BatchView:
    """One batch, for whom the caller answers. Raises ``BatchUnknown``."""
    return _one(Batch.objects.filter(uid=uid))


def batch_by_id(batch_id: UUID) -> BatchView:
    """The same by the internal id."""
    return _one(Batch.objects.filter(id=batch_id))


def people_of_batches(batch_ids: Iterable[UUID]) -> frozenset[UUID]:
    """The officials who sent these batches: what they sent, they do not judge (charter 7). Batches of machines have none."""
    sent = Batch.objects.filter(id__in=list(batch_ids)).exclude(channel=Channel.API)
    return frozenset(sent.values_list("sent_by", flat=True))


def views(batches: QuerySet[Batch] | Sequence[Batch]) -> list[BatchView]:
    """Batches with the sums of their finished chunks."""
    rows = list(batches)
    sums: dict[UUID, dict[str, Any]] = {
        found["batch_id"]: dict(found)
        for found in Chunk.objects.filter(batch_id__in=[row.id for row in rows])
        .values("batch_id")
        .annotate(**{name: Sum(name) for name in _SUMMED})
    }
    return [_view(row, sums.get(row.id, {})) for row in rows]


def counts_of(batch_id: UUID) -> Counts:
    """What the finished chunks of a batch add up to."""
    return _counts(
        Chunk.objects.filter(batch_id=batch_id).aggregate(**{name: Sum(name, default=0) for name in _SUMMED})
    )


def refusals_of(batch_id: UUID, *, after_row: int = 0, limit: int | None = None) -> list[RefusedRow]:
    """Refused rows in the order of the file; the caller answers for the permission."""
    found = Refusal.objects.filter(batch_id=batch_id, row_no__gt=after_row).order_by("row_no")
    return [_refused(row) for row in (found if limit is None else found[:limit])]


def refused_by_reason(batch_id: UUID) -> list[tuple[str, str, int]]:
    """(reason, field, rows) of a batch, the most frequent first."""
    found = Refusal.objects.filter(batch_id=batch_id).values("reason", "field").annotate(rows=Count("row_no"))
    return [(row["reason"], row["field"], row["rows"]) for row in found.order_by("-rows", "reason", "field")]


def held_by_reason(batch_id: UUID) -> list[tuple[str, int]]:
    """(reason, rows) held of a batch as its supplier is told, the most frequent first."""
    found = HeldRow.objects.filter(batch_id=batch_id).values("reason").annotate(rows=Count("row_no"))
    told: dict[str, int] = {}
    for row in found:
        told[told_supplier(row["reason"])] = told.get(told_supplier(row["reason"]), 0) + row["rows"]
    return sorted(told.items(), key=lambda one: (-one[1], one[0]))


def kept_mapping(organisation_id: UUID, item: str) -> dict[str, str]:
    """Heading -> field, as this office said it last for this item."""
    found = KeptMapping.objects.filter(organisation_id=organisation_id, item=item)
    return dict(found.values_list("heading", "field"))


def clerk_day(official_id: UUID, day: date) -> tuple[int, int]:
    """What was screened for a clerk on a Shanghai day: (mismatches, rows). Runs on the marks of finished chunks."""
    start, end = day_starts_at(day), day_starts_at(date.fromordinal(day.toordinal() + 1))
    batches = Batch.objects.filter(sent_by=official_id, received_on__lte=day).exclude(started_at=None)
    # a batch screened today was received lately: the index on clerk and day keeps this to a few
    recent = batches.filter(received_on__gte=date.fromordinal(day.toordinal() - 60)).values("id")
    sums = Chunk.objects.filter(batch_id__in=recent, at__gte=start, at__lt=end).aggregate(**_DAY_SUMS)
    return int(sums["mismatches"]), int(sums["rows"])


def outcomes_of(batch_id: UUID) -> Iterator[tuple[int, bytes]]:
    """(first row, one byte a row) of each finished chunk in the order of the file; flat in memory."""
    found = Chunk.objects.filter(batch_id=batch_id).order_by("first_row").values_list("first_row", "outcomes")
    for first_row, outcomes in found.iterator(chunk_size=16):
        yield first_row, bytes(outcomes)


def reasons_between(batch_id: UUID, first_row: int, rows: int) -> dict[int, RefusedRow]:
    """Why rows of a stretch were refused or held, as their supplier is told: row number -> reason and all its faults."""
    between = (first_row, first_row + rows - 1)
    found = {row.row_no: _refused(row) for row in Refusal.objects.filter(batch_id=batch_id, row_no__range=between)}
    held = HeldRow.objects.filter(batch_id=batch_id, row_no__range=between).values_list("row_no", "reason", "field")
    for row_no, reason, field in held:
        told = told_supplier(reason)
        found[row_no] = RefusedRow(row_no, told, field, ((told, field, ""),))
    return found


_SUMMED = (
    "rows", "accepted_new", "accepted_changed", "accepted_same", "quarantined", "refused", "late", "corrected",
)  # fmt: skip


def _one(found: QuerySet[Batch]) -> BatchView:
    rows = views(found)
    if not rows:
        raise BatchUnknown()
    return rows[0]


def _counts(sums: dict[str, Any]) -> Counts:
    return Counts(
        received=sums.get("rows", 0),
        new=sums.get("accepted_new", 0),
        changed=sums.get("accepted_changed", 0),
        same=sums.get("accepted_same", 0),
        quarantined=sums.get("quarantined", 0),
        refused=sums.get("refused", 0),
    )


def _view(row: Batch, sums: dict[str, Any]) -> BatchView:
    state = BatchState(row.state)
    return BatchView(
        id=row.id,
        uid=row.uid,
        organisation_id=row.organisation_id,
        item=row.item,
        edition=row.edition,
        sent_by=row.sent_by,
        channel=Channel(row.channel),
        reason=row.reason,
        state=state,
        problem=Problem(row.problem) if row.problem else None,
        same_as=row.same_as,
        file_name=row.file_name,
        file_bytes=row.file_bytes,
        file_facts=row.file_facts,
        mapping=row.mapping,
        rows_expected=row.rows_expected,
        received_at=row.received_at,
        closed_at=row.closed_at,
        file_destroy_at=row.file_destroy_at,
        has_file=row.file_uid is not None,
        counts=_counts(sums),
        late=sums.get("late", 0),
        corrected=sums.get("corrected", 0),
        open_acts=open_acts(state),
    )


def faults_told(stored: str) -> tuple[tuple[str, str, str], ...]:
    """The faults of a row as (reason, field, detail), from how they are stored."""
    found = []
    for fault in stored.split("\n"):
        reason, _, rest = fault.partition(":")
        field, _, detail = rest.partition(":")
        if reason:
            found.append((reason, field, detail))
    return tuple(found)


def _refused(row: Refusal) -> RefusedRow:
    return RefusedRow(row.row_no, row.reason, row.field, faults_told(row.faults))
