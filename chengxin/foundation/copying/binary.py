"""Whole columns as PostgreSQL's binary COPY format.

Runs of fixed-width columns become one numpy record array, columns of varying width are woven in between. Format:
PostgreSQL manual, COPY, "Binary Format".
"""

import struct
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain, pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from chengxin.foundation.copying.columns import (
    WIRE,
    Column,
    Fixed,
    Kind,
    Mask,
    Same,
    fixed_values,
    length_of,
    varying_values,
)
from chengxin.foundation.copying.statements import copying_into, statement, type_of_cursor

FILE_HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
FILE_TRAILER: Final = b"\xff\xff"
_NULL: Final = -1


class BinaryRows:
    """The encoder of one table's rows: made once, used for each chunk.

    `columns` maps name to kind, in the order of the statement. Fixed-width columns next to each other are fastest, so
    put bytea and text last.
    """

    def __init__(self, table: str, columns: Mapping[str, Kind | Fixed]) -> None:
        self.table = table
        self.columns = dict(columns)
        self._statement = statement(table, list(columns), binary=True)
        self._runs: list[_Run] = []
        self._varying: list[tuple[str, Kind]] = []
        run: dict[str, Kind | Fixed] = {}
        for name, kind in columns.items():
            if kind == "bytea" or kind == "text":
                self._add_run(run, ends_in_length=True)
                self._varying.append((name, kind))
                run = {}
            else:
                run[name] = kind
        self._add_run(run, ends_in_length=False)
        self._kin: dict[tuple[tuple[str, int], ...], BinaryRows] = {}

    def _add_run(self, columns: Mapping[str, Kind | Fixed], *, ends_in_length: bool) -> None:
        fields = None if self._runs else len(self.columns)
        self._runs.append(_Run(columns, fields, ends_in_length=ends_in_length))

    def encode(self, data: Mapping[str, Column], count: int | None = None) -> bytes:
        """The rows without header and trailer, so that parts may be joined.

        `data` has exactly the table's columns; each is a sequence of Python values (None is NULL), a numpy array,
        packed bytes (uuid and Fixed), `Same` or `Nullable`. UUIDs may be given as their 16 bytes. `count` is needed
        only where all columns are `Same`. Raises ValueError for columns missing, of other lengths, or with values that
        do not fit.
        """
        if data.keys() != self.columns.keys():
            raise ValueError(f"{self.table} needs the columns {', '.join(self.columns)}")
        if same := self._same_bytes(data):
            return self._with_fixed(same).encode(
                dict(data) | {name: Same(value) for name, value in same.items()}, count
            )
        lengths = {length_of(data[name], kind) for name, kind in self.columns.items()} - {None}
        if count is not None:
            lengths.add(count)
        if len(lengths) != 1:
            raise ValueError(f"{self.table}: columns of different lengths, or of none")
        rows = lengths.pop() or 0
        if not rows:
            return b""
        if not self._varying:
            return self._runs[0].encode(data, rows, None)[0]
        varying = [varying_values(kind, data[name], rows, name) for name, kind in self._varying]
        woven: list[Iterable[bytes]] = []
        for run, values in zip(self._runs, varying, strict=False):
            woven.append(_cut(*run.encode(data, rows, _lengths(values))))
            woven.append([value or b"" for value in values] if None in values else values)  # type: ignore[arg-type]
        if not self._runs[-1].is_empty:
            woven.append(_cut(*self._runs[-1].encode(data, rows, None)))
        return b"".join(chain.from_iterable(zip(*woven, strict=True)))

    def _same_bytes(self, data: Mapping[str, Column]) -> dict[str, bytes]:
        same: dict[str, bytes] = {}
        for name, kind in self._varying:
            column = data[name]
            if isinstance(column, Same) and column.value:
                (value,) = varying_values(kind, (column.value,), 1, name)
                same[name] = value or b""
        return same

    def _with_fixed(self, same: Mapping[str, bytes]) -> "BinaryRows":
        # A text that is the same in all rows has one width in all of them: it joins the record instead of being woven.
        widths = tuple((name, len(value)) for name, value in same.items())
        if widths not in self._kin:
            columns = self.columns | {name: Fixed(width) for name, width in widths}
            self._kin[widths] = BinaryRows(self.table, columns)
        return self._kin[widths]

    def copy(self, cursor: type_of_cursor, data: Mapping[str, Column], count: int | None = None) -> None:
        """Encode and copy; errors as in `encode` and `copy_rows`."""
        self.send(cursor, self.encode(data, count))

    def send(self, cursor: type_of_cursor, *encoded: bytes) -> None:
        """Copy what `encode` gave, perhaps on another thread than the one that encoded."""
        with copying_into(cursor, self._statement) as copy:
            copy.write(FILE_HEADER)
            for part in encoded:
                copy.write(part)
            copy.write(FILE_TRAILER)


