"""What keepers and approvers do: check and propose an edition, confirm its sources, approve or refuse it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import Reason
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import ActForm, attempted
from chengxin.doors.portal.forms.editions import ConfirmForm, DraftForm, ProposeForm
from chengxin.doors.portal.presenters.editions import STATE_TONES, change_rows, state_word
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.offices.terms import Permission

FILE_NAME = "edition.yaml"
"""How faults call the text that was pasted or read."""


def _actor(request: Request) -> Actor:
    assert request.actor is not None
    return request.actor


@entrance(who=Who.OFFICIAL, permission=Permission.PROPOSE_EDITION)
def edition_check(request: Request) -> HttpResponse:
    """The text in, every fault with its line and every change out; nothing is stored."""
    form = DraftForm(request.POST or None, request.FILES or None, language=request.language)
    if request.method != "POST" or not form.is_valid():
        return render(request, "portal/catalogue/check.html", {"form": form})
    given = form.cleaned_data["text"]
    shown = DraftForm(initial={"content": given}, language=request.language)
    return _checked(request, shown, given, None)


@entrance(who=Who.OFFICIAL, permission=Permission.PROPOSE_EDITION)
def edition_propose(request: Request) -> HttpResponse:
    """Propose the text that was just checked."""
    form = ProposeForm(request.POST or None, language=request.language)
    if request.method != "POST":
        return redirect("edition_check")
    given = request.POST.get("content", "")
    if form.is_valid():
        made = attempted(
            form,
            lambda: catalogue.propose_edition(
                actor=_actor(request),
                file_name=FILE_NAME,
                text=given,
                at=request.at,
                reason=form.why,
                in_force_from=form.cleaned_data["in_force_from"],
            ),
        )
        if made is not None:
            messages.success(request, text("editions.propose.done", request.language))
            return redirect("edition", uid=made.uid)
    return _checked(request, DraftForm(initial={"content": given}, language=request.language), given, form)


def _checked(request: Request, shown: DraftForm, given: str, wrong: ProposeForm | None) -> HttpResponse:
    draft = catalogue.checked_draft(FILE_NAME, given)
    propose = wrong
    if propose is None and draft.edition is not None and not draft.faults:
        starts = max(draft.edition.in_force_from, shanghai_day(request.at))
        propose = ProposeForm(initial={"content": given, "in_force_from": starts}, language=request.language)
    changes = change_rows(draft.changes, draft.items, {**draft.purposes, **draft.seals}, request.language)
    context = {
        "form": shown,
        "draft": draft,
        "changes": changes,
        "propose": propose,
        "wrong": wrong,
    }
    return render(request, "portal/catalogue/check.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.APPROVE_EDITION)
def edition_approve(request: Request, uid: UUID) -> HttpResponse:
    """Bring an edition in force from its day on."""
    return _decide(request, uid, "approve")


@entrance(who=Who.OFFICIAL, permission=Permission.APPROVE_EDITION)
def edition_refuse(request: Request, uid: UUID) -> HttpResponse:
    """Refuse an edition for good."""
    return _decide(request, uid, "refuse")


def _decide(request: Request, uid: UUID, act: str) -> HttpResponse:
    view = catalogue.edition_view(uid)
    form = ActForm(request.POST or None, language=request.language)
    action = catalogue.approve_edition if act == "approve" else catalogue.refuse_edition
    if request.method == "POST" and form.is_valid():
        done = attempted(form, lambda: action(actor=_actor(request), edition_uid=uid, at=request.at, reason=form.why))
        if done is not None:
            messages.success(request, text(f"editions.{act}.done", request.language))
            return redirect("edition", uid=uid)
    context = {
        "form": form,
        "view": view,
        "act": act,
        "state": state_word(view, request.language),
        "tone": STATE_TONES[view.state],
        "title": text(f"editions.{act}.title", request.language),
        "lead": text(f"editions.{act}.lead", request.language),
        "button": text(f"editions.{act}.button", request.language),
    }
    return render(request, "portal/catalogue/decide.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.CONFIRM_SOURCE)
def source_confirm(request: Request, uid: UUID, source: str) -> HttpResponse:
    """Say by name that a source was compared with the official text."""
    view = catalogue.edition_view(uid)
    found = next((one for one in view.unconfirmed if one.code == source), None)
    if found is None:
        raise Refusal(Refused(Reason.SOURCE_UNKNOWN, "F10"))
    form = ConfirmForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        done = attempted(
            form,
            lambda: catalogue.confirm_source(
                actor=_actor(request),
                edition_uid=uid,
                source=source,
                evidence=form.cleaned_data["evidence"],
                at=request.at,
                reason=form.why,
            ),
        )
        if done is not None:
            messages.success(request, text("editions.confirm.done", request.language))
            return redirect("edition", uid=uid)
    return render(request, "portal/catalogue/confirm.html", {"form": form, "view": view, "source": found})
