"""Every open case counted again when the law changed: terms, holidays, places, or what was confirmed (decision 20).

A case's own pages and what may be done in it follow at once, because they are computed. What was written down follows here: the
days on its entry, which outputs go by, and its line in the lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

import structlog
from django.db import IntegrityError

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.clocks import Deadline
from chengxin.kernel.days import ONE_DAY, shanghai_day
from chengxin.kernel.errors import ChengxinError
from chengxin.records import facade as records
from chengxin.remedies import models
from chengxin.remedies.actions import docketing
from chengxin.remedies.actions.silence import Days, days_told, record_silence, recount_days
from chengxin.remedies.actions.writing import CASE
from chengxin.remedies.queries.cases import acts_of, persons_of_cases, standing_of
from chengxin.remedies.queries.docket import counted_otherwise
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.rules.counted import law_mark
from chengxin.remedies.rules.workflows import WORKFLOWS, Law, as_it_stands, waited_for
from chengxin.remedies.terms.cases import CaseUnknown
from chengxin.remedies.terms.workflows import Act, Effect, Lapsed, Standing

CHUNK: Final = 500
"""Lines held at a time."""

ANOTHER_LAW: Final = "law_changed"
"""Why a case was counted again, for journal and marks."""

log = structlog.get_logger("chengxin.remedies")


@dataclass(frozen=True, slots=True)
class Recounted:
    """Lines that were counted again, those of them on which something changed, and those that could not be: they stay as they
    are, and the next run takes them up."""

    lines: int = 0
    changed: int = 0
    failed: int = 0


def lines_to_recount() -> int:
    """How many open cases were counted by another law than the one that is in force here now."""
    return counted_otherwise(law_mark(law_here())).count()


def recount_lines(*, actor: Actor, at: datetime, reason: str) -> Recounted:
    """Count every open case again that was counted by another law, each in a transaction of its own. May be stopped and repeated.

    An office's last day is never later than it was told, a person's never earlier: what was told stands with the case's events.
    """
    law = law_here()
    mark, after, done = law_mark(law), UUID(int=0), Recounted()
    while lines := list(counted_otherwise(mark).filter(uid__gt=after).order_by("uid")[:CHUNK]):
        after, persons = lines[-1].uid, persons_of_cases([line.uid for line in lines])
        for line in lines:
            try:
                changed = _recount(persons, line.uid, mark, law, actor, at, reason)
            except (ChengxinError, IntegrityError):
                # also what a guard of the database refuses: one odd case keeps no door closed
                log.exception("case_not_recounted", case=str(line.uid))
                done = replace(done, failed=done.failed + 1)
                continue
            done = replace(done, lines=done.lines + 1, changed=done.changed + changed)
    return done


def _recount(
    persons: Mapping[UUID, UUID], uid: UUID, mark: str, law: Law, actor: Actor, at: datetime, reason: str
) -> bool:
    if uid not in persons:
        raise CaseUnknown()
    person_id = persons[uid]
    with as_person(person_id):
        records.lock_person(person_id)
        row = models.Case.objects.get(person_id=person_id, uid=uid)
        line = models.Docket.objects.get(uid=uid)
        acts, flow = acts_of(row), WORKFLOWS[row.workflow]
        standing = as_it_stands(flow, acts, at, law)
        changed = False
        if row.closed_at is None:
            told = days_told(row)
            first = _past(row, line, standing, told, shanghai_day(at))
            changed = recount_days(row, acts, told, at, reason)
            if first is not None or standing.state.value != row.state:
                changed |= record_silence(row, at, first=first, actor=actor, reason=reason) > 0
                standing = standing_of(row, at)
        due = None if row.closed_at else waited_for(flow, standing.state, standing.clocks)
        changed |= docketing.recount(line, due, mark)
        if changed:
            journal.record(actor, "recount_case", CASE, uid, at=at, reason=reason, organisation_id=row.organisation_id)
    return changed


def _past(row: models.Case, line: models.Docket, standing: Standing, told: Days, today: date) -> Lapsed | None:
    """What had run out by the days that were written, where the law has become longer since and nobody wrote it down: an office's
    silence has happened then (an entry is out by it), a person's has not."""
    step = WORKFLOWS[row.workflow].table.get((standing.state, Act.LAPSE))
    if step is None or standing.state.value != row.state:
        return None
    over = line.due_on if line.matter in step.terms else None
    if Effect.HIDE in step.effects and told.silent is not None:
        over = told.silent - ONE_DAY
    running = [one for one in standing.clocks if one.clock.matter in step.terms and one.clock.side == "office"]
    if over is None or over >= today or not running:
        return None
    return Lapsed(step.source, step.target, replace(running[0], due=Deadline(over, provisional=False)))
