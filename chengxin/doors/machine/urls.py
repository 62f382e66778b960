"""Every address of the door for machines, each with its entrant and its own way of saying what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, cast

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from chengxin.doors.entrance import Entrance, Who
from chengxin.doors.machine import operations as _operations
from chengxin.doors.machine.api import APART, ENTRANTS, PREFIX, api, broken, refused
from chengxin.doors.machine.problems import BodyUnreadable, EncryptionNeeded, MethodNotAllowed
from chengxin.doors.machine.tokens import token
from chengxin.doors.request import Request
from chengxin.foundation import clock
from chengxin.kernel.errors import NotFound

View = Callable[..., HttpResponseBase]

assert _operations.ALL, "the operations are declared by importing them"


def _through(view: View, who: Who, *, apart: bool) -> View:
    """What every address here shares, whichever chain of middleware it was reached by: the moment, no cache, no plain http,
    and a problem where Django would answer with a page."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.at = clock.now()
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return refused(request, EncryptionNeeded())
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = response.headers["Allow"]
            response = refused(request, MethodNotAllowed())
            response.headers["Allow"] = allowed
        if who is not Who.PUBLIC:
            response.headers["Cache-Control"] = "no-store"
        return response

    guarded.entrance = Entrance(who)  # type: ignore[attr-defined]
    return cast("View", transaction.non_atomic_requests(guarded) if apart else guarded)


def _patterns() -> list[URLPattern]:
    """The operations' addresses as ninja makes them, each behind `_through`."""
    return [
        path(
            f"{PREFIX}{pattern.pattern}",
            _through(pattern.callback, ENTRANTS[pattern.name], apart=pattern.name in APART),
            name=pattern.name,
        )
        for pattern in api.urls[0]
        if isinstance(pattern, URLPattern) and pattern.name in ENTRANTS
    ]


urlpatterns: Final = [path("oauth/token", _through(token, Who.PUBLIC, apart=False), name="oauth_token"), *_patterns()]


# --- what Django answers itself, where requests come by the short chain -----------------------------------------------


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return refused(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return refused(request, BodyUnreadable())


def failed(request: HttpRequest) -> HttpResponseBase:
    error = sys.exc_info()[1]
    return broken(request, error if isinstance(error, Exception) else RuntimeError("failed without an exception"))


handler400 = "chengxin.doors.machine.urls.bad_request"
handler404 = "chengxin.doors.machine.urls.not_found"
handler500 = "chengxin.doors.machine.urls.failed"
