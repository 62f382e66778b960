import errno
import io
import os
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from chengxin.foundation import files
from chengxin.foundation.ciphers import OVERHEAD, SUITES, CipherSuite, SealBroken
from chengxin.foundation.files import PIECE_BYTES, DiskFull, StoredFile
from chengxin.foundation.keyring import Keyring, forget
from chengxin.kernel.errors import NotFound, Unavailable

HEADER = 26
PIECE = PIECE_BYTES + OVERHEAD


@pytest.fixture(params=list(SUITES.values()), ids=list(SUITES))
def suite(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[CipherSuite]:
    monkeypatch.setenv("CHENGXIN_FILES", str(tmp_path))
    monkeypatch.setenv("CHENGXIN_KEYS", Keyring.create(request.param.name).content())
    forget()
    yield request.param
    forget()


def written(content: bytes, key: bytes) -> StoredFile:
    return files.write(io.BytesIO(content), key)


def read(uid: UUID, key: bytes) -> bytes:
    with files.open_file(uid, key) as stream:
        return stream.read()


def stored_at(folder: Path) -> Path:
    (path,) = folder.rglob("*.sealed")
    return path


@pytest.mark.parametrize(
    "size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES, 3 * PIECE_BYTES + 7]
)
def test_a_file_comes_back_as_it_went_in(suite: CipherSuite, size: int, tmp_path: Path) -> None:
    content, key = os.urandom(size), suite.new_key()
    kept = written(content, key)
    assert (kept.bytes, kept.digest) == (size, suite.digest(content))
    assert read(kept.uid, key) == content
    path = stored_at(tmp_path)
    assert path.stat().st_size == HEADER + size + OVERHEAD * max(1, -(-size // PIECE_BYTES))
    assert path.stat().st_mode & 0o077 == 0
    assert [entry for entry in tmp_path.rglob("*") if entry.is_file()] == [path]


def test_nothing_of_it_lies_in_clear(suite: CipherSuite, tmp_path: Path) -> None:
    written("张三被处罚".encode() * 1000, suite.new_key())
    assert "张三".encode() not in stored_at(tmp_path).read_bytes()


def test_it_is_read_in_small_bits_and_lines(suite: CipherSuite) -> None:
    key = suite.new_key()
    lines = b"".join(b"line %d\n" % number for number in range(200_000))
    kept = written(lines, key)
    with files.open_file(kept.uid, key) as stream:
        assert list(stream) == lines.splitlines(keepends=True)
    with files.open_file(kept.uid, key) as stream, io.TextIOWrapper(stream, encoding="utf-8") as text:
        assert text.readline() == "line 0\n"


class _Drips(io.RawIOBase):
    """Gives a few bytes at a time, as a socket does."""

    def __init__(self, content: bytes) -> None:
        self._rest = io.BytesIO(content)

    def read(self, size: int = -1, /) -> bytes:
        return self._rest.read(min(size, 300_007))


def test_a_source_that_drips_and_one_that_is_made_are_whole(suite: CipherSuite) -> None:
    content, key = os.urandom(2 * PIECE_BYTES + 5), suite.new_key()
    assert read(files.write(_Drips(content), key).uid, key) == content
    parts = (content[at : at + 99_999] for at in range(0, len(content), 99_999))
    assert read(files.write(files.stream_of(parts), key).uid, key) == content
    assert read(files.write(files.stream_of([]), key).uid, key) == b""


def _refuses(uid: UUID, key: bytes) -> None:
    with pytest.raises(SealBroken):
        read(uid, key)


def test_a_file_that_somebody_touched_does_not_open(suite: CipherSuite, tmp_path: Path) -> None:
    key = suite.new_key()
    kept = written(os.urandom(2 * PIECE_BYTES + 100), key)
    path = stored_at(tmp_path)
    whole = path.read_bytes()
    first, second, last = (
        whole[HEADER : HEADER + PIECE],
        whole[HEADER + PIECE : HEADER + 2 * PIECE],
        whole[HEADER + 2 * PIECE :],
    )
    head = whole[:HEADER]
    touched = {
        "cut within a piece": whole[:-1],
        "cut between pieces": head + first + second,
        "cut to one piece": head + first,
        "cut to the header": head,
        "cut within the header": head[:-1],
        "empty": b"",
        "pieces in another order": head + second + first + last,
        "a piece twice": head + first + first + second + last,
        "a piece left out": head + second + last,
        "something behind": whole + b"x",
        "the last piece twice": whole + last,
        **{
            f"byte {at}": whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :]
            for at in [*range(HEADER + 20), len(whole) - 1]
        },
    }
    for what, content in touched.items():
        path.write_bytes(content)
        with pytest.raises(SealBroken):
            pytest.fail(f"opened: {what}, {len(read(kept.uid, key))} bytes")
    path.write_bytes(whole)
    assert len(read(kept.uid, key)) == kept.bytes


def test_a_file_opens_in_its_own_place_and_with_its_own_key_alone(suite: CipherSuite, tmp_path: Path) -> None:
    key = suite.new_key()
    one, other = written(b"one" * PIECE_BYTES, key), written(b"two" * PIECE_BYTES, key)
    _refuses(one.uid, suite.new_key())
    paths = {path.stem: path for path in tmp_path.rglob("*.sealed")}
    first, second = paths[str(one.uid)], paths[str(other.uid)]
    first.write_bytes(first.read_bytes()[:HEADER] + second.read_bytes()[HEADER:])
    _refuses(one.uid, key)


def test_what_is_gone_is_not_found(suite: CipherSuite, tmp_path: Path) -> None:
    key = suite.new_key()
    kept = written(b"content", key)
    assert files.remove(kept.uid)
    assert not files.remove(kept.uid)
    assert not list(tmp_path.rglob("*.sealed"))
    with pytest.raises(NotFound):
        files.open_file(kept.uid, key)
    with pytest.raises(NotFound):
        files.open_file(uuid4(), key)


@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EIO, Unavailable)]
)
@pytest.mark.parametrize("failing", ["fsync", "replace", "open"])
def test_a_disk_that_fails_leaves_nothing_half(
    suite: CipherSuite,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failing: str,
    number: int,
    told: type[Unavailable],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fail) if failing == "replace" else patched.setattr(os, failing, fail)
        with pytest.raises(told) as failure:
            written(os.urandom(100), suite.new_key())
    assert type(failure.value) is told
    assert not [entry for entry in tmp_path.rglob("*") if entry.is_file()]


