"""From when an entry may be repaired, and what its person is told of that."""

from __future__ import annotations

from datetime import date

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import ActClass, Item
from chengxin.records.terms import EntryView, Status
from chengxin.remedies.queries.law import law_here, repair_here
from chengxin.remedies.rules.repair import repair_outlook
from chengxin.remedies.terms.repair_periods import PaperPlace, RepairFacts, RepairOutlook

SHOWN = frozenset(
    {
        Status.UNCONFIRMED,
        Status.UNSERVED,
        Status.NOT_FINAL,
        Status.APPEALED,
        Status.FROZEN,
        Status.OBJECTED,
        Status.IN_FORCE,
    }
)
"""Others see it, or will once what keeps it to its person is over: there is something to repair."""


def repair_facts(entry: EntryView, item: Item | None) -> RepairFacts | None:
    """What the rules on repair may know of an entry; None for one that is not adverse, or no longer in the catalogue."""
    act_class = ActClass(entry.act_class)
    if item is None or not item.is_adverse or act_class not in item.display:
        return None
    return RepairFacts(
        item=entry.item,
        act_class=act_class,
        decided_on=entry.decided_on,
        by_edition=catalogue.repair_from(item, act_class, entry.decided_on),
        shown=entry.status in SHOWN,
        display_until=entry.display_until,
        performance=PaperPlace.MISSING,
    )


def outlook_of(entry: EntryView, item: Item | None, today: date) -> RepairOutlook | None:
    """All that a person is told of repairing an entry on a day; None where there is nothing to tell."""
    facts = repair_facts(entry, item)
    return None if facts is None else repair_outlook(facts, today, repair_here(), law_here().confirmed)
