"""The ways a question is measured, and a request of each as a client sends it."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from bench import held
from bench.own_file import PORT
from chengxin.client.signing import Signer, content_digest, moment
from chengxin.offices.terms import ClientView
from tests.asking import LOAN

URL: Final = f"http://127.0.0.1:{PORT}"


@dataclass(frozen=True, slots=True)
class Way:
    """A question as it is measured: where it goes, with a signature or a token alone, and what is promised of it."""

    name: str
    path: str
    signed: bool
    promise: float
    aim: float


WAYS = (
    Way("look-up, bearer token", "/v1/look-ups", False, 0.25, 0.45),
    Way("look-up, signed request", "/v1/look-ups", True, 0.20, 0.45),
    Way("yes/no check, bearer token", "/v1/checks", False, 0.25, 0.50),
)


@dataclass(frozen=True, slots=True)
class Machine:
    """A client with its secrets, as its own software holds them."""

    view: ClientView
    secret: str
    key: bytes | None
    token: str = ""


def body_of(n: int) -> bytes:
    """The question about the n-th person."""
    return json.dumps({"purpose": LOAN, "kind": "01", "number": held.number_of(n), "case_ref": ""}).encode()


def headers_of(way: Way, machine: Machine, body: bytes) -> dict[str, str]:
    """Token, key, and signature where the way has one."""
    headers = {
        "authorization": f"Bearer {machine.token}",
        "content-type": "application/json",
        "idempotency-key": str(uuid4()),
    }
    if way.signed and machine.key is not None:
        headers["content-digest"] = content_digest(body)
        covered = {
            name: headers[name] for name in ("content-digest", "content-type", "authorization", "idempotency-key")
        }
        signer = Signer(str(machine.view.uid), machine.key)
        headers |= signer.signed("POST", f"{URL}{way.path}", covered, moment(time.time()))
    return headers
