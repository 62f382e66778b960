"""Who is let in: token, registration and signature each looked at, and each request taken once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chengxin.client.signing import Moment, Signer, moment
from chengxin.doors.machine import replays
from chengxin.doors.machine.models import Replay
from chengxin.foundation import clock
from chengxin.offices import facade as offices
from tests.doors.machine.calling import Machine, ShortWay, code_of, make_machine, told
from tests.making import WHY, heads, make_organisation
from tests.people import NOW

CASE = {"ref": "2026-1", "purpose": "tender_review", "persons_most": 1, "reason": "a tender"}


@pytest.fixture(scope="module")
def machine(supplier: object) -> Machine:
    return make_machine()


@pytest.fixture(scope="module")
def bearer(supplier: object) -> Machine:
    return make_machine(signs=False)


def test_without_a_token_nothing_is_looked_at() -> None:
    answer = ShortWay().get("/v1/purposes")
    assert code_of(answer) == (401, "token_missing")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert code_of(ShortWay().get("/v1/purposes", headers={"authorization": "Basic eDp5"})) == (401, "token_missing")


@pytest.mark.parametrize("token", ["nobodys", "x" * 5000, "ÿ", "a b"])
def test_a_token_of_nobody_is_refused(token: str) -> None:
    answer = ShortWay().get("/v1/purposes", headers={"authorization": f"Bearer {token}"})
    assert code_of(answer) == (401, "token_not_valid")
    assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_a_registration_that_ended_works_no_longer_with_a_live_token() -> None:
    machine = make_machine()
    told(machine.get("/v1/client"))
    offices.end_client(actor=heads()[0], client_uid=machine.client.uid, at=NOW, reason=WHY)
    assert code_of(machine.get("/v1/client")) == (403, "client_not_in_force")


def test_a_registration_ends_with_its_last_day(machine: Machine) -> None:
    told(machine.get("/v1/client"))
    with clock.set_for_tests(NOW + timedelta(days=367)):
        assert code_of(machine.get("/v1/client")) == (403, "client_not_in_force")


def test_who_is_registered_for_one_thing_does_not_do_the_other(machine: Machine) -> None:
    assert code_of(machine.get(f"/v1/batches/{uuid4()}")) == (403, "client_may_not_supply")
    supplying = make_machine(may_ask=False, may_supply=True, organisation=make_organisation())
    assert code_of(supplying.get("/v1/purposes")) == (403, "client_may_not_ask")
    assert told(supplying.get("/v1/client"))["may_supply"] is True


# --- signatures -----------------------------------------------------------------------------------------------------------


def _now() -> int:
    return int(time.time())


def _stale(age: int) -> Moment:
    return Moment(_now() - age, _now() - age + 120, uuid4().hex)


def _other_key(machine: Machine) -> Signer:
    return Signer(str(machine.client.uid), Ed25519PrivateKey.generate().private_bytes_raw())


COVERED = ("authorization", "content-type", "content-digest")
ATTACKS: dict[str, tuple[Callable[[Machine], dict[str, Any]], str]] = {
    "unsigned": (lambda machine: {"sign": False}, "signature_missing"),
    "another body": (lambda machine: {"sent": json.dumps(CASE | {"persons_most": 9}).encode()}, "digest_mismatch"),
    "another address": (lambda machine: {"signed_target": "/v1/cases?closed=true"}, "signature_not_valid"),
    "another key": (lambda machine: {"signer": _other_key(machine)}, "signature_not_valid"),
    "another's id": (lambda machine: {"signer": Signer(str(uuid4()), machine.seed or b"")}, "signature_not_valid"),
    "an old one": (lambda machine: {"at": _stale(400)}, "signature_too_old"),
    "one of tomorrow": (lambda machine: {"at": _stale(-86_400)}, "signature_too_old"),
    "one that expired": (lambda machine: {"at": Moment(_now() - 100, _now() - 60, uuid4().hex)}, "signature_too_old"),
    "no nonce to speak of": (lambda machine: {"at": Moment(_now(), _now() + 60, "1")}, "signature_not_valid"),
    "the token left out": (lambda machine: {"cover": COVERED[1:]}, "signature_not_valid"),
    "the digest left out": (lambda machine: {"cover": COVERED[:2]}, "signature_not_valid"),
    "the type left out": (lambda machine: {"cover": (COVERED[0], COVERED[2])}, "signature_not_valid"),
    "the key of the request changed": (lambda machine: {"after": {"idempotency-key": "another"}}, "signature_not_valid"),
    "not a signature": (lambda machine: {"after": {"signature": "sig1=:AAAA:"}}, "signature_not_valid"),
    "no dictionary": (lambda machine: {"after": {"signature": "\"", "signature-input": "("}}, "signature_not_valid"),
    "two of them": (lambda machine: {"after": {"signature": "a=:AAAA:, b=:AAAA:"}}, "signature_not_valid"),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_request_that_was_not_signed_as_it_arrives_is_refused(attack: str, machine: Machine) -> None:
    changes, code = ATTACKS[attack]
    before = Replay.objects.count()
    answer = machine.post("/v1/cases", CASE | {"ref": f"attack {attack}"}, **changes(machine))
    expected = 400 if code == "digest_mismatch" else 401
    assert code_of(answer) == (expected, code)
    assert Replay.objects.count() == before
    assert not [case for case in told(machine.get("/v1/cases"))["cases"] if case["ref"].startswith("attack")]


def test_a_signed_request_is_taken_once(machine: Machine) -> None:
    at = moment(time.time())
    told(machine.get("/v1/client", at=at))
    assert code_of(machine.get("/v1/client", at=at)) == (409, "signature_replayed")
    assert code_of(machine.get("/v1/cases", at=at)) == (409, "signature_replayed")


def test_a_nonce_is_anothers_to_use(machine: Machine) -> None:
    at = moment(time.time())
    told(machine.get("/v1/client", at=at))
    told(make_machine().get("/v1/client", at=at))


def test_nonces_are_kept_longer_than_a_signature_lives_and_no_longer(machine: Machine) -> None:
    at = moment(time.time())
    told(machine.get("/v1/client", at=at))
    replays.sweep(NOW + timedelta(minutes=14))
    assert code_of(machine.get("/v1/client", at=at)) == (409, "signature_replayed")
    replays.sweep(NOW + timedelta(minutes=16))
    told(machine.get("/v1/client", at=at))


def test_what_was_refused_takes_no_nonce(machine: Machine) -> None:
    at, key = moment(time.time()), uuid4().hex
    assert code_of(machine.post("/v1/cases", {"ref": ""}, at=at, key=key)) == (422, "body_not_valid")
    told(machine.get("/v1/client", at=at))


def test_a_client_without_a_key_comes_with_its_token_alone(bearer: Machine) -> None:
    assert told(bearer.get("/v1/client"))["signs"] is False


# --- the key of a request --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [None, " ", "x" * 256, "with a\ttab"])
def test_what_asks_or_sends_needs_a_key_of_its_own(key: str | None, bearer: Machine) -> None:
    assert code_of(bearer.post("/v1/checks", {}, key=key)) == (400, "idempotency_key_missing")


def test_a_key_names_one_body(bearer: Machine) -> None:
    key = uuid4().hex
    asked = {"purpose": "credit_on_consent", "kind": "01", "number": "000101199001010001"}
    assert code_of(bearer.post("/v1/checks", asked, key=key)) == (403, "no_answer")
    assert code_of(bearer.post("/v1/checks", asked, key=key)) == (403, "no_answer")
    assert code_of(bearer.post("/v1/checks", asked | {"case_ref": "x"}, key=key)) == (422, "idempotency_key_reused")
    assert code_of(bearer.post("/v1/look-ups", asked, key=key)) == (422, "idempotency_key_reused")
    assert code_of(make_machine(signs=False).post("/v1/look-ups", asked, key=key)) == (403, "no_answer")


def test_a_key_is_forgotten_after_a_day(bearer: Machine) -> None:
    key = uuid4().hex
    asked = {"purpose": "credit_on_consent", "kind": "01", "number": "000101199001010001"}
    bearer.post("/v1/checks", asked, key=key)
    replays.sweep(NOW + timedelta(hours=23))
    assert code_of(bearer.post("/v1/checks", asked | {"case_ref": "x"}, key=key)) == (422, "idempotency_key_reused")
    replays.sweep(NOW + timedelta(hours=25))
    assert code_of(bearer.post("/v1/checks", asked | {"case_ref": "x"}, key=key)) == (403, "no_answer")


def test_neither_key_nor_body_can_be_read_from_what_is_kept(bearer: Machine) -> None:
    Replay.objects.all().delete()
    number = "000101199001010001"
    bearer.post("/v1/checks", {"purpose": "credit_on_consent", "kind": "01", "number": number}, key=number)
    (row,) = Replay.objects.all()
    assert {len(row.mark), len(row.body)} == {16}
    assert number.encode() not in bytes(row.mark) + bytes(row.body)
