"""Complaints without a name, for who answers them: read one, answer it once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_variables

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.complaint import ComplaintAnswerForm
from chengxin.doors.portal.presenters.unnamed import unnamed_page
from chengxin.doors.portal.views.remedies.acting import actor_of, all_offices
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.offices.terms import Permission
from chengxin.remedies import facade as remedies


@sensitive_variables("found", "page")
def _unnamed(request: Request, uid: UUID) -> HttpResponse:
    """What was said, and the form for its answer until there is one."""
    actor = actor_of(request)
    found = remedies.unnamed_for(actor, uid, request.at)
    form = ComplaintAnswerForm(request.POST or None, language=request.language)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def answered() -> bool:
            remedies.answer_unnamed(
                actor=actor,
                uid=uid,
                founded=given["founded"] == "yes",
                answer=given["answer"],
                at=request.at,
                reason=form.why,
            )
            return True

        if attempted(form, answered):
            messages.success(request, text("complain.answer.done", request.language))
            return redirect("remedies_queue")
    page = unnamed_page(found, request.at, request.language, all_offices(request))
    return render(request, "portal/remedies/unnamed.html", {"form": form, "page": page})


remedy_unnamed = entrance(who=Who.OFFICIAL, permission=Permission.SEE_REMEDIES)(_unnamed)
