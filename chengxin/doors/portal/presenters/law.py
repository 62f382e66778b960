"""The law of a term in words: what binds here, and what this platform took on itself after another place's law."""

from __future__ import annotations

from chengxin.catalogue.terms import BasisRef, Mark
from chengxin.doors.portal.presenters.around import basis_in_words
from chengxin.doors.wording import Language, text
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.clocks import Clock
from chengxin.remedies.terms.repair_periods import RepairTerm


def clock_law(clock: Clock, language: Language) -> str:
    """The law and article of a clock in words, as a promise where they do not bind."""
    if clock.mark is Mark.OWN:
        return text("clocks.own_rule", language)
    law = basis_in_words(BasisRef(clock.law, clock.article), language) if clock.article else clock.law
    here = remedies.law_here()
    return _promised(law, language) if clock.promised(here.places, here.confirmed) else law


def repair_law(rule: str, basis: str, language: Language) -> str:
    """What a day of repair rests on; empty where it is our own rule. As a promise where nobody has read that it binds."""
    book = remedies.repair_here()
    term: RepairTerm | None = book.classes.get(rule) or book.items.get(rule)
    if term is None:
        return ""
    return basis if term.mark in (Mark.A, Mark.OWN) else _promised(basis, language)


def _promised(law: str, language: Language) -> str:
    return text("clocks.promised", language, law=law)
