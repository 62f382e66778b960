"""Who was told that what they were shown is no longer right, and has not acknowledged it yet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.remedies.models import Case, Recipient
from chengxin.remedies.terms.corrections import CORRECTION, ToldOf, What
from chengxin.remedies.terms.desks import OpenRecalls, RecallLine, RecallUnknown

PAGE = 200


def recalls_for(actor: Actor, at: datetime) -> list[RecallLine]:
    """What the actor's own organisation was told: what waits for its word, then the newest that has it.

    An official needs LOOK_UP.
    """
    own = _own(actor, at)
    waiting = own.filter(acknowledged_at__isnull=True).order_by("due_on", "told_at", "id")
    done = own.filter(acknowledged_at__isnull=False).order_by("-acknowledged_at", "-id")
    return [_line(row) for row in (*waiting[:PAGE], *done[:20])]


def recall_for(actor: Actor, uid: UUID, at: datetime) -> RecallLine:
    """One of them. Raises RecallUnknown."""
    return _line(row_for(actor, uid, at))


def row_for(actor: Actor, uid: UUID, at: datetime) -> Recipient:
    """The row of one of the actor's own organisation. An official needs LOOK_UP. Raises RecallUnknown."""
    row = _own(actor, at).filter(id=uid).first()
    if row is None:
        raise RecallUnknown()
    return row


def recipients_of(person_id: UUID, entry_uid: UUID, *, since: datetime) -> set[UUID]:
    """The organisations that were told since a moment that an entry is no longer right. The person must be set."""
    cases = Case.objects.filter(person_id=person_id, workflow=CORRECTION.code, about_uid=entry_uid)
    told = Recipient.objects.filter(case_uid__in=list(cases.values_list("uid", flat=True)), told_at__gte=since)
    return set(told.values_list("organisation_id", flat=True))


def told_about(person_id: UUID, entry_uid: UUID) -> list[ToldOf]:
    """Everything that recipients of an entry were ever told about it, the first thing first. The person must be set."""
    cases = Case.objects.filter(person_id=person_id, workflow=CORRECTION.code, about_uid=entry_uid)
    closed = dict(cases.values_list("uid", "closed_at"))
    return [
        ToldOf(
            row.organisation_id,
            What(row.what),
            row.version,
            row.told_at,
            row.acknowledged_at,
            awaited=closed[row.case_uid] is None,
        )
        for row in Recipient.objects.filter(case_uid__in=list(closed)).order_by("told_at", "id")
    ]


def recalls_open(at: datetime) -> list[OpenRecalls]:
    """For everybody: each recipient that has not acknowledged, the longest overdue first. No entry, no look, no person."""
    today = shanghai_day(at)
    waiting = Recipient.objects.filter(acknowledged_at__isnull=True).values("organisation_id")
    found = waiting.annotate(
        count=Count("id"), overdue=Count("id", filter=Q(due_on__lt=today)), oldest=Min("due_on")
    ).order_by("oldest", "organisation_id")
    return [OpenRecalls(row["organisation_id"], row["count"], row["overdue"], row["oldest"]) for row in found]


def _own(actor: Actor, at: datetime) -> QuerySet[Recipient]:
    if actor.kind != "client":
        # a machine asks for its organisation; its door has let it in, suspended or not
        offices.require_permission(actor, Permission.LOOK_UP, at)
    assert actor.organisation_id is not None
    return Recipient.objects.filter(organisation_id=actor.organisation_id)


def _line(row: Recipient) -> RecallLine:
    return RecallLine(row.id, row.what, row.look_uid, row.told_at, row.due_on, row.acknowledged_at)
