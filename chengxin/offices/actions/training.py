"""What makes an official fit to ask: a training passed, and the mark of their own document."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.documents import DocumentKind, check_document
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.offices import rules
from chengxin.offices.actions.guards import promises_kept, require_reason
from chengxin.offices.models import Official, Training, TrainingTakenBack
from chengxin.offices.queries import official_view, own_document_mark, require_permission, training_view
from chengxin.offices.terms import OfficialUnknown, OfficialView, Permission, TakenBack, TrainingUnknown, TrainingView


def record_training(
    *,
    actor: Actor,
    official_id: UUID,
    course: str,
    passed_on: date,
    valid_until: date,
    at: datetime,
    reason: str,
) -> TrainingView:
    """Record a course that an official passed. Needs RECORD_TRAINING in reach; nobody records their own.

    Raises `Refusal` (see `rules.may_record_training`), also for the same course of the same day.
    """
    require_reason(reason)
    with in_transaction():
        official = _in_reach(actor, official_id, at)
        assert actor.official_id is not None
        facts = rules.TrainingFacts(
            recorded_by=actor.official_id,
            official_id=official.id,
            official_active=official.is_active,
            passed_on=passed_on,
            valid_until=valid_until,
        )
        require(rules.may_record_training(facts, shanghai_day(at)))
        row = Training(
            id=new_id(at),
            official=official,
            course=course.strip(),
            passed_on=passed_on,
            valid_until=valid_until,
            recorded_at=at,
            recorded_by=actor.official_id,
        )
        with promises_kept():
            row.save(force_insert=True)
        _record(actor, "record_training", official, at, reason)
        return training_view(row, at)


def take_back_training(
    *, actor: Actor, official_id: UUID, course: str, passed_on: date, at: datetime, reason: str
) -> TakenBack:
    """A recorded training counts no more, from the next question on. Needs RECORD_TRAINING in reach; nobody takes back their own.

    Raises TrainingUnknown, and `Refusal` (see `rules.may_take_back`).
    """
    require_reason(reason)
    with in_transaction():
        official = _in_reach(actor, official_id, at)
        assert actor.official_id is not None
        row = Training.objects.filter(official=official, course=course, passed_on=passed_on).first()
        if row is None:
            raise TrainingUnknown()
        already = TrainingTakenBack.objects.filter(training=row).exists()
        require(rules.may_take_back(actor.official_id, official.id, already=already))
        gone = TrainingTakenBack(training=row, reason=reason.strip(), taken_back_at=at, taken_back_by=actor.official_id)
        with promises_kept():
            gone.save(force_insert=True)
        _record(actor, "take_back_training", official, at, reason)
        return TakenBack(gone.taken_back_at, gone.taken_back_by, gone.reason)


def record_own_document(
    *, actor: Actor, official_id: UUID, kind: str, number: str, at: datetime, reason: str
) -> OfficialView:
    """Keep the mark of an official's own document, in place of an earlier one; the number itself is kept nowhere.

    Needs RECORD_TRAINING in reach; nobody records their own. Raises `Refusal` for a number that such a document cannot have.
    """
    require_reason(reason)
    _check(kind, number, shanghai_day(at))
    with in_transaction():
        official = _in_reach(actor, official_id, at)
        assert actor.official_id is not None
        require(rules.may_record_document(actor.official_id, official.id, official_active=official.is_active))
        official.own_document, official.own_document_by = own_document_mark(kind, number), actor.official_id
        official.save(update_fields=["own_document", "own_document_by"])
        _record(actor, "record_own_document", official, at, reason)
        return official_view(official)


def _in_reach(actor: Actor, official_id: UUID, at: datetime) -> Official:
    row = Official.objects.select_for_update(no_key=True).filter(id=official_id).first()
    if row is None:
        raise OfficialUnknown()
    require_permission(actor, Permission.RECORD_TRAINING, at, organisation_id=row.organisation_id)
    return row


def _check(kind: str, number: str, today: date) -> None:
    """Raise `Refusal` for a number that is wrong; those of nobody live in practice instances, and only there (F12)."""
    found = check_document(DocumentKind(kind), number, today=today)
    code = found.reason.value if found.reason else ""
    if not code and found.practice != bool(settings.CHENGXIN_PRACTICE):
        code = "number_of_practice" if found.practice else "number_not_of_practice"
    if code:
        raise Refusal(Refused(code, "GB 11643-1999"))


def _record(actor: Actor, act: str, row: Official, at: datetime, reason: str) -> None:
    journal.record(actor, act, "official", row.uid, at=at, reason=reason, organisation_id=row.organisation_id)
