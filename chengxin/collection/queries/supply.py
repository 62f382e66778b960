"""What an office owes and how it supplied: duties with their dates, and the figures of its page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Min, QuerySet, Sum

from chengxin.catalogue import facade as catalogue
from chengxin.collection.models import Batch, Chunk, HeldRow, RecallRequest, Refusal, Report
from chengxin.collection.rules.answering import told_supplier
from chengxin.collection.rules.duties import DutyPeriod, period_of, periods_ended
from chengxin.collection.terms.batches import BatchState, RecallState
from chengxin.collection.terms.views import Counts, DutyView, SupplyFigures
from chengxin.foundation.actors import Actor
from chengxin.foundation.holidays import holidays_here
from chengxin.kernel.days import day_starts_at, shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

LOOKED_BACK: Final = timedelta(days=370)
"""Duties older than a year are not asked for any more."""


def duties_of(actor: Actor, organisation_id: UUID, at: datetime) -> list[DutyView]:
    """Every item the office supplies: its ended periods without a report, and its newest one with or without.

    What is late comes first, then what is due first. Needs SEE_SUPPLY in reach of the office.
    """
    offices.require_permission(actor, Permission.SEE_SUPPLY, at, organisation_id=organisation_id)
    office, today, holidays = offices.organisation(organisation_id), shanghai_day(at), holidays_here()
    reports = {
        (row.item, row.period_from): row
        for row in Report.objects.filter(organisation_id=organisation_id, period_to__gte=today - LOOKED_BACK)
    }
    uids = dict(Batch.objects.filter(id__in=[row.batch_id for row in reports.values()]).values_list("id", "uid"))
    begun = _supplying_since(organisation_id)
    found: list[DutyView] = []
    for item in catalogue.items_supplied_by(office.org_code, office.kind, today):
        since = begun.get(item.code)
        ended = [] if since is None else periods_ended(item.duty, max(since, today - LOOKED_BACK), today, holidays)
        open_ones = [period for period in ended if (item.code, period.period_from) not in reports]
        for period in (*open_ones, period_of(item.duty, today, holidays)):
            found.append(_duty(item.code, period, reports, uids, today))
    return sorted(found, key=lambda one: (not one.is_late, one.due_on, one.item))


def supply_figures(actor: Actor, organisation_id: UUID, since: date, until: date, at: datetime) -> SupplyFigures:
    """What the office supplied between two days, both included. Needs SEE_SUPPLY in reach of the office."""
    offices.require_permission(actor, Permission.SEE_SUPPLY, at, organisation_id=organisation_id)
    batches = Batch.objects.filter(organisation_id=organisation_id, received_on__range=(since, until))
    sent = batches.exclude(state=BatchState.DRAFT.value)
    ids = sent.values_list("id", flat=True)
    sums = Chunk.objects.filter(batch_id__in=ids).aggregate(
        **{name: Sum(name, default=0) for name in (*_COUNTED, "late", "corrected")}
    )
    recalled = RecallRequest.objects.filter(
        organisation_id=organisation_id,
        state=RecallState.APPROVED.value,
        decided_at__gte=day_starts_at(since),
        decided_at__lt=day_starts_at(until + timedelta(days=1)),
    )
    nothing = Report.objects.filter(organisation_id=organisation_id, batch_id=None, reported_on__range=(since, until))
    return SupplyFigures(
        organisation_id=organisation_id,
        since=since,
        until=until,
        batches=sent.count(),
        counts=Counts(
            received=sums["rows"],
            new=sums["accepted_new"],
            changed=sums["accepted_changed"],
            same=sums["accepted_same"],
            quarantined=sums["quarantined"],
            refused=sums["refused"],
        ),
        late=sums["late"],
        corrected=sums["corrected"],
        recalled_batches=recalled.count(),
        reports_nothing=nothing.count(),
        refused_by_reason=_by_reason(Refusal, ids),
        held_by_reason=_by_reason(HeldRow, ids),
    )


_COUNTED: Final = ("rows", "accepted_new", "accepted_changed", "accepted_same", "quarantined", "refused")


def _by_reason(model: type[Refusal] | type[HeldRow], batch_ids: QuerySet[Batch, UUID]) -> dict[str, int]:
    found = model._default_manager.filter(batch_id__in=batch_ids).values("reason").annotate(rows=Count("row_no"))
    told: dict[str, int] = {}
    for row in found.order_by("-rows", "reason"):
        reason = told_supplier(row["reason"])
        told[reason] = told.get(reason, 0) + row["rows"]
    return told


def _supplying_since(organisation_id: UUID) -> dict[str, date]:
    """Item -> the first day on which the office handed it in or reported on it: nothing is owed before."""
    handed_in = Batch.objects.filter(organisation_id=organisation_id).values("item").annotate(day=Min("received_on"))
    reported = Report.objects.filter(organisation_id=organisation_id).values("item").annotate(day=Min("period_from"))
    first: dict[str, date] = {}
    for row in (*handed_in, *reported):
        first[row["item"]] = min(row["day"], first.get(row["item"], row["day"]))
    return first


def _duty(
    item: str,
    period: DutyPeriod,
    reports: Mapping[tuple[str, date], Report],
    uids: Mapping[UUID, UUID],
    today: date,
) -> DutyView:
    report = reports.get((item, period.period_from))
    batch_id = None if report is None else report.batch_id
    return DutyView(
        item=item,
        period_from=period.period_from,
        period_to=period.period_to,
        due_on=period.due_on,
        reported_at=None if report is None else report.reported_at,
        batch_uid=None if batch_id is None else uids.get(batch_id),
        nothing=report is not None and batch_id is None,
        is_late=period.due_on < (today if report is None else report.reported_on),
    )
