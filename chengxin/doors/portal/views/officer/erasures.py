"""Erasing all that is held about a person: one official takes the wish, another carries it out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.access.terms import ErasureView
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.forms.identity import ErasureForm
from chengxin.doors.request import Request
from chengxin.doors.wording import date_in_words, text
from chengxin.foundation.actors import Actor
from chengxin.kernel.errors import NotFound
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission


def _actor(request: Request) -> Actor:
    assert request.actor is not None
    return request.actor


@entrance(who=Who.OFFICIAL, permission=Permission.APPROVE_ERASURE)
@require_safe
def erasures(request: Request) -> HttpResponse:
    """Requests by number and date; of the person nothing."""
    waiting = access.erasures_waiting(_actor(request), request.at)
    names = offices.official_names(one.asked_by for one in waiting)
    rows = [(one, names.get(one.asked_by, ""), one.asked_by == _actor(request).official_id) for one in waiting]
    return render(request, "portal/officer/erasures.html", {"rows": rows})


@sensitive_post_parameters("number")
def _ask(request: Request) -> HttpResponse:
    form = ErasureForm(request.POST or None, language=request.language, at=request.at)
    if request.method == "POST" and form.is_valid():
        uid = attempted(
            form,
            lambda: access.ask_erasure(
                actor=_actor(request),
                kind=form.cleaned_data["kind"],
                number=form.cleaned_data["number"],
                at=request.at,
                reason=form.why,
            ),
            field="number",
        )
        if uid is not None:
            messages.success(request, text("erasures.asked", request.language))
            return redirect("erasures")
    return render(request, "portal/officer/erasure_ask.html", {"form": form})


erasure_ask = entrance(who=Who.OFFICIAL, permission=Permission.ASK_ERASURE)(_ask)


@entrance(who=Who.OFFICIAL, permission=Permission.APPROVE_ERASURE)
def erasure_approve(request: Request, uid: UUID) -> HttpResponse:
    """Carry it out. It cannot be taken back."""
    wanted: ErasureView | None = next(
        (one for one in access.erasures_waiting(_actor(request), request.at) if one.uid == uid), None
    )
    if wanted is None:
        raise NotFound(thing="erasure_request")
    form = ActForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        complete_on = attempted(
            form, lambda: access.approve_erasure(actor=_actor(request), uid=uid, at=request.at, reason=form.why)
        )
        if complete_on is not None:
            day = date_in_words(complete_on, request.language)
            messages.success(request, text("erasures.done", request.language, day=day))
            return redirect("erasures")
    names = offices.official_names([wanted.asked_by])
    context = {"form": form, "wanted": wanted, "asked_by": names.get(wanted.asked_by, "")}
    return render(request, "portal/officer/erasure_approve.html", context)
