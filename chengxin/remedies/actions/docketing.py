"""The line of a case in the offices' lists, written anew with each act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connections

from chengxin.foundation.database import WEB, working_off
from chengxin.remedies import models
from chengxin.remedies.queries.cases import CASE_PERSONS
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.rules.counted import law_mark
from chengxin.remedies.rules.workflows import WORKFLOWS, waited_for
from chengxin.remedies.terms.cases import Case, Turn
from chengxin.remedies.terms.clocks import RunningClock

_COUNTED: Final = ("matter", "due_on", "provisional")
_RECOUNT: Final = """
    UPDATE remedies_docket AS line
       SET matter = counted.matter, due_on = counted.due_on, provisional = counted.provisional, law = %(mark)s
      FROM unnest(%(uid)s::uuid[], %(matter)s::text[], %(due_on)s::date[], %(provisional)s::boolean[],
                  %(read_matter)s::text[], %(read_due_on)s::date[], %(read_provisional)s::boolean[])
           AS counted (uid, matter, due_on, provisional, read_matter, read_due_on, read_provisional)
     WHERE line.uid = counted.uid
       AND (line.matter, line.provisional) = (counted.read_matter, counted.read_provisional)
       AND line.due_on IS NOT DISTINCT FROM counted.read_due_on
 RETURNING line.uid
"""
OF_THE_SUPPLIER = frozenset({Turn.SUPPLIER})


def enter(case: Case, batch_id: UUID | None) -> None:
    """A new case in the lists, in the transaction that opens it."""
    models.Docket.objects.create(
        uid=case.uid,
        workflow=case.workflow,
        about_kind=case.about.kind.value,
        item=case.about.item,
        organisation_id=case.organisation_id,
        supplier=case.about.supplier,
        batch_id=batch_id,
        opened_at=case.opened_at,
        **_moving(case),
    )
    with working_off(CASE_PERSONS):
        models.CasePerson.objects.create(uid=case.uid, person_id=case.person_id)


def move(case: Case, *, late: bool) -> None:
    """What an act changed of it. ``late``: it came after a term of an office had run out, which the line keeps."""
    noted = {"late": True} if late else {}
    models.Docket.objects.filter(uid=case.uid).update(**_moving(case), **noted)


def name(case: Case, batch_id: UUID | None) -> None:
    """What it turned out to be about."""
    about = case.about
    models.Docket.objects.filter(uid=case.uid).update(item=about.item, supplier=about.supplier, batch_id=batch_id)


def recount(line: models.Docket, due: RunningClock | None, mark: str) -> bool:
    """The clock that ends first, counted again by the law of this mark; whether the line said something else."""
    said, now = _said(line), _says(due)
    models.Docket.objects.filter(uid=line.uid).update(matter=now[0], due_on=now[1], provisional=now[2], law=mark)
    return now != said


def recount_many(counted: Sequence[tuple[models.Docket, RunningClock | None]], mark: str) -> dict[UUID, bool]:
    """The same of many lines by one statement, in the current transaction, and whether each said something else.

    One on which an act has written another day since it was read stays as it is, and is not among them.
    """
    values: dict[str, Any] = {"mark": mark, "uid": [line.uid for line, _ in counted]}
    for place, name in enumerate(_COUNTED):
        values[name] = [_says(due)[place] for _, due in counted]
        values[f"read_{name}"] = [_said(line)[place] for line, _ in counted]
    with connections[WEB].cursor() as cursor:
        cursor.execute(_RECOUNT, values)
        written = {uid for (uid,) in cursor.fetchall()}
    return {line.uid: _said(line) != _says(due) for line, due in counted if line.uid in written}


def _said(line: models.Docket) -> tuple[str, date | None, bool]:
    return line.matter, line.due_on, line.provisional


def _says(due: RunningClock | None) -> tuple[str, date | None, bool]:
    return (due.clock.matter.value, due.due.day, due.due.provisional) if due else ("", None, False)


def assign(uid: UUID, official_id: UUID | None) -> None:
    """Whose desk it lies on."""
    models.Docket.objects.filter(uid=uid).update(assigned_to=official_id)


def _moving(case: Case) -> dict[str, str | bool | UUID | datetime | object | None]:
    flow = WORKFLOWS[case.workflow]
    due = waited_for(flow, flow.states(case.state), case.clocks) if case.closed_at is None else None
    answers = case.turn in OF_THE_SUPPLIER and case.about.supplier is not None
    return {
        "state": case.state,
        "turn": case.turn.value,
        "turn_of": case.about.supplier if answers else case.organisation_id,
        "matter": due.clock.matter.value if due else "",
        "due_on": due.due.day if due else None,
        "provisional": due.due.provisional if due else False,
        "outcome": case.outcome.value if case.outcome and case.closed_at else "",
        "closed_at": case.closed_at,
        "law": law_mark(law_here()),
    }
