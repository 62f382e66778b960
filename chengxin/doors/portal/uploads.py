"""A file that passes from the browser into a sealed store as it comes: no readable byte of it is kept in memory or on a disk.

Django reads a form whole before a view runs, and keeps larger files in the system's temporary folder. Here the view reads the
form itself: the fields first, then the file as a stream to be read once. Forms for it put their file last.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.http.multipartparser import FIELD, FILE, ChunkIter, LazyStream, Parser
from django.http.request import UnreadablePostError

from chengxin.kernel.errors import BadInput

PIECE = 2**18
FIELD_BYTES = 2**16
"""What one field beside the file may hold."""
MOST_FIELDS = 50


class UploadTooLarge(BadInput):
    """This file is larger than what is taken at once."""

    code = "upload_too_large"


class UploadBroken(BadInput):
    """The form did not arrive whole."""

    code = "upload_broken"


class Incoming:
    """The file's bytes as they arrive, never more than promised."""

    def __init__(self, source: LazyStream, most_bytes: int) -> None:
        self._source = source
        self._left = most_bytes

    def read(self, size: int, /) -> bytes:
        """The next bytes; none at the end. Raises ``UploadTooLarge``, ``UploadBroken``."""
        try:
            piece: bytes = self._source.read(size)
        except UnreadablePostError as gone:
            raise UploadBroken() from gone
        self._left -= len(piece)
        if self._left < 0:
            raise UploadTooLarge()
        return piece


@dataclass(frozen=True, slots=True)
class Upload:
    """The fields that stood before the file, its name without folders, and its bytes; ``file`` is None where none was chosen."""

    fields: QueryDict
    file_name: str
    file: Incoming | None


@contextmanager
def incoming(request: HttpRequest, *, most_bytes: int) -> Iterator[Upload]:
    """Read a form with one file, the file last. Raises ``UploadTooLarge`` before anything is read where the request says so.

    What the caller leaves unread is read and dropped, so that the browser hears the answer.
    """
    length = _length(request)
    if length > most_bytes + FIELD_BYTES * MOST_FIELDS:
        raise UploadTooLarge()
    boundary = request.content_params.get("boundary", "") if request.content_params else ""
    if request.content_type != "multipart/form-data" or not boundary:
        raise UploadBroken()
    fields = QueryDict(mutable=True)
    name, file = "", None
    parts = iter(Parser(LazyStream(ChunkIter(request, PIECE)), boundary.encode("ascii", "replace")))
    for kind, headers, stream in parts:
        told = headers.get("content-disposition", ("", {}))[1]
        field = _text(told.get("name", b""))
        if kind == FIELD and not told.get("filename"):
            if len(fields) >= MOST_FIELDS:
                raise UploadBroken()
            fields.appendlist(field, stream.read(FIELD_BYTES).decode("utf-8", "replace"))
        elif kind == FILE:
            name = _text(told["filename"]).replace("\\", "/").rsplit("/", 1)[-1]
            file = Incoming(stream, most_bytes)
            break
    try:
        yield Upload(fields, "".join(sign for sign in name if sign.isprintable()), file)
    finally:
        with suppress(UnreadablePostError):
            while request.read(PIECE):
                pass


def _text(given: bytes | str) -> str:
    return given if isinstance(given, str) else given.decode("utf-8", "replace")


def _length(request: HttpRequest) -> int:
    told = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(told) if told.isdecimal() else 0
