"""The demonstration's cast: a click signs in as an invented person, and nobody else's name works (F12)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.test import Client, override_settings

from chengxin.doors.demo.signin import CAST_FILE
from chengxin.foundation import clock
from chengxin.foundation.models import Account
from chengxin.foundation.server import state_folder
from chengxin.offices.terms import Role
from tests.making import make_account, make_official, official_of


@pytest.fixture
def cast() -> Iterator[list[Account]]:
    """A cast of a resident and a clerk, on file as the generator of the city leaves it."""
    accounts = [make_account(kind="resident"), official_of(make_official(role=Role.CLERK, at=clock.now())).account]
    rows = [
        {
            "account_id": str(account.id),
            "kind": account.kind,
            "name_zh": name,
            "name_en": name_en,
            "line_zh": line,
            "line_en": line_en,
            "group": f"{account.kind}s",
        }
        for account, (name, name_en, line, line_en) in zip(
            accounts,
            [
                ("沈清源", "Shen Qingyuan", "有一条处罚正在异议中", "has a penalty under objection"),
                ("欧阳一号", "Ouyang One", "市场监管局报送员", "clerk of the market office"),
            ],
            strict=True,
        )
    ]
    path = state_folder() / CAST_FILE
    before = path.read_text() if path.exists() else None
    path.write_text(json.dumps(rows))
    yield accounts
    path.unlink() if before is None else path.write_text(before)


def test_the_sign_in_page_shows_each_with_a_line_in_both_languages(cast: list[Account]) -> None:
    zh = Client().get("/sign-in/").content.decode()
    assert "沈清源" in zh
    assert "有一条处罚正在异议中" in zh
    client = Client()
    client.cookies["language"] = "en"
    assert "has a penalty under objection" in client.get("/sign-in/").content.decode()


def test_a_click_signs_in_with_all_an_official_needs(cast: list[Account]) -> None:
    client = Client()
    answer = client.post("/demo/sign-in/", {"account_id": str(cast[1].id)})
    assert client.get(answer.headers["Location"]).headers["Location"] == "/"
    page = client.get("/account/mandate/")
    assert page.status_code == HTTPStatus.OK
    assert "您现在以欧阳一号的身份登录" in page.content.decode()


def test_whoever_is_not_of_the_cast_is_not_signed_in(cast: list[Account]) -> None:
    client = Client()
    for wanted in (str(make_account().id), "", "nonsense"):
        answer = client.post("/demo/sign-in/", {"account_id": wanted})
        assert answer.headers["Location"] == "/sign-in/"
        assert client.get("/account/").headers["Location"].startswith("/sign-in/")


def test_where_numbers_are_real_even_an_installed_demonstration_signs_nobody_in(cast: list[Account]) -> None:
    client = Client()
    with override_settings(CHENGXIN_PRACTICE=False):
        client.post("/demo/sign-in/", {"account_id": str(cast[0].id)})
    assert client.get("/account/").headers["Location"].startswith("/sign-in/")


def test_changing_the_person_leaves_nothing_of_the_one_before(cast: list[Account]) -> None:
    client = Client()
    client.post("/demo/sign-in/", {"account_id": str(cast[1].id)})
    session = client.session
    session["mandate"] = "00000000-0000-4000-8000-000000000000"
    session.save()
    client.post("/demo/sign-in/", {"account_id": str(cast[0].id)})
    assert "mandate" not in client.session


def test_it_is_a_post_with_its_token() -> None:
    assert Client().get("/demo/sign-in/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/demo/sign-in/", {"account_id": "x"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "这张表单已失效" in answer.content.decode()
