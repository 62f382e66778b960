"""One entry of a person's own, and the switch that declines an honour."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.entry import entry_page
from chengxin.doors.portal.presenters.look import looked_lately
from chengxin.doors.portal.views.resident.reading import (
    LATELY,
    look_lines,
    looks_at_entry,
    person_of,
    surroundings_of,
)
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.persons.terms import Scope
from chengxin.records import facade as records
from chengxin.records.terms import MarkKind

OWN_WISH = "own_wish"
"""Reason of the mark; the person owes none."""


@entrance(who=Who.RESIDENT, by_mandate=Scope.READ)
def my_entry(request: Request, uid: UUID) -> HttpResponse:
    """All that is held of one entry, and who else looked at it."""
    actor, person_id = person_of(request)
    versions = access.own_entry(actor=actor, person_id=person_id, named=uid, at=request.at)
    around = surroundings_of(request)
    looks = looks_at_entry(request, versions[0].uid)
    offices = around.offices_of(looks)
    lately = [look for look in looks if look.at >= request.at - LATELY]
    looked = looked_lately(lately, offices, request.language)
    page = entry_page(versions, around.around(versions[0]), looked)
    lines = look_lines(request, looks)
    return render(request, "portal/resident/entry.html", {"page": page, "card": page.card, "looks": lines})


@require_POST
def _decline(request: Request, uid: UUID) -> HttpResponse:
    """Take an honour out of everybody else's sight, at its person's wish."""
    return _switched(request, uid, MarkKind.DECLINED, "resident.declined_done")


@require_POST
def _take_back(request: Request, uid: UUID) -> HttpResponse:
    """Show a declined honour again."""
    return _switched(request, uid, MarkKind.UNDECLINED, "resident.undeclined_done")


def _switched(request: Request, uid: UUID, kind: MarkKind, done: str) -> HttpResponse:
    actor, person_id = person_of(request)
    records.mark_entry(actor=actor, person_id=person_id, uid=uid, kinds=(kind,), at=request.at, reason=OWN_WISH)
    messages.success(request, text(done, request.language))
    return redirect("my_entry", uid)


my_entry_decline = entrance(who=Who.RESIDENT)(_decline)
my_entry_take_back = entrance(who=Who.RESIDENT)(_take_back)
