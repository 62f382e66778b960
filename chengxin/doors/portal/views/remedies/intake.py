"""No wrong door: what somebody says at a counter, by telephone or in a letter becomes a case, with a receipt to hand over."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.remedies_intake import IntakeForm
from chengxin.doors.portal.presenters.matters import receipt_sheet
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.portal.views.remedies.acting import actor_of
from chengxin.doors.request import Request
from chengxin.doors.wording import LANGUAGES
from chengxin.offices.terms import Permission
from chengxin.remedies import facade as remedies

TAKEN_IN = "taken_in_for_the_person"
"""The code that the journal keeps."""


@sensitive_post_parameters("number", "name", "words", "decision")
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
            office = Surroundings(at=request.at, language=request.language).office
            context = {"case": case, "sheets": [receipt_sheet(case, office, one) for one in LANGUAGES]}
            return render(request, "portal/remedies/receipt.html", context)
    return render(request, "portal/remedies/intake.html", {"form": form})


remedy_intake = entrance(who=Who.OFFICIAL, permission=Permission.TAKE_IN_CASE)(_intake)
