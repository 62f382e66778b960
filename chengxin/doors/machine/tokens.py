"""Tokens: `POST /oauth/token` by OAuth 2.0 client credentials (RFC 6749 4.4), and whose a token is.

A token says which client calls and nothing else. What that client may do is read anew at each request.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import time
from threading import Lock
from typing import Final
from urllib.parse import unquote_plus
from uuid import UUID

from allauth.core import context
from allauth.idp.oidc import views
from allauth.idp.oidc.models import Token
from django.db import DataError, transaction
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from chengxin.doors.entrance import Who, entrance
from chengxin.doors.machine.problems import TokenNotValid
from chengxin.doors.request import Request
from chengxin.kernel.errors import NotFound
from chengxin.offices import facade as offices
from chengxin.offices.terms import ClientStanding

MOST_KNOWN: Final = 4096
MOST_TOKEN: Final = 512

REMEMBERED_S: Final = 5
"""So long a token is taken for the same client's without looking again; what that client may do is never remembered."""

_known: dict[str, tuple[UUID, float]] = {}
_lock = Lock()


def client_of(token: str) -> UUID:
    """The uid of the client that a token was given to. Raises TokenNotValid."""
    if len(token) > MOST_TOKEN:
        raise TokenNotValid()
    digest = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
    now = time.monotonic()
    known = _known.get(digest)
    if known is not None and now < known[1]:
        return known[0]
    # by the library's own clock, which a practice clock does not shift
    found = Token.objects.valid().filter(type=Token.Type.ACCESS_TOKEN, hash=digest)
    client_id = found.values_list("client_id", flat=True).first()
    if client_id is None:
        _known.pop(digest, None)
        raise TokenNotValid()
    client = UUID(client_id)
    with _lock:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[digest] = (client, now + REMEMBERED_S)
    return client


@csrf_exempt
@entrance(who=Who.PUBLIC)
def token(request: Request) -> HttpResponse:
    """Give a token for a client's id and secret, for as long as its registration works; else the errors of RFC 6749 5.2."""
    try:
        with context.request_context(request):
            response: HttpResponse = views.token(request)
    except (ValueError, DataError):
        # what the library cannot read, or the database cannot hold
        response = JsonResponse({"error": "invalid_request"}, status=400)
    if response.status_code == 200 and not _works(request):
        transaction.set_rollback(True)
        response = JsonResponse({"error": "invalid_client"}, status=401)
        response.headers["WWW-Authenticate"] = "Basic"
    response.headers["Cache-Control"] = "no-store"
    return response


def _works(request: Request) -> bool:
    """Whether the client that has just proved its secret is one whose registration works now."""
    try:
        client = offices.client_for(UUID(_named(request)), request.at)
    except (ValueError, NotFound):
        return False
    return client is not None and client.standing in (ClientStanding.IN_FORCE, ClientStanding.SUSPENDED)


def _named(request: Request) -> str:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return str(request.POST.get("client_id", ""))
    try:
        name, _, _ = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return unquote_plus(name)


def forget() -> int:
    """Delete the tokens that ran out; gives how many."""
    ended, _ = Token.objects.expired().delete()
    return int(ended)
