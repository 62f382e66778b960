"""A file as chunks of rows, always the same ones: blank rows left out, the others numbered from 1 without a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

import polars as pl

from chengxin.collection.reading.facts import FileFacts
from chengxin.collection.reading.json_lines import json_frames
from chengxin.collection.reading.tables import table_frames
from chengxin.collection.reading.workbooks import Workbook
from chengxin.collection.rules.fields import EXTRA

ROWS_PER_CHUNK: Final = 20_000
ROW_NUMBER: Final = "row_no"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows `first_row` and following. `number` counts the chunks of the file from 0.

    `frame`: `row_no`, then one text column a field (from `chunks`) or a heading, `c0`, `c1`, … (from `rows_as_sent`),
    and `_extra`: what stood beyond the last heading. Empty cells are null, or an
    empty text where quotes stood around nothing.
    """

    number: int
    first_row: int
    frame: pl.DataFrame


def chunks(
    open_stream: Callable[[], BinaryIO],
    facts: FileFacts,
    mapping: Mapping[str, str],
    *,
    rows_per_chunk: int = ROWS_PER_CHUNK,
    skip_rows: int = 0,
) -> Iterator[Chunk]:
    """The rows of a file by field code. `mapping`: heading -> field code, "" for a column left out; `skip_rows` rows were
    read before. Filled cells of a column without heading count as beyond the last heading. Raises `BadFile`.
    """
    taken = {mapping[heading]: f"c{n}" for n, heading in enumerate(facts.headings) if mapping.get(heading)}
    nameless = [f"c{n}" for n, heading in enumerate(facts.headings) if not heading]
    columns = [pl.col(column).alias(code) for code, column in taken.items()]
    extra = pl.coalesce([EXTRA, *nameless])
    for chunk in rows_as_sent(open_stream, facts, rows_per_chunk=rows_per_chunk, skip_rows=skip_rows):
        yield Chunk(chunk.number, chunk.first_row, chunk.frame.select(ROW_NUMBER, *columns, extra.alias(EXTRA)))


def rows_as_sent(
    open_stream: Callable[[], BinaryIO],
    facts: FileFacts,
    *,
    rows_per_chunk: int = ROWS_PER_CHUNK,
    skip_rows: int = 0,
) -> Iterator[Chunk]:
    """The same rows under the same numbers with every column of the file, in its order. Raises `BadFile`."""
    with open_stream() as stream:
        number, first_row = skip_rows // rows_per_chunk, skip_rows + 1
        for frame in _even(_filled(_frames(stream, facts)), rows_per_chunk, skip_rows):
            yield Chunk(number, first_row, frame.with_row_index(ROW_NUMBER, first_row).cast({ROW_NUMBER: pl.Int64}))
            number += 1
            first_row += frame.height


def _frames(stream: BinaryIO, facts: FileFacts) -> Iterator[pl.DataFrame]:
    match facts.format:
        case "csv":
            yield from table_frames(stream, facts)
        case "jsonl":
            yield from json_frames(stream, facts)
        case "xlsx":
            yield Workbook(stream).frame(facts.sheet, facts.lines_above + 1, len(facts.headings))


def _filled(frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Without rows that say nothing: spreadsheets leave hundreds of them behind the last one."""
    for frame in frames:
        blank = pl.all_horizontal(pl.all().is_null() | (pl.all().str.strip_chars() == ""))
        yield frame.filter(~blank)


def _even(frames: Iterator[pl.DataFrame], rows: int, skip: int) -> Iterator[pl.DataFrame]:
    """Frames of so many rows each, the last of what is left."""
    waiting: list[pl.DataFrame] = []
    height = 0
    for frame in frames:
        dropped = min(skip, frame.height)
        skip -= dropped
        waiting.append(frame.slice(dropped))
        height += frame.height - dropped
        if height >= rows:
            joined = pl.concat(waiting)
            whole = height // rows * rows
            for start in range(0, whole, rows):
                yield joined.slice(start, rows)
            waiting, height = [joined.slice(whole)], height - whole
    if height:
        yield pl.concat(waiting)
