"""Tokens: for a client's own secret, while its registration works, and for nobody else."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.idp.oidc.models import Client as OAuthClient
from allauth.idp.oidc.models import Token
from django.utils import timezone

from chengxin.doors.machine import credentials, tokens
from chengxin.foundation import clock, jobs
from chengxin.offices import facade as offices
from tests.doors.machine.calling import ShortWay, code_of, make_machine, token_for, told
from tests.making import WHY, heads
from tests.people import NOW


def test_a_client_gets_a_token_for_its_secret_and_no_cookie() -> None:
    machine = make_machine()
    answer = token_for(ShortWay(), str(machine.client.uid), machine.secret)
    assert answer.status_code == 200
    given = answer.json()
    assert given["token_type"] == "Bearer"
    assert given["expires_in"] == 600
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert Token.objects.get(hash=_digest(given["access_token"])).client_id == str(machine.client.uid)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def test_the_secret_is_kept_as_a_hash_alone() -> None:
    machine = make_machine()
    row = OAuthClient.objects.get(id=str(machine.client.uid))
    assert machine.secret not in row.secret
    assert row.get_grant_types() == ["client_credentials"]


@pytest.mark.parametrize(
    ("what", "error", "status"),
    [
        ({"client_secret": "guessed"}, "invalid_client", 401),
        ({"client_id": str(uuid4())}, "invalid_client", 401),
        ({"client_id": "x\x00"}, "invalid_request", 400),
        ({"grant_type": "password", "username": "u", "password": "p"}, "invalid_grant", 400),
        ({"grant_type": "nothing"}, "unsupported_grant_type", 400),
        ({"scope": "everything"}, "invalid_scope", 400),
    ],
)
def test_anything_else_gets_none(what: dict[str, str], error: str, status: int) -> None:
    machine = make_machine()
    form = {"grant_type": "client_credentials", "client_id": str(machine.client.uid), "client_secret": machine.secret}
    answer = ShortWay().post("/oauth/token", {**form, **what})
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_an_ended_registration_gets_none_though_its_secret_is_right() -> None:
    machine = make_machine()
    before = Token.objects.count()
    offices.end_client(actor=heads()[0], client_uid=machine.client.uid, at=NOW, reason=WHY)
    answer = token_for(ShortWay(), str(machine.client.uid), machine.secret)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert Token.objects.count() == before
    assert code_of(machine.get("/v1/client")) == (403, "client_not_in_force")


def test_a_token_that_ran_out_is_refused_and_swept() -> None:
    machine = make_machine()
    told(machine.get("/v1/client"))
    Token.objects.filter(client_id=str(machine.client.uid)).update(expires_at=timezone.now() - timedelta(seconds=1))
    tokens._known.clear()
    assert code_of(machine.get("/v1/client")) == (401, "token_not_valid")
    with clock.set_for_tests(NOW):
        jobs.defer("doors.forget_machines")
        jobs.run_waiting()
    assert not Token.objects.filter(client_id=str(machine.client.uid)).exists()


def test_a_new_secret_ends_the_old_one_and_its_tokens() -> None:
    machine = make_machine()
    credentials.issue_secret(actor=heads()[1], uid=machine.client.uid, at=NOW, reason=WHY)
    tokens._known.clear()
    assert code_of(machine.get("/v1/client")) == (401, "token_not_valid")
    assert token_for(ShortWay(), str(machine.client.uid), machine.secret).status_code == 401


def test_a_token_is_posted_for() -> None:
    answer = ShortWay().get("/oauth/token")
    assert answer.status_code == 405
    assert code_of(answer) == (405, "method_not_allowed")
