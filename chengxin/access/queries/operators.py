"""Reading what operators asked, for the rules over operators: bounded, however much a machine asks in a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connections

from chengxin.access.models import OperatorLook, Unheld
from chengxin.access.rules.watching import KEPT_DAYS, MONTH, NO_CASE, SAME_PERSON, WEEK
from chengxin.access.terms.asking import NoAnswer
from chengxin.access.terms.watching import OperatorFacts
from chengxin.access.terms.watching import OperatorLook as SeenLook
from chengxin.foundation import sqlfiles
from chengxin.foundation.database import WEB, working_off
from chengxin.kernel.days import ONE_DAY, day_starts_at

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    Operator = tuple[UUID, UUID | None, UUID | None]

OPERATOR_LOOKS: Final = "access_operator_look"

MOST_LISTED: Final = 500
"""Looks that one review lists; whoever was looked at in one of them is told what was found."""

_STOPPED: Final = sorted({NoAnswer.OWN_FILE, *NO_CASE})
_FIELDS: Final = ("at", "purpose", "case_ref", "person_id", "outcome", "look_uid")


def operators_who_looked(since: datetime, until: datetime) -> list[Operator]:
    """Organisation, official and client of each operator who asked anything between two moments."""
    with working_off(OPERATOR_LOOKS):
        named = {
            (organisation_id, official_id, client_id)
            for table in (OperatorLook, Unheld)
            for organisation_id, official_id, client_id in table.objects.filter(at__gte=since, at__lt=until)
            .values_list("organisation_id", "official_id", "client_id")
            .distinct()
            if organisation_id is not None
        }
    return sorted(named, key=str)


def operator_facts(operator: Operator, day: date) -> OperatorFacts:
    """What the rules know of one operator on a Shanghai day."""
    organisation_id, official_id, client_id = operator
    whose: dict[str, Any] = {"organisation_id": organisation_id, "official_id": official_id, "client_id": client_id}
    until = day_starts_at(day + ONE_DAY)
    with working_off(OPERATOR_LOOKS):
        today = OperatorLook.objects.filter(**whose, at__gte=day_starts_at(day), at__lt=until).order_by("-at", "-id")
        week = {"at__gte": day_starts_at(day - (WEEK - 1) * ONE_DAY), "at__lt": until, "outcome__in": _STOPPED}
        stopped = OperatorLook.objects.filter(**whose, **week).order_by("-at", "-id")
        unheld = Unheld.objects.filter(**whose, **week).order_by("-at", "-id")[:MOST_LISTED]
        return OperatorFacts(
            hours={(on, hour): looks for on, hour, looks in _rows("hours", operator, day, KEPT_DAYS)},
            today=[SeenLook(*row) for row in today.values_list(*_FIELDS)[:MOST_LISTED]],
            stopped=[
                *(SeenLook(*row) for row in stopped.values_list(*_FIELDS)[:MOST_LISTED]),
                *(SeenLook(row.at, row.purpose, row.case_ref, None, row.outcome, None) for row in unheld),
            ],
            again=[SeenLook(*row) for row in _rows("again", operator, day, MONTH)],
        )


def opens_of(looks: list[UUID]) -> dict[UUID, datetime | None]:
    """Look uid -> when its person may know of it; None: at once."""
    with working_off(OPERATOR_LOOKS):
        return dict(OperatorLook.objects.filter(look_uid__in=looks).values_list("look_uid", "opens_at"))


def last_looks_in_cases(until: datetime) -> list[tuple[UUID, UUID | None, UUID | None, str, datetime]]:
    """Organisation, official, client, case and last look of every case last asked for before a moment."""
    one = ("organisation_id", "official_id", "client_id", "case_ref")
    with working_off(OPERATOR_LOOKS):
        last = OperatorLook.objects.exclude(case_ref="").order_by(*one, "-at").distinct(*one)
        return [found for found in last.values_list(*one, "at") if found[-1] < until]


def _rows(name: str, operator: Operator, day: date, days: int) -> list[tuple[Any, ...]]:
    organisation_id, official_id, client_id = operator
    with connections[WEB].cursor() as cursor:
        cursor.execute(
            sqlfiles.load("access", name),
            {
                "organisation": organisation_id,
                "official": official_id,
                "client": client_id,
                "since": day_starts_at(day - (days - 1) * ONE_DAY),
                "until": day_starts_at(day + ONE_DAY),
                "today": day_starts_at(day),
                "several": SAME_PERSON,
                "most": MOST_LISTED,
            },
        )
        return list(cursor.fetchall())
