"""One column of a binary COPY: what it takes, and its values as PostgreSQL sends them."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["bool", "int2", "int4", "int8", "date", "timestamptz", "uuid", "bytea", "text"]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A bytea column whose values all have `width` bytes."""

    width: int


@dataclass(frozen=True, slots=True)
class Same:
    """One value for all rows; `None` is NULL."""

    value: object


@dataclass(frozen=True, slots=True)
class Nullable:
    """A numpy array or packed bytes with the rows that are NULL; what stands in their place is not sent."""

    values: "NDArray[Any] | bytes"
    is_null: NDArray[np.bool_]


Column = Sequence[Any] | NDArray[Any] | bytes | Same | Nullable
Mask = NDArray[np.bool_]

WIRE: Final[dict[str, str]] = {
    "bool": "?",
    "int2": ">i2",
    "int4": ">i4",
    "int8": ">i8",
    "date": ">i4",
    "timestamptz": ">i8",
    "uuid": "V16",
}
_LIMITS: Final = {"int2": 2**15, "int4": 2**31, "int8": 2**63}
_FIRST_DAY: Final = dt.date(2000, 1, 1)
_FIRST_MOMENT: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_DAY_0: Final = np.datetime64("2000-01-01", "D")
_MOMENT_0: Final = np.datetime64("2000-01-01", "us")
_MICROSECOND: Final = dt.timedelta(microseconds=1)
_NO_UUID: Final = uuid.UUID(int=0)
_NOTHING: Final[dict[str, object]] = {
    "bool": False,
    "int2": 0,
    "int4": 0,
    "int8": 0,
    "date": _FIRST_DAY,
    "timestamptz": _FIRST_MOMENT,
    "uuid": _NO_UUID,
}


def length_of(column: Column, kind: Kind | Fixed) -> int | None:
    """How many rows the column speaks of; None for one that fits any number."""
    if isinstance(column, Same):
        return None
    if isinstance(column, Nullable):
        return len(column.is_null)
    if isinstance(column, bytes):
        width = kind.width if isinstance(kind, Fixed) else 16
        if len(column) % width:
            raise ValueError(f"packed bytes are a multiple of {width}")
        return len(column) // width
    return len(column)


def fixed_values(kind: Kind | Fixed, column: Column, name: str) -> tuple[NDArray[Any], Mask | None]:
    """The values in wire form (one element for `Same`), and which rows are NULL, None for none of them.

    Raises ValueError naming the column for values that do not fit its kind: nothing is cut or wrapped.
    """
    try:
        return _fixed_values(kind, column)
    except (ValueError, TypeError, AttributeError, OverflowError) as fault:
        raise ValueError(f"column {name}: {fault}") from fault


def varying_values(kind: Kind, column: Column, count: int, name: str) -> list[bytes | None]:
    """The bytes of each row's bytea or text; None is NULL."""
    given: Sequence[Any] = [column.value] * count if isinstance(column, Same) else column  # type: ignore[assignment]
    if isinstance(column, bytes | Nullable | np.ndarray):
        raise ValueError(f"column {name}: a sequence of values is needed")
    try:
        if kind == "text":
            return [None if value is None else value.encode() for value in given]
        if set(map(type, given)) <= {bytes, type(None)}:
            return list(given)
        return [None if value is None else bytes(memoryview(value)) for value in given]
    except (TypeError, AttributeError) as fault:
        raise ValueError(f"column {name}: {fault}") from fault


def _fixed_values(kind: Kind | Fixed, column: Column) -> tuple[NDArray[Any], Mask | None]:
    if isinstance(column, Same):
        return _fixed_values(kind, (column.value,))
    if isinstance(column, Nullable):
        values, null = _fixed_values(kind, column.values)
        if len(values) != len(column.is_null):
            raise ValueError("values and mask differ in length")
        return values, column.is_null if null is None else column.is_null | null
    if isinstance(column, bytes):
        return np.frombuffer(column, dtype=_packed(kind)), None
    if isinstance(column, np.ndarray):
        return _of_array(kind, column)
    return _of_sequence(kind, column)


def _packed(kind: Kind | Fixed) -> str:
    if isinstance(kind, Fixed):
        return f"V{kind.width}"
    if kind != "uuid":
        raise ValueError("packed bytes are for uuid and Fixed alone")
    return WIRE[kind]


def _of_array(kind: Kind | Fixed, given: NDArray[Any]) -> tuple[NDArray[Any], Mask | None]:
    if given.dtype.kind == "O":
        return _of_sequence(kind, given.tolist())
    if isinstance(kind, Fixed) or kind == "uuid":
        packed = np.dtype(_packed(kind))
        if given.dtype == np.uint8 and given.ndim == 2 and given.shape[1] == packed.itemsize:
            return np.ascontiguousarray(given).view(packed).reshape(len(given)), None
        if given.dtype != packed:
            raise ValueError(f"an array of {packed} or of shape (n, {packed.itemsize}) in uint8 is needed")
        return given, None
    if kind in ("date", "timestamptz"):
        if given.dtype.kind != "M" or (kind == "date" and given.dtype != np.dtype("datetime64[D]")):
            raise ValueError("datetime64[D] is needed for a date, datetime64 in UTC for a moment")
        null = np.isnat(given)
        since = given.astype("datetime64[D]") - _DAY_0 if kind == "date" else given.astype("datetime64[us]") - _MOMENT_0
        return since.astype(np.int64), null if null.any() else None
    if given.dtype.kind not in ("b" if kind == "bool" else "iu"):
        raise ValueError(f"{given.dtype} does not fit {kind}")
    if kind != "bool" and len(given) and not -_LIMITS[kind] <= int(given.min()) <= int(given.max()) < _LIMITS[kind]:
        raise ValueError(f"out of range for {kind}")
    return given, None


def _of_sequence(kind: Kind | Fixed, given: Sequence[Any]) -> tuple[NDArray[Any], Mask | None]:
    null = None
    if None in given:
        nothing = bytes(kind.width) if isinstance(kind, Fixed) else _NOTHING[kind]
        null = np.fromiter((value is None for value in given), dtype=np.bool_, count=len(given))
        given = [nothing if value is None else value for value in given]
    return _of_full_sequence(kind, given), null


def _of_full_sequence(kind: Kind | Fixed, given: Sequence[Any]) -> NDArray[Any]:
    if isinstance(kind, Fixed) or kind == "uuid":
        if kind == "uuid":
            given = [value if isinstance(value, bytes) else value.bytes for value in given]
        packed = np.dtype(_packed(kind))
        if set(map(len, given)) - {packed.itemsize}:
            raise ValueError(f"each value needs {packed.itemsize} bytes")
        return np.frombuffer(b"".join(given), dtype=packed)
    if kind == "date":
        days = np.fromiter(map(dt.date.toordinal, given), dtype=np.int64, count=len(given))
        return days - _FIRST_DAY.toordinal()
    if kind == "timestamptz":
        return np.fromiter(
            ((value - _FIRST_MOMENT) // _MICROSECOND for value in given), dtype=np.int64, count=len(given)
        )
    values = np.array(given, dtype=None if len(given) else WIRE[kind])
    if values.dtype.kind == "O":
        raise ValueError(f"out of range for {kind}")
    return _of_array(kind, values)[0]
