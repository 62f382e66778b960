"""A row in any table, made from the table's own description, for tests that must hold for tables not yet thought of."""

from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

_VALUES = {
    "uuid": "gen_random_uuid()",
    "bytea": "'\\x00'::bytea",
    "bool": "true",
    "date": "date '2026-01-01'",
    "timestamptz": "timestamptz '2026-01-01 00:00:00Z'",
    "jsonb": "'{}'::jsonb",
    "daterange": "daterange('2026-01-01', '2026-02-01')",
    "int2": "1",
    "int4": "1",
    "int8": "1",
    "numeric": "1",
    "float8": "1",
    "text": "'x'",
    "varchar": "'x'",
    "_text": "'{}'::text[]",
    "_uuid": "'{}'::uuid[]",
    "_varchar": "'{}'::varchar[]",
}


def add_any_row(connection: psycopg.Connection[Any], table: str, **given: UUID | bytes) -> None:
    """Insert one row as administrator, in a transaction that the caller rolls back: foreign keys and checks are off in it."""
    connection.execute("SET LOCAL session_replication_role = replica")
    checks = connection.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table]
    ).fetchall()
    for (name,) in checks:
        connection.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name))
        )
    columns = connection.execute(
        "SELECT attname, typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = ''",
        [table],
    ).fetchall()
    values = [
        sql.Literal(given[name]) if name in given else sql.SQL(_VALUES[kind])  # type: ignore[arg-type]
        for name, kind in columns
    ]
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(sql.Identifier(name) for name, _kind in columns),
            sql.SQL(", ").join(values),
        )
    )
    connection.execute("SET LOCAL session_replication_role = origin")
