"""Uploaded files, kept sealed in pieces under a key of their own, never in clear on a disk.

A stored file is a header (magic, format, suite, piece size, random file id) and pieces of `PIECE_BYTES` of plaintext,
each a sealed blob of `ciphers` whose additional data are the header, the piece's number and whether it is the last: a
file that is cut, spliced, re-ordered or put in another's place does not open (STREAM, Hoang and others 2015). An empty
file has one empty piece. Memory is about two pieces, whatever the size.
"""

import errno
import io
import os
import shutil
import struct
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from django.conf import settings

from chengxin.foundation import server
from chengxin.foundation.ciphers import OVERHEAD, SUITES, CipherSuite, SealBroken
from chengxin.foundation.keyring import current
from chengxin.kernel.errors import NotFound, Unavailable
from chengxin.kernel.ids import new_uid

PIECE_BYTES: Final = 2**20
FOLDER_VARIABLE: Final = "CHENGXIN_FILES"
_HEADER: Final = struct.Struct(">4sBBI16s")
_MAGIC: Final = b"CXSF"
_FORMAT: Final = 1
_PLACE: Final = struct.Struct(">QB")
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DRAFT: Final = ".draft"
_SEALED: Final = ".sealed"


class DiskFull(Unavailable):
    """There is no room left to keep this file; nothing of it was kept."""

    code = "disk_full"


class Source(Protocol):
    """What gives bytes, fewer than asked at its end alone or in between, none at its end."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A kept file: its name in the store, and the size in bytes and digest (32 bytes, by suite) of its plaintext."""

    uid: uuid.UUID
    digest: bytes
    bytes: int


def write(stream: Source, key: bytes) -> StoredFile:
    """Seal the rest of `stream` under `key` (of the keyring's suite); durable when this returns.

    Raises `DiskFull`, or `Unavailable` where the folder cannot be written; nothing half is left then. A failure of the
    stream itself passes through, and leaves nothing either.
    """
    uid = new_uid()
    path = _path_of(uid)
    draft = path.with_suffix(_DRAFT)
    try:
        with _told():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb", buffering=0) as file:
            size, digest = _seal_into(file, stream, key)
            with _told():
                os.fsync(file.fileno())
        with _told():
            draft.replace(path)
            _sync_folder(path.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return StoredFile(uid=uid, bytes=size, digest=digest)


def stream_of(parts: Iterable[bytes]) -> Source:
    """A source for `write` from what a generator makes, for example the lines of an answer."""
    return _Parts(parts)


def open_file(uid: uuid.UUID, key: bytes) -> BinaryIO:
    """The plaintext as a stream to read forwards; close it.

    Raises `NotFound` here, `SealBroken` here or while reading (wrong key, or a file that somebody touched): what was
    read before it is true, but never take a stream for whole before its end.
    """
    try:
        file = _path_of(uid).open("rb")
    except FileNotFoundError as missing:
        raise NotFound(file=str(uid)) from missing
    try:
        return io.BufferedReader(_Opened(file, key), buffer_size=PIECE_BYTES)
    except BaseException:
        file.close()
        raise


def remove(uid: uuid.UUID) -> bool:
    """Delete the file, durably. False where it was gone already. Its backups die with its key."""
    path = _path_of(uid)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    _sync_folder(path.parent)
    return True


def free_bytes() -> int:
    """What the store's disk can still take."""
    return shutil.disk_usage(_folder()).free


def kept_before(older_than: float) -> Iterator[uuid.UUID]:
    """The files last written before `older_than` (Unix seconds): for the sweep of files that nothing came to use."""
    for path in _folder().glob(f"*/*{_SEALED}"):
        if path.stat().st_mtime < older_than:
            yield uuid.UUID(path.name.removesuffix(_SEALED))


def sweep_drafts(older_than: float) -> int:
    """Delete what killed writers left behind, last written before `older_than` (Unix seconds). How many."""
    swept = 0
    for draft in _folder().glob(f"*/*{_DRAFT}"):
        if draft.stat().st_mtime < older_than:
            draft.unlink(missing_ok=True)
            swept += 1
    return swept


class _Opened(io.RawIOBase):
    """The plaintext of one stored file, one piece in memory."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._key = file, key
        self._header = file.read(_HEADER.size)
        try:
            magic, form, code, self._piece_bytes, _ = _HEADER.unpack(self._header)
        except struct.error as cut:
            raise SealBroken from cut
        suites = [suite for suite in SUITES.values() if suite.code == code]
        # The header is proven by the first piece; until then its size only must not exhaust the memory.
        if magic != _MAGIC or form != _FORMAT or not suites or not 0 < self._piece_bytes <= PIECE_BYTES:
            raise SealBroken
        self._suite: CipherSuite = suites[0]
        self._number = 0
        self._next = self._read_blob()
        self._rest = memoryview(b"")
        self._turn()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        while not self._rest and self._next:
            self._turn()
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _read_blob(self) -> bytes:
        return self._file.read(self._piece_bytes + OVERHEAD)

    def _turn(self) -> None:
        blob, self._next = self._next, self._read_blob()
        place = _PLACE.pack(self._number, not self._next)
        self._rest = memoryview(self._suite.open(self._key, blob, self._header + place))
        self._number += 1


def _folder() -> Path:
    named = getattr(settings, FOLDER_VARIABLE, None) or os.environ.get(FOLDER_VARIABLE)
    folder = Path(named) if named else server.state_folder() / "files"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path_of(uid: uuid.UUID) -> Path:
    return _folder() / uid.hex[:2] / f"{uid}{_SEALED}"


def _read_piece(stream: Source) -> bytes:
    piece = stream.read(PIECE_BYTES)
    # A socket or a pipe gives what it has; short pieces in the middle would look like the end.
    while 0 < len(piece) < PIECE_BYTES and (more := stream.read(PIECE_BYTES - len(piece))):
        piece += more
    return piece


def _seal_into(file: io.RawIOBase, stream: Source, key: bytes) -> tuple[int, bytes]:
    suite = current().suite
    header = _HEADER.pack(_MAGIC, _FORMAT, suite.code, PIECE_BYTES, os.urandom(16))
    hasher, size, number = suite.hasher(), 0, 0
    _put(file, header)
    piece = _read_piece(stream)
    while True:
        following = _read_piece(stream) if len(piece) == PIECE_BYTES else b""
        hasher.update(piece)
        size += len(piece)
        _put(file, suite.seal(key, piece, header + _PLACE.pack(number, not following)))
        if not following:
            return size, hasher.finalize()
        piece, number = following, number + 1


def _put(file: io.RawIOBase, data: bytes) -> None:
    rest = memoryview(data)
    with _told():
        while rest:
            rest = rest[file.write(rest) or 0 :]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told() -> Iterator[None]:
    """A failure of the disk in our words; around each use of it, because a failure of the source is not one."""
    try:
        yield
    except OSError as error:
        raise (DiskFull if error.errno in _FULL else Unavailable)(part="files") from error


class _Parts:
    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._rest = b""

    def read(self, size: int, /) -> bytes:
        held, length = [self._rest], len(self._rest)
        while length < size and (part := next(self._parts, None)) is not None:
            held.append(part)
            length += len(part)
        joined = b"".join(held)
        self._rest = joined[size:]
        return joined[:size]
