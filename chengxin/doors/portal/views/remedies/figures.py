"""How cases are kept to their dates: for the chief whose cases they are, and for everybody, the office's own failures first."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.matters import desk_page, late_lines, matter_lines, waiting_lines
from chengxin.doors.portal.views.remedies.acting import actor_of, all_offices, items_of, names_of
from chengxin.doors.request import Request
from chengxin.kernel.days import shanghai_day
from chengxin.offices.terms import Permission
from chengxin.remedies import facade as remedies

FIGURES_OF = timedelta(days=365)


@entrance(who=Who.OFFICIAL, permission=Permission.LEAD_CASES)
@require_safe
def remedies_figures(request: Request) -> HttpResponse:
    """Ages, what is overdue, how often a source or an item was wrong, and what lies on whose desk: counts, never a rank."""
    since = shanghai_day(request.at - FIGURES_OF)
    figures = remedies.desk_figures(actor_of(request), since=since, at=request.at)
    page = desk_page(
        figures,
        offices=all_offices(request),
        officials=names_of(one.official_id for one in figures.loads),
        items=items_of(request.at),
        language=request.language,
    )
    return render(request, "portal/remedies/figures.html", {"page": page, "since": since})


@entrance(who=Who.PUBLIC)
@require_safe
def matters(request: Request) -> HttpResponse:
    """The same figures by kind of case, small ones held back; offices that are late; who has not acknowledged."""
    since = shanghai_day(request.at - FIGURES_OF)
    context = {
        "since": since,
        "lines": matter_lines(remedies.public_figures(since=since, at=request.at), request.language),
        "late": late_lines(remedies.offices_late(request.at), all_offices(request), request.language),
        "waiting": waiting_lines(remedies.recalls_open(request.at), all_offices(request), request.language),
    }
    return render(request, "portal/remedies/matters.html", context)
