"""Statements sent together: the rows of each, the errors of a cursor, and nothing left behind by one that failed."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, OperationalError, ProgrammingError, connections, transaction

from chengxin.foundation import wire
from chengxin.foundation.database import Reading, in_transaction, read_all, rows_of

ONE = UUID("00000000-0000-4000-8000-000000000001")
NOON = dt.datetime(2026, 6, 1, 4, tzinfo=dt.UTC)


def test_values_go_and_come_as_with_a_cursor() -> None:
    values = {
        "uuid": ONE, "text": "诚信 100%", "bytes": b"\x00\xff", "moment": NOON, "day": NOON.date(), "none": None, "yes": True,
        "number": 2**40, "list": [ONE],
    }  # fmt: skip
    statement = (
        "SELECT %(uuid)s::uuid, %(text)s::text, %(bytes)s::bytea, %(moment)s::timestamptz, %(day)s::date, %(none)s::text,"
        " %(yes)s::boolean, %(number)s::bigint, %(list)b::uuid[], 7 %% 4, %(text)s::text"
    )
    for _ in range(2):
        assert rows_of(statement, values) == [
            (ONE, "诚信 100%", b"\x00\xff", NOON, NOON.date(), None, True, 2**40, [ONE], 3, "诚信 100%")
        ]


def test_each_statement_has_its_rows_in_turn() -> None:
    with in_transaction():
        set_, several, none = read_all(
            Reading("SET LOCAL chengxin.keys = 'ab'", planned=False),
            Reading(
                "SELECT n, current_setting('chengxin.keys') FROM generate_series(1, %(most)s::int) AS n", {"most": 3}
            ),
            Reading("SELECT 1 WHERE false"),
        )
    assert (set_, several, none) == ([], [(1, "ab"), (2, "ab"), (3, "ab")], [])


def test_a_statement_is_planned_once_a_session_for_the_types_of_its_values() -> None:
    statement = "SELECT %(value)s::text || 'once a session'"
    for value in ("a", "b", "c"):
        assert rows_of(statement, {"value": value}) == [(f"{value}once a session",)]
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%once a session%%'")
        assert cursor.fetchone() == (1,)


def test_more_than_fits_goes_and_comes() -> None:
    long = "长" * 3_000_000
    echo: Reading[Any] = Reading("SELECT %(value)s::text", {"value": long})
    assert read_all(echo, echo) == [[(long,)], [(long,)]]


def test_nothing_runs_after_one_that_fails_and_the_transaction_is_lost() -> None:
    with pytest.raises(DataError, match="division by zero"), in_transaction():
        read_all(
            Reading("SELECT 'before'"),
            Reading("SELECT 1 / %(by)s::int", {"by": 0}),
            Reading("SELECT set_config('chengxin.keys', 'after', false)"),
        )
    assert rows_of("SELECT coalesce(current_setting('chengxin.keys', true), '')", {}) == [("",)]
    assert rows_of("SELECT 1 / %(by)s::int", {"by": 1}) == [(1,)]


def test_a_statement_that_cannot_be_planned_is_the_error_of_that_one() -> None:
    for _ in range(2):
        with pytest.raises(ProgrammingError, match="nowhere"):
            read_all(Reading("SELECT 'before'"), Reading("SELECT * FROM nowhere"), Reading("SELECT 'after'"))
    assert read_all(Reading("SELECT 'before'"), Reading("SELECT 'after'")) == [[("before",)], [("after",)]]


def test_a_value_that_cannot_be_sent_leaves_the_connection_as_it_was() -> None:
    with in_transaction():
        rows_of("SELECT set_config('chengxin.keys', 'still', true)", {})
        with pytest.raises(DataError, match="NUL"):
            rows_of("SELECT %(value)s::text", {"value": "\0"})
        assert rows_of("SELECT current_setting('chengxin.keys')", {}) == [("still",)]


def test_the_first_begins_the_transaction_that_a_roll_back_undoes() -> None:
    with in_transaction():
        rows_of("SELECT set_config('chengxin.keys', 'undone', false)", {})
        assert rows_of("SELECT current_setting('chengxin.keys')", {}) == [("undone",)]
        transaction.set_rollback(True)
    assert rows_of("SELECT coalesce(current_setting('chengxin.keys', true), '')", {}) == [("",)]


def test_what_the_server_forgot_is_planned_anew_after_one_error() -> None:
    rows_of("SELECT 'forgotten'", {})
    with connections["default"].cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    with pytest.raises(ProgrammingError, match="does not exist"):
        rows_of("SELECT 'forgotten'", {})
    assert rows_of("SELECT 'forgotten'", {}) == [("forgotten",)]


def test_a_line_that_breaks_is_closed_and_the_next_question_has_a_new_one() -> None:
    with pytest.raises(OperationalError):
        rows_of("SELECT pg_terminate_backend(pg_backend_pid())", {})
    connections["default"].close()
    assert rows_of("SELECT 1", {}) == [(1,)]


def test_an_interruption_leaves_no_answer_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    connections["default"].ensure_connection()
    with monkeypatch.context() as patched:
        patched.setattr(wire, "_results", interrupted)
        with pytest.raises(KeyboardInterrupt):
            rows_of("SELECT 1", {})
    assert connections["default"].connection.closed
    connections["default"].close()
