"""Who calls: the client of the token, its registration read anew, its signature where it has a key, each request once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from django.http.request import UnreadablePostError
from ninja.security.base import AuthBase, SecuritySchema

from chengxin.doors.entrance import Who
from chengxin.doors.machine import replays
from chengxin.doors.machine.problems import (
    BodyTooLarge,
    BodyUnreadable,
    ClientMayNotAsk,
    ClientMayNotSupply,
    ClientNotInForce,
    DigestMissing,
    LengthMissing,
    TokenMissing,
)
from chengxin.doors.machine.signing import verified_nonce
from chengxin.doors.machine.tokens import client_of
from chengxin.foundation.actors import Actor
from chengxin.offices import facade as offices
from chengxin.offices.terms import ClientStanding

if TYPE_CHECKING:
    from django.http import HttpRequest

    from chengxin.doors.machine.replays import RequestKey
    from chengxin.doors.request import Request
    from chengxin.offices.terms import ClientView

ROLE: Final = "client"
MOST_BYTES: Final = 64 * 1024
MOST_BATCH_BYTES: Final = 4 * 1024 * 1024
MOST_FILE_BYTES: Final = 10**9

SUSPENDED_TELLS: Final = (ClientStanding.IN_FORCE, ClientStanding.SUSPENDED)
"""A suspended client enters, so that the question itself is refused with its own reason, and supplies as before."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, once it is settled. ``key``: the request's own, where the address asks for one."""

    client: ClientView
    actor: Actor
    key: RequestKey | None


class Entrant(AuthBase):
    """Lets the clients in that an address declares. ``keyed``: the request needs a key of its own; ``streamed``: its body is
    read by the action, so only its digest is known here."""

    openapi_type = "oauth2"

    def __init__(self, who: Who, *, keyed: bool = False, streamed: bool = False, most_bytes: int = MOST_BYTES) -> None:
        self.who, self.keyed, self.streamed, self.most_bytes = who, keyed, streamed, most_bytes
        self.is_async = False
        self.openapi_security_schema = SecuritySchema(
            type="oauth2",
            description="OAuth 2.0 client credentials; a client with a registered key also signs each request (RFC 9421).",
            flows={"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": dict(self._SCOPES)}},
        )

    _SCOPES: ClassVar = {"ask": "put questions about persons", "supply": "hand files in"}

    def __call__(self, request: HttpRequest) -> Any:
        """The caller; raises the problem that keeps it out."""
        return self._enter(cast("Request", request))

    def _enter(self, request: Request) -> Caller:
        client = _client(request)
        self._may(client)
        body = self._body(request)
        key = replays.key_of(request.headers.get("Idempotency-Key")) if self.keyed else None
        nonce = None
        if client.public_key is not None:
            nonce = verified_nonce(
                request,
                key_id=str(client.uid),
                public_key=client.public_key,
                body=body,
                has_body=body is None or bool(body),
            )
        stands_for = request.headers["Content-Digest"].encode() if body is None else body
        seen = replays.see(
            client.id, nonce=nonce, key=key, body=f"{request.get_full_path()}\0".encode() + stands_for, at=request.at
        )
        actor = Actor(
            kind="client", organisation_id=client.organisation_id, client_id=client.id, role=ROLE, name=client.name
        )
        request.actor = actor
        return Caller(client, actor, seen)

    def _may(self, client: ClientView) -> None:
        if self.who is Who.CLIENT_ASKING and not client.may_ask:
            raise ClientMayNotAsk()
        if self.who is Who.CLIENT_SUPPLYING and not client.may_supply:
            raise ClientMayNotSupply()

    def _body(self, request: Request) -> bytes | None:
        """The body, or None where it is streamed later; then its length and digest must be told."""
        told = request.META.get("CONTENT_LENGTH") or ""
        if self.streamed:
            if not told.isdecimal() or int(told) == 0:
                raise LengthMissing()
            if "Content-Digest" not in request.headers:
                raise DigestMissing()
            if int(told) > self.most_bytes:
                raise BodyTooLarge(most=self.most_bytes)
            return None
        if told.isdecimal() and int(told) > self.most_bytes:
            raise BodyTooLarge(most=self.most_bytes)
        try:
            if self.most_bytes > MOST_BYTES:
                # more than Django reads for a form: read here, and kept where `body` looks for it
                vars(request)["_body"] = request.read()
            return request.body
        except UnreadablePostError as gone:
            raise BodyUnreadable() from gone


def _client(request: Request) -> ClientView:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise TokenMissing()
    client = offices.client_for(client_of(token.strip()), request.at)
    if client is None or client.standing not in SUSPENDED_TELLS:
        raise ClientNotInForce()
    return client


def caller_of(request: HttpRequest) -> Caller:
    """Who calls, in a view whose address declares an entrant."""
    return cast("Caller", cast("Any", request).auth)
