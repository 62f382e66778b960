"""An inquirer reports that what was answered weighed against its person: the person is told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from chengxin.access import facade as access
from chengxin.access.terms.uses import UseReport
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.inquiry import UseForm
from chengxin.doors.portal.views.inquiry.asking import acting
from chengxin.doors.request import Request
from chengxin.doors.wording import text
from chengxin.offices.terms import Permission


@sensitive_post_parameters("number")
def _report(request: Request) -> HttpResponse:
    """By document and number of the look, as on the answer."""
    form = UseForm(
        request.POST or None, language=request.language, at=request.at, initial={"look": request.GET.get("look", "")}
    )
    if request.method == "POST" and form.is_valid() and attempted(form, lambda: _reported(request, form)):
        messages.success(request, text("inquiry.use.done", request.language))
        return redirect("inquiry_desk")
    return render(request, "portal/inquiry/use.html", {"form": form})


def _reported(request: Request, form: UseForm) -> bool:
    given = form.cleaned_data
    report = UseReport(given["kind"], given["number"], given["look"], given["decision"], given["decided_on"])
    access.report_use(actor=acting(request)[0], report=report, at=request.at, reason=form.why)
    return True


use = entrance(who=Who.OFFICIAL, permission=Permission.LOOK_UP)(_report)
