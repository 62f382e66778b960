"""Later work of the doors."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from chengxin.doors.proving import LINK_JOB, send_link
from chengxin.doors.telling_offices import tell_heads, tell_recipient
from chengxin.foundation import clock, jobs


@jobs.job(LINK_JOB, retry=5)
def send_contact_link(person_id: str, contact_id: str) -> bool:
    """Send the link that proves an address."""
    return send_link(UUID(person_id), UUID(contact_id), at=clock.now())


@jobs.job("doors.tell_recipient", retry=10)
def tell_recipient_of_recall(recall: str, organisation_id: str, at: str) -> bool:
    """Tell an organisation that something it was shown is no longer right."""
    return tell_recipient(UUID(recall), UUID(organisation_id), at=clock.now())


@jobs.job("doors.tell_heads", every="30 7 * * *")
def tell_heads_of_what_is_late() -> int:
    """Remind each head, every morning, of the terms that ran out in their office."""
    return tell_heads(at=clock.now())


@jobs.job("doors.forget_sessions", every="20 * * * *")
def forget_sessions() -> int:
    """Take away sessions that ran out, and with them the device and network address each was opened from; gives how many."""
    ended, _ = Session.objects.filter(expire_date__lte=clock.now()).delete()
    # one that has just begun may stand in the list before its session is written
    begun_before = clock.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    listed = UserSession.objects.filter(created_at__lt=begun_before)
    listed.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended
