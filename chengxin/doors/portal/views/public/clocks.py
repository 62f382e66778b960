"""Every legal term that this platform counts by, and from when repair may be asked for: by which law, how well known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import BasisRef, Item, Mark, NoEditionInForce
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.portal.presenters.around import basis_in_words
from chengxin.doors.portal.presenters.catalogue import item_name
from chengxin.doors.portal.presenters.law import clock_law
from chengxin.doors.request import Request
from chengxin.doors.wording import Language, date_in_words, text
from chengxin.kernel.clocks import Length
from chengxin.kernel.days import Holidays, shanghai_day
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.clocks import Clock, ClockBook, Confirmation
from chengxin.remedies.terms.repair_periods import RepairBook, RepairTerm


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One term in words. ``here``: whether it holds at this place today; ``read``: whether its text was read in full;
    ``confirmed``: by whom, when and where its source was compared here."""

    what: str
    law: str
    length: str
    reach: str
    known: str
    source: str
    here: bool
    read: bool
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year of holidays in words, and whether the operator's own file brought it."""

    year: int
    source: str
    own: str


@entrance(who=Who.PUBLIC)
@require_safe
def clocks(request: Request) -> HttpResponse:
    """The office's own first, then the person's, then the periods of repair."""
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
    sides.append(("repair", list(_of_repair(remedies.repair_here(), today, request.language))))
    weak = {one.code: one for one in remedies.repair_to_confirm(remedies.repair_here())}
    weak |= {one.code: one for one in remedies.sources_to_confirm(law.book)}
    weak = {code: one for code, one in weak.items() if code not in law.confirmed}
    unread = [_words(one.words, request.language) for one in weak.values()]
    years, until = list(_years(law.holidays, today, request.language)), law.holidays.settled_until
    certain = text("clocks.certain", request.language, day=date_in_words(until, request.language)) if until else ""
    told = {"sides": sides, "unread": unread, "years": years, "certain": certain}
    return render(request, "portal/public/clocks.html", told)


def _years(holidays: Holidays, today: date, language: Language) -> Iterator[YearLine]:
    """The years by which days of now are counted, and each that the operator's file brought."""
    for year, row in sorted(holidays.years.items()):
        if year >= today.year or row.dated is not None:
            own = text("clocks.own_year", language, day=date_in_words(row.dated, language)) if row.dated else ""
            yield YearLine(
                year, row.source, own or text(f"clocks.{'shipped' if row.noticed else 'unnoticed'}", language)
            )


def _line(clock: Clock, book: ClockBook, here: bool, language: Language) -> ClockLine:
    return ClockLine(
        what=_words(clock.words, language),
        law=clock_law(clock, language),
        length=_length(clock.length, language),
        reach=clock.reach,
        known=text(f"clocks.mark.{clock.mark.value.lower()}", language),
        source=_words(book.sources[clock.source].words, language),
        here=here,
        read=clock.mark in (Mark.A, Mark.OWN) or clock.source in book.confirmations,
        confirmed=_confirmed(book.confirmations.get(clock.source), language),
    )


def _confirmed(one: Confirmation | None, language: Language) -> str:
    if one is None:
        return ""
    return text("clocks.confirmed", language, by=one.by, day=date_in_words(one.on, language), read=one.read)


def _of_repair(book: RepairBook, today: date, language: Language) -> Iterator[ClockLine]:
    """The classes first, then what special rules give sooner, what the court alone takes off, and what makes somebody wait."""
    items = _items(today)
    for code, term in book.classes.items():
        what = text("clocks.repair.class", language, kind=text(f"resident.class.{code}", language))
        yield _repair_line(what, _period(term, language), term, book, today, language)
    for code, term in (*book.items.items(), *book.courts.items()):
        name = item_name(items[code], language) if code in items else code
        if code in book.courts:
            what, period = "court", text("clocks.repair.no_term", language)
        else:
            what, period = term.counts_from.value, _period(term, language)
        yield _repair_line(text(f"clocks.repair.{what}", language, item=name), period, term, book, today, language)
    for term in book.bars.values():
        yield _repair_line(text("clocks.repair.bar", language), _period(term, language), term, book, today, language)


def _items(today: date) -> Mapping[str, Item]:
    """By code, for their names; none before the first edition."""
    try:
        return catalogue.edition_on(today).items
    except NoEditionInForce:
        return {}


def _repair_line(
    what: str, period: str, term: RepairTerm, book: RepairBook, today: date, language: Language
) -> ClockLine:
    return ClockLine(
        what=what,
        law=basis_in_words(BasisRef(term.law, term.article), language) if term.article else term.law,
        length=period,
        reach="",
        known=text(f"clocks.mark.{term.mark.value.lower()}", language),
        source=_words(book.sources[term.source].words, language),
        here=term.holds(today),
        read=term.mark in (Mark.A, Mark.OWN),
    )


def _period(term: RepairTerm, language: Language) -> str:
    return text("clocks.repair.at_once", language) if term.length is None else _length(term.length, language)


def _length(length: Length | None, language: Language) -> str:
    if length is None:
        return text("clocks.same_day", language)
    return text(f"clocks.unit.{length.unit.value}", language, count=length.n)


def _words(words: object, language: Language) -> str:
    said: str = getattr(words, language)
    return said
