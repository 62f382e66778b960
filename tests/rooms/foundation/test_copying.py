"""What is copied in binary is what PostgreSQL reads: each kind, each way to give it, NULLs everywhere."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from django.db import IntegrityError, connections
from django.db.backends.utils import CursorWrapper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengxin.foundation.copying import (
    BinaryRows,
    ByteaArray,
    Fixed,
    Kind,
    Nullable,
    Same,
    UuidArray,
    bulk_cursor,
    copy_rows,
)
from chengxin.foundation.copying.columns import Column

# Values in the middle, at both ends, and those that a wrong sign or byte order would turn into another.
VALUES: dict[str, tuple[Kind | Fixed, str, list[Any]]] = {
    "flag": ("bool", "bool", [True, False]),
    "small": ("int2", "int2", [0, 1, -1, 258, 2**15 - 1, -(2**15)]),
    "whole": ("int4", "int4", [0, 1, -1, 16909060, 2**31 - 1, -(2**31)]),
    "large": ("int8", "int8", [0, 1, -1, 72623859790382856, 2**63 - 1, -(2**63)]),
    "day": (
        "date",
        "date",
        [dt.date(1, 1, 1), dt.date(1999, 12, 31), dt.date(2000, 1, 1), dt.date(2026, 2, 28), dt.date(9999, 12, 31)],
    ),
    "moment": (
        "timestamptz",
        "timestamptz",
        [
            dt.datetime(1, 1, 1, tzinfo=dt.UTC),
            dt.datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
            dt.datetime(2026, 11, 21, 8, 0, 0, 123456, tzinfo=dt.UTC),
            dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
        ],
    ),
    "who": ("uuid", "uuid", [UUID(int=0), UUID(int=2**128 - 1), UUID("01a2005a-c7ab-74f5-8300-c7a1a37c3493")]),
    "hash": (Fixed(5), "bytea", [b"\0\0\0\0\0", b"\0\x01\xff\n\\", b"abcde"]),
    "sealed": ("bytea", "bytea", [b"", b"\0", b"\xff" * 3, b"x" * 5000]),
    "words": ("text", "text", ["", "行政处罚", "a\tb\nc\\N", "\U00020000𠮷", "x" * 3000]),
}
KINDS = {name: kind for name, (kind, _, _) in VALUES.items()}


@pytest.fixture
def cursor(city: None) -> Iterator[CursorWrapper]:
    with connections["intake"].cursor() as cursor:
        columns = ", ".join(f"{name} {type_}" for name, (_, type_, _) in VALUES.items())
        cursor.execute(f"CREATE TEMP TABLE every_kind (no int4 PRIMARY KEY, {columns})")
        yield cursor
        cursor.execute("DROP TABLE every_kind")


def _read(cursor: CursorWrapper, *columns: str) -> list[tuple[Any, ...]]:
    cursor.execute(f"SELECT {', '.join(columns)} FROM every_kind ORDER BY no")
    return [tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in cursor.fetchall()]


def _copy(cursor: CursorWrapper, kinds: dict[str, Kind | Fixed], data: dict[str, Column], rows: int) -> None:
    BinaryRows("every_kind", {"no": "int4", **kinds}).copy(cursor, {"no": np.arange(rows), **data})


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("with_null", [False, True])
def test_every_kind_from_python_values(cursor: CursorWrapper, name: str, with_null: bool) -> None:
    values = [*VALUES[name][2], *([None] if with_null else [])] * 3
    _copy(cursor, {name: KINDS[name]}, {name: values}, len(values))
    assert _read(cursor, name) == [(value,) for value in values]


ARRAYS: dict[str, list[Any]] = {
    "flag": [np.array([True, False, True])],
    "small": [np.array([1, -1, 258], kind) for kind in ("int16", "int64", ">i4")] + [np.array([1, 2, 3], "uint8")],
    "whole": [np.array([1, -1, 2**31 - 1], "int64"), np.array([1, 2, 3], "uint32")],
    "large": [np.array([1, -1, 2**63 - 1]), np.array([1, 2, 3], "uint64")],
    "day": [np.array(["2000-01-01", "1999-12-31", "2026-02-28"], "datetime64[D]")],
    "moment": [
        np.array(["2000-01-01T00:00", "1999-12-31T23:59", "2026-02-28T08:01"], f"datetime64[{unit}]")
        for unit in ("s", "us", "ns")
    ],
    "who": [np.arange(48, dtype="uint8").reshape(3, 16), np.frombuffer(bytes(range(48)), "V16"), bytes(range(48))],
    "hash": [np.arange(15, dtype="uint8").reshape(3, 5), np.frombuffer(bytes(range(15)), "V5"), bytes(range(15))],
}


def _python_value(name: str, given: Any, row: int) -> Any:
    if name == "who":
        return UUID(bytes=bytes(range(row * 16, row * 16 + 16)))
    if name == "hash":
        return bytes(range(row * 5, row * 5 + 5))
    if name == "moment":
        return given.astype("datetime64[us]")[row].item().replace(tzinfo=dt.UTC)
    return given[row].item()


@pytest.mark.parametrize(
    ("name", "form"), [(name, form) for name, forms in ARRAYS.items() for form in range(len(forms))]
)
def test_every_form_of_array_with_and_without_nulls(cursor: CursorWrapper, name: str, form: int) -> None:
    given = ARRAYS[name][form]
    expected = [_python_value(name, given, row) for row in range(3)]
    _copy(cursor, {name: KINDS[name]}, {name: given}, 3)
    assert _read(cursor, name) == [(value,) for value in expected]
    cursor.execute("TRUNCATE every_kind")
    _copy(cursor, {name: KINDS[name]}, {name: Nullable(given, np.array([False, True, False]))}, 3)
    assert _read(cursor, name) == [(expected[0],), (None,), (expected[2],)]


@pytest.mark.parametrize("name", ["day", "moment"])
def test_not_a_time_is_null(cursor: CursorWrapper, name: str) -> None:
    unit = "D" if name == "day" else "us"
    _copy(cursor, {name: KINDS[name]}, {name: np.array(["NaT", "2026-02-28", "NaT"], f"datetime64[{unit}]")}, 3)
    assert [row[0] is None for row in _read(cursor, name)] == [True, False, True]


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_columns_in_any_order_with_any_nulls(cursor: CursorWrapper, data: st.DataObject) -> None:
    names = data.draw(
        st.permutations(list(VALUES)).flatmap(lambda all_: st.integers(1, len(all_)).map(lambda n: all_[:n]))
    )
    count = data.draw(st.integers(1, 12))
    columns: dict[str, list[Any]] = {
        name: data.draw(st.lists(st.sampled_from([None, *VALUES[name][2]]), min_size=count, max_size=count))
        for name in names
    }
    same = {name: Same(columns[name][0]) for name in names if data.draw(st.booleans())}
    expected = {name: [columns[name][0]] * count if name in same else columns[name] for name in names}
    cursor.execute("TRUNCATE every_kind")
    _copy(cursor, {name: KINDS[name] for name in names}, {**columns, **same}, count)
    assert _read(cursor, *names) == list(zip(*expected.values(), strict=True))


def test_only_columns_that_are_the_same_need_a_count(cursor: CursorWrapper) -> None:
    rows = BinaryRows("every_kind", {"no": "int4", "words": "text", "day": "date"})
    rows.copy(cursor, {"no": Same(1), "words": Same("所有"), "day": Same(None)}, count=1)
    assert _read(cursor, "no", "words", "day") == [(1, "所有", None)]
    with pytest.raises(ValueError, match="different lengths, or of none"):
        rows.encode({"no": Same(1), "words": Same("所有"), "day": Same(None)})


def test_parts_encoded_apart_are_sent_together(cursor: CursorWrapper) -> None:
    rows = BinaryRows("every_kind", {"no": "int4", "words": "text"})
    parts = [rows.encode({"no": [n], "words": [str(n)]}) for n in range(5)]
    rows.send(cursor, *parts, rows.encode({"no": [], "words": []}))
    assert _read(cursor, "no", "words") == [(n, str(n)) for n in range(5)]
    rows.copy(cursor, {"no": [], "words": []})
    assert len(_read(cursor, "no")) == 5


WRONG: list[tuple[Kind | Fixed, Any]] = [
    ("int2", [2**15]),
    ("int2", np.array([-(2**15) - 1])),
    ("int4", [2**31]),
    ("int8", [2**63]),
    ("int8", [2**64]),
    ("int8", np.array([2**63], "uint64")),
    ("int4", [1.0]),
    ("int4", [True]),
    ("int4", ["1"]),
    ("bool", [1]),
    ("date", ["2026-02-28"]),
    ("date", np.array(["2026-02-28T08:00"], "datetime64[us]")),
    ("date", np.array([1])),
    ("timestamptz", [dt.datetime(2026, 2, 28)]),  # noqa: DTZ001  a moment without its zone is the case
    ("uuid", [b"short"]),
    ("uuid", ["01a2005a-c7ab-74f5-8300-c7a1a37c3493"]),
    ("uuid", np.zeros((1, 15), "uint8")),
    ("int4", b"1234567890123456"),
    (Fixed(4), [b"123"]),
    (Fixed(4), np.zeros((1, 4), "int8")),
    ("text", [b"bytes"]),
    ("text", np.array(["a"])),
    ("bytea", ["text"]),
    ("bytea", b"x"),
    ("uuid", Nullable(np.zeros((2, 16), "uint8"), np.array([True]))),
]


@pytest.mark.parametrize(("kind", "given"), WRONG, ids=[f"{kind} {number}" for number, (kind, _) in enumerate(WRONG)])
def test_what_does_not_fit_is_refused_by_the_columns_name(kind: Kind | Fixed, given: Any) -> None:
    with pytest.raises(ValueError, match=r"column odd|packed bytes|different lengths"):
        BinaryRows("anything", {"odd": kind}).encode({"odd": given}, count=1)


def test_columns_missing_or_of_other_lengths_are_refused() -> None:
    rows = BinaryRows("anything", {"a": "int4", "b": "text"})
    with pytest.raises(ValueError, match="needs the columns a, b"):
        rows.encode({"a": [1]})
    with pytest.raises(ValueError, match="needs the columns a, b"):
        rows.encode({"a": [1], "b": ["x"], "c": [1]})
    with pytest.raises(ValueError, match="different lengths"):
        rows.encode({"a": [1, 2], "b": ["x"]})
    with pytest.raises(ValueError, match="multiple of 16"):
        BinaryRows("anything", {"a": "uuid"}).encode({"a": b"x" * 17})


# ---- rows of Python values ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("types", [None, ["int4", "text", "date", "uuid", "bytea"]])
def test_rows_of_any_values(cursor: CursorWrapper, types: list[str] | None) -> None:
    who = uuid4()
    rows = [(1, "a\tb", dt.date(2026, 1, 1), who, b"\0\xff"), (2, None, None, None, None)]
    columns = ("no", "words", "day", "who", "sealed")
    assert copy_rows(cursor, "every_kind", columns, iter(rows), types=types) == 2
    assert _read(cursor, *columns) == rows


@pytest.mark.parametrize(
    "copy",
    [
        lambda cursor: BinaryRows("every_kind", {"no": "int4"}).copy(cursor, {"no": [1, 2, 1]}),
        lambda cursor: copy_rows(cursor, "every_kind", ["no"], [(1,), (2,), (1,)]),
    ],
)
def test_a_broken_constraint_is_djangos_error_and_nothing_stays(
    cursor: CursorWrapper, copy: Callable[[CursorWrapper], object]
) -> None:
    with pytest.raises(IntegrityError, match="every_kind_pkey"):
        copy(cursor)
    assert _read(cursor, "no") == []


def test_a_source_of_rows_that_fails_copies_nothing(cursor: CursorWrapper) -> None:
    def rows() -> Iterator[tuple[int]]:
        yield (1,)
        raise LookupError("the file ended within a row")

    with pytest.raises(LookupError):
        copy_rows(cursor, "every_kind", ["no"], rows())
    assert _read(cursor, "no") == []


def test_a_bare_cursor_serves_too(cursor: CursorWrapper) -> None:
    rows = BinaryRows("pg_temp.every_kind", {"no": "int4"})
    with bulk_cursor("intake") as bare:
        rows.copy(bare, {"no": [7]})
    with pytest.raises(IntegrityError), bulk_cursor("intake") as bare:
        rows.copy(bare, {"no": [7]})
    assert _read(cursor, "no") == [(7,)]


# ---- packed arrays ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 3, 2000])
def test_packed_arrays_are_arrays(city: None, count: int) -> None:
    ids = [uuid4() for _ in range(count)]
    hashes = [b"%016d" % number for number in range(count)]
    with bulk_cursor("intake") as cursor:
        cursor.execute(
            "SELECT %s, %s, cardinality(%s)",
            (UuidArray.of([each.bytes for each in ids]), ByteaArray.of(hashes), ByteaArray.of(hashes)),
        )
        assert cursor.fetchone() == (ids, hashes, count)
    for kind in (UuidArray, ByteaArray):
        with pytest.raises(ValueError, match="one length"):
            kind.of([b"a" * 16, b"b" * 15])
