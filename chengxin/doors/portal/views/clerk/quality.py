"""How an office supplies: received, late, sent back by reason, replaced, corrected after an objection."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.collection import facade as collection
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.portal.presenters.batches import reason_line
from chengxin.doors.portal.views.clerk.supplying import acting, office_asked_about
from chengxin.doors.request import Request
from chengxin.kernel.days import shanghai_day
from chengxin.offices.terms import Permission

SPANS = {"month": 30, "quarter": 90, "year": 365}


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_SUPPLY)
@require_safe
def supply(request: Request) -> HttpResponse:
    """Figures of one office over a span of days; counts alone, nobody's rows."""
    actor, _ = acting(request)
    office, choices = office_asked_about(request, Permission.SEE_SUPPLY)
    span = request.GET.get("span", "quarter")
    until = shanghai_day(request.at)
    since = until - timedelta(days=SPANS.get(span, SPANS["quarter"]))
    figures = collection.supply_figures(actor, office.id, since, until, request.at)
    duties = collection.duties_of(actor, office.id, request.at)
    reasons = {**figures.refused_by_reason, **figures.held_by_reason}
    context = {
        "office": name_of(office, request.language),
        "chosen": office.uid,
        "choices": [(one.uid, name_of(one, request.language)) for one in choices],
        "span": span if span in SPANS else "quarter",
        "spans": list(SPANS),
        "since": since,
        "until": until,
        "figures": figures,
        "owed": sum(_is_open(one.reported_at is None, one.period_to, until) for one in duties),
        "overdue": sum(one.is_late and one.reported_at is None for one in duties),
        "reasons": [reason_line(code, "", rows, None, request.language) for code, rows in reasons.items()],
    }
    return render(request, "portal/clerk/supply.html", context)


def _is_open(waiting: bool, period_to: date, today: date) -> bool:
    return waiting and period_to < today
