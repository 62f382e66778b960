"""A file of an edition before anybody proposed it: every fault with its line, and what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chengxin.catalogue.queries.editions import approved_editions, upper_for
from chengxin.catalogue.queries.laws import shipped_laws
from chengxin.catalogue.rules.checking import check
from chengxin.catalogue.rules.differing import differences
from chengxin.catalogue.rules.loading import load
from chengxin.catalogue.terms import Change, Edition, Fault
from chengxin.foundation.database import WEB


@dataclass(frozen=True, slots=True)
class Draft:
    """``edition`` is None where the file cannot be read at all; ``before``: the approved edition of its level it follows,
    None for the first; ``changes``: from that to this."""

    edition: Edition | None
    faults: tuple[Fault, ...]
    before: Edition | None
    changes: tuple[Change, ...]


def checked_draft(file_name: str, text: str, *, alias: str = WEB) -> Draft:
    """What `propose_edition` would say of this text. Nothing is stored."""
    loaded = load(file_name, text)
    edition = loaded.edition
    if edition is None:
        return Draft(None, loaded.faults, None, ())
    faults = check(loaded, shipped_laws(), upper_for(edition, alias=alias))
    # a draft begins when somebody proposes it, later than all that is approved now
    before = _last(edition, date.max, alias)
    return Draft(edition, faults, before, () if before is None or loaded.faults else differences(before, edition))


def predecessor(edition: Edition, *, alias: str = WEB) -> Edition | None:
    """The edition of the same level that was approved last among those that begin before this one, if any."""
    return _last(edition, edition.in_force_from, alias)


def _last(edition: Edition, day: date, alias: str) -> Edition | None:
    earlier = [
        one.edition
        for one in approved_editions(alias)
        if one.edition.level is edition.level and one.edition.code != edition.code and one.edition.in_force_from <= day
    ]
    return earlier[-1] if earlier else None
