"""The embedded server: runs while somebody uses it, survives what kills its users and itself, touches nothing of others."""

import os
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from chengxin.foundation import server
from chengxin.foundation.server import binaries, cluster, leases
from chengxin.foundation.server.places import ServerUser, may_enter, places

PATIENCE_S = 60
USER = """
import sys, time
from chengxin.foundation import server
server.ensure()
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder in a folder everybody may pass, removed with its server at the end."""
    folder = Path(tempfile.gettempdir()) / f"chengxin-test-{secrets.token_hex(4)}"
    folder.mkdir(0o755)
    yield folder / "state"
    server.remove(folder / "state")
    shutil.rmtree(folder)


def _connect(state: Path) -> psycopg.Connection[tuple[object, ...]]:
    place = places(state)
    return psycopg.connect(
        host=str(place.sockets), port=5432, user=server.ADMIN, dbname="postgres", passfile=str(place.passfile)
    )


def _ask(state: Path, question: LiteralString = "SELECT 1") -> object:
    with _connect(state) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


def _user_process(state: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", USER],
        env={**os.environ, "CHENGXIN_STATE": str(state)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _end(process: subprocess.Popen[str], how: signal.Signals) -> None:
    process.send_signal(how)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        pipe.close()


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def _is_gone(state: Path) -> bool:
    return not (places(state).data / "postmaster.pid").exists()


def test_it_answers_those_who_know_the_password_and_stops_after_the_last(state: Path) -> None:
    endpoint = server.ensure(state)
    assert _ask(state) == 1
    place = places(state)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(
            host=endpoint.host, port=endpoint.port, user=server.ADMIN, dbname="postgres", passfile="/dev/null"
        )
    assert _ask(state, "SELECT current_setting('listen_addresses')") == ""
    for folder in (place.home, place.data, place.sockets):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in (place.passwords, place.passfile):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.stat(place.data).st_uid == place.user.uid != 0
    server.release(state)
    _wait_until(lambda: _is_gone(state))


def test_a_half_made_folder_is_seen_by_nobody_else(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes that come first together: one made the server's folder, the other took it for a stranger's."""
    place = places(state)
    make, made = Path.mkdir, {}

    def watched(folder: Path, mode: int = 0o777, **options: bool) -> None:
        made[folder] = place.lock.exists() and leases.is_held(place.lock)
        make(folder, mode, **options)

    monkeypatch.setattr(Path, "mkdir", watched)
    server.ensure(state)
    assert made[place.home], "made without the lock"
    assert made[place.sockets], "made without the lock"


def test_one_user_leaving_does_not_stop_it_for_another(state: Path) -> None:
    other = _user_process(state)
    server.ensure(state)
    server.ensure(state)
    assert server.status(state).users == 2
    server.release(state)
    _end(other, signal.SIGTERM)
    _wait_until(lambda: server.status(state).users == 1)
    assert _ask(state) == 1
    server.release(state)
    _wait_until(lambda: _is_gone(state))


def test_a_killed_user_does_not_keep_it_running(state: Path) -> None:
    process = _user_process(state)
    assert _ask(state) == 1
    _end(process, signal.SIGKILL)
    _wait_until(lambda: _is_gone(state))
    server.ensure(state)
    assert _ask(state) == 1


def test_a_killed_server_is_started_again_with_what_was_committed(state: Path) -> None:
    server.ensure(state)
    with _connect(state) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    pid = server.status(state).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    _wait_until(lambda: server.status(state).pid is None)
    server.ensure(state)
    assert _ask(state, "SELECT n FROM kept") == 7


def test_a_pid_file_whose_number_now_belongs_to_another_process_stops_nothing(state: Path) -> None:
    server.ensure(state)
    server.stop(state)
    place = places(state)
    sleeper = subprocess.Popen(["sleep", "600"], user=place.user.uid if place.user.is_other else None)
    try:
        text = f"{sleeper.pid}\n{place.data}\n1700000000\n5432\n{place.sockets}\n\n"
        (place.data / "postmaster.pid").write_text(text)
        os.chown(place.data / "postmaster.pid", place.user.uid, place.user.gid)
        server.ensure(state)
        assert _ask(state) == 1
        assert sleeper.poll() is None
    finally:
        sleeper.kill()
        sleeper.wait()


def test_stop_stops_whoever_uses_it_and_ensure_starts_it_again(state: Path) -> None:
    server.ensure(state)
    server.stop(state)
    assert server.status(state).pid is None
    server.ensure(state)
    assert _ask(state) == 1


def test_a_database_whose_passwords_are_lost_is_not_taken_for_a_new_one(state: Path) -> None:
    server.ensure(state)
    server.stop(state)
    places(state).passwords.rename(state / "lost")
    with pytest.raises(FileNotFoundError, match="bring it back"):
        server.ensure(state)
    (state / "lost").rename(places(state).passwords)
    server.ensure(state)
    assert _ask(state) == 1


def test_a_long_path_gets_a_short_socket(state: Path) -> None:
    deep = state / ("long" * 25)
    with server.session(deep) as endpoint:
        assert len(f"{endpoint.host}/.s.PGSQL.5432".encode()) < 107
        assert not endpoint.host.startswith(str(deep))
        assert _ask(deep) == 1
    server.remove(deep)
    assert not Path(endpoint.host).exists()


def test_a_socket_folder_that_somebody_else_made_is_refused(state: Path) -> None:
    deep = state / ("long" * 25)
    place = places(deep)
    place.sockets.mkdir(0o777)
    place.sockets.chmod(0o777)
    try:
        with pytest.raises(PermissionError, match="alone"):
            server.ensure(deep)
    finally:
        place.sockets.rmdir()


def test_in_a_closed_folder_it_works_and_opens_nothing(state: Path) -> None:
    """As root the server's user cannot pass here: data and socket go elsewhere, and no folder's rights change."""
    closed = state.parent / "closed"
    closed.mkdir(0o700)
    inner = closed / "state"
    inner.mkdir(0o700)
    before = {folder: folder.stat().st_mode for folder in (closed, inner, *closed.parents)}
    with server.session(inner):
        assert _ask(inner) == 1
        assert places(inner).home.is_relative_to(inner) is not places(inner).user.is_other
        home = places(inner).home
        inner.chmod(0o755)
        closed.chmod(0o755)
        assert places(inner).home == home, "the data would be lost from sight"
        inner.chmod(0o700)
        closed.chmod(0o700)
    assert {folder: folder.stat().st_mode for folder in before} == before
    server.remove(inner)
    assert not home.exists()


def test_programs_in_a_closed_folder_are_run_from_a_copy(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PG_BIN_DIR", raising=False)
    closed = state.parent / "programs"
    package = binaries.installed().parents[1]
    shutil.copytree(package, closed / package.name)
    if (libraries := package.with_name(f"{package.name}.libs")).exists():
        shutil.copytree(libraries, closed / libraries.name)
    closed.chmod(0o700)
    monkeypatch.setattr(binaries, "installed", lambda: closed / package.name / "pginstall" / "bin")
    place = places(state)
    with server.session(state):
        assert _ask(state) == 1
        used = Path(f"/proc/{cluster.running_pid(place)}/exe").resolve()
    assert used.is_relative_to(place.home if place.user.is_other else closed)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@pytest.mark.parametrize(("mode", "expected"), [(0o700, False), (0o710, False), (0o711, True), (0o755, True)])
def test_who_may_pass_a_folder(tmp_path_factory: pytest.TempPathFactory, mode: int, expected: bool) -> None:
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(mode)
    stranger = ServerUser("stranger", uid=54321, gid=54321, is_other=True)
    owner = ServerUser("owner", uid=os.getuid(), gid=os.getgid(), is_other=True)
    assert may_enter(stranger, folder / "not made yet") is expected
    assert may_enter(owner, folder)
    folder.rmdir()
