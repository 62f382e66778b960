"""Suspensions of access: kept by supervisors, and told to those they are of, who reply."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.forms.asking import ReplyForm, SuspendForm
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.portal.presenters.askers import SuspensionLine, suspension_line
from chengxin.doors.portal.presenters.offices import office_names
from chengxin.doors.portal.templatetags.resident import marked
from chengxin.doors.portal.views.office.reach import acting, branches
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, text
from chengxin.kernel.days import day_starts_at, shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import (
    SUSPENSION_DAYS,
    AskerLine,
    Permission,
    Suspended,
    SuspensionStanding,
    SuspensionView,
)

_NAMED = {
    Suspended.ORGANISATION: "organisation_id",
    Suspended.OFFICIAL: "official_id",
    Suspended.CLIENT: "client_id",
}
A_MONTH = timedelta(days=30)
"""The term that the form proposes."""


@entrance(who=Who.OFFICIAL, permission=Permission.SUSPEND_ACCESS)
@require_safe
def suspensions(request: Request) -> HttpResponse:
    """Those in reach, running ones first; and of whom a new one may be."""
    actor, _ = acting(request)
    running, past = _parted(request, offices.suspensions_for(actor, request.at))
    return render(
        request, "portal/office/suspensions.html", {"running": running, "past": past, "offices": branches(request)}
    )


@entrance(who=Who.OFFICIAL, permission=Permission.SUSPEND_ACCESS)
def access_suspend(request: Request, uid: UUID) -> HttpResponse:
    """Stop the asking of this organisation, of one of its inquirers, or of one of its machines, from now on."""
    actor, _ = acting(request)
    office = offices.organisation_by_uid(uid)
    things = {_code(one): one for one in offices.askers_of(actor, office.id, request.at)}
    form = SuspendForm(
        request.POST or None,
        language=request.language,
        initial={"ends_on": shanghai_day(request.at) + A_MONTH},
        choices={"thing": [(code, _thing(one, request.language)) for code, one in things.items()]},
    )

    def suspend() -> SuspensionView:
        given = form.cleaned_data
        one = things[given["thing"]]
        of: dict[str, Any] = {_NAMED[one.whose]: one.id}
        return offices.suspend_access(
            actor=actor,
            **of,
            ends_at=_end_of(given["ends_on"]),
            notice=given["notice"],
            at=request.at,
            reason=form.why,
        )

    if request.method == "POST" and form.is_valid() and attempted(form, suspend) is not None:
        messages.success(request, text("office.suspend.done", request.language))
        return redirect("suspensions")
    context = {"form": form, "name": name_of(office, request.language), "days": SUSPENSION_DAYS[-1].days}
    return render(request, "portal/office/suspend.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.LIFT_SUSPENSION)
def suspension_lift(request: Request, uid: UUID) -> HttpResponse:
    """End one that another supervisor imposed, before its day."""
    actor, _ = acting(request)
    found = offices.suspension_for(actor, uid, request.at)
    form = ActForm(request.POST or None, language=request.language)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempted(
            form,
            lambda: offices.lift_suspension(actor=actor, suspension_uid=uid, at=request.at, reason=form.why),
        )
        is not None
    ):
        messages.success(request, text("office.lift.done", request.language))
        return redirect("suspensions")
    (line,) = _lines(request, [found])
    return render(request, "portal/office/suspension_lift.html", {"form": form, "line": line})


@entrance(who=Who.OFFICIAL, permission=Permission.ANSWER_SUSPENSION)
@require_safe
def access_suspended(request: Request) -> HttpResponse:
    """What is stopped of one's own or of one's organisation: why, until when, and how to reply."""
    actor, _ = acting(request)
    running, past = _parted(request, offices.suspensions_for(actor, request.at))
    return render(request, "portal/office/access_suspended.html", {"running": running, "past": past})


@entrance(who=Who.OFFICIAL, permission=Permission.ANSWER_SUSPENSION)
def suspension_reply(request: Request, uid: UUID) -> HttpResponse:
    """The reply of the suspended side, given once."""
    actor, _ = acting(request)
    found = offices.suspension_for(actor, uid, request.at)
    form = ReplyForm(request.POST or None, language=request.language)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempted(
            form,
            lambda: offices.reply_to_suspension(actor=actor, suspension_uid=uid, at=request.at, reason=form.why),
        )
        is not None
    ):
        messages.success(request, text("office.reply.done", request.language))
        return redirect("access_suspended")
    (line,) = _lines(request, [found])
    return render(request, "portal/office/suspension_reply.html", {"form": form, "line": line})


def _end_of(day: date) -> datetime:
    """A last day counts whole."""
    return day_starts_at(day + timedelta(days=1))


def _code(one: AskerLine) -> str:
    return f"{one.whose.value}:{one.uid}"


def _thing(one: AskerLine, language: Language) -> str:
    if one.whose is Suspended.ORGANISATION:
        return text("office.suspend.whose.organisation", language)
    return marked(text(f"office.suspend.whose.{one.whose.value}", language, name=one.name), language)


def _lines(request: Request, found: list[SuspensionView]) -> list[SuspensionLine]:
    names = office_names(offices.organisations(closed=True), request.language)
    people = offices.official_names(someone for one in found for someone in (one.by, one.replied_by, one.lifted_by))
    return [suspension_line(one, names, people, request.language) for one in found]


def _parted(request: Request, found: list[SuspensionView]) -> tuple[list[SuspensionLine], list[SuspensionLine]]:
    lines = _lines(request, found)
    running = [one for one in lines if one.suspension.standing is SuspensionStanding.RUNNING]
    return running, [one for one in lines if one not in running]
