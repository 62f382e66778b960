"""Notices that reached nobody: office and number, and nothing else (民事诉讼法 95; charter 6)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.request import Request
from chengxin.foundation import outbox


@entrance(who=Who.PUBLIC)
@require_safe
def announcements(request: Request) -> HttpResponse:
    """By number, so that the order says nothing either."""
    office = name_of(Surroundings(at=request.at, language=request.language).around_of(None).office, request.language)
    numbers = sorted(str(one.uid) for one in outbox.letters_announced())
    return render(request, "portal/public/announcements.html", {"office": office, "numbers": numbers})
