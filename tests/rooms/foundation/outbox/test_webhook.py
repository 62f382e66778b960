"""Signed calls, against a receiver on this machine that verifies them as another house would: by our published keys."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from http_message_signatures import HTTPMessageVerifier, InvalidSignature, algorithms
from http_message_signatures.resolvers import HTTPSignatureKeyResolver

from chengxin.foundation import keyring, outbox
from chengxin.foundation.calling import Endpoint, OutOfReach
from chengxin.foundation.outbox import ChannelKind, State
from tests.loopback import Call, Receiver, http_receiver
from tests.people import NOW
from tests.rooms.foundation.outbox.telling import Desks, give_notice, later, notice, people, steps, waiting, work

WEBHOOK = ChannelKind.WEBHOOK


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with (
        http_receiver() as found,
        override_settings(CHENGXIN_WEBHOOK_URL=found.url, CHENGXIN_ADDRESS="https://credit.example"),
    ):
        yield found


class _OurKeys(HTTPSignatureKeyResolver):
    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        (key,) = (key for key in outbox.key_directory()["keys"] if key["kid"] == key_id)
        return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["x"] + "="))


@dataclass
class _Seen:
    method: str
    url: str
    headers: dict[str, str]


def verified(call: Call) -> dict[str, object]:
    """What the signature covers; raises InvalidSignature where anything of it was changed."""
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=_OurKeys())
    results = verifier.verify(_Seen(call.method, call.url, call.headers), body=call.body, max_age=timedelta(days=36500))
    return dict(results[0].covered_components)


def test_a_call_says_number_and_kind_and_nothing_else(told: Desks, receiver: Receiver) -> None:
    (person,) = people(1)
    sent = give_notice(person)
    work()
    (call,) = receiver.calls
    said = json.loads(call.body)
    assert said["data"] == {"notice": str(sent.uid), "kind": "entry_new"}
    assert (said["specversion"], said["id"], said["source"]) == ("1.0", str(sent.uid), "https://credit.example")
    assert str(person) not in call.body.decode()
    assert str(sent.subject_id) not in call.body.decode()
    assert steps(person, sent.uid, WEBHOOK) == [State.SENDING, State.SENT]
    assert notice(person, sent.uid).on(WEBHOOK)[-1].evidence == "http 202, chengxin-1"


def test_the_signature_covers_address_type_and_body(told: Desks, receiver: Receiver) -> None:
    give_notice(people(1)[0])
    work()
    (call,) = receiver.calls
    covered = verified(call)
    assert {name.strip('"') for name in covered} == {
        "@method",
        "@target-uri",
        "content-type",
        "content-digest",
        "@signature-params",
    }
    assert str(int(NOW.timestamp())) in str(covered['"@signature-params"'])


@pytest.mark.parametrize("part", ["body", "address", "type"])
def test_a_changed_call_does_not_verify(told: Desks, receiver: Receiver, part: str) -> None:
    give_notice(people(1)[0])
    work()
    (call,) = receiver.calls
    if part == "body":
        call.body = call.body.replace(b"entry_new", b"entry_old")
    elif part == "address":
        call.url = call.url.replace("of=chengxin", "of=another")
    else:
        call.headers["Content-Type"] = "text/plain"
    with pytest.raises(InvalidSignature):
        verified(call)


@pytest.mark.parametrize("status", [302, 401, 404, 500, 503])
def test_a_receiver_that_is_out_of_order_is_waited_for(told: Desks, receiver: Receiver, status: int) -> None:
    (person,) = people(1)
    sent = give_notice(person)
    receiver.status = status
    work()
    assert [(row.channel, row.last_error) for row in waiting()] == [("webhook", f"http_{status}")]
    receiver.status = 200
    work(later(1))
    assert steps(person, sent.uid, WEBHOOK) == [State.SENDING, State.FAILED, State.SENDING, State.SENT]
    assert {call.url for call in receiver.calls} == {receiver.url}
    assert {json.loads(call.body)["id"] for call in receiver.calls} == {str(sent.uid)}


def test_an_event_the_receiver_refuses_is_given_up(told: Desks, receiver: Receiver) -> None:
    (person,) = people(1)
    sent = give_notice(person)
    receiver.status = 422
    work()
    work(later(60))
    assert steps(person, sent.uid, WEBHOOK) == [State.SENDING, State.GIVEN_UP]
    assert len(receiver.calls) == 1


def test_one_connection_serves_many_calls_and_is_opened_anew_when_it_was_closed() -> None:
    with http_receiver() as receiver, Endpoint(receiver.url) as endpoint:
        assert endpoint.post(b"{}", {}).status == 202
        assert endpoint._connection is not None
        assert endpoint._connection.sock is not None
        # what the other side does between two calls
        endpoint._connection.sock.shutdown(2)
        assert endpoint.post(b"{}", {}).status == 202
        assert len(receiver.calls) == 2


def test_nobody_there_is_out_of_reach() -> None:
    with Endpoint("http://127.0.0.1:1/x") as endpoint, pytest.raises(OutOfReach, match="ConnectionRefusedError"):
        endpoint.post(b"{}", {})


@pytest.mark.parametrize(
    "url",
    [
        "http://credit.example/x",
        "ftp://credit.example/x",
        "https://",
        "https://me:secret@credit.example/",
        "file:///etc",
    ],
)
def test_only_encrypted_addresses_are_called(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        Endpoint(url)


def test_after_a_rotation_the_new_key_signs_and_the_old_one_stays_published(
    told: Desks, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    rotated = keyring.current().rotate_signing()
    monkeypatch.setattr(keyring, "current", lambda: rotated)
    give_notice(people(1)[0])
    work()
    assert 'keyid="chengxin-2"' in receiver.calls[0].headers["Signature-Input"]
    verified(receiver.calls[0])
    assert [key["kid"] for key in outbox.key_directory()["keys"]] == ["chengxin-1", "chengxin-2"]
