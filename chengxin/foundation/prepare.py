"""From an empty PostgreSQL to the schema of today: roles, two databases, migrations, rights. Each step may be repeated.

On the embedded server we are its administrator. On a server of the operator's CHENGXIN_ADMIN_URL names one who may make
roles and databases; without it they must be there already, and only the schema is brought up.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from chengxin.foundation import server
from chengxin.foundation.server import passwords
from chengxin.foundation.sqlfiles import load

OWNER: Final = "chengxin_owner"
ROLES: Final = {
    OWNER: "NOBYPASSRLS",
    "chengxin_web": "NOBYPASSRLS",
    # PostgreSQL refuses COPY under row-level security: bulk intake is exempt, and may read next to nothing
    "chengxin_intake": "BYPASSRLS",
    "chengxin_disposer": "NOBYPASSRLS",
}
_BUILTIN_LOCALES_SINCE: Final = 170000
_MIGRATION_LOCK: Final = 7_020_318_445_501


@dataclass(frozen=True)
class Databases:
    """The pair of names: contents, and the keys that open them."""

    main: str
    keys: str


def configured() -> Databases:
    """The pair that Django's aliases name at this moment."""
    return Databases(_alias("owner")["NAME"], _alias("keys_owner")["NAME"])


def prepare(*, verbosity: int = 0) -> None:
    """All steps, for the configured pair; two that start at once wait for one another."""
    server.ensure_unless_named()
    if server.is_embedded() or os.environ.get("CHENGXIN_ADMIN_URL", "").strip():
        with admin() as connection:
            make_roles(connection)
            make_pair(connection, configured())
    bring_up(verbosity=verbosity)


@contextmanager
def admin(database: str = "") -> Iterator[psycopg.Connection[Any]]:
    """A connection, in autocommit, of one who may make roles and databases; by default to the database `postgres`."""
    if server.is_embedded():
        place = server.places()
        target: dict[str, Any] = {
            "host": str(place.sockets),
            "port": _alias("owner")["PORT"],
            "user": server.ADMIN,
            "passfile": str(place.passfile),
            "dbname": database or "postgres",
        }
        with psycopg.connect(**target, autocommit=True) as connection:
            yield connection
    else:
        named = make_conninfo(os.environ["CHENGXIN_ADMIN_URL"], dbname=database or None)
        with psycopg.connect(named, autocommit=True) as connection:
            yield connection


def make_roles(connection: psycopg.Connection[Any]) -> None:
    """The four login roles with the passwords of this deployment; what exists is brought to the same state."""
    known = _passwords()
    with _lock(connection):
        for role, bypass in ROLES.items():
            name = sql.Identifier(role)
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
                connection.execute(sql.SQL("CREATE ROLE {}").format(name))
            attributes = f"LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION {bypass}"
            connection.execute(sql.SQL("ALTER ROLE {} WITH " + attributes).format(name))
            if role in known:
                # hashed here, so that no statement log ever holds the password itself
                hashed = connection.pgconn.encrypt_password(known[role].encode(), role.encode(), b"scram-sha-256")
                statement = sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(hashed.decode()))
                connection.execute(statement)


def make_pair(connection: psycopg.Connection[Any], pair: Databases) -> None:
    """Both databases, empty, with their extension and rights; the key store with its table."""
    with _lock(connection):
        for name in (pair.main, pair.keys):
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
                        sql.Identifier(name), sql.Identifier(OWNER), _locale(connection)
                    )
                )
            close_to_public(connection, name)
            with admin(name) as inside:
                _set_up_schema(inside)


def close_to_public(connection: psycopg.Connection[Any], database: str) -> None:
    """Who may connect: our roles alone. A copy of a database does not take these rights with it."""
    name = sql.Identifier(database)
    roles = sql.SQL(", ").join(map(sql.Identifier, ROLES))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, roles))
    # bulk intake gathers a chunk in a table of its own session
    connection.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO chengxin_intake").format(name))


def bring_up(*, verbosity: int = 0) -> None:
    """The key store's table, migrations as owner, and rights on the tables of libraries."""
    with connections["keys_owner"].cursor() as cursor:
        cursor.execute(load("foundation", "keystore"))
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
            cursor.execute(load("foundation", "grants_framework"))
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])
    for alias in ("keys_owner", "owner"):
        connections[alias].close()


def _set_up_schema(connection: psycopg.Connection[Any]) -> None:
    connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public")
    connection.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")
    connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    connection.execute(f"GRANT USAGE ON SCHEMA public TO {', '.join(ROLES)}")


def _locale(connection: psycopg.Connection[Any]) -> sql.SQL:
    if connection.info.server_version >= _BUILTIN_LOCALES_SINCE:
        return sql.SQL("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'")
    return sql.SQL("LOCALE 'C.UTF-8'")


def _passwords() -> dict[str, str]:
    if server.is_embedded():
        return passwords.load(server.places())
    return {role: secret for role in ROLES if (secret := _password_of(role))}


def _password_of(role: str) -> str:
    return next(str(each["PASSWORD"]) for each in settings.DATABASES.values() if each["USER"] == role)


def _alias(alias: str) -> dict[str, Any]:
    return dict(connections[alias].settings_dict)


@contextmanager
def _lock(connection: psycopg.Connection[Any]) -> Iterator[None]:
    connection.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
    try:
        yield
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])
