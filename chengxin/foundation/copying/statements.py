"""The COPY statement itself, on Django's cursors and on bare ones."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db.backends.utils import CursorWrapper
from psycopg import Copy, Cursor, sql

type_of_cursor = CursorWrapper | Cursor[Any]


def copy_rows(
    cursor: type_of_cursor,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    types: Sequence[str] | None = None,
) -> int:
    """Copy rows of Python values; how many.

    `types` (names of PostgreSQL types, one a column) chooses the binary format, which checks each value's type and
    takes no detour over text. A broken constraint raises as in any other statement, on Django's cursors Django's own.
    """
    count = 0
    with copying_into(cursor, statement(table, columns, binary=types is not None)) as copy:
        if types is not None:
            copy.set_types(types)
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def statement(table: str, columns: Sequence[str], *, binary: bool) -> sql.Composed:
    """`COPY table (columns) FROM STDIN`, the table with or without its schema."""
    return sql.SQL("COPY {} ({}) FROM STDIN" + (" (FORMAT BINARY)" if binary else "")).format(
        sql.Identifier(*table.split(".")), sql.SQL(", ").join(map(sql.Identifier, columns))
    )


@contextmanager
def copying_into(cursor: type_of_cursor, query: sql.Composed) -> Iterator[Copy]:
    """Run the statement and give what takes its data."""
    # Django wraps the errors of execute() only; one that escaped bare would pass every handler of django.db.Error.
    with (
        cursor.db.wrap_database_errors if isinstance(cursor, CursorWrapper) else nullcontext(),
        cursor.copy(query) as copy,
    ):
        yield copy
