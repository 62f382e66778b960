"""The embedded PostgreSQL: runs while somebody uses it, reachable by its socket alone.

Each process that uses it calls `ensure()` before its first connection and may call `release()`; a process that ends
without it gives its claim back by ending. Where DATABASE_URL names a server of the operator's, nothing here is needed.
"""

import atexit
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chengxin.foundation.server import cluster, leases, passwords
from chengxin.foundation.server.cluster import ADMIN, ServerError
from chengxin.foundation.server.places import PORT, Places, places, state_folder

__all__ = [
    "ADMIN",
    "Endpoint",
    "ServerError",
    "ensure",
    "ensure_unless_named",
    "is_embedded",
    "places",
    "release",
    "remove",
    "session",
    "state_folder",
    "status",
    "stop",
]

_PROJECT = Path(__file__).resolve().parents[3]
_held: dict[Path, tuple[leases.Lease, int]] = {}


@dataclass(frozen=True)
class Endpoint:
    """What libpq needs to reach the server: the socket's folder as host, and a port number."""

    host: str
    port: int


@dataclass(frozen=True)
class Status:
    """What `chengxin database status` tells. `users` counts living processes with a lease."""

    endpoint: Endpoint
    pid: int | None
    users: int


def is_embedded() -> bool:
    """Whether this deployment uses the embedded server, i.e. names no other."""
    return not os.environ.get("DATABASE_URL", "").strip()


def ensure(state: Path | None = None) -> Endpoint:
    """Start the server if it does not run, and hold it for this process. Calls nest; waits up to ten minutes."""
    place = places(state)
    if place.state in _held and os.getpid() == _owner_pid:
        lease, count = _held[place.state]
        if cluster.running_pid(place) is not None:
            _held[place.state] = (lease, count + 1)
            return _endpoint(place)
    cluster.make_state(place)
    with leases.locked(place.lock):
        cluster.make_folders(place)
        _claim(place)
        try:
            if cluster.running_pid(place) is None:
                cluster.initialise(place, passwords.load(place)[ADMIN])
                cluster.start(place)
            if not leases.is_held(place.keeper_lock):
                _start_keeper(place)
        except BaseException:
            release(state)
            raise
    return _endpoint(place)


def ensure_unless_named() -> None:
    """For entry points: the embedded server runs from here on, unless DATABASE_URL names one."""
    if is_embedded():
        ensure()


def release(state: Path | None = None) -> None:
    """Give back one claim of this process; after the last one of all, the keeper stops the server."""
    place = places(state)
    lease, count = _held.get(place.state, (None, 0))
    if lease is None:
        return
    if count > 1:
        _held[place.state] = (lease, count - 1)
        return
    del _held[place.state]
    lease.release()


@contextmanager
def session(state: Path | None = None) -> Iterator[Endpoint]:
    """`ensure` and `release` around a block."""
    endpoint = ensure(state)
    try:
        yield endpoint
    finally:
        release(state)


def stop(state: Path | None = None) -> None:
    """Stop the server whoever uses it."""
    place = places(state)
    if not place.home.exists():
        return
    # the data may lie elsewhere, and outlive a state folder that somebody deleted
    place.state.mkdir(0o700, parents=True, exist_ok=True)
    with leases.locked(place.lock):
        cluster.stop(place)


def remove(state: Path | None = None) -> None:
    """Stop the server and delete all it made, its data and passwords included; folders that were there before stay."""
    place = places(state)
    stop(state)
    for folder in (place.sockets, place.home, place.leases):
        shutil.rmtree(folder, ignore_errors=True)
    for file in (place.passwords, place.passfile, place.keeper_log, place.keeper_lock, place.lock, place.elsewhere):
        file.unlink(missing_ok=True)


def status(state: Path | None = None) -> Status:
    """Where it is, whether it runs, and for how many."""
    place = places(state)
    return Status(_endpoint(place), cluster.running_pid(place), len(leases.live_leases(place.leases)))


_owner_pid = os.getpid()


def _claim(place: Places) -> None:
    # a forked child holds its parent's descriptor, and needs a lease of its own
    global _owner_pid
    if os.getpid() != _owner_pid:
        _held.clear()
        _owner_pid = os.getpid()
    lease, count = _held.get(place.state, (None, 0))
    _held[place.state] = (lease or leases.Lease(place.leases), count + 1)


def _endpoint(place: Places) -> Endpoint:
    return Endpoint(str(place.sockets), PORT)


def _start_keeper(place: Places) -> None:
    path = os.pathsep.join(filter(None, [str(_PROJECT), os.environ.get("PYTHONPATH", "")]))
    with place.keeper_log.open("a") as log:
        subprocess.run(  # noqa: S603
            [sys.executable, "-m", "chengxin.foundation.server.keeper", str(place.state)],
            cwd="/",
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=True,
        )


@atexit.register
def _release_all() -> None:
    if os.getpid() == _owner_pid:
        for lease, _count in _held.values():
            lease.release()
        _held.clear()
