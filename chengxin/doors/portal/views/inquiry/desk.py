"""The desk: a person stands there and asks for something. They are asked for consent, or looked up because they gave it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.catalogue.terms import PurposeSpec
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.inquiry import ConsentRequestForm, EmergencyForm, QuestionForm
from chengxin.doors.portal.presenters.answer import ground_in_words
from chengxin.doors.portal.views.inquiry.asking import acting, answered, own_purposes
from chengxin.doors.request import Request
from chengxin.offices.terms import Permission


def _on_consent(request: Request) -> list[PurposeSpec]:
    return [one for one in own_purposes(request) if one.on_consent]


def _in_emergency(request: Request) -> list[PurposeSpec]:
    return [one for one in own_purposes(request) if one.emergency]


def _lines(request: Request, purposes: list[PurposeSpec]) -> list[tuple[str, str]]:
    """Purposes by name, each with the law or consent it rests on."""
    return [
        (one.zh if request.language == "zh" else one.en, ground_in_words(one, request.language)) for one in purposes
    ]


@entrance(who=Who.OFFICIAL, permission=Permission.LOOK_UP)
@require_safe
def desk(request: Request) -> HttpResponse:
    """What may be done for somebody who stands here."""
    purposes = own_purposes(request)
    context = {
        "lines": _lines(request, purposes),
        "on_consent": any(one.on_consent for one in purposes),
        "with_case": any(one.case_needed for one in purposes),
        "emergency": any(one.emergency for one in purposes),
    }
    return render(request, "portal/inquiry/desk.html", context)


@sensitive_post_parameters("number", "name")
def _ask(request: Request) -> HttpResponse:
    """Ask the person: they answer on their own phone. What came of it is not told, and nothing is known of them here."""
    purposes = _on_consent(request)
    form = ConsentRequestForm(request.POST or None, language=request.language, at=request.at, purposes=purposes)
    if request.method == "POST" and form.is_valid():
        done = attempted(form, lambda: _request(request, form))
        if done:
            return render(request, "portal/inquiry/consent_asked.html", {})
    return render(request, "portal/inquiry/consent_ask.html", {"form": form, "purposes": purposes})


def _request(request: Request, form: ConsentRequestForm) -> bool:
    actor, _ = acting(request)
    given = form.cleaned_data
    access.ask_consent(
        actor=actor,
        asker=access.asker_of(actor, at=request.at),
        kind=given["kind"],
        number=given["number"],
        name=given["name"],
        purpose=given["purpose"],
        scope=None,
        at=request.at,
        reason=form.why,
    )
    return True


@sensitive_post_parameters("number", "name")
def _look(request: Request) -> HttpResponse:
    """Look up what the person agreed to."""
    purposes = _on_consent(request)
    form = None
    if purposes:
        form = QuestionForm(request.POST or None, language=request.language, at=request.at, purposes=purposes)
        if request.method == "POST" and form.is_valid():
            page = answered(request, form, back=reverse("inquiry_desk"))
            if page is not None:
                return page
    return render(request, "portal/inquiry/desk_look.html", {"form": form, "lines": _lines(request, purposes)})


@sensitive_post_parameters("number", "name", "reason")
def _emergency(request: Request) -> HttpResponse:
    """Break the glass: an emergency law, a written reason, the person told, and another official's review in two days."""
    purposes = _in_emergency(request)
    form = None
    if purposes:
        form = EmergencyForm(request.POST or None, language=request.language, at=request.at, purposes=purposes)
        if request.method == "POST" and form.is_valid():
            page = answered(request, form, back=reverse("inquiry_desk"))
            if page is not None:
                return page
    return render(request, "portal/inquiry/emergency.html", {"form": form, "lines": _lines(request, purposes)})


desk_ask = entrance(who=Who.OFFICIAL, permission=Permission.LOOK_UP)(_ask)
desk_look = entrance(who=Who.OFFICIAL, permission=Permission.LOOK_UP)(_look)
emergency = entrance(who=Who.OFFICIAL, permission=Permission.LOOK_UP)(_emergency)
