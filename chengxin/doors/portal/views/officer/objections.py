"""Objections that wait: dates, items, suppliers; no file of anybody."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.catalogue import item_name
from chengxin.doors.portal.presenters.offices import office_names
from chengxin.doors.portal.views.clerk.supplying import acting, items_on
from chengxin.doors.request import Request
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.records import facade as records


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_OBJECTIONS)
@require_safe
def objections(request: Request) -> HttpResponse:
    """The oldest first, of the offices in reach."""
    _, own = acting(request)
    reach = set(offices.organisations_below(own))
    names = office_names(offices.organisations(closed=True), request.language)
    item = items_on(shanghai_day(request.at))
    rows = [
        {
            "objection": one,
            "item": item_name(found, request.language) if (found := item(one.item)) else one.item,
            "office": names.get(one.organisation_id, ""),
        }
        for one in records.objections_open()
        if one.organisation_id in reach
    ]
    return render(request, "portal/officer/objections.html", {"rows": rows})
