"""Who may ask about a person, and for what: every purpose of the catalogue in force, for everybody."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.catalogue import facade as catalogue
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.purpose import purposes_in_words
from chengxin.doors.request import Request
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices


@entrance(who=Who.PUBLIC)
@require_safe
def purposes(request: Request) -> HttpResponse:
    """All of them on one page, and who has none."""
    edition = catalogue.edition_on(shanghai_day(request.at))
    lines = purposes_in_words(edition, offices.organisations(), request.language)
    return render(request, "portal/public/purposes.html", {"purposes": lines, "edition": edition})
