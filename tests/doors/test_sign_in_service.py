"""Residents come through the city's sign-in service by OpenID Connect; a pretended one runs on loopback (F12)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from chengxin.foundation.models import Account
from chengxin.persons import facade as persons
from tests.people import invented_identity

SERVER = """
import sys, oidc_provider_mock
with oidc_provider_mock.run_server_in_thread() as server:
    print(server.server_port, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """The pretended service, in a process of its own: its address."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    address = f"http://localhost:{int(process.stdout.readline())}"
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    apps.append(
        {
            "provider_id": "city",
            "name": "云川统一身份认证",
            "client_id": "chengxin",
            "secret": "a secret of a test",
            "settings": {"server_url": address},
        }
    )
    yield address
    apps.clear()
    process.communicate("", timeout=20)


def someone() -> dict[str, str]:
    """The claims of somebody new."""
    number, name = invented_identity()
    return {"document_kind": "01", "document_number": number, "name": name, "assurance": "high"}


def come(client: Client, service: str, subject: str, claims: dict[str, str]) -> HttpResponse:
    """The whole way: our link, the service's page, back to us. Returns our answer."""
    requests.put(f"{service}/users/{subject}", json=claims, timeout=10).raise_for_status()
    there = client.get("/sign-in/service/city/")
    assert there.status_code == HTTPStatus.FOUND
    asked = parse_qs(urlsplit(there.headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"], "PKCE"
    answer = requests.post(there.headers["Location"], data={"sub": subject}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    assert back.path == "/sign-in/service/city/back/"
    return client.get(f"{back.path}?{back.query}")


def account_of(subject: str) -> Account | None:
    known = SocialAccount.objects.filter(uid=subject).select_related("user").first()
    return known.user if known else None


def test_the_sign_in_page_offers_the_service(service: str) -> None:
    assert "用云川统一身份认证登录" in Client().get("/sign-in/").content.decode()


def test_a_proven_identity_opens_its_own_record_at_the_first_coming(service: str) -> None:
    claims, subject = someone(), uuid4().hex
    client = Client()
    answer = come(client, service, subject, claims)
    assert answer.headers["Location"] == "/my/record/"
    account = account_of(subject)
    assert account is not None
    assert account.kind == Account.Kind.RESIDENT
    assert persons.person_of_account(account.id) == persons.person_by_document("01", claims["document_number"])


def test_the_second_coming_is_the_same_account_and_person(service: str) -> None:
    claims, subject = someone(), uuid4().hex
    come(Client(), service, subject, claims)
    first = account_of(subject)
    come(Client(), service, subject, claims)
    assert account_of(subject) == first
    assert SocialAccount.objects.filter(uid=subject).count() == 1


def test_two_ways_in_for_one_document_are_one_person(service: str) -> None:
    claims = someone()
    subjects = uuid4().hex, uuid4().hex
    for subject in subjects:
        come(Client(), service, subject, claims)
    accounts = [account_of(subject) for subject in subjects]
    assert accounts[0] != accounts[1]
    assert len({persons.person_of_account(account.id) for account in accounts if account}) == 1


def test_an_account_that_suddenly_claims_another_document_is_refused(service: str) -> None:
    subject = uuid4().hex
    come(Client(), service, subject, someone())
    client = Client()
    answer = come(client, service, subject, someone())
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "这个账号已经属于另一个人" in answer.content.decode()
    assert client.get("/account/").status_code == HTTPStatus.FOUND, "and is not signed in"


@pytest.mark.parametrize(
    ("missing", "word"),
    [("document_kind", "证件类型"), ("document_number", "证件号码"), ("name", "姓名"), ("assurance", "核验级别")],
)
def test_a_claim_that_is_missing_is_named_and_nothing_is_kept(service: str, missing: str, word: str) -> None:
    claims, subject = someone(), uuid4().hex
    del claims[missing]
    before = Account.objects.count()
    answer = come(Client(), service, subject, claims)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    page = answer.content.decode()
    assert word in page
    assert claims.get("document_number", "nothing") not in page
    assert Account.objects.count() == before
    assert account_of(subject) is None


def test_a_weak_sign_in_is_refused_with_a_clear_page(service: str) -> None:
    answer = come(Client(), service, uuid4().hex, {**someone(), "assurance": "low"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "核验级别不够" in answer.content.decode()


def test_a_network_number_is_signed_in_and_led_to_the_counters_code(service: str) -> None:
    client, subject = Client(), uuid4().hex
    answer = come(client, service, subject, {"network_number": "N-00-1"})
    assert answer.headers["Location"] == "/sign-in/code/"
    account = account_of(subject)
    assert account is not None
    assert persons.person_of_account(account.id) is None
    assert "网号不告诉我们您是谁" in client.get("/sign-in/code/").content.decode()


def test_allauths_tables_and_sessions_hold_nothing_of_the_person(service: str) -> None:
    claims, subject = someone(), uuid4().hex
    client = Client()
    come(client, service, subject, claims)
    known = SocialAccount.objects.get(uid=subject)
    assert known.extra_data == {}
    assert not SocialToken.objects.exists()
    kept = repr(dict(client.session)) + repr(known.user.__dict__)
    with connections["default"].cursor() as cursor:
        for table in (
            "socialaccount_socialaccount",
            "foundation_account",
            "account_emailaddress",
            "foundation_journal",
        ):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            kept += cursor.fetchone()[0]
    assert claims["document_number"] not in kept
    assert claims["name"] not in kept


def test_a_service_that_refuses_leads_to_a_calm_page(service: str) -> None:
    client = Client()
    there = client.get("/sign-in/service/city/")
    state = parse_qs(urlsplit(there.headers["Location"]).query)["state"][0]
    cancelled = client.get("/sign-in/service/city/back/", {"error": "access_denied", "state": state}, follow=True)
    assert "登录没有完成" in cancelled.content.decode()
    forged = client.get("/sign-in/service/city/back/", {"code": "x", "state": "forged"}, follow=True)
    assert "身份认证没有成功" in forged.content.decode()


def test_an_unknown_service_is_not_found(service: str) -> None:
    assert Client().get("/sign-in/service/elsewhere/").status_code == HTTPStatus.NOT_FOUND


def test_a_service_out_of_reach_leads_to_a_calm_page(service: str) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://localhost:9"
    try:
        page = Client().get("/sign-in/service/city/", follow=True)
    finally:
        app["settings"]["server_url"] = service
    assert "身份认证没有成功" in page.content.decode()
