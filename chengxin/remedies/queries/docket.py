"""Lists of cases by office and by due date: codes and days, nobody's name (F8)."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet

from chengxin.remedies.models import Docket
from chengxin.remedies.queries.cases import outcome_of
from chengxin.remedies.rules.numbering import case_number
from chengxin.remedies.terms.cases import AboutKind, DocketLine, Turn
from chengxin.remedies.terms.clocks import Matter

PAGE: Final = 200


def open_cases(organisation_id: UUID, *, limit: int = PAGE) -> list[DocketLine]:
    """The open cases whose turn it is at this office, or that are its own to answer; the earliest last day first."""
    rows = still_open().filter(Q(turn_of=organisation_id) | Q(organisation_id=organisation_id))
    return [line_of(row) for row in by_day(rows)[:limit]]


def due_before(day: date, *, organisation_id: UUID, limit: int = PAGE) -> list[DocketLine]:
    """The open cases whose turn it is at this office and whose last day lies before a day."""
    return [line_of(row) for row in by_day(still_open().filter(turn_of=organisation_id, due_on__lt=day))[:limit]]


def docket_line(uid: UUID) -> DocketLine | None:
    """One case in the lists."""
    row = Docket.objects.filter(uid=uid).first()
    return None if row is None else line_of(row)


def still_open() -> QuerySet[Docket]:
    """The cases that nobody has closed."""
    return Docket.objects.filter(closed_at__isnull=True)


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
