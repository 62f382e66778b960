"""What screening knows besides the row: the day, the supplier, and the catalogue's own rules handed in from its counter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chengxin.catalogue.terms import ActClass, BasisStanding, Clause, Item


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """Who hands the file in: its unified social credit code, its kind, and the codes of the offices under it."""

    code: str
    kind: str
    subtree: frozenset[str] = frozenset()

    def speaks_for(self, org_code: str) -> bool:
        """Whether rows of this source may come from this supplier: its own, or those of an office under it."""
        return org_code == self.code or org_code in self.subtree


@dataclass(frozen=True, slots=True)
class Statutes:
    """The catalogue's rules that screening asks; the rules here stay pure because they are handed in.

    `cited_standing(text, days)` says how the laws that a text cites stand on those days, `item_standing(item, day)` how
    what an item itself rests on does; between two of `turns` neither changes. `forbidden_matter(text)` names the clause
    that a free text touches; every such text holds one of the literals `triggers`, ASCII letters in any case.
    `forbidden_beside_laws(text)` does so for a citation, in which titles of known laws are innocent.
    `display_end(item, class, decided_on, valid_to)` is the first day without display, None where there is none yet;
    `retain_until(item, class, decided_on, valid_to)` the first day on which nothing is kept.
    """

    cited_standing: Callable[[str, tuple[date, ...]], BasisStanding]
    item_standing: Callable[[Item, date], BasisStanding]
    turns: tuple[date, ...]
    forbidden_matter: Callable[[str], Clause | None]
    forbidden_beside_laws: Callable[[str], Clause | None]
    triggers: tuple[str, ...]
    display_end: Callable[[Item, ActClass, date, date | None], date | None]
    retain_until: Callable[[Item, ActClass, date, date | None], date | None]


@dataclass(frozen=True, slots=True)
class ScreeningContext:
    """The facts of one batch.

    `today` is the Shanghai day it was received; `last_day_to_contest` what `kernel.remedies.contest_terms` makes of the
    holidays; `practice`: numbers of nobody come in, and no others (F12).
    """

    today: date
    supplier: SupplierFacts
    statutes: Statutes
    last_day_to_contest: Callable[[date], date]
    practice: bool = False
