"""Words of repair: the periods of its table, what is known of an entry, and what a person is told from the first notice on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.catalogue.terms import ActClass, Mark
from chengxin.kernel.clocks import Length
from chengxin.kernel.decisions import Refused
from chengxin.remedies.terms.clocks import Source
from chengxin.remedies.terms.workflows import Asked


class CountsFrom(StrEnum):
    """The day a period of repair begins with."""

    DECISION = "decision"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class RepairTerm:
    """From when repair may be asked for, by a class or for an item. ``length`` None: at once."""

    code: str
    law: str
    article: str
    counts_from: CountsFrom
    length: Length | None
    source: str
    mark: Mark
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class RepairBook:
    """The dated data of repair. ``courts``: items that a court alone takes off; ``bars``: what makes somebody wait."""

    classes: Mapping[str, RepairTerm]
    items: Mapping[str, RepairTerm]
    courts: Mapping[str, RepairTerm]
    bars: Mapping[str, RepairTerm]
    sources: Mapping[str, Source]


class PaperPlace(StrEnum):
    """Where a paper is."""

    HERE = "here"
    WITH_AN_OFFICE = "with_an_office"
    """Another office holds it: it is fetched, and the person is not asked."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class RepairFacts:
    """What is known of one entry. ``by_edition``: the first day by the edition in force; ``display_until``: the first day on
    which it ends by itself; ``shown``: others may see it, or will once its notice is served; ``false_on``: the day on which
    papers were found to be false, by a decision that two people took."""

    item: str
    act_class: ActClass
    decided_on: date
    by_edition: date
    shown: bool
    display_until: date | None = None
    corrected_on: date | None = None
    false_on: date | None = None
    performance: PaperPlace = PaperPlace.MISSING
    commitment: PaperPlace = PaperPlace.MISSING


@dataclass(frozen=True, slots=True)
class RepairOutlook:
    """What a person is told: the first day, by which rule; when it ends by itself; why not yet; which papers, from where.

    ``rule``: ``edition``, the class, or the item. ``by_itself``: it ends before repair could be asked for. ``to_bring``: what the
    person still has to bring; ``to_fetch``: what we fetch for them. Nothing else is asked, and it is free.
    """

    earliest: date
    rule: str
    basis: str
    ends_on: date | None
    by_itself: bool
    why_not: tuple[Refused, ...]
    to_bring: tuple[Asked, ...]
    to_fetch: tuple[Asked, ...]
