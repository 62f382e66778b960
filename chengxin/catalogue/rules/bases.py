"""The table of laws and the legal gate: is this law, or this article of it, in force on that day? (F10)

Two questions, two depths. What an item rests on must resolve to an article of the table: `standing`. What a row cites is
tested at the level of the law, because the table cannot hold every article of every law: `citations_standing` asks for
at least one known law in force and none repealed, to come, or refused; other texts named beside it (discretion
standards, departmental rules that the table lacks) do not hold the row. Unknown or repealed means quarantine.
The law is tested at the act and at the decision (行政处罚法 37; F10).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from chengxin.catalogue.rules.citations import law_name, parse_citations
from chengxin.catalogue.rules.parts import Shelves, claim_of
from chengxin.catalogue.rules.reading import Entry, Reading
from chengxin.catalogue.terms import (
    BasisRef,
    BasisStanding,
    Fault,
    Item,
    LegalBasis,
    Mark,
    Regulation,
    Source,
    Words,
)


@dataclass(frozen=True)
class LawTable:
    """`laws` by name (article "*"), `articles` by (law, article)."""

    laws: Mapping[str, LegalBasis]
    articles: Mapping[tuple[str, str], LegalBasis]
    sources: Mapping[str, Source] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the laws that a row may cite."""
        return tuple(name for name, row in self.laws.items() if not row.purposes_only)

    @property
    def rows(self) -> Iterable[LegalBasis]:
        """Every row: laws first, then articles."""
        return (*self.laws.values(), *self.articles.values())

    def with_regulations(self, regulations: Iterable[Regulation]) -> LawTable:
        """The table, and the local regulations of a city edition in it."""
        laws, articles = dict(self.laws), dict(self.articles)
        for r in regulations:
            name = law_name(r.title)
            row = (r.in_force_from, r.in_force_until, r.claim.source, r.claim.mark)
            laws[name] = LegalBasis(name, "*", *row)
            for article in r.articles:
                articles[name, article] = LegalBasis(name, article, *row)
        return LawTable(laws, articles, self.sources)


def _on(basis: LegalBasis, day: date) -> BasisStanding:
    if basis.refused is not None:
        return BasisStanding.REFUSED
    if basis.in_force_from is None:
        return BasisStanding.UNKNOWN_LAW
    if day < basis.in_force_from:
        return BasisStanding.NOT_YET
    if basis.in_force_until is not None and day >= basis.in_force_until:
        return BasisStanding.REPEALED
    return BasisStanding.IN_FORCE


def law_standing(table: LawTable, law: str, day: date) -> BasisStanding:
    """Standing of a law as a whole. A law whose beginning is unknown counts as unknown."""
    basis = table.laws.get(law_name(law))
    return BasisStanding.UNKNOWN_LAW if basis is None else _on(basis, day)


def standing(table: LawTable, law: str, article: str, day: date) -> BasisStanding:
    """Standing of an article: its law's, then its own."""
    of_law = law_standing(table, law, day)
    if of_law is not BasisStanding.IN_FORCE:
        return of_law
    basis = table.articles.get((law_name(law), article))
    return BasisStanding.UNKNOWN_ARTICLE if basis is None else _on(basis, day)


def item_standing(table: LawTable, item: Item, day: date) -> BasisStanding:
    """Standing of what an item rests on: in force where any of its bases is, else the first one's standing.

    An item may name an old and a new article (环境影响评价法 20, 生态环境法典 408): each speaks for its own days."""
    found = [standing(table, ref.law, ref.article, day) for ref in item.basis]
    if BasisStanding.IN_FORCE in found:
        return BasisStanding.IN_FORCE
    return found[0] if found else BasisStanding.UNKNOWN_LAW


def _cited(table: LawTable, law: str, day: date) -> BasisStanding:
    """Standing of a law for a row: one that is for purposes alone is none that a row can rest on."""
    basis = table.laws.get(law_name(law))
    return BasisStanding.UNKNOWN_LAW if basis is not None and basis.purposes_only else law_standing(table, law, day)


_WORST_FIRST = (BasisStanding.REFUSED, BasisStanding.REPEALED, BasisStanding.NOT_YET)


def citations_standing(table: LawTable, text: str, days: Iterable[date]) -> BasisStanding:
    """Standing of the laws that a row cites, on all of the days (act and decision) together."""
    laws = {citation.law for citation in parse_citations(text, table.names)}
    found = {law: {_cited(table, law, day) for day in days} for law in laws}
    met = set().union(*found.values()) if found else set()
    for worst in _WORST_FIRST:
        if worst in met:
            return worst
    if any(standings == {BasisStanding.IN_FORCE} for standings in found.values()):
        return BasisStanding.IN_FORCE
    return BasisStanding.UNKNOWN_LAW


def basis_ref_known(table: LawTable, ref: BasisRef) -> bool:
    """Whether the table has this article at all, whatever its days."""
    return (law_name(ref.law), ref.article) in table.articles


def load_laws(file: str, text: str) -> tuple[LawTable, tuple[Fault, ...]]:
    """Read a file of laws."""
    reading = Reading(file)
    laws: dict[str, LegalBasis] = {}
    articles: dict[tuple[str, str], LegalBasis] = {}
    sources: dict[str, Source] = {}
    root = reading.compose(text)
    if root is not None:
        for name, inner in root.named("sources"):
            title, mark = inner.words("title"), inner.choice("mark", Mark)
            inner.finish()
            sources[name] = Source(name, title or Words("", ""), mark or Mark.M)
        shelves = Shelves(sources=set(sources))
        for entry in root.entries("laws"):
            law = entry.text("law")
            if law is None:
                continue
            if law in laws:
                reading.fault(entry.line, "double_code", value=law)
            refused, asked = entry.text("refused", needed=False), entry.flag("purposes_only")
            laws[law] = _row(entry, shelves, law, "*", refused, asked)
            for article, inner in entry.named("articles"):
                articles[law, article] = _row(inner, shelves, law, article, refused, asked)
                inner.finish()
            entry.finish()
        root.finish()
    return LawTable(laws, articles, sources), tuple(reading.faults)


def _row(
    entry: Entry, shelves: Shelves, law: str, article: str, refused: str | None, purposes_only: bool
) -> LegalBasis:
    start, end = entry.day("from", needed=False), entry.day("until", needed=False)
    if start is not None and end is not None and end <= start:
        entry.reading.fault(entry.line, "dates_reversed")
    claim = claim_of(entry, shelves)
    return LegalBasis(law, article, start, end, claim.source, claim.mark, refused, purposes_only)
