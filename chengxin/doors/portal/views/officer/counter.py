"""The counter: a one-time code for somebody who stands there with their document. Shown once, to be printed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from chengxin.access import facade as access
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.forms.acting import attempted
from chengxin.doors.portal.forms.identity import CounterForm
from chengxin.doors.request import Request
from chengxin.offices.terms import Permission
from chengxin.persons.terms import CODE_LIFE


@sensitive_post_parameters("number", "name")
@sensitive_variables("code", "given")
def _counter(request: Request) -> HttpResponse:
    actor = request.actor
    assert actor is not None
    form = CounterForm(request.POST or None, language=request.language, at=request.at)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        code = attempted(
            form,
            lambda: access.hand_binding_code(
                actor=actor,
                kind=given["kind"],
                number=given["number"],
                name=given["name"],
                at=request.at,
                reason=form.why,
            ),
        )
        if code is not None:
            return render(request, "portal/officer/code.html", {"code": code, "until": request.at + CODE_LIFE})
    return render(request, "portal/officer/counter.html", {"form": form})


counter = entrance(who=Who.OFFICIAL, permission=Permission.BIND_ACCOUNT)(_counter)
