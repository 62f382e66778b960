"""To complain without a name, and to see what became of it by the receipt's number and word: no account, no contact."""

from __future__ import annotations

from typing import cast

from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.complaint import ComplaintForm, FollowForm
from chengxin.doors.portal.presenters.offices import office_names
from chengxin.doors.portal.presenters.unnamed import unnamed_page
from chengxin.doors.request import Request
from chengxin.foundation import actors
from chengxin.offices import facade as offices
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.unnamed import UnnamedUnknown

PAGE_ACTS = "complaint_page"
"""The journal keeps the page as who acted, also where somebody is signed in."""
CAME_IN = "complaint_without_a_name"


@sensitive_post_parameters("concern", "office", "words")
@sensitive_variables("form", "receipt")
def _write(request: Request) -> HttpResponse:
    """The form; the receipt is shown once. How often one address writes is counted for a minute, and not kept with it."""
    found = offices.organisations()
    names = office_names(found, request.language)
    form = ComplaintForm(
        request.POST or None, language=request.language, offices=[(str(one.uid), names[one.id]) for one in found]
    )
    if request.method == "POST":
        if limited := ratelimit.consume_or_429(request, action="complaint"):
            return cast("HttpResponse", limited)
        if form.is_valid():
            concern, office = form.about()
            receipt = attempted(
                form,
                lambda: remedies.complain_unnamed(
                    actor=actors.system(PAGE_ACTS),
                    concern=concern,
                    office=office,
                    words=form.cleaned_data["words"],
                    at=request.at,
                    reason=CAME_IN,
                ),
            )
            if receipt is not None:
                return render(request, "portal/public/complain_receipt.html", {"receipt": receipt})
    return render(request, "portal/public/complain_write.html", {"form": form})


@sensitive_post_parameters("number", "word")
@sensitive_variables("form", "found")
def _follow(request: Request) -> HttpResponse:
    """Where it stands, whose turn it is, until when, and the answer. Sent and never in an address, so that no log has it."""
    form = FollowForm(request.POST or None, language=request.language)
    page = None
    if request.method == "POST":
        if limited := ratelimit.consume_or_429(request, action="complaint_word"):
            return cast("HttpResponse", limited)
        if form.is_valid():
            try:
                found = remedies.unnamed_by_word(form.cleaned_data["number"], form.cleaned_data["word"])
                page = unnamed_page(found, request.at, request.language)
            except UnnamedUnknown:
                form.add_error("word", ValidationError("wrong", code="wrong"))
    return render(request, "portal/public/complain_follow.html", {"form": form, "page": page})


complain_write = entrance(who=Who.PUBLIC)(_write)
complain_follow = entrance(who=Who.PUBLIC)(_follow)
