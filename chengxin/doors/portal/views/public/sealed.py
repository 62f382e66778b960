"""How many orders of silence were approved in each month, under which article: counted, and nothing else told."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.catalogue.terms import BasisRef
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.around import basis_in_words
from chengxin.doors.request import Request


@entrance(who=Who.PUBLIC)
@require_safe
def sealed(request: Request) -> HttpResponse:
    """By month and article, newest first."""
    lines = [
        (one.month, basis_in_words(BasisRef(one.law, one.article), request.language), one.orders)
        for one in access.seals_by_month()
    ]
    return render(request, "portal/public/sealed.html", {"lines": lines})
