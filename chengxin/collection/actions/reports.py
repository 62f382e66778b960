"""Reports of periods: a batch is one, and so is saying that there was nothing."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from chengxin.catalogue.terms import Duty
from chengxin.collection.actions.context import sender_of, supply_of
from chengxin.collection.models import Batch, Report
from chengxin.collection.rules.duties import DutyPeriod, period_of
from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.foundation.holidays import holidays_here
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.ids import new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission


def report_nothing(*, actor: Actor, item: str, day: date, at: datetime, reason: str) -> DutyPeriod:
    """Report that the actor's office has nothing of an item for the period that ``day`` lies in.

    Needs REPORT_NOTHING. Raises ``Refusal``: item_unknown, not_your_item, period_not_begun, period_reported,
    reason_missing.
    """
    if not reason.strip():
        require(Refused("reason_missing", "house habit 3"))
    offices.require_permission(actor, Permission.REPORT_NOTHING, at, organisation_id=actor.organisation_id)
    assert actor.organisation_id is not None
    today = shanghai_day(at)
    supply = supply_of(actor.organisation_id, item, today)
    if supply.item is None:
        require(Refused("item_unknown", "F10"))
    if not supply.supplies:
        require(Refused("not_your_item", "F10"))
    assert supply.item is not None
    period = period_of(supply.item.duty, day, holidays_here())
    if period.period_from > today:
        require(Refused("period_not_begun", "duty"))
    with in_transaction():
        made = _report(actor.organisation_id, item, period, batch_id=None, by=sender_of(actor), at=at, reason=reason)
        if not made:
            require(Refused("period_reported", "duty", {"period_from": period.period_from.isoformat()}))
        journal.record(
            actor, "report_nothing", "report", new_uid(), at=at, reason=reason, organisation_id=actor.organisation_id
        )
    return period


def report_by_batch(batch: Batch, duty: Duty, *, at: datetime) -> None:
    """A batch that was answered reports the last ended period, where that is still owed, else the present one.

    Runs in the transaction that answers the batch.
    """
    holidays = holidays_here()
    present = period_of(duty, batch.received_on, holidays)
    ended = period_of(duty, date.fromordinal(present.period_from.toordinal() - 1), holidays)
    for period in (ended, present):
        if _report(
            batch.organisation_id, batch.item, period, batch_id=batch.id, by=batch.sent_by, at=at, reason=batch.reason
        ):
            return


def _report(
    organisation_id: UUID, item: str, period: DutyPeriod, *, batch_id: UUID | None, by: UUID, at: datetime, reason: str
) -> bool:
    _, made = Report.objects.get_or_create(
        organisation_id=organisation_id,
        item=item,
        period_from=period.period_from,
        defaults={
            "period_to": period.period_to,
            "due_on": period.due_on,
            "reported_at": at,
            "reported_on": shanghai_day(at),
            "batch_id": batch_id,
            "reported_by": by,
            "reason": reason,
        },
    )
    return made
