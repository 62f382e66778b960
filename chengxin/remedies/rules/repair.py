"""When repair may be asked for, with which two papers, and why not yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from chengxin.catalogue.terms import Mark
from chengxin.kernel.clocks import Length, Unit, period_end
from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.remedies.rules.clocks import NOWHERE, WEAK
from chengxin.remedies.rules.tables import Faults, Row, known_tables, read, rows, sources_of
from chengxin.remedies.terms.clocks import Source
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.repair_periods import (
    CountsFrom,
    PaperPlace,
    RepairBook,
    RepairFacts,
    RepairOutlook,
    RepairTerm,
)
from chengxin.remedies.terms.workflows import Asked

OURS: Final = "本平台规则"
AT_ONCE: Final = "at once"
_CLASSES: Final = frozenset({"minor", "general", "serious"})
_TABLES: Final = frozenset({"source", "class", "item", "court", "bar"})


def parse_repair(text: str) -> RepairBook:
    """The table in the form of ``data/repair.toml``. Raises LawDataBroken, which names every fault."""
    faults = Faults()
    tables = read(text, faults)
    known_tables(tables, _TABLES, faults)
    sources = sources_of(tables, faults)
    classes = _terms(tables, "class", sources, faults)
    for code in sorted(_CLASSES ^ set(classes)):
        faults.add(f"class {code}", "unknown_value" if code in classes else "missing")
    book = RepairBook(
        classes,
        _terms(tables, "item", sources, faults),
        _terms(tables, "court", sources, faults),
        _terms(tables, "bar", sources, faults),
        sources,
    )
    faults.stop("repair.toml")
    return book


def repair_corrected(book: RepairBook, text: str) -> RepairBook:
    """The table with an operator's corrections, in the form of ``data/repair.toml``, with what differs alone.

    As for clocks: what was read in the law's text is not corrected but by a release, and what is put in its place, or added,
    must itself have been read (mark A). Raises LawDataBroken, which names every fault.
    """
    faults = Faults()
    tables = read(text, faults)
    known_tables(tables, _TABLES, faults)
    sources = {**book.sources, **sources_of(tables, faults)}
    here = {"class": book.classes, "item": book.items, "court": book.courts, "bar": book.bars}
    there = {name: _terms(tables, name, sources, faults) for name in here}
    for name, before in here.items():
        for code, term in there[name].items():
            if name == "class" and code not in _CLASSES:
                faults.add(f"class {code}", "unknown_value")
            if code in before and before[code].mark not in WEAK:
                faults.add(f"{name} {code}", "read_in_the_law", mark=before[code].mark.value)
            elif term.mark is not Mark.A:
                faults.add(f"{name} {code}", "corrects_unread", mark=term.mark.value)
    faults.stop("CHENGXIN_REPAIR")
    merged = {name: {**before, **there[name]} for name, before in here.items()}
    return RepairBook(merged["class"], merged["item"], merged["court"], merged["bar"], sources)


@cache
def shipped_repair() -> RepairBook:
    """The table that comes with this release."""
    return parse_repair((files("chengxin.remedies") / "data" / "repair.toml").read_text("utf-8"))


def repair_to_confirm(book: RepairBook) -> tuple[Source, ...]:
    """The sources of periods marked B, C or M, which the operator checks against the official text."""
    terms = (*book.classes.values(), *book.items.values(), *book.courts.values(), *book.bars.values())
    weak = {term.source for term in terms if term.mark in WEAK}
    return tuple(source for code, source in book.sources.items() if code in weak)


def _terms(
    tables: Mapping[str, Any], name: str, sources: Mapping[str, Source], faults: Faults
) -> dict[str, RepairTerm]:
    found = {}
    for row in rows(tables, name, faults):
        source, mark = row.claim(sources)
        since, until = row.term()
        counted = name in ("class", "item")
        term = RepairTerm(
            code=row.text("code"),
            law=row.text("law"),
            article=row.cell("article", str) or "",
            counts_from=row.choice("counts_from", CountsFrom, CountsFrom.DECISION) if counted else CountsFrom.DECISION,
            length=None if name == "court" else _length(row),
            source=source,
            mark=mark,
            since=since,
            until=until,
        )
        row.finish()
        found[term.code] = term
    return found


def _length(row: Row) -> Length | None:
    length = row.length(AT_ONCE)
    if length is not None and length.unit is Unit.WORKING_DAYS:
        row.faults.add(f"{row.where}, length", "not_a_period")
    return length


def repair_outlook(
    facts: RepairFacts, today: date, book: RepairBook, confirmed: frozenset[str] = NOWHERE
) -> RepairOutlook:
    """All that a person is told of repair on a day. Of every rule that holds the earliest day counts (F15)."""
    day, rule, basis = min(_first_days(facts, today, book))
    ends_on = facts.display_until
    places = ((Asked.PERFORMANCE, facts.performance), (Asked.COMMITMENT, facts.commitment))
    return RepairOutlook(
        earliest=day,
        rule=rule,
        basis=basis,
        ends_on=ends_on,
        by_itself=ends_on is not None and ends_on <= day,
        why_not=tuple(_why_not(facts, today, day, book, confirmed)),
        to_bring=tuple(paper for paper, place in places if place is PaperPlace.MISSING),
        to_fetch=tuple(paper for paper, place in places if place is PaperPlace.WITH_AN_OFFICE),
    )


def may_ask_repair(facts: RepairFacts, today: date, book: RepairBook, confirmed: frozenset[str] = NOWHERE) -> Decision:
    """Whether repair may be asked for today. A paper that is missing stops nobody: it is fetched, or asked for once."""
    why_not = repair_outlook(facts, today, book, confirmed).why_not
    return why_not[0] if why_not else ALLOWED


def _first_days(facts: RepairFacts, today: date, book: RepairBook) -> Iterator[tuple[date, str, str]]:
    """The first day by each rule that holds, with the rule and what it rests on."""
    yield facts.by_edition, "edition", OURS
    for term in (book.classes.get(facts.act_class.word), book.items.get(facts.item)):
        if term is None or not term.holds(today):
            continue
        counted_from = facts.corrected_on if term.counts_from is CountsFrom.CORRECTION else facts.decided_on
        if counted_from is not None:
            yield _after(counted_from, term.length), term.code, f"{term.law} {term.article}".strip()


def _after(day: date, length: Length | None) -> date:
    return day if length is None else period_end(day, length)


def _why_not(
    facts: RepairFacts, today: date, earliest: date, book: RepairBook, confirmed: frozenset[str]
) -> Iterator[Refused]:
    """Every reason why it cannot be asked for today; none means that it can."""
    if not facts.shown or (facts.display_until is not None and facts.display_until <= today):
        yield Refused(Reason.NOTHING_TO_REPAIR, "charter 8")
        return
    court = book.courts.get(facts.item)
    if court is not None and court.holds(today):
        yield Refused(Reason.REPAIRED_BY_COURT, f"{court.law} {court.article}".strip())
        return
    if today < earliest:
        yield Refused(Reason.REPAIR_TOO_EARLY, OURS, {"on": earliest.isoformat()})
    for bar in book.bars.values():
        # a bar that nobody has read in the law's text bars nobody
        if facts.false_on is None or not bar.holds(today) or (bar.mark in WEAK and bar.source not in confirmed):
            continue
        over = _after(facts.false_on, bar.length)
        if today < over:
            yield Refused(Reason.REPAIR_BARRED, f"{bar.law} {bar.article}".strip(), {"on": over.isoformat()})
