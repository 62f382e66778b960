"""Columns of text, where nearly every cell is different: tidied and tested by expression, odd cells by the plain rule."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chengxin.collection.rules.cells import DAMAGED, EMPTY_WORDS, SHORT
from chengxin.collection.screening.findings import Mask
from chengxin.kernel.names import BLANKS

TRIGGERS_A_PATTERN: Final = 48
"""More literals in one pattern, and the regex engine leaves its vectorised search (Teddy holds 64)."""

_LIKE_LATIN: Final = "\u0131\u0130\u017f\u212a"
"""What Python's `re` takes for i, s or k where case is ignored, and other engines may not."""

_VOWELS: Final = ("[aei]", "[AEI]")
"""Two searches for three bytes each, many times faster than one for words in any case."""

_EMPTY_WORDS: Final = sorted(EMPTY_WORDS)
_INVISIBLE: Final = "^[" + "".join(f"\\x{{{point:x}}}" for point in sorted(BLANKS)) + "]+$"

_QUOTES: Final = '["\\\\]'
_SPECIAL: Final = '["\\\\\x00-\x1f]'


@dataclass(frozen=True, slots=True)
class TextView:
    """One chunk of a text column. `text`: without blanks at the ends, null where nothing is said.

    `trimmed` and `emptied` are where tidying did something; `bytes` is the length in UTF-8.
    """

    text: pl.Series
    filled: Mask
    trimmed: Mask
    emptied: Mask
    bytes: NDArray[np.uint32]


def tidied(column: pl.Series) -> TextView:
    """Blanks cut from both ends; empty words and short cells of nothing but invisible characters emptied."""
    none = np.zeros(column.len(), dtype=np.bool_)
    if column.null_count() == column.len():
        return TextView(column, none, none, none, none.astype(np.uint32))
    text = column.str.strip_chars()
    before, after = _bytes(column), _bytes(text)
    filled = after > 0
    emptied = none
    short = filled & (after <= SHORT)
    if short.any():
        rows = np.flatnonzero(short)
        cells = text.gather(rows)
        emptied = none.copy()
        emptied[rows] = (cells.is_in(_EMPTY_WORDS) | cells.str.contains(_INVISIBLE)).to_numpy()
        filled &= ~emptied
    trimmed = filled & (before != after)
    if int(filled.sum()) + text.null_count() < text.len():
        text = only(text, filled)
    return TextView(text, filled, trimmed, emptied, after)


def _bytes(column: pl.Series) -> NDArray[np.uint32]:
    return column.str.len_bytes().fill_null(0).to_numpy()


def only(column: pl.Series, where: Mask) -> pl.Series:
    """The column with null outside the mask."""
    return pl.select(pl.when(pl.Series(where)).then(column).alias(column.name)).to_series()


def patched(column: pl.Series, rows: NDArray[np.int64], cells: Iterable[str | None]) -> pl.Series:
    """The column with other cells in some rows."""
    if not rows.size:
        return column
    place = np.arange(column.len())
    place[rows] = column.len() + np.arange(rows.size)
    return pl.concat([column, pl.Series(column.name, list(cells), dtype=pl.String)]).gather(place)


def matches(text: pl.Series, pattern: str) -> Mask:
    """The rows a pattern of Rust's regex is found in; an empty cell never is."""
    return text.str.contains(pattern).fill_null(False).to_numpy()


@dataclass(frozen=True, slots=True)
class Oddities:
    """What a column holds anywhere, seen at a glance over its bytes: most columns of most chunks hold none of it."""

    quotes: bool
    controls: bool
    damaged: bool
    latin: bool


def oddities(text: pl.Series) -> Oddities:
    """Look over all bytes of the column at once."""
    sink = io.BytesIO()
    text.to_frame().write_csv(sink, include_header=False, quote_style="never", line_terminator=" ", null_value="")
    seen = sink.getvalue()
    figures = np.frombuffer(seen, dtype=np.uint8)
    letters = figures[(figures < 0x80) & (figures > 0x40)] if figures.size else figures
    return Oddities(
        quotes=b'"' in seen or b"\\" in seen,
        controls=bool(figures.size) and int(figures.min()) < 0x20,
        damaged=DAMAGED.encode() in seen,
        latin=bool(letters.size),
    )


CALM: Final = Oddities(quotes=False, controls=False, damaged=False, latin=False)
"""A column that holds nothing odd, or nothing at all."""


def damaged_in(text: pl.Series) -> Mask:
    """The rows that hold the mark of a byte that could not be read."""
    return text.str.contains(DAMAGED, literal=True).fill_null(False).to_numpy()


def escaped(text: pl.Series, odd: Oddities) -> pl.Series:
    """The column as the inside of JSON strings (RFC 8785, 3.2.2.2)."""
    if not (odd.quotes or odd.controls):
        return text
    rows = np.flatnonzero(matches(text, _SPECIAL if odd.controls else _QUOTES))
    return patched(text, rows, [json.dumps(cell, ensure_ascii=False)[1:-1] for cell in text.gather(rows).to_list()])


class Triggers:
    """A first look for forbidden matter: every text that holds any holds one of these literals."""

    def __init__(self, literals: tuple[str, ...]) -> None:
        latin = [word for word in literals if word.isascii()]
        other = [word for word in literals if not word.isascii()] + list(_LIKE_LATIN)
        self._other = [
            "|".join(map(re.escape, other[start : start + TRIGGERS_A_PATTERN]))
            for start in range(0, len(other), TRIGGERS_A_PATTERN)
        ]
        self._latin = "(?i)" + "|".join(map(re.escape, latin)) if latin else None
        self._vowels = _VOWELS if all(set("aei") & set(word.lower()) for word in latin) else ()

    def hold(self, text: pl.Series, odd: Oddities) -> Mask:
        """The rows that must be read."""
        found = np.zeros(text.len(), dtype=np.bool_)
        for pattern in self._other:
            found |= matches(text, pattern)
        if self._latin is not None and odd.latin:
            worth = np.ones(text.len(), dtype=np.bool_)
            if self._vowels:
                worth = matches(text, self._vowels[0]) | matches(text, self._vowels[1])
            rows = np.flatnonzero(worth)
            found[rows] |= matches(text.gather(rows), self._latin)
        return found
