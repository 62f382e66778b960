"""What everybody may know of how collection keeps its promises: sums over all offices, and nothing of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Min, Sum

from chengxin.collection.models import Batch, Chunk, HeldRow, RecallRequest, Report
from chengxin.collection.terms.batches import OPEN_STATES, HeldState, RecallState
from chengxin.kernel.days import day_starts_at


@dataclass(frozen=True, slots=True)
class PromiseFigures:
    """Sums of all offices. Since a day: ``batches`` handed in, ``rows`` of which ``refused``, ``held`` and ``late``,
    ``recalls`` of whole batches, ``ended``: held rows nobody decided on in time. Now: ``held_waiting`` rows, the oldest
    since ``held_since``; ``batches_waiting`` for their answer. ``reports`` of periods, of which ``reports_late``."""

    since: date
    batches: int
    rows: int
    refused: int
    held: int
    late: int
    recalls: int
    ended: int
    held_waiting: int
    held_since: datetime | None
    batches_waiting: int
    reports: int
    reports_late: int


def promise_figures(since: date, at: datetime) -> PromiseFigures:
    """The figures from a Shanghai day until now."""
    start = day_starts_at(since)
    sums = Chunk.objects.filter(at__gte=start, at__lte=at).aggregate(
        **{name: Sum(name, default=0) for name in ("rows", "refused", "quarantined", "late")}
    )
    waiting = HeldRow.objects.filter(state=HeldState.WAITING.value, ends_at__gt=at)
    reports = Report.objects.filter(reported_on__gte=since)
    return PromiseFigures(
        since=since,
        batches=Batch.objects.filter(received_at__gte=start, started_at__isnull=False).count(),
        rows=sums["rows"],
        refused=sums["refused"],
        held=sums["quarantined"],
        late=sums["late"],
        recalls=RecallRequest.objects.filter(state=RecallState.APPROVED.value, decided_at__gte=start).count(),
        ended=HeldRow.objects.filter(state=HeldState.ENDED.value, decided_at__gte=start).count(),
        held_waiting=waiting.count(),
        held_since=waiting.aggregate(first=Min("made_at"))["first"],
        batches_waiting=Batch.objects.filter(state__in=sorted(state.value for state in OPEN_STATES)).count(),
        reports=reports.count(),
        reports_late=reports.filter(reported_on__gt=F("due_on")).count(),
    )
