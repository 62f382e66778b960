"""Our own proof that a person has a notice: they opened it, signed in. E-mail that went out proves nothing, and nothing does
of a notice that lacks something it must say."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connections

from chengxin.foundation import events, journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import WEB, as_person
from chengxin.foundation.models.outbox import Delivery
from chengxin.foundation.outbox.desks import open_desk
from chengxin.foundation.outbox.notices import NoticeUnknown, notice_of
from chengxin.foundation.outbox.sending import held_for, is_held
from chengxin.foundation.outbox.terms import ChannelKind, NoticeServed, NoticeView, State
from chengxin.kernel.ids import new_id


def read_notice(*, actor: Actor, person_id: UUID, uid: UUID, at: datetime, reason: str = "opened") -> NoticeView:
    """Note that the person opened a notice, once; gives it as it stood before. Raises ``NoticeUnknown``.

    The person alone can: nobody reads a letter for another. Opened while it lacks something, it counts as held, not as read.
    """
    if actor.kind != "person" or actor.person_id != person_id or actor.mandate is not None:
        raise NoticeUnknown()
    with as_person(person_id):
        with connections[WEB].cursor() as cursor:
            # opened in two windows at once, it is read once
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 14))", [str(uid)])
        notice = notice_of(person_id, uid)
        if notice.read_at is not None:
            return notice
        with open_desk(person_id, at=at) as desk:
            held = held_for(desk, notice) if desk.formal(notice) else ""
        if not held:
            note_step(notice, ChannelKind.PAGE, State.READ, at=at, evidence="signed in")
            journal.record(actor, "read_notice", "notice", uid, at=at, reason=reason)
            events.publish(served(notice, how="read"), at=at)
        elif not is_held(notice, ChannelKind.PAGE):
            note_step(notice, ChannelKind.PAGE, State.HELD, at=at, evidence=held)
            journal.record(actor, "open_held_notice", "notice", uid, at=at, reason=reason)
    return notice


def note_step(notice: NoticeView, channel: ChannelKind, state: State, *, at: datetime, evidence: str) -> None:
    """Add one step of telling, in the current transaction of its person."""
    Delivery.objects.create(
        person_id=notice.person_id,
        delivery_id=new_id(at),
        notice_id=notice.notice_id,
        channel=channel.value,
        state=state,
        at=at,
        evidence=evidence,
    )


def served(notice: NoticeView, *, how: str) -> NoticeServed:
    """The event that says so."""
    return NoticeServed(
        person_id=notice.person_id,
        notice_id=notice.notice_id,
        subject_kind=notice.subject_kind,
        subject_id=notice.subject_id,
        subject_version=notice.subject_version,
        how=how,
    )
