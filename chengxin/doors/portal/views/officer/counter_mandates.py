"""The counter: two people show that one acts for the other; two officials note it, one after the other. And its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from chengxin.access import facade as access
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.mandates import NoteForm, TwoPeopleForm
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.offices.terms import Permission
from chengxin.persons.terms import MandateKind, Proof

_SEEN = ("principal_number", "principal_name", "holder_number", "holder_name", "proof_number")


@sensitive_post_parameters(*_SEEN)
def _note(request: Request) -> HttpResponse:
    """The same form for both officials: the second types everything anew, from the papers."""
    actor = request.actor
    assert actor is not None
    form = NoteForm(request.POST or None, language=request.language, at=request.at)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        noted = attempted(
            form,
            lambda: access.note_mandate(
                actor=actor,
                principal=form.named("principal"),
                holder=form.named("holder"),
                kind=MandateKind(given["kind"]),
                scopes=form.wanted,
                ends_on=form.ends_on,
                proof=Proof(given["proof"]),
                proof_number=given["proof_number"],
                at=request.at,
                reason=form.why,
            ),
        )
        if noted is not None:
            said = "mandate.counter.confirmed" if noted.confirmed else "mandate.counter.noted"
            messages.success(request, text(said, request.language))
            return redirect("counter_mandate")
    return render(request, "portal/officer/mandate.html", {"form": form})


@sensitive_post_parameters(*_SEEN)
def _end(request: Request) -> HttpResponse:
    """An office ends it, with its reason."""
    actor = request.actor
    assert actor is not None
    form = TwoPeopleForm(request.POST or None, language=request.language, at=request.at)
    if request.method == "POST" and form.is_valid():
        done = attempted(
            form,
            lambda: access.end_mandates(
                actor=actor,
                principal=form.named("principal"),
                holder=form.named("holder"),
                at=request.at,
                reason=form.why,
            ),
        )
        if done is not None:
            messages.success(request, text("mandate.counter.end_done", request.language))
            return redirect("counter_mandate")
    return render(request, "portal/officer/mandate_end.html", {"form": form})


counter_mandate = entrance(who=Who.OFFICIAL, permission=Permission.BIND_ACCOUNT)(_note)
counter_mandate_end = entrance(who=Who.OFFICIAL, permission=Permission.BIND_ACCOUNT)(_end)
