"""The rules over operators' own looks, run once a day; what they raise is for a supervisor to see, and for nobody to count."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from chengxin.access.actions.reviewing import ReviewedLook, raised
from chengxin.access.models import Case, OperatorLook
from chengxin.access.queries.operators import (
    OPERATOR_LOOKS,
    last_looks_in_cases,
    opens_of,
    operator_facts,
    operators_who_looked,
)
from chengxin.access.rules import watching as rules
from chengxin.access.terms.reviews import ReviewKind, WatchRule
from chengxin.access.terms.watching import CaseEnd
from chengxin.foundation import journal
from chengxin.foundation.database import in_transaction, working_off
from chengxin.foundation.holidays import holidays_here
from chengxin.kernel.days import ONE_DAY, day_starts_at, shanghai_day
from chengxin.kernel.ids import new_uid

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.access.terms.watching import Raised
    from chengxin.foundation.actors import Actor

    Operator = tuple[UUID, UUID | None, UUID | None]

_KEPT: Final = timedelta(days=rules.KEPT_DAYS)
_WAITING: Final = timedelta(days=rules.WAITING_DAYS)


def watch_operators(*, actor: Actor, day: date, at: datetime, reason: str) -> int:
    """Run every rule over the operators who asked something on a Shanghai day; gives how many reviews were raised.

    Run again for the same day it raises nothing twice.
    """
    began = day_starts_at(day)
    cases = _cases_left(at)
    operators = {*operators_who_looked(began, began + ONE_DAY), *cases}
    return sum(_watch(actor, one, cases.get(one, []), day, at, reason) for one in sorted(operators, key=str))


def sweep_operator_looks(*, actor: Actor, at: datetime, reason: str) -> int:
    """Take away operators' looks older than the rules need; gives how many. The looks themselves stay in their persons' logs."""
    with in_transaction(), working_off(OPERATOR_LOOKS):
        gone, _ = OperatorLook.objects.filter(at__lt=at - _KEPT).delete()
        if gone:
            journal.record(actor, "sweep_operator_looks", "operator_looks", new_uid(), at=at, reason=reason)
    return gone


def forget_person_asked_about(person_id: UUID) -> None:
    """Take a person out of the operators' looks, in the transaction of their erasure."""
    with working_off(OPERATOR_LOOKS):
        OperatorLook.objects.filter(person_id=person_id).delete()


def _watch(actor: Actor, operator: Operator, cases: list[CaseEnd], day: date, at: datetime, reason: str) -> int:
    found = rules.watched(
        operator_facts(operator, day),
        cases,
        day=day,
        official=operator[1] is not None,
        at=at,
        holidays=holidays_here(),
    )
    return sum(_raise(actor, operator, one, at, reason) for one in found)


def _raise(actor: Actor, operator: Operator, found: Raised, at: datetime, reason: str) -> int:
    opens = opens_of([one.look for one in found.looks if one.look is not None])
    with in_transaction():
        review = raised(
            ReviewKind.WATCH,
            rule=found.rule,
            about=f"{operator[1] or operator[2]}:{found.about}",
            operator=operator,
            figures=found.figures,
            case_ref=found.about if found.rule is WatchRule.NO_DECISION else "",
            looks=[
                ReviewedLook(one.person, one.look, opens[one.look])
                for one in found.looks
                if one.person is not None and one.look is not None
            ],
            at=at,
        )
        if review is None:
            return 0
        journal.record(
            actor, "raise_review", "look_review", review.uid, at=at, reason=reason, organisation_id=operator[0]
        )
    return 1


def _cases_left(at: datetime) -> dict[Operator, list[CaseEnd]]:
    """Operator -> cases that they looked for and nobody brought to an end since."""
    found: dict[Operator, list[CaseEnd]] = {}
    for organisation_id, official_id, client_id, ref, last in last_looks_in_cases(at - _WAITING):
        case = Case.objects.filter(organisation_id=organisation_id, ref=ref, closed_at__isnull=True).first()
        if case is not None:
            operator = (organisation_id, official_id, client_id)
            found.setdefault(operator, []).append(CaseEnd(ref, last, None))
    return found


def yesterday(at: datetime) -> date:
    """The last Shanghai day that is over."""
    return shanghai_day(at) - ONE_DAY
