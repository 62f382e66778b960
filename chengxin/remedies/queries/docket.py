"""Lists of cases by office and by due date: codes and days, nobody's name (F8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet

from chengxin.foundation import clock
from chengxin.kernel.days import shanghai_day
from chengxin.remedies.models import Docket
from chengxin.remedies.queries.cases import outcome_of
from chengxin.remedies.rules.numbering import case_number
from chengxin.remedies.rules.workflows import OURS, WORKFLOWS
from chengxin.remedies.terms.cases import AboutKind, DocketLine, Turn
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.workflows import Act, Effect, Outcome, Step, Workflow

PAGE: Final = 200
_LAPSES: Final = tuple((flow, step) for flow in WORKFLOWS.values() for step in flow.steps if step.act is Act.LAPSE)
_SILENT: Final = tuple(one for one in _LAPSES if {Effect.HIDE, Effect.LIST_PUBLICLY} & set(one[1].effects))
"""The lapses by which nobody answered in time: the office's own failures."""


def open_cases(organisation_id: UUID, *, limit: int = PAGE) -> list[DocketLine]:
    """The open cases whose turn it is at this office, or that are its own to answer; the earliest last day first."""
    rows = still_open(shanghai_day(clock.now())).filter(Q(turn_of=organisation_id) | Q(organisation_id=organisation_id))
    return [line_of(row) for row in by_day(rows)[:limit]]


def due_before(day: date, *, organisation_id: UUID, limit: int = PAGE) -> list[DocketLine]:
    """The open cases whose turn it is at this office and whose last day lies before a day."""
    rows = still_open(shanghai_day(clock.now())).filter(turn_of=organisation_id, due_on__lt=day)
    return [line_of(row) for row in by_day(rows)[:limit]]


def docket_line(uid: UUID) -> DocketLine | None:
    """One case in the lists."""
    row = Docket.objects.filter(uid=uid).first()
    return None if row is None else line_of(row)


def still_open(today: date) -> QuerySet[Docket]:
    """The cases that neither anybody nor a clock has closed."""
    return Docket.objects.filter(is_open(today))


def is_open(today: date) -> Q:
    """That a line is of a case that is open: what a term's end closes is closed from that day on, written down or not."""
    return Q(closed_at__isnull=True) & ~ended_by_clock(today)


def ended_by_clock(today: date, outcome: Outcome | None = None) -> Q:
    """The lines of cases that a clock has closed, and nobody wrote it down; with this outcome."""
    ends = ((flow, step, flow.closed.get(step.target)) for flow, step in _LAPSES)
    return _ran_out(today, [(flow, step) for flow, step, how in ends if how is not None and outcome in (None, how)])


def late_by_us(today: date) -> Q:
    """Past its last day, and one of us lets it pass: a person, another organ or a court may take its time."""
    return Q(due_on__lt=today, turn__in=[turn.value for turn in OURS])


def unwritten(today: date) -> Q:
    """The lines of cases of which a term has run out, and nobody wrote it down."""
    return _ran_out(today, _LAPSES)


def in_silence(today: date) -> Q:
    """That nobody answered in time, written down or not."""
    written = Q(pk__in=[])
    for flow, step in _SILENT:
        written |= Q(workflow=flow.code, state=step.target.value)
    return written | _ran_out(today, _SILENT)


def counted_otherwise(mark: str) -> QuerySet[Docket]:
    """The lines of open cases whose last day was counted by another law than this one (`rules.counted.law_mark`)."""
    return Docket.objects.filter(closed_at__isnull=True).exclude(law=mark)


def _ran_out(today: date, lapses: Iterable[tuple[Workflow, Step]]) -> Q:
    found = Q(pk__in=[])
    for flow, step in lapses:
        found |= Q(workflow=flow.code, state=step.source.value, matter__in=[one.value for one in step.terms])
    return Q(closed_at__isnull=True, due_on__lt=today) & found


def by_day(rows: QuerySet[Docket]) -> QuerySet[Docket]:
    """The earliest last day first, then the oldest."""
    return rows.order_by(F("due_on").asc(nulls_last=True), "opened_at", "uid")


def line_of(row: Docket) -> DocketLine:
    """A row as the lists show it."""
    return DocketLine(
        uid=row.uid,
        number=case_number(row.workflow, row.uid, row.opened_at),
        workflow=row.workflow,
        about_kind=AboutKind(row.about_kind),
        item=row.item,
        organisation_id=row.organisation_id,
        supplier=row.supplier,
        state=row.state,
        turn=Turn(row.turn),
        opened_at=row.opened_at,
        due_on=row.due_on,
        matter=Matter(row.matter) if row.matter else None,
        provisional=row.provisional,
        assigned_to=row.assigned_to,
        closed_at=row.closed_at,
        outcome=outcome_of(row.outcome),
    )
