"""JSON lines as a stream of frames: one object a line, figures kept as they are written."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import polars as pl

from chengxin.collection.reading.facts import FileFacts
from chengxin.collection.rules.fields import UNREADABLE

LINES_AT_ONCE: Final = 5_000

_BLOCK: Final = 1 << 20

_DECODER: Final = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)


def read_line(line: str) -> dict[str, Any] | None:
    """The object of a line, None where it is none."""
    try:
        found = _DECODER.decode(line.strip())
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def json_frames(stream: BinaryIO, facts: FileFacts) -> Iterator[pl.DataFrame]:
    """Frames of text columns `c0`, `c1`, … and `_extra`; a line that is no object is marked unreadable in `_extra`."""
    places = {heading: n for n, heading in enumerate(facts.headings)}
    records: list[list[str | None]] = []
    for line in _lines(stream, facts.encoding):
        if line.strip():
            records.append(_record(line, places))
        if len(records) == LINES_AT_ONCE:
            yield _frame(records, len(places))
            records = []
    if records:
        yield _frame(records, len(places))


def _lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    rest = ""
    while piece := stream.read(_BLOCK):
        *whole, rest = (rest + decoder.decode(piece)).split("\n")
        yield from whole
    yield rest + decoder.decode(b"", final=True)


def _record(line: str, places: dict[str, int]) -> list[str | None]:
    record: list[str | None] = [None] * (len(places) + 1)
    found = read_line(line)
    if found is None:
        record[-1] = UNREADABLE
        return record
    for key, value in found.items():
        text = _text(value)
        if key in places:
            record[places[key]] = text
        elif text is not None:
            record[-1] = key
    return record


def _text(value: Any) -> str | None:
    match value:
        case None | "":
            return None
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case list() if all(isinstance(part, str) for part in value):
            return ";".join(value) or None
    return json.dumps(value, ensure_ascii=False)


def _frame(records: list[list[str | None]], width: int) -> pl.DataFrame:
    names = [*(f"c{n}" for n in range(width)), "_extra"]
    return pl.DataFrame(records, schema=dict.fromkeys(names, pl.String), orient="row")
