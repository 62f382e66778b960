"""How many orders of silence were approved in each month, under which article; and which laws may order one, for how long."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import BasisRef, SealSpec
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.around import basis_in_words
from chengxin.doors.portal.presenters.offices import kind_name
from chengxin.doors.request import Request
from chengxin.doors.wording import Language
from chengxin.kernel.days import shanghai_day


@dataclass(frozen=True, slots=True)
class Law:
    """A law of silence in words; ``holds`` False: nobody confirmed it yet, and nothing is sealed under it."""

    name: str
    basis: str
    says: str
    organs: str
    days: int
    holds: bool


@entrance(who=Who.PUBLIC)
@require_safe
def sealed(request: Request) -> HttpResponse:
    """By month and article, newest first."""
    lines = [
        (one.month, basis_in_words(BasisRef(one.law, one.article), request.language), one.orders)
        for one in access.seals_by_month()
    ]
    laws = [_law(one, holds, request.language) for one, holds in catalogue.seals_on(shanghai_day(request.at)).values()]
    return render(request, "portal/public/sealed.html", {"lines": lines, "laws": laws})


def _law(seal: SealSpec, holds: bool, language: Language) -> Law:
    between = "、" if language == "zh" else ", "
    return Law(
        name=seal.zh if language == "zh" else seal.en,
        basis=basis_in_words(seal.basis, language),
        says=seal.says.zh if language == "zh" else seal.says.en,
        organs=between.join(kind_name(one, language) for one in seal.organs),
        days=seal.days,
        holds=holds,
    )
