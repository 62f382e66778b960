"""The last days in the offices' lists, counted again when notices of holidays came: what a case's own pages say already."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.records import facade as records
from chengxin.remedies import models
from chengxin.remedies.actions import docketing
from chengxin.remedies.actions.writing import CASE
from chengxin.remedies.queries.cases import person_of_case, standing_of
from chengxin.remedies.queries.docket import still_open
from chengxin.remedies.rules.workflows import WORKFLOWS, waited_for


def recount_lines(*, actor: Actor, at: datetime, reason: str) -> int:
    """Count the provisional last days of open cases again (F15); gives how many lines changed. May be repeated.

    An office's is never later than it was told, a person's never earlier: what was told stands with the case's events.
    """
    waiting = list(still_open(shanghai_day(at)).filter(provisional=True).values_list("uid", flat=True))
    return sum(_recount(uid, actor, at, reason) for uid in waiting)


def _recount(uid: UUID, actor: Actor, at: datetime, reason: str) -> bool:
    person_id = person_of_case(uid)
    with as_person(person_id):
        records.lock_person(person_id)
        row = models.Case.objects.get(person_id=person_id, uid=uid)
        standing = standing_of(row, at)
        # of silence that nobody wrote down the clocks tell first, and the line stays overdue
        due = waited_for(WORKFLOWS[row.workflow], standing.state, standing.clocks)
        if row.closed_at is not None or standing.state.value != row.state or due is None:
            return False
        changed = docketing.recount(uid, due)
        if changed:
            journal.record(actor, "recount_case", CASE, uid, at=at, reason=reason, organisation_id=row.organisation_id)
    return changed
