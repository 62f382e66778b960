"""Officials sign in with two factors; one who has no second is led to set it up before anything else (F12)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from chengxin.foundation import clock
from chengxin.foundation.models import Account
from chengxin.offices.terms import Role
from tests.making import make_official

PASSWORD = "seven quiet rivers 7"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def clerk() -> Account:
    actor = make_official(role=Role.CLERK, at=clock.now())
    account = Account.objects.get(id=actor.account_id)
    account.set_password(PASSWORD)
    account.save()
    return account


def code_for(secret: str) -> str:
    """The six figures that an authenticator app shows now (RFC 6238)."""
    step = (int(time.time()) // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def sign_in(client: Client, account: Account, password: str = PASSWORD, **more: str) -> str:
    """Where the sign-in leads."""
    answer = client.post("/sign-in/", {"login": account.username, "password": password, **more})
    return answer.headers.get("Location", "") if answer.status_code == HTTPStatus.FOUND else answer.content.decode()


def set_up_app(client: Client) -> str:
    """Sets an authenticator app up as a person would; returns its secret."""
    page = client.get("/account/app/").content.decode()
    found = re.search(r'class="secret code">([A-Z2-7]+)<', page)
    assert found, page
    answer = client.post("/account/app/", {"code": code_for(found[1])})
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.headers["Location"] == "/account/spare-codes/"
    return found[1]


def test_an_official_without_a_second_factor_is_led_to_set_one_up_first(clerk: Account) -> None:
    client = Client()
    assert sign_in(client, clerk) == "/account/second-factor/"
    page = client.get("/account/second-factor/").content.decode()
    assert "先设置第二步验证" in page
    # everything of an official's is shut until then, and leads back here
    shut = client.get("/account/mandate/")
    assert shut.headers["Location"] == "/account/second-factor/?next=%2Faccount%2Fmandate%2F"


def test_after_setting_it_up_the_official_is_in(clerk: Account) -> None:
    client = Client()
    sign_in(client, clerk)
    set_up_app(client)
    assert client.get("/account/mandate/").status_code == HTTPStatus.OK


def test_the_next_sign_in_asks_for_the_code_and_takes_no_wrong_one(clerk: Account) -> None:
    first = Client()
    sign_in(first, clerk)
    secret = set_up_app(first)
    client = Client()
    assert sign_in(client, clerk) == "/sign-in/second/"
    assert client.get("/account/mandate/").headers["Location"].startswith("/sign-in/?next=")
    wrong = client.post("/sign-in/second/", {"code": "000000"})
    assert "这个码不对" in wrong.content.decode()
    cache.clear()  # the app's code of this half minute was used a moment ago, by the set-up
    right = client.post("/sign-in/second/", {"code": code_for(secret)})
    assert right.status_code == HTTPStatus.FOUND
    assert client.get("/account/mandate/").status_code == HTTPStatus.OK


def test_a_spare_code_works_once(clerk: Account) -> None:
    first = Client()
    sign_in(first, clerk)
    set_up_app(first)
    spare = re.findall(r"<li>(\w{6,12})</li>", first.get("/account/spare-codes/").content.decode())
    assert len(spare) == 10
    for expected in (HTTPStatus.FOUND, HTTPStatus.OK):
        client = Client()
        sign_in(client, clerk)
        assert client.post("/sign-in/second/", {"code": spare[0]}).status_code == expected


def test_the_secret_of_the_app_is_sealed_in_the_table(clerk: Account) -> None:
    client = Client()
    sign_in(client, clerk)
    secret = set_up_app(client)
    kept = Authenticator.objects.get(user=clerk, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)


def test_an_official_cannot_give_up_the_only_second_factor(clerk: Account) -> None:
    client = Client()
    sign_in(client, clerk)
    set_up_app(client)
    answer = client.post("/account/app/stop/")
    assert answer.status_code == HTTPStatus.OK
    assert Authenticator.objects.filter(user=clerk, type=Authenticator.Type.TOTP).exists()


def test_a_wrong_password_says_what_to_do_and_not_which_of_the_two_was_wrong(clerk: Account) -> None:
    here = sign_in(Client(), clerk, "not the password 1")
    cache.clear()
    nobody = Client().post("/sign-in/", {"login": "nobody-here", "password": PASSWORD}).content.decode()
    for page in (here, nobody):
        assert "登录名和密码对不上" in page
        assert 'role="alert"' in page
        assert "<title>需要修改：登录 · " in page


def test_an_empty_form_names_both_fields_and_links_to_them() -> None:
    page = Client().post("/sign-in/", {}).content.decode()
    assert '<a href="#id_login">请填写“登录名”。</a>' in page
    assert '<a href="#id_password">请填写“密码”。</a>' in page
    assert 'aria-invalid="true"' in page


def test_many_wrong_passwords_make_the_account_wait(clerk: Account) -> None:
    client = Client()
    pages = [sign_in(client, clerk, f"wrong password {n}") for n in range(12)]
    assert "试的次数太多了" in pages[-1]
    assert "试的次数太多了" in sign_in(client, clerk)


def test_a_dismissed_officials_session_is_refused_at_once(clerk: Account) -> None:
    client = Client()
    sign_in(client, clerk)
    set_up_app(client)
    Account.objects.filter(id=clerk.id).update(is_active=False)
    assert client.get("/account/").headers["Location"].startswith("/sign-in/")


def test_nobody_signs_up() -> None:
    for address in ("/sign-up/", "/signup/", "/sign-in/signup/", "/accounts/signup/"):
        assert Client().get(address).status_code == HTTPStatus.NOT_FOUND


def test_signing_out_is_one_press_and_ends_the_session(clerk: Account) -> None:
    client = Client()
    sign_in(client, clerk)
    key = client.session.session_key
    assert client.post("/sign-out/").headers["Location"] == "/"
    assert "您已退出" in client.get("/").content.decode()
    assert not client.session.exists(key)


def test_a_sign_in_leads_back_only_to_this_house(clerk: Account) -> None:
    client = Client()
    sign_in(client, clerk)
    set_up_app(client)
    client.post("/sign-out/")
    for wanted in ("https://elsewhere.example/", "//elsewhere.example/"):
        answer = client.post("/sign-in/", {"login": clerk.username, "password": PASSWORD, "next": wanted})
        assert "elsewhere" not in answer.headers["Location"]
