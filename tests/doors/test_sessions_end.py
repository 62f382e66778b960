"""A session that ran out leaves nothing of where and on what it was opened."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from chengxin.doors.jobs import forget_sessions
from chengxin.foundation import clock
from chengxin.foundation.models import Account
from tests.doors.signing import signed_in
from tests.making import make_account

HOURS = timedelta(hours=1)


def begun(*, hours_ago: int) -> Account:
    """An account with one session, as the list of devices shows it."""
    account, then = make_account(kind="resident"), clock.now() - hours_ago * HOURS
    client = signed_in(account)
    key = client.session.session_key
    UserSession.objects.create(user=account, session_key=key, ip="127.0.0.1", user_agent="a browser")
    Session.objects.filter(session_key=key).update(expire_date=then + 2 * HOURS)
    UserSession.objects.filter(user=account).update(created_at=then)
    return account


def listed(account: Account) -> int:
    return int(UserSession.objects.filter(user=account).count())


def test_a_session_that_ran_out_goes_with_its_address_and_device() -> None:
    old, running = begun(hours_ago=3), begun(hours_ago=1)
    assert forget_sessions() == 1
    assert (listed(old), listed(running)) == (0, 1)
    assert forget_sessions() == 0


def test_one_that_is_used_on_stays_however_long_ago_it_began() -> None:
    account = begun(hours_ago=9)
    Session.objects.update(expire_date=clock.now() + HOURS)
    forget_sessions()
    assert listed(account) == 1


def test_one_that_has_just_begun_is_left_alone() -> None:
    account = begun(hours_ago=0)
    Session.objects.all().delete()
    forget_sessions()
    assert listed(account) == 1