def test_a_full_disk_in_the_middle_leaves_nothing(suite: CipherSuite, tmp_path: Path) -> None:
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (PIECE_BYTES + 500, before[1]))
    try:
        with pytest.raises(DiskFull):
            written(bytes(3 * PIECE_BYTES), suite.new_key())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert not [entry for entry in tmp_path.rglob("*") if entry.is_file()]


class _BreaksOff(io.RawIOBase):
    def __init__(self) -> None:
        self._reads = 0

    def read(self, size: int = -1, /) -> bytes:
        self._reads += 1
        if self._reads > 2:
            raise ConnectionResetError("the sender went away")
        return bytes(size)


def test_a_source_that_breaks_off_says_so_itself_and_leaves_nothing(suite: CipherSuite, tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError):
        files.write(_BreaksOff(), suite.new_key())
    assert not [entry for entry in tmp_path.rglob("*") if entry.is_file()]


def test_what_a_killed_writer_left_is_swept_and_nothing_else(suite: CipherSuite, tmp_path: Path) -> None:
    key = suite.new_key()
    kept = written(b"content", key)
    old, fresh = tmp_path / "ab" / "old.draft", tmp_path / "ab" / "fresh.draft"
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(b"half")
    fresh.write_bytes(b"half")
    now = time.time()
    os.utime(old, (now - 7200, now - 7200))
    assert files.sweep_drafts(older_than=now - 3600) == 1
    assert (old.exists(), fresh.exists()) == (False, True)
    assert read(kept.uid, key) == b"content"


def test_free_space_is_that_of_the_stores_disk(suite: CipherSuite, tmp_path: Path) -> None:
    stat = os.statvfs(tmp_path)
    assert abs(files.free_bytes() - stat.f_bavail * stat.f_frsize) < 2**30


def test_memory_is_a_few_pieces_whatever_the_size(suite: CipherSuite) -> None:
    key = suite.new_key()
    tracemalloc.start()
    try:
        kept = files.write(files.stream_of(bytes(65_536) for _ in range(16 * 24)), key)
        with files.open_file(kept.uid, key) as stream:
            assert sum(len(line) for line in iter(lambda: stream.read(100_000), b"")) == 24 * PIECE_BYTES
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * PIECE_BYTES
