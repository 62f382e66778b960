"""Cases of the own office: opened for one purpose, asked in, closed. Without an open one, nothing is looked up under a law."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.access.terms.asking import CaseView
from chengxin.catalogue.terms import PurposeSpec
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.inquiry import CloseCaseForm, OpenCaseForm, QuestionForm
from chengxin.doors.portal.presenters.answer import ground_in_words
from chengxin.doors.portal.views.inquiry.asking import acting, answered, edition_of, own_purposes
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission


@entrance(who=Who.OFFICIAL, permission=Permission.SEE_CASES)
@require_safe
def cases(request: Request) -> HttpResponse:
    """Those that are open first; what is over, folded away."""
    actor, _ = acting(request)
    found = access.cases_for(actor, request.at, open_only=False)
    edition = edition_of(request)
    lines = [(one, _purpose_name(edition.purpose(one.purpose), one, request)) for one in found]
    context = {
        "open": [line for line in lines if line[0].closed_at is None],
        "closed": [line for line in lines if line[0].closed_at is not None],
        "may_open": any(one.case_needed for one in own_purposes(request)),
    }
    return render(request, "portal/inquiry/cases.html", context)


@entrance(who=Who.OFFICIAL, permission=Permission.OPEN_CASE)
def case_open(request: Request) -> HttpResponse:
    """A new case, under the office's own number."""
    actor, _ = acting(request)
    purposes = [one for one in own_purposes(request) if one.case_needed]
    form = OpenCaseForm(request.POST or None, language=request.language, purposes=purposes)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        case = attempted(
            form,
            lambda: access.open_case(
                actor=actor,
                ref=given["ref"],
                purpose=given["purpose"],
                persons_most=given["persons_most"],
                at=request.at,
                reason=form.why,
            ),
        )
        if case is not None:
            messages.success(request, text("inquiry.open.done", request.language))
            return redirect("case", case.uid)
    return render(request, "portal/inquiry/case_open.html", {"form": form, "purposes": purposes})


@sensitive_post_parameters("number", "name")
def _case(request: Request, uid: UUID) -> HttpResponse:
    """One case, and while it is open the question that may be asked in it, about one person at a time."""
    actor, _ = acting(request)
    case = access.case_for(actor, uid, request.at)
    purpose = edition_of(request).purpose(case.purpose)
    form = None
    if case.closed_at is None and purpose is not None:
        form = QuestionForm(request.POST or None, language=request.language, at=request.at, purposes=[purpose])
        if request.method == "POST" and form.is_valid():
            page = answered(request, form, case_ref=case.ref, back=reverse("case", args=[uid]))
            if page is not None:
                return page
    names = offices.official_names([case.opened_by])
    context = {
        "case": case,
        "purpose": _purpose_name(purpose, case, request),
        "ground": ground_in_words(purpose, request.language) if purpose else "",
        "opened_by": names.get(case.opened_by, "") if case.opened_by else "",
        "form": form,
        "may_seal": bool(access.seal_laws_open(actor, request.at)),
    }
    return render(request, "portal/inquiry/case.html", context)


case = entrance(who=Who.OFFICIAL, permission=Permission.LOOK_UP)(_case)


@entrance(who=Who.OFFICIAL, permission=Permission.OPEN_CASE)
def case_close(request: Request, uid: UUID) -> HttpResponse:
    """The case is over; what became of it is its reason."""
    actor, _ = acting(request)
    case = access.case_for(actor, uid, request.at)
    form = CloseCaseForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        done = attempted(form, lambda: access.close_case(actor=actor, uid=uid, at=request.at, reason=form.why) or True)
        if done:
            messages.success(request, text("inquiry.close.done", request.language))
            return redirect("cases")
    return render(request, "portal/inquiry/case_close.html", {"form": form, "case": case})


def _purpose_name(purpose: PurposeSpec | None, case: CaseView, request: Request) -> str:
    if purpose is None:
        return case.purpose
    return purpose.zh if request.language == "zh" else purpose.en
