"""Officials of the own office and all below it: who they are, who is appointed, who is dismissed."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.forms.office import AppointForm
from chengxin.doors.portal.presenters.offices import mandate_line, office_names
from chengxin.doors.portal.views.office.reach import acting, branches, chosen_office, office_choices
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.models import Account
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED
from chengxin.offices import facade as offices
from chengxin.offices.terms import OfficialView, Permission, Role
from chengxin.offices.terms.figures import REAPPROVAL_DAYS

PASSWORD_BYTES = 15
DUE_WITHIN_DAYS = 30
"""So long before a mandate lapses it stands among those to be confirmed."""


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_OFFICIALS)
def officials(request: Request) -> HttpResponse:
    """What waits for this head first, then everybody in office."""
    actor, own = acting(request)
    names = office_names(offices.organisations(closed=True), request.language)
    until = shanghai_day(request.at).fromordinal(shanghai_day(request.at).toordinal() + DUE_WITHIN_DAYS)
    people: dict[UUID, list[OfficialView]] = {}
    for official in offices.officials_of(actor, own, request.at, below=True):
        people.setdefault(official.organisation_id, []).append(official)
    waiting = offices.mandates_waiting(actor, request.at)
    due = offices.mandates_due(actor, request.at, until=until)
    holders = {one.official_id for one in (*waiting, *due)}
    uids = {one.id: one.uid for found in people.values() for one in found if one.id in holders}
    context = {
        "waiting": [(mandate_line(one, names, request.language), uids.get(one.official_id)) for one in waiting],
        "due": [(mandate_line(one, names, request.language), uids.get(one.official_id)) for one in due],
        "groups": [(branch, people[branch.office.id]) for branch in branches(request) if branch.office.id in people],
        "days": REAPPROVAL_DAYS[-1].days,
        "may_appoint": offices.may(actor, Permission.APPOINT_OFFICIAL, request.at) == ALLOWED,
    }
    return render(request, "portal/office/officials.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_OFFICIALS)
def official(request: Request, uid: UUID) -> HttpResponse:
    """One official and every mandate they ever held."""
    actor, _ = acting(request)
    found = offices.official_for(actor, uid, request.at)
    names = office_names(offices.organisations(closed=True), request.language)
    mandates = offices.mandates_of(actor, found.id, request.at)
    trainings = offices.trainings_of(actor, found.id, request.at)
    gone = offices.trainings_taken_back(actor, found.id, request.at)
    recorders = offices.official_names(one.recorded_by for one in trainings)
    context = {
        "official": found,
        "office": names[found.organisation_id],
        "lines": [mandate_line(one, names, request.language, reader=actor.official_id) for one in mandates],
        "asks": bool(trainings) or found.document_known or any(one.role is Role.INQUIRER for one in mandates),
        "trainings": [
            (one, recorders.get(one.recorded_by, ""), gone.get((one.course, one.passed_on))) for one in trainings
        ],
        "may_take_back": len(gone) < len(trainings),
        "mine": actor.official_id == found.id,
        "may_act": offices.may(actor, Permission.GRANT_MANDATE, request.at, organisation_id=found.organisation_id)
        == ALLOWED,
    }
    return render(request, "portal/office/official.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.APPOINT_OFFICIAL)
@sensitive_variables("password")
def official_appoint(request: Request) -> HttpResponse:
    """A new account with a first password, shown this once, and its holder an official. Power comes with a mandate."""
    actor, _ = acting(request)
    form = AppointForm(
        request.POST or None, language=request.language, choices={"organisation": office_choices(request)}
    )
    password = secrets.token_urlsafe(PASSWORD_BYTES)

    def appoint() -> OfficialView:
        account = Account.objects.create_user(form.cleaned_data["login"], password, kind=Account.Kind.OFFICIAL)
        return offices.appoint_official(
            actor=actor,
            account_id=account.id,
            organisation_id=chosen_office(request, form.cleaned_data["organisation"]).id,
            name=form.cleaned_data["name"],
            at=request.at,
            reason=form.why,
        )

    if request.method == "POST" and form.is_valid() and (made := attempted(form, appoint)):
        shown = {"official": made, "login": form.cleaned_data["login"], "password": password}
        return render(request, "portal/office/appointed.html", shown)
    return render(request, "portal/office/appoint.html", {"form": form})


@entrance(who=Who.OFFICIAL, permission=Permission.DISMISS_OFFICIAL)
def official_dismiss(request: Request, uid: UUID) -> HttpResponse:
    """Everything this official may do ends now."""
    actor, _ = acting(request)
    found = offices.official_for(actor, uid, request.at)
    form = ActForm(request.POST or None, language=request.language)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempted(
            form,
            lambda: offices.dismiss_official(actor=actor, official_id=found.id, at=request.at, reason=form.why),
        )
        is not None
    ):
        messages.success(request, text("office.dismiss.done", request.language, name=found.name))
        return redirect("official", uid=uid)
    return render(request, "portal/office/dismiss.html", {"form": form, "official": found})
