"""The short way in for machines: no session, no cookie, no page; the rest of Django as everywhere."""

from __future__ import annotations

from threading import local
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, cast

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest, get_script_name
from django.db import close_old_connections, connections
from django.urls import set_script_prefix

from chengxin.doors.machine.api import STRAIGHT
from chengxin.doors.machine.busiest import straight
from chengxin.doors.middleware import Next, requests_logged
from chengxin.foundation.database import WEB
from chengxin.foundation.keystore import WEB as KEYS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

URLS: Final = "chengxin.doors.machine.urls"
PREFIXES: Final = ("/v1/", "/oauth/")
PAGES: Final = "/v1/problems/"
"""Pages for people about what machines are told: they come the long way."""

TRUSTED_S: Final = 1.0

_answered = local()
"""When this thread last began a request, and last looked after its connections."""


def is_for_machines(path: str) -> bool:
    """Whether a request for this path takes the short way."""
    return path.startswith(PREFIXES) and not path.startswith(PAGES)


class ShortChain(BaseHandler):
    """A handler with this door's addresses alone and hardly any middleware."""

    def load_middleware(self, is_async: bool = False) -> None:
        assert not is_async
        # no middleware of views, templates or exceptions: only the chain itself
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        views: Any = self._get_response  # type: ignore[attr-defined]
        inner = cast("Next", convert_exception_to_response(straight(views)))
        self._middleware_chain: Any = convert_exception_to_response(requests_logged(_addressed(inner)))


class MachineHandler(ShortChain, WSGIHandler):
    """The same for a WSGI server."""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer; the busiest paths without the signals at which Django looks through all its connections, twice a request."""
        if environ.get("PATH_INFO") not in STRAIGHT:
            return super().__call__(environ, start_response)
        set_script_prefix(get_script_name(environ))
        _look_after_connections()
        response = self.get_response(WSGIRequest(environ))
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return list(response)


def _look_after_connections() -> None:
    """What the signals do, for the two connections of a question: after an error at once, else once a second."""
    now = monotonic()
    failed = any(connections[alias].errors_occurred for alias in (WEB, KEYS))
    if failed or now - getattr(_answered, "looked_after", -TRUSTED_S) >= TRUSTED_S:
        close_old_connections()
        _answered.looked_after = now


def _addressed(get_response: Next) -> Next:
    hsts = f"max-age={settings.SECURE_HSTS_SECONDS}" if settings.SECURE_HSTS_SECONDS else ""

    def handle(request: HttpRequest) -> HttpResponse:
        request.urlconf = URLS
        _trust_what_just_worked()
        response = get_response(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        if not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        if hsts and request.is_secure():
            response.headers["Strict-Transport-Security"] = hsts
        return response

    return handle


def _trust_what_just_worked() -> None:
    """A connection that answered within this second is not asked first whether it still does: that is a round trip a request."""
    connection, now = connections[WEB], monotonic()
    if now - getattr(_answered, "at", -TRUSTED_S) < TRUSTED_S and connection.connection is not None:
        connection.health_check_done = True  # type: ignore[attr-defined]
    _answered.at = now
