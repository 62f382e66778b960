"""Every legal term that this platform counts by: its law, how long, whose, and how well that is known."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.catalogue.terms import BasisRef, Mark
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.around import basis_in_words
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, text
from chengxin.kernel.clocks import Length
from chengxin.kernel.days import shanghai_day
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.clocks import Clock, ClockBook


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One term in words. ``here``: whether it holds at this place today; ``read``: whether its text was read in full."""

    what: str
    law: str
    length: str
    reach: str
    known: str
    source: str
    here: bool
    read: bool


@entrance(who=Who.PUBLIC)
@require_safe
def clocks(request: Request) -> HttpResponse:
    """The office's own first, then the person's."""
    law, today = remedies.law_here(), shanghai_day(request.at)
    sides = [
        (
            side,
            [
                _line(one, law.book, one.holds(today, law.places), request.language)
                for one in law.book.clocks.values()
                if one.side == side
            ],
        )
        for side in ("office", "person")
    ]
    unread = [_words(one.words, request.language) for one in remedies.sources_to_confirm(law.book)]
    return render(request, "portal/public/clocks.html", {"sides": sides, "unread": unread})


def _line(clock: Clock, book: ClockBook, here: bool, language: Language) -> ClockLine:
    return ClockLine(
        what=_words(clock.words, language),
        law=basis_in_words(BasisRef(clock.law, clock.article), language) if clock.article else clock.law,
        length=_length(clock.length, language),
        reach=clock.reach,
        known=text(f"clocks.mark.{clock.mark.value.lower()}", language),
        source=_words(book.sources[clock.source].words, language),
        here=here,
        read=clock.mark in (Mark.A, Mark.OWN),
    )


def _length(length: Length | None, language: Language) -> str:
    if length is None:
        return text("clocks.same_day", language)
    return text(f"clocks.unit.{length.unit.value}", language, count=length.n)


def _words(words: object, language: Language) -> str:
    said: str = getattr(words, language)
    return said
