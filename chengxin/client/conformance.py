"""A checklist for an integrator: does this client, with its secret, key, clock and network, do what the platform asks of it?

    python -m chengxin.client.conformance --url https://sandbox.example --client-id ID --secret-file FILE --key-file FILE

Every line says what was tried and, where it failed, what to do. The last line counts; the exit code is 0 where nothing failed.
It asks about nobody: each question is of a number that cannot exist.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from chengxin.client import signing
from chengxin.client.answers import Problem, Unreachable
from chengxin.client.calls import JSON, Client
from chengxin.client.transport import Response, Transport

NOBODY: Final = "000101190001010000"
"""Region 00, a day long before anybody alive, and a check digit that is wrong: nobody's number."""
MOST_SKEW_S: Final = 30


class Failed(Exception):
    """A check that did not hold; the message says what to do."""


class NotTried(Exception):
    """A check that does not concern this client; the message says why."""


@dataclass
class Trial:
    """What the checks work with. ``client`` signs where a key was given."""

    url: str
    client_id: str
    secret: str
    private_key: bytes | None
    transport: Transport
    client: Client

    def plain(
        self, method: str, target: str, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> Response:
        """A request without token, signature or key."""
        return self.transport.call(method, target, headers or {}, body)

    def question(self, **changes: Any) -> bytes:
        asked = {"purpose": self.purpose(), "kind": "01", "number": NOBODY, **changes}
        return json.dumps(asked).encode()

    def purpose(self) -> str:
        found = [one.code for one in self.client.purposes() if "check" in one.operations]
        if not found:
            raise NotTried("this organisation has no purpose with a check")
        return found[0]

    def headers(self, body: bytes, *, key: str = "") -> dict[str, str]:
        """What a question is sent with, before it is signed."""
        return {
            "Authorization": f"Bearer {self.client.token()}",
            "Content-Type": JSON,
            "Content-Digest": signing.content_digest(body),
            "Idempotency-Key": key or uuid4().hex,
        }

    def sent(self, body: bytes, headers: dict[str, str], *, signed: bool = True) -> Response:
        extra = self.client.signature("POST", "/v1/checks", headers) if signed else {}
        return self.plain("POST", "/v1/checks", {**headers, **extra}, body)


def reaches_the_platform(trial: Trial) -> None:
    """The platform is reached, and serves its OpenAPI 3.1 document."""
    document = json.loads(trial.plain("GET", "/v1/openapi.json").body)
    _hold(str(document.get("openapi", "")).startswith("3.1"), "is this the platform's address, without a path?")


def clock_is_right(trial: Trial) -> None:
    """This machine's clock agrees with the platform's within half a minute."""
    date = trial.plain("GET", "/v1/keys").headers.get("date")
    if date is None:
        raise NotTried("the platform's answer has no Date")
    apart = abs(parsedate_to_datetime(date).timestamp() - time.time())
    _hold(apart <= MOST_SKEW_S, f"the clocks are {apart:.0f} s apart: synchronise this machine's")


def signs_as_the_vectors(trial: Trial) -> None:
    """Signatures and digests made here are those of the platform's test vectors."""
    told = json.loads(trial.plain("GET", "/v1/vectors.json").body)
    given = told["signatures"]
    signer = signing.Signer(given["key_id"], base64.b64decode(given["private_key"]))
    for case in given["cases"]:
        at = signing.Moment(case["created"], case["expires"], case["nonce"])
        made = signer.signed(case["method"], case["url"], case["headers"], at)
        _hold(made["Signature"] == case["signature"], f"the signature of “{case['name']}” differs")
    for case in told["digests"]:
        made_digest = signing.content_digest(case["body"].encode())
        _hold(made_digest == case["content_digest"], "a digest differs: digest the bytes that are sent")


def gets_a_token(trial: Trial) -> None:
    """A token is given for the client's id and secret."""
    _hold(bool(trial.client.token()), "check id and secret; the registration must be approved and in its days")


def wrong_secret_is_refused(trial: Trial) -> None:
    """A wrong secret gets none."""
    wrong = Client(trial.url, client_id=trial.client_id, secret=uuid4().hex)
    try:
        wrong.token()
    except Problem as problem:
        _hold((problem.status, problem.code) == (401, "invalid_client"), f"unexpected answer: {problem}")
    else:
        raise Failed("a wrong secret got a token")
    finally:
        wrong.close()


def knows_itself(trial: Trial) -> None:
    """The platform knows the client; a registered key and the key given here go together."""
    found = trial.client.identity()
    _hold(
        found.signs is (trial.private_key is not None),
        "a key is registered: give it with --key-file"
        if found.signs
        else "no key is registered: register it, or leave it out",
    )


def without_token_refused(trial: Trial) -> None:
    """Without a token nothing is answered."""
    _problem(trial.plain("GET", "/v1/purposes"), 401, "token_missing")


def unsigned_refused(trial: Trial) -> None:
    """A request without its signature is refused."""
    _signing(trial)
    body = trial.question()
    _problem(trial.sent(body, trial.headers(body), signed=False), 401, "signature_missing")


def changed_body_refused(trial: Trial) -> None:
    """A body that was changed after signing is refused."""
    _signing(trial)
    body = trial.question()
    headers = trial.headers(body)
    signed = {**headers, **trial.client.signature("POST", "/v1/checks", headers)}
    _problem(trial.plain("POST", "/v1/checks", signed, trial.question(kind="02")), 400, "digest_mismatch")


def replay_refused(trial: Trial) -> None:
    """The same signed request is not taken a second time."""
    _signing(trial)
    body = trial.question()
    headers = trial.headers(body)
    signed = {**headers, **trial.client.signature("POST", "/v1/checks", headers)}
    trial.plain("POST", "/v1/checks", signed, body)
    _problem(trial.plain("POST", "/v1/checks", signed, body), 409, "signature_replayed")


def key_needed(trial: Trial) -> None:
    """A question needs an Idempotency-Key of its own."""
    body = trial.question()
    headers = trial.headers(body)
    del headers["Idempotency-Key"]
    _problem(trial.sent(body, headers), 400, "idempotency_key_missing")


def key_names_one_body(trial: Trial) -> None:
    """One Idempotency-Key goes with one body; sent again with the same, the question is decided again."""
    body, key = trial.question(), uuid4().hex
    first, again = (trial.sent(body, trial.headers(body, key=key)).status for _ in range(2))
    _hold(first == again, "the same request got another answer")
    other = trial.question(kind="02")
    _problem(trial.sent(other, trial.headers(other, key=key)), 422, "idempotency_key_reused")


def nobody_is_no_answer(trial: Trial) -> None:
    """About somebody without a ground nothing is told; decide by the code and never by its sentence."""
    body = trial.question()
    answer = trial.sent(body, trial.headers(body))
    _hold(answer.status == 403, f"expected 403, got {answer.status}")
    _hold(answer.headers.get("content-type") == "application/problem+json", "expected application/problem+json")


def fault_is_located(trial: Trial) -> None:
    """A body at fault is answered with where the fault is."""
    body = trial.question(kind="99")
    answer = trial.sent(body, trial.headers(body))
    _problem(answer, 422, "body_not_valid")
    _hold(json.loads(answer.body)["errors"][0]["at"] == "/kind", "errors[0].at should be /kind")


def codes_have_pages(trial: Trial) -> None:
    """The code of a problem has its page."""
    page = trial.plain("GET", "/v1/problems/no_answer", {"Accept": "text/html"})
    _hold(page.status == 200, f"the page of a code answered {page.status}")


CHECKS: Final[tuple[Callable[[Trial], None], ...]] = (
    reaches_the_platform,
    clock_is_right,
    signs_as_the_vectors,
    wrong_secret_is_refused,
    gets_a_token,
    knows_itself,
    without_token_refused,
    unsigned_refused,
    changed_body_refused,
    replay_refused,
    key_needed,
    key_names_one_body,
    nobody_is_no_answer,
    fault_is_located,
    codes_have_pages,
)
"""In this order: each rests on those before it."""


def _hold(held: bool, otherwise: str) -> None:
    if not held:
        raise Failed(otherwise)


def _problem(answer: Response, status: int, code: str) -> None:
    try:
        got = str(json.loads(answer.body).get("code", ""))
    except ValueError:
        got = "no JSON"
    _hold((answer.status, got) == (status, code), f"expected {status} {code}, got {answer.status} {got}")


def _signing(trial: Trial) -> None:
    if trial.private_key is None:
        raise NotTried("no key was given")


def run(trial: Trial, say: Callable[[str], object] = print) -> int:
    """Try everything, a line each; gives how many failed."""
    failed = 0
    for check in CHECKS:
        what = (check.__doc__ or "").split("\n")[0]
        try:
            check(trial)
        except NotTried as why:
            say(f"  --  {what} ({why})")
        except (Failed, Problem, Unreachable, KeyError, ValueError) as why:
            failed += 1
            say(f"FAIL  {what}\n      {type(why).__name__}: {why}")
        else:
            say(f"  ok  {what}")
    say(f"\n{len(CHECKS)} checks, {failed} failed")
    return failed


def trial_of(url: str, client_id: str, secret: str, private_key: bytes | None) -> Trial:
    """A trial against a platform. The client must be registered for asking."""
    transport = Transport(url, timeout_s=30.0, context=None)
    client = Client(url, client_id=client_id, secret=secret, private_key=private_key)
    return Trial(url, client_id, secret, private_key, transport, client)


def key_in(text: str) -> bytes:
    """An Ed25519 seed as base64 of its 32 bytes. Raises ValueError."""
    key = base64.b64decode(text.strip(), validate=True)
    if len(key) != 32:
        raise ValueError("the key is the base64 of an Ed25519 seed of 32 bytes")
    return key


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m chengxin.client.conformance", description=__doc__)
    parser.add_argument("--url", required=True, help="the sandbox's address, e.g. https://sandbox.example")
    parser.add_argument("--client-id", required=True)
    secret = parser.add_mutually_exclusive_group(required=True)
    secret.add_argument("--secret", help="seen in the process list: better --secret-file")
    secret.add_argument("--secret-file", type=Path)
    parser.add_argument("--key-file", type=Path, help="base64 of the 32 bytes of the Ed25519 seed")
    chosen = parser.parse_args(arguments)
    given = chosen.secret or chosen.secret_file.read_text(encoding="utf-8").strip()
    key = key_in(chosen.key_file.read_text(encoding="utf-8")) if chosen.key_file else None
    trial = trial_of(chosen.url, chosen.client_id, given, key)
    try:
        return 1 if run(trial) else 0
    finally:
        trial.client.close()
        trial.transport.close()


if __name__ == "__main__":
    sys.exit(main())
