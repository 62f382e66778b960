"""The migrated pair of databases that test modules copy, kept between runs while nothing it was made from changes."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from django.db import connections
from psycopg import sql

from chengxin.foundation import prepare, server
from chengxin.foundation.prepare import Databases
from chengxin.foundation.server.leases import locked
from chengxin.settings.databases import KEY_ALIASES

_PROJECT = Path(__file__).resolve().parents[1]
_MADE_FROM = (
    "chengxin/*/migrations/**/*.py",
    "chengxin/*/sql/**/*.sql",
    "chengxin/foundation/prepare.py",
    "requirements.lock",
)
# helpers of migrations: what they return ends up in the schema
_MADE_FROM_TOO = ("chengxin/foundation/tables.py", "chengxin/foundation/sqlfiles.py", "chengxin/settings/base.py")


@contextmanager
def copied(module: str) -> Iterator[None]:
    """Point every alias at a fresh copy of the template; afterwards end its connections and drop it."""
    template = _template()
    tag = f"{os.getpid()}_{re.sub('[^a-z0-9]+', '_', module.lower())[-30:]}"
    pair = Databases(f"copy_{tag}", f"copy_{tag}_keys")
    with prepare.admin() as connection:
        for source, name in ((template.main, pair.main), (template.keys, pair.keys)):
            drop(connection, name)
            statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
            connection.execute(
                statement.format(sql.Identifier(name), sql.Identifier(prepare.OWNER), sql.Identifier(source))
            )
            prepare.close_to_public(connection, name)
    point_at(pair)
    try:
        yield
    finally:
        connections.close_all()
        with prepare.admin() as connection:
            for name in (pair.main, pair.keys):
                drop(connection, name)


@cache
def _template() -> Databases:
    """Start the server for this process, and make the template where no earlier run or other worker has."""
    server.ensure()
    pair = Databases(f"template_{_fingerprint()}", f"template_{_fingerprint()}_keys")
    with locked(server.state_folder() / "template.lock"), prepare.admin() as connection:
        prepare.make_roles(connection)
        if _exists(connection, pair.main) and _exists(connection, pair.keys):
            return pair
        _drop_left_overs(connection)
        unfinished = Databases(f"unfinished_{os.getpid()}", f"unfinished_{os.getpid()}_keys")
        prepare.make_pair(connection, unfinished)
        point_at(unfinished)
        prepare.bring_up()
        connections.close_all()
        for old, new in ((unfinished.keys, pair.keys), (unfinished.main, pair.main)):
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
            )
    return pair


def _fingerprint() -> str:
    files = {path for pattern in (*_MADE_FROM, *_MADE_FROM_TOO) for path in _PROJECT.glob(pattern)}
    content = b"\0".join(bytes(path.relative_to(_PROJECT)) + b"\0" + path.read_bytes() for path in sorted(files))
    return hashlib.sha256(content).hexdigest()[:16]


def point_at(pair: Databases) -> None:
    """Let every alias of every thread name this pair; open connections of this thread end."""
    connections.close_all()
    # the same dictionaries serve the connections of every thread
    for alias, place in connections.settings.items():
        place["NAME"] = pair.keys if alias in KEY_ALIASES else pair.main


def _drop_left_overs(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Databases of earlier code and of runs that were killed; the run that uses one has connections to it."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE datname ~ '^(template|unfinished|copy)_'"
        " AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = pg_database.oid)"
    ).fetchall()
    for (name,) in rows:
        if not _belongs_to_living_process(str(name)):
            drop(connection, str(name))


def _belongs_to_living_process(name: str) -> bool:
    owner = re.match(r"(?:unfinished|copy)_(\d+)", name)
    return owner is not None and Path(f"/proc/{owner[1]}").exists()


def _exists(connection: psycopg.Connection[tuple[object, ...]], name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def drop(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """Drop a database if it is there, whoever is connected."""
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
