"""Statements of the busiest paths, sent to the server together and waited for once, by the library's own protocol layer.

A cursor of the library waits at each statement of a pipeline and keeps much for each; that cost more than everything else in
a question. Values go and come by the connection's own adapters, and errors are the library's, as with a cursor.
"""

from __future__ import annotations

import re
import select
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any, Final
from weakref import WeakKeyDictionary

from psycopg import Connection, OperationalError, abc
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import InvalidSqlStatementName, error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

Row = tuple[Any, ...]
Statement = tuple[str, Mapping[str, object], bool]
"""Its text with `%(name)s`, the values, and whether the server plans it once a session; its text never changes then."""

_VALUE: Final = re.compile(r"%(?:\((\w+)\)([sbt])|(%))")
_FORMATS: Final = {"s": PyFormat.AUTO, "b": PyFormat.BINARY, "t": PyFormat.TEXT}
_Planned = dict[tuple[str, tuple[int, ...]], bytes]
"""Text and types of a statement -> the name under which the server keeps it."""


@dataclass(slots=True)
class _Bound:
    """A statement ready to be sent; ``name`` where it is one that is kept, ``is_new`` where the server does not know it yet."""

    query: bytes
    values: Sequence[abc.Buffer | None] | None = None
    types: tuple[int, ...] = ()
    formats: Sequence[Format] | None = None
    name: bytes = b""
    is_new: bool = False
    is_wanted: bool = True


@dataclass(slots=True)
class _Line:
    """What is known of one connection: how it adapts values, and which statements its server has planned."""

    adapting: abc.Transformer
    planned: _Planned = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)
    """Never used twice: what was sent with one that failed may be kept all the same."""


_lines: Final[WeakKeyDictionary[Connection[Any], _Line]] = WeakKeyDictionary()


def send(connection: Connection[Any], statements: Sequence[Statement]) -> list[list[Row]]:
    """Run statements one after the other and give the rows of each. Where a transaction is to begin, the first one begins it.

    The server runs none after one that fails: raises what a cursor would have raised for it.
    """
    line = _lines.get(connection)
    if line is None:
        line = _lines[connection] = _Line(Transformer(connection))
    pgconn = connection.pgconn
    fresh: _Planned = {}
    bound = [_bound(line, fresh, *one) for one in statements]
    if not connection.autocommit and pgconn.transaction_status == TransactionStatus.IDLE:
        bound.insert(0, _Bound(b"BEGIN", is_wanted=False))
    try:
        results = _run(pgconn, bound)
    except BaseException:
        # what is still on its way would be taken for the answer to whatever is asked next
        pgconn.finish()
        raise
    found = []
    for one, result in zip(bound, results, strict=True):
        if result.status == ExecStatus.TUPLES_OK:
            line.adapting.set_pgresult(result)
            rows: list[Row] = line.adapting.load_rows(0, result.ntuples, tuple)
        elif result.status == ExecStatus.COMMAND_OK:
            rows = []
        else:
            error = error_from_result(result)
            if isinstance(error, InvalidSqlStatementName):
                line.planned.clear()
            raise error
        if one.is_wanted:
            found.append(rows)
    line.planned |= fresh
    return found


@cache
def _read(text: str) -> tuple[bytes, tuple[str, ...], tuple[PyFormat, ...]]:
    """A statement as the server reads it, and the names and formats of its values in their order."""
    places: dict[tuple[str, str], int] = {}

    def numbered(found: re.Match[str]) -> str:
        name, kind, percent = found.groups()
        return percent or f"${places.setdefault((name, kind), len(places) + 1)}"

    query = _VALUE.sub(numbered, text).encode()
    return query, tuple(name for name, _ in places), tuple(_FORMATS[kind] for _, kind in places)


def _bound(line: _Line, fresh: _Planned, text: str, values: Mapping[str, object], planned: bool) -> _Bound:
    if not planned:
        return _Bound(text.encode())
    query, names, formats = _read(text)
    one = _Bound(query)
    if names:
        adapting = line.adapting
        one.values = adapting.dump_sequence([values[name] for name in names], formats)
        one.types, one.formats = adapting.types or (), adapting.formats
    key = text, one.types
    name = line.planned.get(key) or fresh.get(key)
    if name is None:
        one.is_new = True
        name = fresh[key] = b"chengxin_%d" % next(line.numbers)
    one.name = name
    return one


def _run(pgconn: PGconn, bound: Sequence[_Bound]) -> list[PGresult]:
    """The result of each."""
    pgconn.enter_pipeline_mode()
    for one in bound:
        if one.is_new:
            pgconn.send_prepare(one.name, one.query, one.types or None)
        if one.name:
            pgconn.send_query_prepared(one.name, one.values, one.formats, Format.BINARY)
        else:
            pgconn.send_query_params(one.query, None, result_format=Format.BINARY)
    pgconn.pipeline_sync()
    found = []
    results = _results(pgconn)
    for one in bound:
        result = next(results)
        if one.is_new and result.status == ExecStatus.COMMAND_OK:
            result = next(results)
        elif one.is_new:
            # it could not be planned: what was to run it did not
            next(results)
        found.append(result)
    for _ in results:
        raise OperationalError("the server answered more often than it was asked")
    pgconn.exit_pipeline_mode()
    return found


def _results(pgconn: PGconn) -> Iterator[PGresult]:
    line = select.poll()
    line.register(pgconn.socket, select.POLLIN | select.POLLOUT)
    while pgconn.flush():
        # more than fits: the server may write before it reads on
        if any(event & ~select.POLLOUT for _, event in line.poll()):
            pgconn.consume_input()
    line.modify(pgconn.socket, select.POLLIN)
    while True:
        while pgconn.is_busy():
            line.poll()
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is None:
            if pgconn.status == ConnStatus.BAD:
                raise OperationalError(pgconn.get_error_message())
        elif result.status == ExecStatus.PIPELINE_SYNC:
            return
        else:
            yield result
