"""Who looked at a person's file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from chengxin.access import facade as access
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.look import look_line
from chengxin.doors.portal.views.resident.reading import note_reading, person_of, surroundings_of
from chengxin.doors.request import Request

OWN_LISTED = 50
A_PAGE = 50
MOST = 2_000
"""Looks by others on the pages; all of them, however many, stand in the download."""


@entrance(who=Who.RESIDENT)
def my_looks(request: Request) -> HttpResponse:
    """Every look by others, newest first; the person's own folded away."""
    _, person_id = person_of(request)
    page = Paginator(access.looks_of(person_id, own=False, limit=MOST), A_PAGE).get_page(request.GET.get("page"))
    own = access.looks_of(person_id, own=True, limit=OWN_LISTED)
    around = surroundings_of(request)
    offices = around.offices_of(page)
    note_reading(request, "looks")
    context = {
        "page": page,
        "others": [look_line(look, offices, request.language) for look in page],
        "own": [look_line(look, offices, request.language) for look in own],
        "listed": OWN_LISTED,
    }
    return render(request, "portal/resident/looks.html", context)
