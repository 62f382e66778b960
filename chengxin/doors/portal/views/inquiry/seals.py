"""Orders of silence over the looks of a case: asked for here, decided by another organisation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.catalogue.terms import SealSpec
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.inquiry import SealForm
from chengxin.doors.portal.presenters.around import basis_in_words
from chengxin.doors.portal.presenters.review import seal_line
from chengxin.doors.portal.templatetags.resident import marked
from chengxin.doors.portal.views.inquiry.asking import acting
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, text
from chengxin.offices.terms import Permission


@entrance(who=Who.OFFICIAL, permission=Permission.ASK_SEAL)
def seal_ask(request: Request, uid: UUID) -> HttpResponse:
    """Ask for one, where a law lets this kind of organisation."""
    actor, _ = acting(request)
    case = access.case_for(actor, uid, request.at)
    laws = access.seal_laws_open(actor, request.at)
    form = SealForm(
        request.POST or None,
        language=request.language,
        laws=[(one.code, _law_line(one, request.language)) for one in laws],
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = attempted(
            form,
            lambda: access.ask_seal(
                actor=actor, case=uid, law=given["law"], ends_on=given["ends_on"], at=request.at, reason=form.why
            ),
        )
        if asked is not None:
            messages.success(request, text("seals.ask.done", request.language))
            return redirect("my_seals")
    return render(request, "portal/inquiry/seal_ask.html", {"form": form, "case": case, "laws": laws})


@entrance(who=Who.OFFICIAL, permission=Permission.ASK_SEAL)
@require_safe
def my_seals(request: Request) -> HttpResponse:
    """Those of the own organisation and how they stand."""
    actor, _ = acting(request)
    lines = [seal_line(one, {}, {}, request.language) for one in access.seals_asked_by(actor, request.at)]
    return render(request, "portal/inquiry/seals.html", {"lines": lines})


def _law_line(one: SealSpec, language: Language) -> str:
    law = basis_in_words(one.basis, language)
    return marked(text("seals.ask.law_line", language, law=law, count=one.days), language)
