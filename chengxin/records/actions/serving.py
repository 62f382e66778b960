"""Our own proof that a person was told of an entry, where its supplier gave none (F5; charter 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.foundation import events, journal
from chengxin.foundation.database import as_person
from chengxin.foundation.holidays import holidays_here
from chengxin.kernel.days import ONE_DAY, shanghai_day
from chengxin.kernel.decisions import is_allowed
from chengxin.kernel.remedies import contest_terms
from chengxin.records import queries
from chengxin.records.actions.marks import ADVERSE, add_mark, lock_person
from chengxin.records.rules.marking import may_mark
from chengxin.records.terms import EntryMarked, MarkKind

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor


def mark_served(*, actor: Actor, person_id: UUID, entry_id: UUID, version: int, at: datetime, reason: str) -> bool:
    """Mark one version of an adverse entry as served from the day of ``at``. False where that changes nothing.

    The notice tells both remedies, so their terms run from it: when the later one has run out, the decision is final (F4).

    A version needs its own proof: who was told of the first knows nothing of its correction. Nothing is marked where the
    supplier's proof holds already, where ours does, or where the entry does not count any more.
    """
    with as_person(person_id):
        lock_person(person_id)
        versions = queries.entries_with_any_status(person_id, shown_at=at, known_at=at)
        found = [entry for entry in versions if (entry.entry_id, entry.version) == (entry_id, version)]
        if not found or found[0].nature != ADVERSE or found[0].told_on is not None:
            return False
        entry = found[0]
        proven = entry.served_on is not None and entry.served_on <= shanghai_day(at)
        if proven or not is_allowed(may_mark(MarkKind.SERVED, entry.status, frozenset(), good=False)):
            return False
        final_on = contest_terms(holidays_here())(shanghai_day(at)) + ONE_DAY
        add_mark(actor, entry, MarkKind.SERVED, at, reason, final_on=final_on)
        journal.record(actor, "mark_served", "entry", entry.uid, at=at, reason=reason)
        events.publish(EntryMarked(person_id, entry_id, int(MarkKind.SERVED)), at=at)
    return True
