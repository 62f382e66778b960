"""Rows whose identity or content is in doubt: the list without identity, one row opened as a logged look, and the decision."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from chengxin.access import facade as access
from chengxin.catalogue.terms import Item
from chengxin.collection import facade as collection
from chengxin.collection.terms import HeldState, HeldView
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.identity import DecideForm, OpenForm
from chengxin.doors.portal.presenters.held import HeldLine, held_line, held_page
from chengxin.doors.portal.presenters.offices import office_names
from chengxin.doors.portal.views.clerk.supplying import items_on
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission


def _actor(request: Request) -> Actor:
    assert request.actor is not None
    return request.actor


def _item(held: HeldView) -> Item | None:
    return items_on(shanghai_day(held.made_at))(held.item)


def _lines(request: Request, rows: list[HeldView]) -> list[HeldLine]:
    names = office_names(offices.organisations(closed=True), request.language)
    return [
        held_line(one, _item(one), names.get(one.organisation_id, ""), request.at, request.language) for one in rows
    ]


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_QUARANTINE)
@require_safe
def quarantine(request: Request) -> HttpResponse:
    """The next one first: what ends soonest."""
    lines = _lines(request, collection.held_waiting(_actor(request), request.at))
    return render(request, "portal/officer/quarantine.html", {"next": lines[:1], "lines": lines[1:]})


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_QUARANTINE)
def quarantined(request: Request, uid: UUID) -> HttpResponse:
    """What the list says of one row; opening it takes a reason, and is a look."""
    held = collection.held_row(uid)
    offices.require_permission(
        _actor(request), Permission.SEE_QUARANTINE, request.at, organisation_id=held.organisation_id
    )
    form = OpenForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        return _opened(request, held, form.why, None)
    if request.method != "POST":
        form = OpenForm(language=request.language, initial={"reason": text("quarantine.open.usual", request.language)})
    context = {"form": form, "line": _lines(request, [held])[0], "waiting": held.state is HeldState.WAITING}
    return render(request, "portal/officer/closed_row.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.DECIDE_QUARANTINE)
@require_POST
def quarantined_decide(request: Request, uid: UUID) -> HttpResponse:
    """Accept the row, or send it back."""
    held = collection.held_row(uid)
    form = DecideForm(request.POST, language=request.language, held_for=held.reason)
    if form.is_valid():
        action = (
            collection.release_row if form.cleaned_data["outcome"] == DecideForm.RELEASE else collection.send_back_row
        )
        # the ledger's own transaction is another connection's: no savepoint here could take it back
        done = attempted(
            form, lambda: action(actor=_actor(request), uid=uid, at=request.at, reason=form.why), at_once=False
        )
        if done is not None:
            messages.success(request, text(f"quarantine.done.{done.state.value}", request.language))
            return redirect("quarantine")
    held = collection.held_row(uid)
    if held.state is not HeldState.WAITING:
        messages.warning(request, text("quarantine.gone", request.language))
        return redirect("quarantine")
    why = request.POST.get("opened_for", "").strip() or text("quarantine.open.usual", request.language)
    return _opened(request, held, why, form)


@sensitive_variables()
def _opened(request: Request, held: HeldView, why: str, form: DecideForm | None) -> HttpResponse:
    row = access.quarantined_row_for(actor=_actor(request), uid=held.uid, at=request.at, reason=why)
    form = form or DecideForm(language=request.language, held_for=held.reason, initial={"opened_for": why})
    page = held_page(row, _item(held), request.language)
    if page.moves:
        form.say_it_moves()
    context = {"form": form, "line": _lines(request, [held])[0], "page": page}
    return render(request, "portal/officer/opened_row.html", context)
