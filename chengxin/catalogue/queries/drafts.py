"""A file of an edition before anybody proposed it: every fault with its line, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chengxin.catalogue.queries.editions import approved_editions, upper_for
from chengxin.catalogue.queries.laws import shipped_laws
from chengxin.catalogue.rules.checking import check
from chengxin.catalogue.rules.differing import differences, items_with, purposes_with
from chengxin.catalogue.rules.loading import load
from chengxin.catalogue.terms import Change, Edition, Fault, Item, PurposeSpec, SealSpec
from chengxin.foundation.database import WEB


@dataclass(frozen=True, slots=True)
class Draft:
    """``edition`` is None where the file cannot be read at all; ``before``: the approved edition of its level it follows,
    None for the first; ``against``: the code of what it is compared with, for a city's first edition the national one's, ""
    for none; ``changes``: from that to this;
    ``items``, ``purposes``, ``seals``: those that held before and hold with it, by code."""

    edition: Edition | None
    faults: tuple[Fault, ...]
    before: Edition | None
    against: str
    changes: tuple[Change, ...]
    items: Mapping[str, Item]
    purposes: Mapping[str, PurposeSpec]
    seals: Mapping[str, SealSpec]


def checked_draft(file_name: str, text: str, *, alias: str = WEB) -> Draft:
    """What `propose_edition` would say of this text. Nothing is stored."""
    loaded = load(file_name, text)
    edition = loaded.edition
    if edition is None:
        return Draft(None, loaded.faults, None, "", (), {}, {}, {})
    upper = upper_for(edition, alias=alias)
    faults = check(loaded, shipped_laws(), upper)
    # a draft begins when somebody proposes it, later than all that is approved now
    before = _last(edition, date.max, alias)
    if loaded.faults:
        return Draft(edition, faults, before, "", (), {}, {}, {})
    return _compared(edition, faults, before, upper)


def changes_of(edition: Edition, *, alias: str = WEB) -> Draft:
    """What an edition changes from the one of its level that was approved last among those that begin before it."""
    before = _last(edition, edition.in_force_from, alias)
    return _compared(edition, (), before, upper_for(edition, alias=alias))


def _compared(edition: Edition, faults: tuple[Fault, ...], before: Edition | None, upper: Edition | None) -> Draft:
    items = {**items_with(before, upper), **items_with(edition, upper)}
    purposes = {**purposes_with(before, upper), **purposes_with(edition, upper)}
    seals = {**(before.seals if before else {}), **edition.seals}
    against = before.code if before else upper.code if upper else ""
    return Draft(edition, faults, before, against, differences(before, edition, upper), items, purposes, seals)


def _last(edition: Edition, day: date, alias: str) -> Edition | None:
    earlier = [
        one.edition
        for one in approved_editions(alias)
        if one.edition.level is edition.level and one.edition.code != edition.code and one.edition.in_force_from <= day
    ]
    return earlier[-1] if earlier else None
