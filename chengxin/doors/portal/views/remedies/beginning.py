"""What an office begins from a case: it invites the person to an interview, or asks back an entry that is out."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import RefusableForm, attempted
from chengxin.doors.portal.forms.remedies_beginning import AskBackForm, InviteForm
from chengxin.doors.portal.receiving import Received, token_checked, with_paper
from chengxin.doors.portal.views.remedies.acting import actor_of
from chengxin.doors.request import Request
from chengxin.doors.wording import LANGUAGES, date_in_words, text
from chengxin.offices.terms import Permission
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, Deed, Handed, PaperKind

INVITED: Final = "invited_to_interview"
ASKED_BACK: Final = "asked_back"
"""Codes that the journal keeps; why stands sealed in the case, for its person."""


@sensitive_post_parameters("reason", "place")
@sensitive_variables("form")
def _invite(request: Request, uid: UUID) -> HttpResponse:
    """The invitation: why, when and where. The rights that the person reads with it are the house's own words."""
    form = InviteForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        deed = Deed(reason=_invitation(given["reason"], given["place"]), rights_told=given["rights_told"])
        done = attempted(
            form,
            lambda: remedies.invite(actor=actor_of(request), uid=uid, deed=deed, at=request.at, reason=INVITED),
            field="reason",
        )
        if done is not None:
            return _begun(request, done, "invite")
    return _asked(request, uid, form, "invite")


remedy_invite = entrance(who=Who.OFFICIAL, permission=Permission.SEE_REMEDIES)(_invite)


def _invitation(reason: str, place: str) -> str:
    """What the person reads: the reason, when and where, and their rights, in both languages."""
    rights = "\n".join(text("desk.invite.rights", language) for language in LANGUAGES)
    return f"{reason.strip()}\n\n{place.strip()}\n\n{rights}"


@with_paper
@entrance(who=Who.OFFICIAL, permission=Permission.SEE_REMEDIES)
def remedy_ask_back(request: Request, uid: UUID, received: Received | None = None) -> HttpResponse:
    """Asking an entry back, with the certificate."""
    if received is None:
        return _asked(request, uid, AskBackForm(language=request.language), "ask_back")
    if received.refused is not None:
        form = AskBackForm({}, language=request.language)
        form.errors.clear()
        form.say(received.refused, "file")
        return _asked(request, uid, form, "ask_back")
    return token_checked(_ask_back)(request, uid, received)


@sensitive_variables()
def _ask_back(request: Request, uid: UUID, received: Received) -> HttpResponse:
    form, content = AskBackForm(received.fields, language=request.language), received.content
    if content is None:
        form.say_missing_file()
    if content is None or not form.is_valid():
        return _asked(request, uid, form, "ask_back")
    done = attempted(
        form,
        lambda: remedies.ask_back(
            actor=actor_of(request),
            uid=uid,
            certificate=Handed(PaperKind.CERTIFICATE, received.file_name, content),
            deed=Deed(reason=form.cleaned_data["reason"]),
            at=request.at,
            reason=ASKED_BACK,
        ),
        field="file",
    )
    return _asked(request, uid, form, "ask_back") if done is None else _begun(request, done, "ask_back")


def _begun(request: Request, case: Case, act: str) -> HttpResponse:
    messages.success(request, text(f"desk.{act}.done", request.language, number=case.number))
    return redirect("remedy_case", case.uid)


def _asked(request: Request, uid: UUID, form: RefusableForm, act: str) -> HttpResponse:
    line = remedies.case_line(actor_of(request), uid, request.at)
    context = {"form": form, "line": line, "uid": uid, "act": act, "upload": act == "ask_back"}
    if act == "ask_back":
        corrected_on = remedies.corrected_on(actor_of(request), uid, at=request.at)
        context["comes_back"] = (
            text("desk.ask_back.as_it_was", request.language)
            if corrected_on is None
            else text("desk.ask_back.corrected", request.language, day=date_in_words(corrected_on, request.language))
        )
    return render(request, "portal/remedies/begin.html", context)
