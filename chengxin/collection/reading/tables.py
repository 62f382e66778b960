"""CSV as a stream of frames: transcoded block by block, cut at the ends of records, parsed by Polars.

Quotes decide where records end, so a block is cut at the last line end before which they pair up. Where quotes are used
in a way that Polars refuses (`5" pipe`, `"a"b`), that block is read by the lenient parser of the standard library.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, Final

import polars as pl

from chengxin.collection.reading.facts import BadFile, FileFacts, FileFault

BLOCK: Final = 4 << 20
"""Bytes read at once."""

LONGEST_RECORD: Final = 16 << 20
"""Where quotes do not pair up within so many bytes, one of them is a slip."""

FURTHER: Final = 4
"""So many cells beyond the last heading are seen; what stands further out is lost, the row is sent back all the same."""

_LAST: Final = "\x00end"


def table_frames(stream: BinaryIO, facts: FileFacts) -> Iterator[pl.DataFrame]:
    """Frames of text columns `c0`, `c1`, … and `_extra`, blank records included, headings and lines above left out."""
    above = facts.lines_above + 1
    rows = -above
    for block in _blocks(stream, facts.encoding):
        frame = _parsed(block, facts, rows)
        left_out = min(max(-rows, 0), frame.height)
        rows += frame.height
        yield frame.slice(left_out)


def first_records(head: str, delimiter: str, count: int) -> list[list[str]]:
    """The first records of a text, as far as they are whole."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    found = []
    try:
        for record in reader:
            found.append(record)
            if len(found) == count:
                break
    except csv.Error:
        pass
    return found


def _blocks(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Whole records in UTF-8, about `BLOCK` bytes at once."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace") if encoding != "utf-8" else None
    rest = b""
    while True:
        piece = stream.read(BLOCK)
        block = piece if decoder is None else decoder.decode(piece, final=not piece).encode()
        if b"\r" in block and b"\n" not in block:
            block = block.replace(b"\r", b"\n")
        rest += block
        if not piece:
            break
        cut = _cut(rest)
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
    if rest.strip():
        yield rest


def _cut(block: bytes) -> int:
    """Where the last whole record ends; 0 where none does yet."""
    end = block.rfind(b"\n") + 1
    quotes = block.count(b'"', 0, end)
    while end and quotes % 2:
        before = block.rfind(b"\n", 0, end - 1) + 1
        quotes -= block.count(b'"', before, end)
        end = before
    if not end and len(block) > LONGEST_RECORD:
        return block.rfind(b"\n") + 1
    return end


def _parsed(block: bytes, facts: FileFacts, rows_before: int) -> pl.DataFrame:
    try:
        return _by_polars(block, facts)
    except pl.exceptions.ComputeError:
        clean = block.decode("utf-8", "replace")
    try:
        return _by_polars(clean.encode(), facts)
    except pl.exceptions.ComputeError:
        return _by_csv(clean, facts, rows_before)


def _names(facts: FileFacts) -> list[str]:
    return [f"c{n}" for n in range(len(facts.headings))]


def _by_polars(block: bytes, facts: FileFacts) -> pl.DataFrame:
    further = [f"_{n}" for n in range(FURTHER)]
    names = [*_names(facts), *further]
    # A heading of our own fixes the number of columns; without it the first row of each block would.
    head = facts.delimiter.join(names).encode() + b"\n"
    frame = pl.read_csv(
        head + block, separator=facts.delimiter, infer_schema=False, truncate_ragged_lines=True, quote_char='"'
    )
    return frame.select(*_names(facts), _extra=pl.coalesce(further))


def _by_csv(block: str, facts: FileFacts, rows_before: int) -> pl.DataFrame:
    width = len(facts.headings)
    records = []
    try:
        # A quote left open would swallow all that follows: then the last record is not the one put there.
        for record in csv.reader(io.StringIO(f"{block.rstrip()}\n{_LAST}\n", newline=""), delimiter=facts.delimiter):
            records.append(record)
    except csv.Error:
        records.append([])
    if records.pop() != [_LAST]:
        raise BadFile(FileFault.QUOTE_NOT_CLOSED, rows_before + len(records) + 1)
    columns = {
        name: pl.Series([record[n] or None if n < len(record) else None for record in records], dtype=pl.String)
        for n, name in enumerate(_names(facts))
    }
    extra = ["".join(record[width:]) or None for record in records]
    return pl.DataFrame(columns | {"_extra": pl.Series(extra, dtype=pl.String)})
