"""Databases for benchmarks that write: one made and filled once, and fresh copies of it for each round."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections
from psycopg import sql

from chengxin.foundation import prepare, server
from chengxin.foundation.prepare import Databases
from chengxin.settings.databases import KEY_ALIASES


def point_at(pair: Databases) -> None:
    """Let every alias of this process mean this pair."""
    connections.close_all()
    for alias, place in connections.settings.items():
        place["NAME"] = pair.keys if alias in KEY_ALIASES else pair.main


@contextmanager
def made(name: str, fill: Callable[[], None]) -> Iterator[Databases]:
    """A migrated pair, filled by ``fill``; dropped at the end."""
    server.ensure()
    pair = Databases(f"bench_{name}", f"bench_{name}_keys")
    with prepare.admin() as connection:
        prepare.make_roles(connection)
        _drop(pair)
        prepare.make_pair(connection, pair)
    point_at(pair)
    try:
        prepare.bring_up()
        fill()
        connections.close_all()
        yield pair
    finally:
        _drop(pair)


@contextmanager
def copied(source: Databases, name: str) -> Iterator[Databases]:
    """A copy of a pair under every alias; the disk is settled before the caller begins."""
    pair = Databases(f"bench_{name}", f"bench_{name}_keys")
    connections.close_all()
    _drop(pair)
    with prepare.admin() as connection:
        for old, new in ((source.main, pair.main), (source.keys, pair.keys)):
            statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
            connection.execute(
                statement.format(sql.Identifier(new), sql.Identifier(prepare.OWNER), sql.Identifier(old))
            )
            prepare.close_to_public(connection, new)
        row = connection.execute("SHOW synchronous_commit").fetchone()
        # an ALTER SYSTEM outlives the benchmark that made it
        assert row is not None
        assert row[0] == "on"
        connection.execute("CHECKPOINT")
    point_at(pair)
    try:
        yield pair
    finally:
        _drop(pair)


def server_cpu_s() -> float:
    """CPU seconds of the database server so far, its ended processes included."""
    keeper = int((server.places().data / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (numbers := _stat(int(entry.name))) is not None:
            parent, own, ended = numbers
            if int(entry.name) == keeper:
                ticks += own + ended
            elif parent == keeper:
                ticks += own
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> tuple[int, int, int] | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return int(fields[1]), int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])


def _drop(pair: Databases) -> None:
    connections.close_all()
    with prepare.admin() as connection:
        for name in (pair.main, pair.keys):
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
