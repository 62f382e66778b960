"""The shipped table of laws with the local regulations of the edition in force, and the questions the gate asks of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from chengxin.catalogue.rules import bases
from chengxin.catalogue.rules.bases import LawTable, load_laws
from chengxin.catalogue.rules.citations import beside_titles
from chengxin.catalogue.rules.screen import forbidden_matter
from chengxin.catalogue.terms import BasisStanding, Clause, Item, MergedEdition, Regulation

LAWS_FILE = Path(__file__).resolve().parents[1] / "data" / "laws.yaml"


@lru_cache(maxsize=1)
def shipped_laws() -> LawTable:
    """The table of laws of this version. Raises ValueError where its file has faults."""
    table, faults = load_laws(LAWS_FILE.name, LAWS_FILE.read_text(encoding="utf-8"))
    if faults:
        raise ValueError(f"{LAWS_FILE.name} has {len(faults)} faults; the first: line {faults[0].line}, {faults[0].en}")
    return table


def law_table_on(edition: MergedEdition | None) -> LawTable:
    """The shipped table, and the local regulations that the edition names."""
    if edition is None or edition.city is None:
        return shipped_laws()
    return _with_regulations(tuple(edition.city.regulations.values()))


@lru_cache(maxsize=8)
def _with_regulations(regulations: tuple[Regulation, ...]) -> LawTable:
    return shipped_laws().with_regulations(regulations)


def basis_standing(law: str, article: str | None, day: date, edition: MergedEdition | None = None) -> BasisStanding:
    """How a law (article None) or an article stands on a day."""
    table = law_table_on(edition)
    return bases.law_standing(table, law, day) if article is None else bases.standing(table, law, article, day)


def basis_in_force(law: str, article: str | None, day: date, edition: MergedEdition | None = None) -> bool:
    """The yes/no twin of `basis_standing`."""
    return basis_standing(law, article, day, edition) is BasisStanding.IN_FORCE


def item_basis_standing(item: Item, day: date, edition: MergedEdition | None = None) -> BasisStanding:
    """How what an item rests on stands on a day."""
    return bases.item_standing(law_table_on(edition), item, day)


def citations_standing_on(text: str, days: Iterable[date], edition: MergedEdition | None = None) -> BasisStanding:
    """How the laws that a row cites stand on all of the days together."""
    return bases.citations_standing(law_table_on(edition), text, tuple(days))


def forbidden_beside_laws(text: str, edition: MergedEdition | None = None) -> Clause | None:
    """The clause that the words of a citation touch, the titles of known laws aside."""
    if forbidden_matter(text) is None:  # most citations: no need to look for titles
        return None
    return forbidden_matter(beside_titles(text, law_table_on(edition).names))


def law_turns(edition: MergedEdition | None = None) -> tuple[date, ...]:
    """Every day on which some law or article begins or ends to be in force, in order: between two nothing changes."""
    rows = law_table_on(edition).rows
    return tuple(sorted({turn for row in rows for turn in (row.in_force_from, row.in_force_until) if turn is not None}))
