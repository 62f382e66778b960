"""The calls of the API, one method each. Tokens are fetched and renewed, requests signed and given their key, by themselves."""

from __future__ import annotations

import hashlib
import json
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import TracebackType
from typing import IO, Any, Final, Self
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

from chengxin.client import signing
from chengxin.client.answers import Batch, Case, Checked, Identity, Line, LookedUp, Problem, Purpose, Recall
from chengxin.client.transport import Response, Transport

JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
BYTES: Final = "application/octet-stream"
RENEWED_BEFORE_S: Final = 30
_PIECE: Final = 2**20

Scope = Mapping[str, Iterable[str]]


class Client:
    """A registered client. Not for several threads at once: each has its own.

    ``private_key``: the 32 bytes of the Ed25519 seed whose public half was registered; None for a client without one.
    ``clock``: seconds since 1970; this machine's, which must not be wrong by more than half a minute.
    """

    def __init__(
        self,
        url: str,
        *,
        client_id: str,
        secret: str,
        private_key: bytes | None = None,
        language: str = "en",
        timeout_s: float = 30.0,
        context: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._transport = Transport(url, timeout_s=timeout_s, context=context)
        self._id, self._secret, self._language, self._clock = client_id, secret, language, clock
        self._signer = None if private_key is None else signing.Signer(client_id, private_key)
        self._token, self._until = "", 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._transport.close()

    # --- questions --------------------------------------------------------------------------------------------------------

    def look_up(
        self,
        purpose: str,
        kind: str,
        number: str,
        *,
        items: Scope | None = None,
        case_ref: str = "",
        key: str | None = None,
    ) -> LookedUp:
        """The fields that the purpose allows of one person's entries. ``key``: the request's own; sent again under the same
        one within a day, a question whose answer was lost on the way does not count twice.

        Raises Problem: with code ``no_answer`` nothing is told, whatever the reason.
        """
        asked = {"purpose": purpose, "kind": kind, "number": number, "case_ref": case_ref}
        return LookedUp.read(self.post("/v1/look-ups", {**asked, **_scoped(items)}, key=key))

    def check(self, purpose: str, kind: str, number: str, *, case_ref: str = "", key: str | None = None) -> Checked:
        """Yes or no to the purpose's question about one person."""
        asked = {"purpose": purpose, "kind": kind, "number": number, "case_ref": case_ref}
        return Checked.read(self.post("/v1/checks", asked, key=key))

    def verify(
        self, purpose: str, kind: str, number: str, name: str, *, case_ref: str = "", key: str | None = None
    ) -> Checked:
        """Whether number and name belong together."""
        asked = {"purpose": purpose, "kind": kind, "number": number, "name": name, "case_ref": case_ref}
        return Checked.read(self.post("/v1/verifications", asked, key=key))

    def check_many(self, purpose: str, lines: Iterable[Line], *, key: str | None = None) -> list[Checked | str]:
        """Checks of up to 10,000 persons, in order: each an answer, or the code of its refusal."""
        asked = {"purpose": purpose, "lines": [line.as_json() for line in lines]}
        return _lines(self.post("/v1/checks/batch", asked, key=key), Checked.read)

    def look_up_many(self, purpose: str, lines: Iterable[Line], *, key: str | None = None) -> list[LookedUp | str]:
        """The same for look-ups."""
        asked = {"purpose": purpose, "lines": [line.as_json() for line in lines]}
        return _lines(self.post("/v1/look-ups/batch", asked, key=key), LookedUp.read)

    def ask_consent(
        self,
        purpose: str,
        kind: str,
        number: str,
        name: str,
        *,
        reason: str,
        items: Scope | None = None,
        key: str | None = None,
    ) -> None:
        """Ask the person for consent. Nothing comes back, whoever they are."""
        asked = {"purpose": purpose, "kind": kind, "number": number, "name": name, "reason": reason}
        self.post("/v1/consent-requests", {**asked, **_scoped(items)}, key=key)

    def report_use(
        self,
        look: UUID,
        kind: str,
        number: str,
        *,
        decision: str,
        decided_on: date,
        reason: str,
        key: str | None = None,
    ) -> UUID:
        """Report a decision against the person that rests on an answer; they are told. Returns the number of the report."""
        used = {"look": str(look), "kind": kind, "number": number, "decision": decision, "reason": reason}
        return UUID(self.post("/v1/uses", {**used, "decided_on": decided_on.isoformat()}, key=key)["uid"])

    # --- cases and purposes -----------------------------------------------------------------------------------------------

    def open_case(self, ref: str, purpose: str, *, persons_most: int, reason: str, key: str | None = None) -> Case:
        """Open a case under one's own number. The number must name nobody."""
        opening = {"ref": ref, "purpose": purpose, "persons_most": persons_most, "reason": reason}
        return Case.read(self.post("/v1/cases", opening, key=key))

    def close_case(self, uid: UUID, *, reason: str, key: str | None = None) -> Case:
        """Close it: nothing more is answered for it."""
        return Case.read(self.post(f"/v1/cases/{uid}/close", {"reason": reason}, key=key))

    def cases(self, *, closed: bool = False) -> list[Case]:
        """One's organisation's cases, by default the open ones."""
        found = self.get("/v1/cases?closed=true" if closed else "/v1/cases")
        return [Case.read(one) for one in found["cases"]]

    def recalls(self) -> list[Recall]:
        """What one's organisation was shown and is no longer right; those that wait for its word come first."""
        return [Recall.read(one) for one in self.get("/v1/recalls")["recalls"]]

    def acknowledge_recall(self, uid: UUID, *, reason: str, key: str | None = None) -> Recall:
        """Say that it is put straight in one's own records, and how; the words must name nobody."""
        return Recall.read(self.post(f"/v1/recalls/{uid}/acknowledge", {"reason": reason}, key=key))

    def purposes(self) -> list[Purpose]:
        """What one's organisation may ask for today."""
        return [Purpose.read(one) for one in self.get("/v1/purposes")["purposes"]]

    def identity(self) -> Identity:
        """Who this client is."""
        return Identity.read(self.get("/v1/client"))

    # --- supply -----------------------------------------------------------------------------------------------------------

    def send_file(self, item: str, file: IO[bytes], *, file_name: str, reason: str, key: str | None = None) -> Batch:
        """Hand a file in; it must be seekable, because its digest goes before it. Sent again under its key, it is not taken
        twice."""
        digest, size = _digested(file)
        query = urlencode({"item": item, "file_name": file_name, "reason": reason}, quote_via=quote)
        extra = {"Content-Type": BYTES, "Content-Length": str(size), "Content-Digest": digest}
        answer = self.call("POST", f"/v1/batches?{query}", body=file, extra=extra, key=key or uuid4().hex)
        return Batch.read(_json(answer))

    def batch(self, uid: UUID) -> Batch:
        """How far it is."""
        return Batch.read(self.get(f"/v1/batches/{uid}"))

    def batch_answer(self, uid: UUID, *, failed_only: bool = False) -> bytes:
        """The file back, with what became of each row."""
        target = f"/v1/batches/{uid}/answer"
        return self.call("GET", f"{target}?failed_only=true" if failed_only else target).body

    def report_nothing(self, item: str, day: date, *, reason: str, key: str | None = None) -> Mapping[str, Any]:
        """Say that there is nothing of an item for the period that this day lies in."""
        report = {"item": item, "day": day.isoformat(), "reason": reason}
        found: Mapping[str, Any] = self.post("/v1/reports", report, key=key)
        return found

    # --- every call -------------------------------------------------------------------------------------------------------

    def get(self, target: str) -> Any:
        """The JSON of an address. Raises Problem, Unreachable."""
        return _json(self.call("GET", target))

    def post(self, target: str, content: Mapping[str, Any], *, key: str | None = None) -> Any:
        """Send JSON under a key of the request, a new one where none is given. Raises Problem, Unreachable."""
        body = json.dumps(content, ensure_ascii=False).encode()
        extra = {"Content-Type": JSON, "Content-Digest": signing.content_digest(body)}
        return _json(self.call("POST", target, body=body, extra=extra, key=key or uuid4().hex))

    def call(
        self,
        method: str,
        target: str,
        *,
        body: bytes | IO[bytes] | None = None,
        extra: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Response:
        """One request with token and signature; a token that ran out is renewed once. Raises Problem, Unreachable."""
        answer = self._once(method, target, body, dict(extra or {}), key)
        if answer.status == 401 and _code(answer) == "token_not_valid" and isinstance(body, bytes | None):
            self._token = ""
            answer = self._once(method, target, body, dict(extra or {}), key)
        if answer.status >= 400:
            raise Problem(answer.status, _members(answer))
        return answer

    def _once(
        self, method: str, target: str, body: bytes | IO[bytes] | None, extra: dict[str, str], key: str | None
    ) -> Response:
        headers = {"Authorization": f"Bearer {self.token()}", "Accept-Language": self._language, **extra}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self._transport.call(method, target, {**headers, **self.signature(method, target, headers)}, body)

    def signature(self, method: str, target: str, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers of a signature over this request; none for a client without a key."""
        if self._signer is None:
            return {}
        covered = ("content-type", "content-digest", "authorization", "idempotency-key")
        given = {name.lower(): value for name, value in headers.items()}
        parts = {name: given[name] for name in covered if name in given}
        return self._signer.signed(method, self._transport.origin + target, parts, signing.moment(self._clock()))

    def token(self) -> str:
        """The token in use; a new one where there is none or it is about to run out. Raises Problem, Unreachable."""
        if not self._token or self._clock() >= self._until:
            form = {"grant_type": "client_credentials", "client_id": self._id, "client_secret": self._secret}
            answer = self._transport.call(
                "POST", "/oauth/token", {"Content-Type": FORM}, urlencode(form).encode("ascii")
            )
            if answer.status != 200:
                raise Problem(answer.status, _members(answer))
            told = _json(answer)
            self._token, self._until = told["access_token"], self._clock() + told["expires_in"] - RENEWED_BEFORE_S
        return self._token


def _scoped(items: Scope | None) -> dict[str, Any]:
    return {} if items is None else {"items": {item: sorted(fields) for item, fields in items.items()}}


def _lines(told: Mapping[str, Any], read: Callable[[Mapping[str, Any]], Any]) -> list[Any]:
    return [read(one["answered"]) if "answered" in one else one["refused"]["code"] for one in told["lines"]]


def _digested(file: IO[bytes]) -> tuple[str, int]:
    hashed, size = hashlib.sha256(), 0
    start = file.tell()
    while piece := file.read(_PIECE):
        hashed.update(piece)
        size += len(piece)
    file.seek(start)
    return signing.digest_header(hashed.digest()), size


def _json(answer: Response) -> Any:
    return json.loads(answer.body)


def _members(answer: Response) -> Mapping[str, Any]:
    try:
        found = json.loads(answer.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _code(answer: Response) -> str:
    return str(_members(answer).get("code", ""))
