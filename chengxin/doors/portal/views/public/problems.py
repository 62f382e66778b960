"""What the API answers when it does not carry a request out: each code's page, for the people who look after a machine."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.machine.problems import PUBLISHED, told
from chengxin.doors.request import Request
from chengxin.kernel.errors import NotFound


class ProblemUnknown(NotFound):
    """The API answers with no such code."""

    code = "problem_unknown"


@entrance(who=Who.PUBLIC)
@require_safe
def all_problems(request: Request) -> HttpResponse:
    """Every published code."""
    lines = [{"code": code, "what": told(code, request.language, {})[0]} for code in sorted(PUBLISHED)]
    return render(request, "portal/problems/all.html", {"lines": lines})


@entrance(who=Who.PUBLIC)
@require_safe
def one_problem(request: Request, code: str) -> HttpResponse:
    """What a problem's `type` leads to."""
    if code not in PUBLISHED:
        raise ProblemUnknown()
    what, do = told(code, request.language, {})
    return render(
        request, "portal/problems/one.html", {"code": code, "status": PUBLISHED[code], "what": what, "do": do}
    )
