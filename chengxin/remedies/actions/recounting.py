"""Every open case counted again when the law changed: terms, holidays, places, or what was confirmed (decision 20).

A case's own pages and what may be done in it follow at once, because they are computed. What was written down follows here: the
days on its entry, which outputs go by, and its line in the lists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

import structlog
from django.db import DatabaseError, IntegrityError

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.clocks import Deadline
from chengxin.kernel.days import ONE_DAY, shanghai_day
from chengxin.kernel.errors import ChengxinError
from chengxin.records import facade as records
from chengxin.remedies import models
from chengxin.remedies.actions import docketing
from chengxin.remedies.actions.silence import (
    Days,
    days_to_move,
    days_told,
    days_told_of_many,
    record_silence,
    recount_days,
)
from chengxin.remedies.actions.writing import CASE
from chengxin.remedies.queries.cases import acts_of, persons_of_cases, standing_of
from chengxin.remedies.queries.docket import counted_otherwise
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.queries.many import CaseActs, acts_of_many
from chengxin.remedies.rules.counted import law_mark
from chengxin.remedies.rules.workflows import WORKFLOWS, Law, as_it_stands, waited_for
from chengxin.remedies.terms.cases import CaseUnknown
from chengxin.remedies.terms.workflows import Act, Effect, Lapsed, Standing

CHUNK: Final = 250
"""Lines held at a time, and the locks of their persons: an act of one of these waits for so many."""

ANOTHER_LAW: Final = "law_changed"
"""Why a case was counted again, for journal and marks."""

RECOUNT: Final = "recount_case"

log = structlog.get_logger("chengxin.remedies")


@dataclass(frozen=True, slots=True)
class Recounted:
    """Lines that were counted again, those of them on which something changed, and those that could not be: they stay as they
    are, and the next run takes them up."""

    lines: int = 0
    changed: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class _Run:
    """By which law, and who says so when and why."""

    law: Law
    mark: str
    actor: Actor
    at: datetime
    reason: str


def lines_to_recount() -> int:
    """How many open cases were counted by another law than the one that is in force here now."""
    return counted_otherwise(law_mark(law_here())).count()


def recount_lines(*, actor: Actor, at: datetime, reason: str) -> Recounted:
    """Count every open case again that was counted by another law. May be stopped and repeated.

    Those of which the line alone may change go together, a chunk at a time; any other has a transaction of its own.

    An office's last day is never later than it was told, a person's never earlier: what was told stands with the case's events.
    """
    law = law_here()
    run = _Run(law, law_mark(law), actor, at, reason)
    after, done = UUID(int=0), Recounted()
    while lines := list(counted_otherwise(run.mark).filter(uid__gt=after).order_by("uid")[:CHUNK]):
        after, persons = lines[-1].uid, persons_of_cases([line.uid for line in lines])
        together = _count_together(persons, lines, run)
        done = replace(done, lines=done.lines + len(together), changed=done.changed + sum(together.values()))
        for line in lines:
            if line.uid in together:
                continue
            try:
                changed = _recount(persons, line.uid, run)
            except (ChengxinError, IntegrityError):
                # also what a guard of the database refuses: one odd case keeps no door closed
                log.exception("case_not_recounted", case=str(line.uid))
                done = replace(done, failed=done.failed + 1)
                continue
            done = replace(done, lines=done.lines + 1, changed=done.changed + changed)
    return done


def _count_together(persons: Mapping[UUID, UUID], lines: Sequence[models.Docket], run: _Run) -> dict[UUID, bool]:
    """Of these lines all those at once of which nothing but the line itself may change; whether each did.

    One transaction, which reads each case as its own person and holds the lock of every person whose file nobody else is
    changing. What is not among them has a transaction of its own, and so has all of it where the database refuses a part.
    """
    try:
        with in_transaction():
            free = records.lock_free_persons(persons.values())
            cases = acts_of_many({uid: person_id for uid, person_id in persons.items() if person_id in free})
            told = days_told_of_many(one.row for one in cases.values())
            counted = []
            for line in lines:
                # what cannot be counted says so alone
                with suppress(KeyError, ChengxinError):
                    case = cases[line.uid]
                    standing = _alone(case, line, told.get(line.uid, Days()), run)
                    if standing is not None:
                        flow = WORKFLOWS[case.row.workflow]
                        counted.append((line, waited_for(flow, standing.state, standing.clocks)))
            done = docketing.recount_many(counted, run.mark)
            changed = [(uid, cases[uid].row.organisation_id) for uid, moved in done.items() if moved]
            journal.record_all(run.actor, RECOUNT, CASE, changed, at=run.at, reason=run.reason)
    except DatabaseError:
        log.exception("cases_not_recounted_together", cases=len(lines))
        return {}
    return done


def _alone(case: CaseActs, line: models.Docket, told: Days, run: _Run) -> Standing | None:
    """How a case stands by the law as it is now; None where more than its line is to be written."""
    row = case.row
    standing = as_it_stands(WORKFLOWS[row.workflow], case.acts, run.at, run.law)
    stays = (
        standing.state.value == row.state
        and _past(row, line, standing, told, shanghai_day(run.at)) is None
        and days_to_move(row, case.acts, told, run.at) == Days()
    )
    return standing if stays else None


def _recount(persons: Mapping[UUID, UUID], uid: UUID, run: _Run) -> bool:
    if uid not in persons:
        raise CaseUnknown()
    person_id = persons[uid]
    with as_person(person_id):
        records.lock_person(person_id)
        row = models.Case.objects.get(person_id=person_id, uid=uid)
        line = models.Docket.objects.get(uid=uid)
        acts, flow, at = acts_of(row), WORKFLOWS[row.workflow], run.at
        standing = as_it_stands(flow, acts, at, run.law)
        changed = False
        if row.closed_at is None:
            told = days_told(row)
            first = _past(row, line, standing, told, shanghai_day(at))
            changed = recount_days(row, acts, told, at, run.reason)
            if first is not None or standing.state.value != row.state:
                changed |= record_silence(row, at, first=first, actor=run.actor, reason=run.reason) > 0
                standing = standing_of(row, at)
        due = None if row.closed_at else waited_for(flow, standing.state, standing.clocks)
        changed |= docketing.recount(line, due, run.mark)
        if changed:
            journal.record(run.actor, RECOUNT, CASE, uid, at=at, reason=run.reason, organisation_id=row.organisation_id)
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
