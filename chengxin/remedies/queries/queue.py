"""The queue of an office: its open cases by due date, as whoever works, answers or leads them may see. Nobody's name (F8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from chengxin.foundation.actors import Actor
from chengxin.kernel.days import ONE_DAY, Holidays, shanghai_day
from chengxin.kernel.decisions import is_allowed, require
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.remedies.models import Docket
from chengxin.remedies.queries.docket import by_day, late_by_us, line_of, still_open
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.terms.cases import CaseUnknown, DocketLine
from chengxin.remedies.terms.desks import Desk, Due, Queue, QueueAsk

COUNTED: Final = 1000
"""So far the cases of a queue are counted: beyond it nobody needs the figure."""
SOON_DAYS: Final = 2


def queue_for(actor: Actor, ask: QueueAsk, at: datetime) -> Queue:
    """The open cases in this actor's reach: those of offices they work or lead for, and those about what their office supplied.

    Needs SEE_REMEDIES.
    """
    authority = offices.Authority(actor, at)
    require(authority.may(Permission.SEE_REMEDIES))
    rows = _asked(still_open(shanghai_day(at)).filter(_reach(actor, authority)), ask, actor)
    found = list(by_day(rows)[ask.offset : ask.offset + ask.limit + 1])
    return Queue(
        lines=tuple(line_of(row) for row in found[: ask.limit]),
        counts=_counts(rows, shanghai_day(at)),
        more=len(found) > ask.limit,
        works=is_allowed(authority.may(Permission.WORK_CASES)),
    )


def reach_of(actor: Actor, at: datetime) -> Q:
    """Which cases an actor may see in lists."""
    return _reach(actor, offices.Authority(actor, at))


def _reach(actor: Actor, authority: offices.Authority) -> Q:
    assert actor.organisation_id is not None
    below = offices.organisations_below(actor.organisation_id)
    reach = Q(pk__in=[])
    if is_allowed(authority.may(Permission.WORK_CASES)):
        reach |= Q(organisation_id__in=below)
    if is_allowed(authority.may(Permission.LEAD_CASES)):
        reach |= Q(organisation_id__in=below) | Q(supplier__in=below)
    if is_allowed(authority.may(Permission.ANSWER_CASES)):
        reach |= Q(supplier=actor.organisation_id)
    return reach


def due_word(due_on: date | None, today: date, holidays: Holidays, *, ours: bool = True) -> Due:
    """How near a last day is, in working days. ``ours``: whether it is for one of us to act by then."""
    if due_on is None:
        return Due.NONE
    if due_on < today:
        return Due.OVERDUE if ours else Due.PASSED
    if due_on == today:
        return Due.TODAY
    return Due.SOON if due_on <= _soon_until(today, holidays) else Due.LATER


def _soon_until(today: date, holidays: Holidays) -> date:
    """The last day that is one or two working days away, with the days of rest that follow it."""
    day, worked = today, 0
    while True:
        day += ONE_DAY
        worked += holidays.is_working(day)
        if worked > SOON_DAYS:
            return day - timedelta(days=1)


def _asked(rows: QuerySet[Docket], ask: QueueAsk, actor: Actor) -> QuerySet[Docket]:
    if ask.desk is Desk.MINE:
        rows = rows.filter(assigned_to=actor.official_id)
    elif ask.desk is Desk.UNASSIGNED:
        rows = rows.filter(assigned_to__isnull=True)
    if ask.turn is not None:
        rows = rows.filter(turn=ask.turn.value)
    if ask.workflow:
        rows = rows.filter(workflow=ask.workflow)
    return rows


def _counts(rows: QuerySet[Docket], today: date) -> dict[Due, int]:
    soon = _soon_until(today, law_here().holidays)
    parts = {
        Due.OVERDUE: rows.filter(late_by_us(today)),
        Due.TODAY: rows.filter(due_on=today),
        Due.SOON: rows.filter(due_on__gt=today, due_on__lte=soon),
        Due.LATER: rows.filter(due_on__gt=soon),
        Due.PASSED: rows.filter(due_on__lt=today).exclude(late_by_us(today)),
        Due.NONE: rows.filter(due_on__isnull=True),
    }
    return {word: part[:COUNTED].count() for word, part in parts.items()}


def case_line(actor: Actor, uid: UUID, at: datetime) -> DocketLine:
    """One case in this actor's reach, open or closed, as lists show it: no look at anything. Raises CaseUnknown."""
    row = Docket.objects.filter(reach_of(actor, at), uid=uid).first()
    if row is None:
        raise CaseUnknown()
    return line_of(row)
