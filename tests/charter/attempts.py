"""Attempts as the roles of the database: what each is answered, with everything taken back afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connections, transaction
from psycopg import errors

from tests.house.tables import our_models, table

ROLES = {"web": "default", "intake": "intake", "disposer": "disposer"}


def answered(role: str, statement: str, *values: object, person: UUID | None = None) -> list[tuple[Any, ...]]:
    """The rows a role is given; nothing it did stays. ``person`` is set on the connection as pages set it."""
    alias = ROLES[role]
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        try:
            if person is not None:
                cursor.execute(f"SET LOCAL chengxin.person = '{person}'")
            cursor.execute(statement, values)  # type: ignore[arg-type]
            return list(cursor.fetchall()) if cursor.description else []
        finally:
            transaction.set_rollback(True, using=alias)


def refusal(role: str, statement: str, *values: object, person: UUID | None = None) -> str:
    """Why the database refuses a statement: the constraint's name, else the kind of error. Fails where it does not."""
    try:
        rows = answered(role, statement, *values, person=person)
    except DatabaseError as stopped:
        cause = stopped.__cause__
        assert isinstance(cause, errors.Error)
        return cause.diag.constraint_name or type(cause).__name__
    raise AssertionError(f"role {role} was let through: {statement} gave {rows[:3]}")


def readable(role: str, name: str) -> list[str]:
    """The columns of a table that a role may read."""
    alias = ROLES[role]
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND has_column_privilege(attrelid, attnum, 'SELECT') ORDER BY attnum",
            [name],
        )
        return [str(column) for (column,) in cursor.fetchall()]


def everything_readable(role: str) -> str:
    """All that a role can read in all our tables without naming anybody, as one text."""
    found: list[str] = []
    for model in our_models():
        columns = readable(role, table(model))
        if columns:
            rows = answered(role, f"SELECT {', '.join(columns)} FROM {table(model)}")
            found.extend(text_of(value) for row in rows for value in row)
    return "\n".join(found)


def text_of(value: object) -> str:
    """A cell as text; bytes as hexadecimal and, where they are any, as the words they hold."""
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex() + " " + bytes(value).decode("utf-8", "ignore")
    return str(value)


def told_in(text: str, secrets: Sequence[str]) -> list[str]:
    """Which of these secrets stand in a text, plainly or as the hexadecimal of their UTF-8."""
    return [secret for secret in secrets if secret in text or secret.encode().hex() in text.lower()]
