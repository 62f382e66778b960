"""One connection to the platform: kept open, tried anew where it had been closed, never redirected."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Final
from urllib.parse import urlsplit

from chengxin.client.answers import Unreachable

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PIECE: Final = 2**16


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """A kept connection to one origin."""

    def __init__(self, url: str, *, timeout_s: float, context: ssl.SSLContext | None) -> None:
        """Raises ValueError for anything but https, or http to this machine itself."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
            raise ValueError("the platform's address is https://host, without a path")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("the platform's address must be https")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self._netloc = parts.netloc
        self._context = (context or ssl.create_default_context()) if parts.scheme == "https" else None
        self._timeout_s = timeout_s
        self._kept: http.client.HTTPConnection | None = None

    def call(self, method: str, target: str, headers: Mapping[str, str], body: bytes | IO[bytes] | None) -> Response:
        """Send a request. Any status is an answer; raises Unreachable where none came.

        A kept connection that the other side had closed is opened anew, once, and only before a byte of an answer was read.
        """
        kept = self._kept is not None
        try:
            return self._call(method, target, headers, body)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
            self.close()
            if not kept or not isinstance(body, bytes | None):
                raise Unreachable(type(error).__name__) from error
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(type(error).__name__) from error
        try:
            return self._call(method, target, headers, body)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(type(error).__name__) from error

    def _call(self, method: str, target: str, headers: Mapping[str, str], body: bytes | IO[bytes] | None) -> Response:
        if self._kept is None:
            self._kept = self._connection()
        self._kept.request(method, target, body=_pieces(body), headers=dict(headers))
        answer = self._kept.getresponse()
        content = answer.read()
        if answer.will_close:
            self.close()
        return Response(answer.status, {name.lower(): value for name, value in answer.getheaders()}, content)

    def _connection(self) -> http.client.HTTPConnection:
        if self._context is None:
            return http.client.HTTPConnection(self._netloc, timeout=self._timeout_s)
        return http.client.HTTPSConnection(self._netloc, timeout=self._timeout_s, context=self._context)

    def close(self) -> None:
        """End the kept connection, if there is one."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None


def _pieces(body: bytes | IO[bytes] | None) -> bytes | Iterable[bytes] | None:
    return body if isinstance(body, bytes) or body is None else iter(lambda: body.read(_PIECE), b"")
