"""Editions of the catalogue: what was proposed, what it would change, who approved it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import EditionState, EditionView
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.editions import STATE_TONES, change_rows, state_word
from chengxin.doors.request import Request
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission


def may(request: Request, permission: Permission) -> bool:
    """Whether the page offers a step; the step itself asks again."""
    return request.actor is not None and offices.may(request.actor, permission, request.at) == ALLOWED


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_EDITIONS)
@require_safe
def editions(request: Request) -> HttpResponse:
    """Every edition ever proposed, the newest first, and which of them hold today."""
    views = catalogue.editions()
    now = _codes_in_force(request)
    rows = [
        (view, state_word(view, request.language), STATE_TONES[view.state], view.code in now and _is_approved(view))
        for view in views
    ]
    context = {"rows": rows, "may_propose": may(request, Permission.PROPOSE_EDITION)}
    return render(request, "portal/catalogue/editions.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_EDITIONS)
@require_safe
def edition(request: Request, uid: UUID) -> HttpResponse:
    """One edition: who did what, which sources wait to be confirmed, what it changes."""
    view = catalogue.edition_view(uid)
    compared = catalogue.changes_of(view.edition)
    names = offices.official_names((view.proposed_by, view.approved_by))
    context = {
        "view": view,
        "state": state_word(view, request.language),
        "tone": STATE_TONES[view.state],
        "proposed_by": names.get(view.proposed_by, ""),
        "approved_by": names.get(view.approved_by, "") if view.approved_by else "",
        "against": compared.against,
        "changes": change_rows(
            compared.changes, compared.items, {**compared.purposes, **compared.seals}, request.language
        ),
        "undecided": view.state is EditionState.PROPOSED,
        "may_decide": may(request, Permission.APPROVE_EDITION),
        "may_confirm": may(request, Permission.CONFIRM_SOURCE),
        "mine": request.actor is not None and request.actor.official_id == view.proposed_by,
    }
    return render(request, "portal/catalogue/edition.html", context)


def _is_approved(view: EditionView) -> bool:
    return view.state is EditionState.APPROVED


def _codes_in_force(request: Request) -> set[str]:
    day = shanghai_day(request.at)
    if not any(_is_approved(view) and view.in_force_from <= day for view in catalogue.editions()):
        return set()
    merged = catalogue.edition_on(day)
    return {merged.national.code} | ({merged.city.code} if merged.city else set())
