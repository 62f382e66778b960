"""Mandates: granted by one person, approved by another, and every further step of their life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chengxin.doors.entrance import View, Who, entrance
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.forms.office import GrantForm
from chengxin.doors.portal.presenters.offices import mandate_line, office_names, role_duty, role_name
from chengxin.doors.portal.views.office.reach import acting, chosen_office, in_reach, office_choices
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import (
    ACT_PERMISSIONS,
    SEATS,
    MandateAct,
    MandateUnknown,
    MandateView,
    Permission,
    Role,
)

A_TERM = timedelta(days=365)
"""The term that the form proposes."""

_ACTIONS: dict[MandateAct, Callable[..., MandateView]] = {
    MandateAct.APPROVE: offices.approve_mandate,
    MandateAct.REFUSE: offices.refuse_mandate,
    MandateAct.SUSPEND: offices.suspend_mandate,
    MandateAct.RESUME: offices.resume_mandate,
    MandateAct.REAPPROVE: offices.reapprove_mandate,
    MandateAct.END: offices.end_mandate,
}


@entrance(who=Who.OFFICIAL, permission=Permission.GRANT_MANDATE)
def mandate_grant(request: Request, uid: UUID) -> HttpResponse:
    """Propose a mandate; it works once another head has approved it."""
    actor, _ = acting(request)
    found = offices.official_for(actor, uid, request.at)
    today, reach = shanghai_day(request.at), in_reach(request)
    seated = {one.tier for one in reach}
    roles = [role for role in Role if SEATS[role] & seated]
    own = next((str(one.uid) for one in reach if one.id == found.organisation_id), "")
    form = GrantForm(
        request.POST or None,
        language=request.language,
        initial={"organisation": own, "starts_on": today, "ends_on": today + A_TERM},
        choices={
            "role": [
                (
                    role.value,
                    text(
                        "office.grant.role_line",
                        request.language,
                        name=role_name(role, request.language),
                        duty=role_duty(role, request.language),
                    ),
                )
                for role in roles
            ],
            "organisation": office_choices(request),
        },
    )

    def grant() -> MandateView:
        given = form.cleaned_data
        return offices.grant_mandate(
            actor=actor,
            official_id=found.id,
            role=Role(given["role"]),
            organisation_id=chosen_office(request, given["organisation"]).id,
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            at=request.at,
            reason=form.why,
        )

    if request.method == "POST" and form.is_valid() and attempted(form, grant) is not None:
        messages.success(request, text("office.grant.done", request.language, name=found.name))
        return redirect("official", uid=uid)
    return render(request, "portal/office/grant.html", {"form": form, "official": found})


def _act_page(act: MandateAct) -> View:
    """The page of one act: what it means, why, and done."""

    def page(request: Request, uid: UUID, mandate_uid: UUID) -> HttpResponse:
        actor, _ = acting(request)
        found = offices.official_for(actor, uid, request.at)
        mandate = next(
            (one for one in offices.mandates_of(actor, found.id, request.at) if one.uid == mandate_uid), None
        )
        if mandate is None:
            raise MandateUnknown()
        form = ActForm(request.POST or None, language=request.language)
        if (
            request.method == "POST"
            and form.is_valid()
            and attempted(
                form,
                lambda: _ACTIONS[act](actor=actor, mandate_uid=mandate_uid, at=request.at, reason=form.why),
            )
            is not None
        ):
            messages.success(request, text(f"office.act.{act.value}.done", request.language, name=found.name))
            return redirect("official", uid=uid)
        names = office_names(offices.organisations(closed=True), request.language)
        context = {
            "form": form,
            "official": found,
            "line": mandate_line(mandate, names, request.language),
            "title": text(f"office.act.{act.value}.title", request.language),
            "lead": text(f"office.act.{act.value}.lead", request.language),
            "button": text(f"office.act.{act.value}.button", request.language),
            "grave": act in {MandateAct.SUSPEND, MandateAct.END, MandateAct.REFUSE},
        }
        return render(request, "portal/office/act.html", context)

    return entrance(who=Who.OFFICIAL, permission=ACT_PERMISSIONS[act])(page)


ACT_PAGES: dict[MandateAct, View] = {act: _act_page(act) for act in MandateAct}
