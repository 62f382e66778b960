"""Machine clients of the own organisation and all below it: proposed by one head, approved by another, ended by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from chengxin.doors.entrance import View, Who, entrance
from chengxin.doors.machine.credentials import issue_secret, withdraw_secret
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.forms.asking import ClientForm
from chengxin.doors.portal.presenters.askers import ClientLine, client_line
from chengxin.doors.portal.presenters.offices import office_names
from chengxin.doors.portal.views.office.reach import acting, chosen_office, office_choices
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED
from chengxin.offices import facade as offices
from chengxin.offices.terms import CLIENT_DAYS, ClientAct, ClientState, ClientView, Permission


def _end(*, actor: Actor, client_uid: UUID, at: datetime, reason: str) -> ClientView:
    ended = offices.end_client(actor=actor, client_uid=client_uid, at=at, reason=reason)
    withdraw_secret(client_uid)
    return ended


_ACTIONS: dict[ClientAct, tuple[Permission, Callable[..., ClientView]]] = {
    ClientAct.APPROVE: (Permission.APPROVE_CLIENT, offices.approve_client),
    ClientAct.END: (Permission.KEEP_CLIENTS, _end),
}


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_CLIENTS)
def clients(request: Request) -> HttpResponse:
    """Every registration in reach, the newest first."""
    actor, own = acting(request)
    found = offices.clients_of(actor, own, request.at, below=True)
    context = {
        "lines": _lines(request, found),
        "may_propose": offices.may(actor, Permission.KEEP_CLIENTS, request.at) == ALLOWED,
    }
    return render(request, "portal/office/clients.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_CLIENTS)
def client(request: Request, uid: UUID) -> HttpResponse:
    """One registration: what it may do, its days, who answers for it, and the steps open to this head."""
    actor, _ = acting(request)
    found = offices.client_seen(actor, uid, request.at)
    may_keep = offices.may(actor, Permission.KEEP_CLIENTS, request.at, organisation_id=found.organisation_id) == ALLOWED
    (line,) = _lines(request, [found])
    acts = [
        act
        for act in found.open_acts
        if may_keep and not (act is ClientAct.APPROVE and found.proposed_by == actor.official_id)
    ]
    waits = may_keep and ClientAct.APPROVE in found.open_acts and ClientAct.APPROVE not in acts
    context = {
        "line": line,
        "acts": acts,
        "waits_for_another": waits,
        "may_issue": may_keep and found.state is ClientState.APPROVED,
    }
    return render(request, "portal/office/client.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.KEEP_CLIENTS)
@sensitive_variables("secret")
def client_secret(request: Request, uid: UUID) -> HttpResponse:
    """Make the secret of an approved client, shown this once; an earlier one ends with it."""
    actor, _ = acting(request)
    found = offices.client_seen(actor, uid, request.at)
    (line,) = _lines(request, [found])
    form = ActForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        secret = attempted(form, lambda: issue_secret(actor=actor, uid=uid, at=request.at, reason=form.why))
        if secret is not None:
            address = request.build_absolute_uri(reverse("oauth_token"))
            shown = {"line": line, "secret": secret, "token_address": address}
            return render(request, "portal/office/client_secret.html", shown)
    return render(request, "portal/office/client_act.html", {"form": form, "line": line, "act": "secret"})


@entrance(who=Who.OFFICIAL, permission=Permission.KEEP_CLIENTS)
def client_propose(request: Request) -> HttpResponse:
    """Propose a registration; it works once another head has approved it."""
    actor, _ = acting(request)
    today = shanghai_day(request.at)
    form = ClientForm(
        request.POST or None,
        language=request.language,
        initial={"starts_on": today, "ends_on": today + timedelta(days=CLIENT_DAYS[-1].days)},
        choices={"organisation": office_choices(request)},
    )

    def propose() -> ClientView:
        given = form.cleaned_data
        return offices.propose_client(
            actor=actor,
            organisation_id=chosen_office(request, given["organisation"]).id,
            name=given["name"],
            public_key=given["public_key"],
            may_ask=given["may_ask"],
            may_supply=given["may_supply"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            at=request.at,
            reason=form.why,
        )

    if request.method == "POST" and form.is_valid() and (made := attempted(form, propose)):
        messages.success(request, text("office.client.done", request.language, name=made.name))
        return redirect("client", uid=made.uid)
    return render(request, "portal/office/client_propose.html", {"form": form})


def _act_page(act: ClientAct) -> View:
    """The page of one act: what it means, why, and done."""
    permission, action = _ACTIONS[act]

    def page(request: Request, uid: UUID) -> HttpResponse:
        actor, _ = acting(request)
        found = offices.client_seen(actor, uid, request.at)
        form = ActForm(request.POST or None, language=request.language)
        if (
            request.method == "POST"
            and form.is_valid()
            and attempted(form, lambda: action(actor=actor, client_uid=uid, at=request.at, reason=form.why)) is not None
        ):
            messages.success(request, text(f"office.client.{act.value}.done", request.language, name=found.name))
            return redirect("client", uid=uid)
        (line,) = _lines(request, [found])
        context = {"form": form, "line": line, "act": act.value, "grave": act is ClientAct.END}
        return render(request, "portal/office/client_act.html", context)

    return entrance(who=Who.OFFICIAL, permission=permission)(page)


ACT_PAGES: dict[ClientAct, View] = {act: _act_page(act) for act in ClientAct}


def _lines(request: Request, found: list[ClientView]) -> list[ClientLine]:
    names = office_names(offices.organisations(closed=True), request.language)
    people = offices.official_names(
        someone for one in found for someone in (one.proposed_by, one.approved_by, one.ended_by)
    )
    return [client_line(one, names, people, request.language) for one in found]
