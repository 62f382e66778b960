"""Figures of remedies in words: for a chief as they are, for everybody with small ones held back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chengxin.catalogue.terms import Item
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.portal.presenters.docket import named_item, workflow_word
from chengxin.doors.portal.presenters.figures import figure_said, share_said
from chengxin.doors.wording import Language, date_in_words, text, time_in_words
from chengxin.offices.terms import OrganisationView
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import OF_AN_ENTRY, Case
from chengxin.remedies.terms.desks import DeskFigures, OfficeLate, OpenRecalls, Overturned, Tally
from chengxin.remedies.terms.workflows import Outcome


@dataclass(frozen=True, slots=True)
class TallyLine:
    """One kind of case and what it is: its own failures first."""

    workflow: str
    means: str
    overdue: str
    silent: str
    late: str
    open: str
    opened: str
    found_right: str
    found_wrong: str


@dataclass(frozen=True, slots=True)
class RateLine:
    """Of a source, of an item, or of a reason: decided, and how many of them for the person."""

    name: str
    decided: int
    found_right: int
    percent: str


@dataclass(frozen=True, slots=True)
class LoadLine:
    """What lies on one desk."""

    name: str
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A chief's figures."""

    tallies: tuple[TallyLine, ...]
    ages: tuple[tuple[str, int], ...]
    sources: tuple[RateLine, ...]
    items: tuple[RateLine, ...]
    reasons: tuple[RateLine, ...]
    loads: tuple[LoadLine, ...]


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A recipient that has not acknowledged: an organisation, and no person."""

    office: str
    count: int
    overdue: int
    due_on: date


@dataclass(frozen=True, slots=True)
class LateLine:
    """An office that is late, and with how many cases, a small number held back."""

    office: str
    count: str


def desk_page(
    figures: DeskFigures,
    *,
    offices: Mapping[UUID, str],
    officials: Mapping[UUID, str],
    items: Callable[[str], Item | None],
    language: Language,
) -> DeskPage:
    """A chief's figures in words: whole, and desks in the order of their names."""
    loads = [
        LoadLine(
            officials.get(one.official_id, "") if one.official_id else text("desk.figures.nobody", language),
            one.open,
            one.overdue,
        )
        for one in figures.loads
    ]
    return DeskPage(
        tallies=tuple(
            _tally(code, figures.by_workflow[code], language, lambda count, whole: f"{count:,}")
            for code in _in_order(figures.by_workflow)
        ),
        ages=tuple(_ages(figures.ages, language)),
        sources=tuple(_rate(offices.get(one, ""), rate) for one, rate in figures.by_supplier.items()),
        items=tuple(_rate(named_item(one, items, language), rate) for one, rate in figures.by_item.items()),
        reasons=tuple(
            _rate(text(f"desk.figures.reason.{kind.value}", language), rate) for kind, rate in figures.by_reason.items()
        ),
        loads=tuple(sorted(loads, key=lambda one: one.name)),
    )


def matter_lines(tallies: Mapping[str, Tally], language: Language) -> list[TallyLine]:
    """The public's figures: a small one is only said to be small, because a few cases in one city can be somebody."""

    def held_back(count: int, whole: int | None) -> str:
        return figure_said(count, language) if whole is None else share_said(count, whole, language)

    return [_tally(code, tallies[code], language, held_back) for code in _in_order(tallies)]


def late_lines(late: Iterable[OfficeLate], offices: Mapping[UUID, str], language: Language) -> list[LateLine]:
    """Offices by name, the most late first: an office is nobody, but a few cases can be somebody's."""
    return [LateLine(offices.get(one.organisation_id, ""), figure_said(one.count, language)) for one in late]


def waiting_lines(waiting: Iterable[OpenRecalls], offices: Mapping[UUID, str], language: Language) -> list[WaitingLine]:
    """Recipients by name, the longest overdue first."""
    return [WaitingLine(offices.get(one.organisation_id, ""), one.count, one.overdue, one.due_on) for one in waiting]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A receipt in one language; ``tag``: of that language, as a page says it."""

    tag: str
    lines: tuple[str, ...]


def receipt_sheet(case: Case, office: OrganisationView | None, language: Language, *, frozen: bool) -> Sheet:
    """What somebody takes home, hears or is sent: number, kind, when, by when, what is kept from use, whom to ask. Nothing of the
    file. ``frozen``: what it is about is kept from use."""
    due = case.due.said if case.due else None
    said: list[tuple[str, dict[str, str]]] = [
        ("text", {"number": case.number}),
        ("what", {"workflow": workflow_word(case.workflow, language)}),
        ("at", {"moment": time_in_words(case.opened_at, language)}),
    ]
    if due is not None:
        said.append(("due", {"day": date_in_words(due.day, language)}))
        said += [("provisional", {})] if due.provisional else []
    if frozen:
        said.append(("frozen", {}))
    if case.about.to_find:
        said.append(("unsaid" if case.about.kind in OF_AN_ENTRY else "unsaid_look", {}))
    if office is not None:
        said.append(("ask", {"office": name_of(office, language), "contact": office.contact}))
    said.append(("free", {}))
    return Sheet(
        "zh-Hans" if language == "zh" else "en",
        tuple(text(f"desk.receipt.{key}", language, **given) for key, given in said),
    )


def _in_order(tallies: Mapping[str, Tally]) -> list[str]:
    return [code for code in remedies.WORKFLOWS if code in tallies]


def _tally(code: str, tally: Tally, language: Language, said: Callable[[int, int | None], str]) -> TallyLine:
    return TallyLine(
        workflow=workflow_word(code, language),
        means=text(f"remedies.means.{code}", language),
        overdue=said(tally.overdue, tally.open),
        silent=said(tally.silent, tally.open),
        late=said(tally.late, tally.worked),
        open=said(tally.open, None),
        opened=said(tally.opened, None),
        found_right=said(tally.found_right, tally.decided),
        found_wrong=said(tally.closed.get(Outcome.AGAINST, 0), tally.decided),
    )


def _ages(ages: Iterable[tuple[int | None, int]], language: Language) -> Iterator[tuple[str, int]]:
    first = 0
    for most, count in ages:
        if most is None:
            yield text("desk.figures.older", language), count
        else:
            yield text("desk.figures.up_to", language, first=first, count=most), count
            first = most + 1


def _rate(name: str, rate: Overturned) -> RateLine:
    return RateLine(name, rate.decided, rate.found_right, f"{rate.found_right * 100 / rate.decided:.0f}%")
