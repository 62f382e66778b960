"""Signing in and one's own account, in a browser: an official's first day, a resident with the counter's code, the cast."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.core.cache import cache

from chengxin.doors.demo.signin import CAST_FILE
from chengxin.foundation import actors, clock
from chengxin.foundation.models import Account
from chengxin.foundation.server import state_folder
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from chengxin.persons.terms import Assurance
from tests.doors.test_binding import counter_code
from tests.doors.test_sign_in import PASSWORD, code_for
from tests.journeys.browser import (
    DESK_EN,
    DESK_PLAIN_EN,
    PHONE,
    PHONE_PLAIN,
    Look,
    OpenPage,
    check_page,
    shot,
    wait_for_home,
)
from tests.making import WHY, make_account, make_official, official_of
from tests.people import make_person


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def cast() -> Iterator[list[Account]]:
    """Six people of an invented city on file."""
    lines = [
        ("沈清源", "Shen Qingyuan", "有一条处罚，正在异议中", "has a penalty under objection", "residents"),
        ("陈安宁", "Chen Anning", "和另外三个人同名", "shares her name with three others", "residents"),
        ("卫远山", "Wei Yuanshan", "什么记录也没有", "nothing is held", "residents"),
        (
            "欧阳一号",
            "Ouyang One",
            "市场监管局报送员，手里有一个旧系统导出的文件",
            "clerk of the market office",
            "officials",
        ),
        ("司徒二号", "Situ Two", "身份核对员，有三行待核", "identity officer with three rows to check", "officials"),
    ]
    rows, accounts = [], []
    for zh, en, line, line_en, group in lines:
        account = make_account(kind="resident")
        if group == "officials":
            account = official_of(make_official(role=Role.CLERK, at=clock.now())).account
        accounts.append(account)
        words = {"name_zh": zh, "name_en": en, "line_zh": line, "line_en": line_en}
        rows.append({"account_id": str(account.id), "kind": account.kind, "group": group, **words})
    path = state_folder() / CAST_FILE
    path.write_text(json.dumps(rows))
    yield accounts
    path.unlink()


def official() -> Account:
    account = official_of(make_official(role=Role.CLERK, at=clock.now())).account
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.mark.parametrize("look", [PHONE_PLAIN, DESK_EN], ids=lambda look: look.name)
def test_an_officials_first_day(open_page: OpenPage, look: Look) -> None:
    """Name and password, then a second factor before anything else, then the spare codes, then the work."""
    account = official()
    page = open_page(look)
    page.goto("/sign-in/")
    page.fill("#id_login", account.username)
    page.fill("#id_password", "not the password 1")
    page.locator("form:has(#id_password) button").click()
    check_page(page)
    shot(page, "sign-in-wrong")
    page.fill("#id_login", account.username)
    page.fill("#id_password", PASSWORD)
    page.locator("form:has(#id_password) button").click()
    page.wait_for_url("**/account/second-factor/")
    check_page(page)
    page.goto("/account/mandate/")
    assert "/account/second-factor/" in page.url, "nothing else opens"
    page.locator('a[href="/account/app/"]').click()
    check_page(page)
    page.fill("#id_code", code_for(page.locator(".secret").inner_text().strip()))
    page.locator("form:has(#id_code) button").click()
    page.wait_for_url("**/account/spare-codes/")
    check_page(page)
    assert page.locator(".columns li").count() == 10
    for address in ("/account/", "/account/mandate/", "/account/factors/", "/account/passkeys/", "/account/sessions/"):
        page.goto(address)
        check_page(page)
    for address in ("/account/password/", "/account/app/stop/", "/account/spare-codes/new/", "/account/passkeys/add/"):
        page.goto(address)
        check_page(page)
    page.locator(".switches form button").click()
    wait_for_home(page)
    check_page(page)
    assert page.goto("/account/").status == HTTPStatus.OK  # type: ignore[union-attr]
    assert "/sign-in/" in page.url


@pytest.mark.parametrize("look", [PHONE, DESK_PLAIN_EN], ids=lambda look: look.name)
def test_a_resident_with_a_code_from_the_counter(open_page: OpenPage, look: Look) -> None:
    code = counter_code()
    page = open_page(look)
    page.goto("/sign-in/code/")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "sign-in-code-wrong")
    page.fill("#id_code", code)
    page.fill("#id_name", f"quiet-{look.name}")
    page.fill("#id_password", PASSWORD)
    page.fill("#id_again", PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url("**/my/record/")
    page.goto("/")
    check_page(page)
    shot(page, "home-signed-in")


@pytest.mark.parametrize("look", [PHONE, DESK_PLAIN_EN], ids=lambda look: look.name)
def test_the_cast_of_the_demonstration(open_page: OpenPage, cast: list[Account], look: Look) -> None:
    page = open_page(look)
    page.goto("/sign-in/")
    check_page(page)
    shot(page, "sign-in-cast")
    page.locator(".cast .person").nth(3).click()
    wait_for_home(page)
    check_page(page)
    shot(page, "home-official")


@pytest.mark.parametrize("look", [PHONE, DESK_PLAIN_EN], ids=lambda look: look.name)
def test_what_is_refused_or_missing_is_said_calmly(open_page: OpenPage, look: Look) -> None:
    account = make_account(kind="resident")
    page = open_page(look, account)
    page.goto("/sign-in/code/")
    check_page(page)
    shot(page, "bind-unbound")
    persons.link_account(
        account_id=account.id,
        person_id=make_person().person_id,
        assurance=Assurance.HIGH,
        actor=actors.system("test"),
        at=clock.now(),
        reason=WHY,
    )
    answer = page.goto("/no/such/page/")
    assert answer is not None
    assert answer.status == HTTPStatus.NOT_FOUND
    check_page(page, status=HTTPStatus.NOT_FOUND)
    refused = page.goto("/account/mandate/")
    assert refused is not None
    assert refused.status == HTTPStatus.FORBIDDEN
    check_page(page, status=HTTPStatus.FORBIDDEN)
    shot(page, "refused")
