"""No wrong door: what somebody says at a counter, by telephone or in a letter becomes a case, with a receipt to hand over.

What it is about may be chosen afterwards: by who took it in while its person stands there, or by who works it.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.remedies_intake import IntakeForm, WhichForm
from chengxin.doors.portal.presenters.matters import receipt_sheet
from chengxin.doors.portal.presenters.meant import meant_choices
from chengxin.doors.portal.receiving import takes_long_words
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.portal.views.remedies.acting import actor_of, all_offices, items_of
from chengxin.doors.request import Request
from chengxin.doors.wording import LANGUAGES, text
from chengxin.offices.terms import Permission
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, Channel
from chengxin.remedies.terms.desks import Choice

OBJECTION = "objection"
TAKEN_IN = "taken_in_for_the_person"
CHOSEN = "which_one_was_meant"
"""The codes that the journal keeps."""


@sensitive_post_parameters("number", "name", "words", "decision", "by", "filing")
@sensitive_variables("brought")
def _intake(request: Request) -> HttpResponse:
    """The form, and the receipt in both languages: shown once, to be printed or read out. Nothing of the file stands on it."""
    form = IntakeForm(request.POST or None, language=request.language, at=request.at)
    if request.method == "POST" and form.is_valid():
        brought = form.brought()
        case = attempted(
            form,
            lambda: remedies.take_in_case(actor=actor_of(request), brought=brought, at=request.at, reason=TAKEN_IN),
        )
        if case is not None:
            return _receipt(request, case)
    return render(request, "portal/remedies/intake.html", {"form": form})


def _receipt(request: Request, case: Case) -> HttpResponse:
    office = Surroundings(at=request.at, language=request.language).office
    item = items_of(request.at)(case.about.item) if case.about.of_entry else None
    frozen = case.workflow == OBJECTION and item is not None and item.is_adverse
    context = {
        "case": case,
        "sheets": [receipt_sheet(case, office, one, frozen=frozen) for one in LANGUAGES],
        "to_choose": case.about.to_find and case.channel is Channel.COUNTER,
    }
    return render(request, "portal/remedies/receipt.html", context)


@sensitive_variables()
def _which(request: Request, uid: UUID) -> HttpResponse:
    """At the counter, on the same day: its person says which one, and takes a new receipt home."""
    return _chosen(request, uid, at_counter=True)


@sensitive_variables()
def _find(request: Request, uid: UUID) -> HttpResponse:
    """Afterwards: whoever works the case finds it by what was said or written."""
    return _chosen(request, uid, at_counter=False)


def _chosen(request: Request, uid: UUID, *, at_counter: bool) -> HttpResponse:
    choice = remedies.choice_of(actor=actor_of(request), uid=uid, at=request.at)
    form = WhichForm(
        request.POST if request.method == "POST" else None, language=request.language, choices=_choices(request, choice)
    )
    if request.method == "POST" and form.is_valid():
        found = UUID(form.cleaned_data["found"])
        case = attempted(
            form,
            lambda: remedies.say_which(actor=actor_of(request), uid=uid, found=found, at=request.at, reason=CHOSEN),
        )
        if case is not None and at_counter:
            return _receipt(request, case)
        if case is not None:
            messages.success(request, text("desk.which.done", request.language))
            return redirect("remedy_case", uid)
    context = {"form": form, "choice": choice, "at_counter": at_counter}
    return render(request, "portal/remedies/which.html", context)


def _choices(request: Request, choice: Choice) -> list[tuple[str, str]]:
    return meant_choices(choice, items=items_of(request.at), offices=all_offices(request), language=request.language)


remedy_intake = takes_long_words(entrance(who=Who.OFFICIAL, permission=Permission.TAKE_IN_CASE)(_intake))
remedy_which = entrance(who=Who.OFFICIAL, permission=Permission.TAKE_IN_CASE)(_which)
remedy_find = entrance(who=Who.OFFICIAL, permission=Permission.SEE_REMEDIES)(_find)
