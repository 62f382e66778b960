"""The straight way to the busiest operations: a plain question skips what Django and ninja do before a view, and nothing else.

It meets the same entrant, the same shape and the same view as by the long way, in a transaction as there. Whatever is not plain
(another method, a body at fault, one without a length) goes the long way, which says what is wrong.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http.request import UnreadablePostError
from django.urls import resolve

from chengxin.doors.machine.api import STRAIGHT, Straight, api
from chengxin.doors.machine.entering import MOST_BYTES
from chengxin.foundation import clock
from chengxin.foundation.database import in_transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.urls import ResolverMatch

    from chengxin.doors.request import Request

    Next = Callable[[HttpRequest], HttpResponse]


def straight(get_response: Next) -> Next:
    """Answer what is plain, and pass the rest on."""

    def handle(request: HttpRequest) -> HttpResponse:
        operation = STRAIGHT.get(request.path_info)
        asked = None if operation is None else _asked(request, operation)
        if operation is None or asked is None:
            return get_response(request)
        return _answered(cast("Request", request), operation, asked)

    return handle


def _asked(request: HttpRequest, operation: Straight) -> Any | None:
    """What a plain request asks, None for any other."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if request.method != "POST" or not length.isdecimal() or int(length) > MOST_BYTES:
        return None
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        return None
    try:
        return operation.shape.model_validate(api.parser.parse_body(request))
    except (ValueError, RecursionError, UnreadablePostError):
        return None


def _answered(request: Request, operation: Straight, asked: Any) -> HttpResponse:
    request.at = clock.now()
    request.resolver_match = _address(request.path_info, str(request.urlconf))
    with in_transaction():
        try:
            cast("Any", request).auth = operation.entrant(request)
            response: HttpResponse = operation.view(request, asked)
        except Exception as error:
            response = api.on_exception(request, error)
    response.headers["Cache-Control"] = "no-store"
    return response


@cache
def _address(path: str, urls: str) -> ResolverMatch:
    """The address as the log names it."""
    return resolve(path, urls)
