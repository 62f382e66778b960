"""The legal gate of a row: the law it cites must be known, and in force at the act and at the decision (F10).

Source: 行政处罚法 37 (the law at the time of the act; a milder later one may apply, which a person must judge, so the
row is held, not sent back). A law whose every decision touches what is never collected sends the row back.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from chengxin.catalogue.terms import BasisStanding, Item
from chengxin.collection.terms import Reason, Statutes

_REASONS: Final = {
    BasisStanding.REFUSED: Reason.LAW_REFUSED,
    BasisStanding.UNKNOWN_LAW: Reason.LAW_UNKNOWN,
    BasisStanding.UNKNOWN_ARTICLE: Reason.LAW_UNKNOWN,
    BasisStanding.REPEALED: Reason.LAW_REPEALED,
    BasisStanding.NOT_YET: Reason.LAW_NOT_YET_IN_FORCE,
}


def law_fault(text: str, act_on: date | None, decided_on: date | None, statutes: Statutes) -> Reason | None:
    """What is wrong with the laws a row cites, tested on the days that are known."""
    days = tuple(day for day in (act_on, decided_on) if day is not None)
    return _REASONS.get(statutes.cited_standing(text, days))


def lacks_basis(item: Item, day: date, statutes: Statutes) -> bool:
    """Whether the item rests on nothing that was in force on the day: repealed, renumbered, unknown (F10).

    What began later holds an adverse row alone: a licence may be older than the law that orders it collected today.
    """
    standing = statutes.item_standing(item, day)
    if standing is BasisStanding.NOT_YET:
        return item.is_adverse
    return standing is not BasisStanding.IN_FORCE
