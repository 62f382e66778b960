"""The one guarded way out by HTTP: one fixed address, encrypted, no redirect followed, time and answer bounded."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

TIMEOUT_S: Final = 10.0
MOST_ANSWER_BYTES: Final = 64 * 1024
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SCHEMES: Final = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``body`` is cut at ``MOST_ANSWER_BYTES``."""

    status: int
    body: bytes


class OutOfReach(Exception):
    """Nobody answered as HTTP wants it; the message is a code without address."""


class Endpoint:
    """One address of another house, from the settings. The connection is kept for the next call until ``close``."""

    def __init__(self, url: str, *, timeout_s: float = TIMEOUT_S) -> None:
        """Raises ImproperlyConfigured for anything but https; plain http is for this machine itself alone."""
        parts = urlsplit(url)
        if parts.scheme not in _SCHEMES or not parts.hostname or parts.username or parts.fragment:
            raise ImproperlyConfigured("the address of another house must be https://host/path, without a password")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ImproperlyConfigured("the address of another house must be https")
        self.url = url
        self._parts: SplitResult = parts
        self._timeout_s = timeout_s
        self._connection: http.client.HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send ``body``. Any status is an answer; raises ``OutOfReach`` where none came.

        Where the other side had closed a kept connection, one fresh one is tried: it had not read a byte of this.
        """
        kept = self._connection is not None
        try:
            return self._post(body, headers)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
            self.close()
            if not kept:
                raise OutOfReach("closed") from error
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise OutOfReach(type(error).__name__) from error
        try:
            return self._post(body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise OutOfReach(type(error).__name__) from error

    def close(self) -> None:
        """End the kept connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        connection = self._connection = self._connection or self._opened()
        target = (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")
        connection.request("POST", target, body, dict(headers))
        response = connection.getresponse()
        answer = Answer(response.status, response.read(MOST_ANSWER_BYTES))
        if response.read(1) or response.will_close:
            self.close()
        return answer

    def _opened(self) -> http.client.HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=self._timeout_s)
        return http.client.HTTPSConnection(host, port, timeout=self._timeout_s, context=ssl.create_default_context())
