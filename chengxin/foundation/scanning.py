"""Looking for harm in papers: clamd does where the operator names one (`CHENGXIN_CLAMD`), else nobody; each paper says which."""

from __future__ import annotations

import socket
import struct
from enum import StrEnum
from typing import Final

from django.conf import settings

from chengxin.kernel.errors import BadInput, Unavailable

_TIMEOUT_S: Final = 20
_PIECE: Final = 64 * 1024


class Scanned(StrEnum):
    """What is known of a file."""

    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"


class FileHarmful(BadInput):
    """The scanner found something harmful in this file; nothing of it was kept."""

    code = "file_harmful"


class ScannerAway(Unavailable):
    """The scanner does not answer: nothing is taken in unlooked at while one is named."""

    code = "scanner_away"


def scan(content: bytes) -> Scanned:
    """Whether a file is clean. Raises FileHarmful, or ScannerAway where the one that is named does not answer."""
    where = settings.CHENGXIN_CLAMD
    if not where:
        return Scanned.NOT_SCANNED
    try:
        answer = _ask(where, content)
    except OSError as away:
        raise ScannerAway() from away
    if answer.endswith("OK"):
        return Scanned.CLEAN
    if answer.endswith("FOUND"):
        raise FileHarmful()
    raise ScannerAway()


def _ask(where: str, content: bytes) -> str:
    """One INSTREAM of clamd's protocol: pieces with their length before them, an empty one at the end."""
    with _connected(where) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (part := line.recv(4096)):
            answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connected(where: str) -> socket.socket:
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_TIMEOUT_S)
        line.connect(where)
        return line
    host, _, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_TIMEOUT_S)
