"""A machine as the door meets it: a registered client with its secret and its key, sending requests by the short way."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler

from chengxin.client.signing import Moment, Signer, content_digest, moment
from chengxin.doors.machine import credentials
from chengxin.doors.machine.handler import ShortChain
from chengxin.offices.terms import ClientView, OrganisationView
from tests.making import WHY, heads, make_asker, make_client
from tests.people import NOW

ORIGIN = "http://testserver"


class _Handler(ShortChain, ClientHandler):
    """Django's handler for tests, with this door's chain."""


class ShortWay(Client):
    """Django's client for tests, by the way that machines come."""

    def __init__(self) -> None:
        super().__init__(raise_request_exception=False)
        self.handler = _Handler()


@dataclass
class Machine:
    """A client that is registered and may call. ``seed``: its private key, None where it signs nothing."""

    client: ClientView
    secret: str
    seed: bytes | None
    http: ShortWay = field(default_factory=ShortWay)
    token: str = ""

    def __post_init__(self) -> None:
        self.token = self.token or self.fetch_token()

    def fetch_token(self) -> str:
        answer = token_for(self.http, str(self.client.uid), self.secret)
        assert answer.status_code == 200, answer.content
        return str(answer.json()["access_token"])

    def post(self, target: str, content: Any, *, key: str | None = "", **changes: Any) -> HttpResponse:
        """Send JSON. ``key`` "": a fresh one; None: none. ``changes``: see ``call``."""
        body = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
        headers = {"content-type": "application/json", "content-digest": content_digest(body)}
        if key is not None:
            headers["idempotency-key"] = key or uuid4().hex
        return self.call("POST", target, body, headers, **changes)

    def get(self, target: str, **changes: Any) -> HttpResponse:
        return self.call("GET", target, b"", {}, **changes)

    def call(
        self,
        method: str,
        target: str,
        body: bytes,
        headers: dict[str, str],
        *,
        sign: bool = True,
        at: Moment | None = None,
        sent: bytes | None = None,
        signed_target: str | None = None,
        signer: Signer | None = None,
        cover: tuple[str, ...] | None = None,
        language: str = "en",
        after: dict[str, str] | None = None,
    ) -> HttpResponse:
        """One request. ``sent``: another body than the one that was signed; ``cover``: headers that the signature covers,
        by default all; ``after``: headers put on after signing."""
        given = {**headers, "authorization": f"Bearer {self.token}"}
        if self.seed is not None and sign:
            signer = signer or Signer(str(self.client.uid), self.seed)
            covered = {name: value for name, value in given.items() if cover is None or name in cover}
            when = at or moment(time.time())
            given |= signer.signed(method, ORIGIN + (signed_target or target), covered, when)
        given |= {"accept-language": language, **(after or {})}
        kind = given.pop("content-type", "application/octet-stream")
        return self.http.generic(
            method, target, body if sent is None else sent, content_type=kind, headers=given, secure=False
        )  # type: ignore[return-value]


def token_for(http: Client, client_id: str, secret: str, **more: str) -> Any:
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret, **more}
    return http.post("/oauth/token", form)


def make_machine(
    *,
    organisation: OrganisationView | None = None,
    may_ask: bool = True,
    may_supply: bool = False,
    signs: bool = True,
) -> Machine:
    """A new machine, of a new bank where no organisation is named, with a key where it signs."""
    private = Ed25519PrivateKey.generate() if signs else None
    client = make_client(
        organisation=organisation or make_asker(at=NOW),
        may_ask=may_ask,
        may_supply=may_supply,
        public_key=None if private is None else private.public_key().public_bytes_raw(),
        at=NOW,
    )
    secret = credentials.issue_secret(actor=heads(at=NOW)[0], uid=client.uid, at=NOW, reason=WHY)
    return Machine(client, secret, None if private is None else private.private_bytes_raw())


def code_of(answer: HttpResponse) -> tuple[int, str]:
    """Status and code of a problem."""
    assert answer.headers["Content-Type"] == "application/problem+json", (answer.status_code, answer.content)
    return answer.status_code, str(json.loads(answer.content)["code"])


def told(answer: HttpResponse, status: int = 200) -> Any:
    """The JSON of an answer that has this status."""
    assert answer.status_code == status, (answer.status_code, answer.content)
    return json.loads(answer.content)
