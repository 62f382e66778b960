"""Who may enter: each kind of entrant at each kind of door, and what somebody reads who may not."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.test import Client, override_settings
from django.urls import include, path

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.request import Request
from chengxin.foundation import actors, clock
from chengxin.foundation.models import Account
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission, Role
from chengxin.persons import facade as persons
from chengxin.persons.terms import Assurance
from tests.doors.signing import signed_in
from tests.making import WHY, heads, make_account, make_official, mandate_of, official_of
from tests.people import make_person

SEEN = "SELECT coalesce(current_setting('chengxin.person', true), ''), (SELECT count(*) FROM persons_person)"


def _seen() -> str:
    with connections["default"].cursor() as cursor:
        cursor.execute(SEEN)
        person, rows = cursor.fetchone()
    return f"{person} {rows}"


@entrance(who=Who.RESIDENT)
def own(request: Request) -> HttpResponse:
    return HttpResponse(_seen())


class Lazy(TemplateResponse):
    """A response whose content asks the database while it renders."""

    @property
    def rendered_content(self) -> str:
        return _seen()


@entrance(who=Who.RESIDENT)
def own_lazily(request: Request) -> HttpResponse:
    return Lazy(request, "unused.html")


def _plain(request: Request, *args: Any) -> HttpResponse:
    assert request.at.tzinfo is not None
    return HttpResponse(_seen())


urlpatterns = [
    path("own/", own, name="own"),
    path("own-lazily/", own_lazily),
    path("public/", entrance(who=Who.PUBLIC)(_plain)),
    path("signed-in/", entrance(who=Who.SIGNED_IN)(_plain)),
    path("send/", entrance(who=Who.OFFICIAL, permission=Permission.SEND_FILE)(_plain)),
    path("operate/", entrance(who=Who.OPERATOR, permission=Permission.SEE_WORK)(_plain)),
    path("", include("chengxin.doors.urls")),
]


@pytest.fixture(autouse=True)
def _doors() -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def resident() -> Account:
    account = make_account(kind="resident")
    persons.link_account(
        account_id=account.id,
        person_id=make_person().person_id,
        assurance=Assurance.HIGH,
        actor=actors.system("test"),
        at=clock.now(),
        reason=WHY,
    )
    return account


def official(role: Role) -> Account:
    return official_of(make_official(role=role, at=clock.now())).account


DOORS = ("public", "signed-in", "own", "send", "operate")
OPEN: dict[str, tuple[str, ...]] = {
    "nobody": ("public",),
    "unbound": ("public", "signed-in"),
    "resident": ("public", "signed-in", "own"),
    "clerk": ("public", "signed-in", "send"),
    "clerk without second factor": ("public", "signed-in"),
    "auditor": ("public", "signed-in"),
    "operator": ("public", "signed-in", "operate"),
}
MAKERS = {
    "nobody": Client,
    "unbound": lambda: signed_in(make_account(kind="resident")),
    "resident": lambda: signed_in(resident()),
    "clerk": lambda: signed_in(official(Role.CLERK)),
    "clerk without second factor": lambda: signed_in(official(Role.CLERK), second_factor=False),
    "auditor": lambda: signed_in(official(Role.AUDITOR)),
    "operator": lambda: signed_in(official(Role.OPERATOR)),
}


@pytest.mark.parametrize("entrant", OPEN)
def test_each_entrant_at_each_door(entrant: str) -> None:
    client = MAKERS[entrant]()
    opened = tuple(door for door in DOORS if client.get(f"/{door}/").status_code == HTTPStatus.OK)
    assert opened == OPEN[entrant]


def test_a_resident_sees_the_own_rows_and_after_that_nobodys() -> None:
    account = resident()
    make_person()
    client = signed_in(account)
    person_id = persons.person_of_account(account.id)
    for door in ("own", "own-lazily"):
        assert client.get(f"/{door}/").content.decode() == f"{person_id} 1"
    assert client.get("/signed-in/").content.decode() == " 0", "the next request on this connection carries nobody over"


def test_what_somebody_may_not_enter_says_why_and_what_to_do() -> None:
    clerk = signed_in(official(Role.CLERK))
    page = clerk.get("/own/")
    assert page.status_code == HTTPStatus.FORBIDDEN
    assert "您现在用的是工作人员账号" in page.content.decode()
    auditor = signed_in(official(Role.AUDITOR)).get("/send/").content.decode()
    assert "您现在的职权不包括这一步" in auditor
    assert "依据：《个人信息保护法》第51条第（四）项" in auditor


def test_whoever_can_mend_it_is_led_there_and_back() -> None:
    assert Client().get("/own/?page=2").headers["Location"] == "/sign-in/?next=%2Fown%2F%3Fpage%3D2"
    unbound = signed_in(make_account(kind="resident"))
    assert unbound.get("/own/").headers["Location"] == "/sign-in/code/?next=%2Fown%2F"
    assert Client().post("/own/").headers["Location"] == "/sign-in/?next=%2F", "a form that was sent is not sent again"


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/own/", "%2Fown%2F"),
        ("http://testserver/elsewhere/", "%2F"),
        ("http://evil.example/own/", "%2F"),
        ("http://[", "%2F"),
    ],
)
def test_whoever_sent_a_form_comes_back_to_its_page(came_from: str, back: str) -> None:
    answer = Client().post("/own/", headers={"Referer": came_from})
    assert answer.headers["Location"] == f"/sign-in/?next={back}"


def test_a_machine_is_told_and_not_led() -> None:
    answer = Client(headers={"accept": "application/json"}).get("/own/")
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert answer.json()["code"] == "sign_in_needed"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_suspension_works_in_the_middle_of_a_session(language: str) -> None:
    actor = make_official(role=Role.CLERK, at=clock.now())
    client = signed_in(official_of(actor).account, language=language)
    assert client.get("/send/").status_code == HTTPStatus.OK
    offices.suspend_mandate(
        actor=heads(at=clock.now())[0], mandate_uid=mandate_of(actor).uid, at=clock.now(), reason=WHY
    )
    page = client.get("/send/")
    assert page.status_code == HTTPStatus.FORBIDDEN
    assert ("您的职权已被暂停" if language == "zh" else "Your mandate is suspended") in page.content.decode()


def test_a_mandate_that_nobody_confirmed_lapses_without_any_job() -> None:
    client = signed_in(official(Role.CLERK))
    with clock.set_for_tests(clock.now() + timedelta(days=200)):
        page = client.get("/send/")
    assert page.status_code == HTTPStatus.FORBIDDEN
    assert "没有按期复核" in page.content.decode()
