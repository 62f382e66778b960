"""A local account is tied to its person by a one-time code from a counter (F12)."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.test import Client

from chengxin.foundation import clock
from chengxin.foundation.models import Account
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from tests.doors.signing import signed_in
from tests.making import make_account, make_official
from tests.people import invented_identity

PASSWORD = "seven quiet rivers 7"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


def counter_code(*, days_ago: int = 0) -> str:
    """A code as an identity officer hands it over."""
    officer = make_official(role=Role.IDENTITY_OFFICER, at=clock.now())
    number, name = invented_identity()
    code, _ = persons.issue_binding_code(
        actor=officer,
        kind="01",
        number=number,
        name=name,
        at=clock.now() - timedelta(days=days_ago),
        reason="document seen",
    )
    return code


def filled(code: str, name: str) -> dict[str, str]:
    return {"code": code, "name": name, "password": PASSWORD, "again": PASSWORD}


def test_a_code_opens_an_account_of_ones_own() -> None:
    client = Client()
    answer = client.post("/sign-in/code/", filled(counter_code(), "Quiet.River"))
    assert answer.headers["Location"] == "/my/record/"
    account = Account.objects.get(username="quiet.river")
    assert account.kind == Account.Kind.RESIDENT
    assert persons.person_of_account(account.id) is not None
    assert client.get("/account/").status_code == HTTPStatus.OK
    again = Client().post("/sign-in/", {"login": "quiet.river", "password": PASSWORD})
    assert again.headers["Location"] == "/my/record/"


def test_a_code_is_read_as_people_write_it() -> None:
    code = counter_code().lower().replace("-", "")
    assert Client().post("/sign-in/code/", filled(f" {code} ", "river-two")).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("case", ["wrong", "used", "old"])
def test_a_code_that_does_not_count_makes_no_account(case: str) -> None:
    code = {"wrong": lambda: "AAAAA-BBBBB-CCCCC-DDDDD", "old": lambda: counter_code(days_ago=2)}.get(
        case, counter_code
    )()
    if case == "used":
        Client().post("/sign-in/code/", filled(code, "first-user"))
    page = Client().post("/sign-in/code/", filled(code, f"name-{case}")).content.decode()
    assert "这个绑定码不对" in page
    assert not Account.objects.filter(username=f"name-{case}").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "13800138000"}, "看起来像手机号或证件号码"),
        ({"name": "a123456x"}, "看起来像手机号或证件号码"),
        ({"name": "ab"}, "登录名要有 5 到 30 个字母或数字"),
        ({"name": "张三丰先生"}, "登录名要有 5 到 30 个字母或数字"),
        ({"password": "short", "again": "short"}, "密码太短了"),
        ({"password": "847362910485", "again": "847362910485"}, "密码不能全是数字"),
        ({"again": "something else 8"}, "两次输入的密码不一样"),
        ({"code": ""}, "请填写“绑定码”"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(changes: dict[str, str], sentence: str) -> None:
    data = {**filled("AAAAA-BBBBB-CCCCC-DDDDD", "good-name"), **changes}
    page = Client().post("/sign-in/code/", data).content.decode()
    assert page.count(sentence) == 2, "in the summary and at the field"


def test_a_name_that_is_taken_is_refused_whatever_its_case() -> None:
    Client().post("/sign-in/code/", filled(counter_code(), "taken-name"))
    code = counter_code()
    assert "已经有人用了" in Client().post("/sign-in/code/", filled(code, "TAKEN-name")).content.decode()
    assert Client().post("/sign-in/code/", filled(code, "other-name")).status_code == HTTPStatus.FOUND, (
        "the code still works"
    )


def test_an_account_that_is_nobody_yet_is_led_to_the_code_and_tied_by_it() -> None:
    """So comes whoever signed in with a network number: signed in, and tied once, at a counter."""
    account = make_account(kind="resident")
    client = signed_in(account)
    page = client.get("/sign-in/code/").content.decode()
    assert "网号不告诉我们您是谁" in page
    assert 'name="password"' not in page
    assert client.post("/sign-in/code/", {"code": counter_code()}).headers["Location"] == "/my/record/"
    assert persons.person_of_account(account.id) is not None
    assert client.get("/sign-in/code/").headers["Location"] == "/", "once is enough"


def test_guessing_codes_is_slowed_down_where_it_comes_from_and_nowhere_else() -> None:
    answers = [Client().post("/sign-in/code/", filled(f"GUESS-{n:05}", f"guess-{n}")).status_code for n in range(70)]
    assert HTTPStatus.TOO_MANY_REQUESTS in answers
    elsewhere = Client(REMOTE_ADDR="127.0.0.9").post("/sign-in/code/", filled(counter_code(), "from-elsewhere"))
    assert elsewhere.status_code == HTTPStatus.FOUND