class _Run:
    """Fixed-width columns that follow each other, with the length of the varying one behind them.

    `absent`: columns that are NULL in every row, which have a length and no bytes.
    """

    def __init__(
        self,
        columns: Mapping[str, Kind | Fixed],
        fields: int | None,
        *,
        ends_in_length: bool,
        absent: frozenset[int] = frozenset(),
    ) -> None:
        self._columns, self._fields, self._ends_in_length = columns, fields, ends_in_length
        parts: list[tuple[str, str]] = [] if fields is None else [("fields", ">i2")]
        for position, kind in enumerate(columns.values()):
            wire = f"V{kind.width}" if isinstance(kind, Fixed) else WIRE[kind]
            parts.append((f"length{position}", ">i4"))
            if position not in absent:
                parts.append((f"value{position}", wire))
        if ends_in_length:
            parts.append(("length", ">i4"))
        self._form = np.dtype(parts)
        self.is_empty = not parts
        # Whatever is the same in all rows is written once and repeated, not assigned column by column.
        self._blank = np.zeros(1, self._form)
        if fields is not None:
            self._blank["fields"] = fields
        self._places: dict[int, tuple[int, int]] = {}
        layout: Mapping[str, Any] = self._form.fields or {}
        for position in range(len(columns)):
            if position in absent:
                self._blank[f"length{position}"] = _NULL
                continue
            wire_form, offset = layout[f"value{position}"][:2]
            self._blank[f"length{position}"] = wire_form.itemsize
            self._places[position] = (offset, wire_form.itemsize)
        self._kin: dict[frozenset[int], _Run] = {}

    def encode(
        self, data: Mapping[str, Column], rows: int, lengths: NDArray[np.int32] | None
    ) -> tuple[bytes, int | NDArray[np.int64]]:
        """All rows' bytes, and each row's width: one number, or an array where NULLs make them differ."""
        values = [fixed_values(kind, data[name], name) for name, kind in self._columns.items()]
        absent = frozenset(
            position for position, (_, null) in enumerate(values) if null is not None and bool(null.all())
        )
        return self._with_absent(absent)._encode(values, rows, lengths)

    def _with_absent(self, absent: frozenset[int]) -> "_Run":
        if not absent:
            return self
        if absent not in self._kin:
            self._kin[absent] = _Run(self._columns, self._fields, ends_in_length=self._ends_in_length, absent=absent)
        return self._kin[absent]

    def _encode(
        self, values: list[tuple[NDArray[Any], Mask | None]], rows: int, lengths: NDArray[np.int32] | None
    ) -> tuple[bytes, int | NDArray[np.int64]]:
        block = np.repeat(self._blank, rows)
        nulls: list[tuple[int, int, Mask]] = []
        for position, place in self._places.items():
            given, null = values[position]
            block[f"value{position}"] = given
            if null is not None and null.any():
                mask = np.broadcast_to(null, (rows,))
                block[f"length{position}"][mask] = _NULL
                nulls.append((*place, mask))
        if lengths is not None:
            block["length"] = lengths
        if not nulls:
            return block.tobytes(), self._form.itemsize
        return _without(block, nulls)


def _without(block: NDArray[Any], nulls: list[tuple[int, int, Mask]]) -> tuple[bytes, NDArray[np.int64]]:
    # A NULL has no bytes: they are cut out of the rows that have one.
    table = block.view(np.uint8).reshape(len(block), block.itemsize)
    kept = np.ones(table.shape, dtype=np.bool_)
    widths = np.full(len(block), block.itemsize, dtype=np.int64)
    for offset, width, mask in nulls:
        kept[:, offset : offset + width] = ~mask[:, None]
        widths -= width * mask
    return table[kept].tobytes(), widths


def _cut(data: bytes, widths: int | NDArray[np.int64]) -> Iterable[bytes]:
    if isinstance(widths, int):
        return chain.from_iterable(struct.iter_unpack(f"{widths}s", data))
    return [data[start:end] for start, end in pairwise(accumulate(widths.tolist(), initial=0))]


def _lengths(values: list[bytes | None]) -> NDArray[np.int32]:
    sizes = (_NULL if value is None else len(value) for value in values)
    return np.fromiter(sizes if None in values else map(len, values), dtype=np.int32, count=len(values))  # type: ignore[arg-type]
