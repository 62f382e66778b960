"""One's own account: what is set up, where one is signed in, and under which mandate an official acts."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from chengxin.foundation import clock
from chengxin.foundation.models import Account
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from chengxin.persons.terms import Assurance
from tests.doors.signing import signed_in
from tests.making import WHY, heads, make_account, make_official, make_organisation, official_of
from tests.people import make_person

PASSWORD = "seven quiet rivers 7"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 MicroMessenger/8.0"
DESK = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


def resident() -> Account:
    """An account tied to somebody, with a password."""
    account = make_account(kind="resident")
    account.set_password(PASSWORD)
    account.save()
    persons.link_account(
        account_id=account.id,
        person_id=make_person().person_id,
        assurance=Assurance.COUNTER,
        actor=heads(at=clock.now())[0],
        at=clock.now(),
        reason=WHY,
    )
    return account


def on(device: str, account: Account) -> Client:
    """Signed in on a device, with name and password."""
    cache.clear()
    client = Client(headers={"user-agent": device})
    answer = client.post("/sign-in/", {"login": account.username, "password": PASSWORD})
    assert answer.headers["Location"] == "/my/record/"
    return client


def test_every_device_is_listed_and_can_be_ended_alone() -> None:
    account = resident()
    phone, desk = on(PHONE, account), on(DESK, account)
    page = phone.get("/account/sessions/").content.decode()
    assert "Android上的WeChat" in page
    assert "Windows上的Edge" in page
    chosen = re.search(r'name="session" value="(\d+)"', page)
    assert chosen, "the other device has its button, this one has none"
    phone.post("/account/sessions/end/", {"session": chosen[1]})
    assert desk.get("/account/").headers["Location"].startswith("/sign-in/")
    assert phone.get("/account/").status_code == HTTPStatus.OK


def test_all_others_end_at_one_press() -> None:
    account = resident()
    here, *others = [on(DESK, account) for _ in range(3)]
    here.post("/account/sessions/end/")
    assert here.get("/account/").status_code == HTTPStatus.OK
    assert all(other.get("/account/").status_code == HTTPStatus.FOUND for other in others)
    assert "只在这台设备上登录着" in here.get("/account/sessions/").content.decode()


def test_nobody_ends_the_session_of_another() -> None:
    victim, stranger = resident(), resident()
    theirs = on(PHONE, victim)
    session = UserSession.objects.get(user=victim)
    on(DESK, stranger).post("/account/sessions/end/", {"session": str(session.pk)})
    assert theirs.get("/account/").status_code == HTTPStatus.OK


def test_ending_is_a_post_and_nothing_else() -> None:
    assert on(DESK, resident()).get("/account/sessions/end/").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_password_is_changed_with_the_old_one() -> None:
    account = resident()
    client = on(DESK, account)
    new = "nine other mountains 9"
    refused = client.post("/account/password/", {"oldpassword": "wrong", "password1": new, "password2": new})
    assert "现在的密码不对" in refused.content.decode()
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    account.refresh_from_db()
    assert account.check_password(new)


def test_what_signed_in_people_see_is_kept_by_no_cache() -> None:
    answer = on(DESK, resident()).get("/account/")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "Cookie" in answer.headers["Vary"]


def test_an_official_with_two_mandates_chooses_and_acts_under_the_chosen_one() -> None:
    now = clock.now()
    actor = make_official(role=Role.CLERK, at=now)
    first, second = heads(at=now)
    office = make_organisation(at=now)
    granted = offices.grant_mandate(
        actor=first,
        official_id=official_of(actor).id,
        role=Role.SUPERVISOR_CLERK,
        organisation_id=office.id,
        starts_on=shanghai_day(now),
        ends_on=shanghai_day(now) + timedelta(days=30),
        at=now,
        reason=WHY,
    )
    offices.approve_mandate(actor=second, mandate_uid=granted.uid, at=now, reason=WHY)
    client = signed_in(official_of(actor).account)
    page = client.get("/account/mandate/").content.decode()
    assert f"{office.name_zh} · 报送复核人" in page
    assert client.get("/").wsgi_request.actor.role == Role.CLERK  # type: ignore[attr-defined]
    client.post("/account/mandate/", {"mandate": str(granted.uid)})
    acting = client.get("/").wsgi_request.actor  # type: ignore[attr-defined]
    assert (acting.role, acting.organisation_id) == (Role.SUPERVISOR_CLERK, office.id)


def test_a_mandate_of_somebody_else_cannot_be_chosen() -> None:
    now = clock.now()
    mine, theirs = make_official(at=now), make_official(at=now)
    client = signed_in(official_of(mine).account)
    held = offices.mandates_of(theirs, official_of(theirs).id, now)[0]
    answer = client.post("/account/mandate/", {"mandate": str(held.uid)})
    assert "请在“选择职权”给出的选项中选择一项" in answer.content.decode()
    session = client.session
    session["mandate"] = str(held.uid)
    session.save()
    acting = client.get("/").wsgi_request.actor  # type: ignore[attr-defined]
    assert acting.organisation_id == mine.organisation_id, "a forged choice falls back to one's own"
