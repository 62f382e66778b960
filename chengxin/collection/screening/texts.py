"""Columns of text, where nearly every cell is different: tidied and tested by expression, odd cells by the plain rule."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chengxin.collection.rules.cells import EMPTY_WORDS, SHORT
from chengxin.collection.screening.findings import Mask
from chengxin.collection.screening.oddities import Oddities
from chengxin.kernel.names import BLANKS

TRIGGERS_A_PATTERN: Final = 48
"""More literals in one pattern, and the regex engine leaves its vectorised search (Teddy holds 64)."""

_EMPTY_WORDS: Final = sorted(EMPTY_WORDS)
_INVISIBLE: Final = "^[" + "".join(f"\\x{{{point:x}}}" for point in sorted(BLANKS)) + "]+$"


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


def tidied(columns: Mapping[str, pl.Series]) -> dict[str, TextView]:
    """Blanks cut from both ends; empty words and short cells of nothing but invisible characters emptied."""
    spoken = {code: column for code, column in columns.items() if column.null_count() < column.len()}
    told = pl.DataFrame(spoken).select(
        *(pl.col(code).str.strip_chars() for code in spoken),
        *(pl.col(code).str.len_bytes().fill_null(0).alias(f"{code} before") for code in spoken),
        *(pl.col(code).str.strip_chars().str.len_bytes().fill_null(0).alias(f"{code} after") for code in spoken),
    )
    views = {
        code: _view(told[code], told[f"{code} before"].to_numpy(), told[f"{code} after"].to_numpy()) for code in spoken
    }
    return {code: views[code] if code in views else _silent(column) for code, column in columns.items()}


def _silent(column: pl.Series) -> TextView:
    none = np.zeros(column.len(), dtype=np.bool_)
    return TextView(column, none, none, none, none.astype(np.uint32))


def _view(text: pl.Series, before: NDArray[np.uint32], after: NDArray[np.uint32]) -> TextView:
    filled = after > 0
    emptied = np.zeros(text.len(), dtype=np.bool_)
    rows = np.flatnonzero(filled & (after <= SHORT))
    if rows.size:
        cells = text.gather(rows)
        emptied[rows] = (cells.is_in(_EMPTY_WORDS) | cells.str.contains(_INVISIBLE)).to_numpy()
        filled &= ~emptied
    trimmed = filled & (before != after)
    if int(filled.sum()) + text.null_count() < text.len():
        text = only(text, filled)
    return TextView(text, filled, trimmed, emptied, np.where(filled, after, 0))


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


def escaped(text: pl.Series, odd: Oddities) -> pl.Series:
    """The column as the inside of JSON strings (RFC 8785, 3.2.2.2); null stays null."""
    rows = odd.special
    cells = text.gather(rows).to_list()
    return patched(text, rows, [None if cell is None else json.dumps(cell, ensure_ascii=False)[1:-1] for cell in cells])


class Triggers:
    """A first look for forbidden matter: every text that holds any holds one of these literals."""

    def __init__(self, literals: tuple[str, ...]) -> None:
        latin = [word for word in literals if word.isascii()]
        other = [word for word in literals if not word.isascii()]
        self._other = [
            "|".join(map(re.escape, other[start : start + TRIGGERS_A_PATTERN]))
            for start in range(0, len(other), TRIGGERS_A_PATTERN)
        ]
        self._latin = "(?i)" + "|".join(map(re.escape, latin)) if latin else None

    def hold(self, text: pl.Series, odd: Oddities) -> Mask:
        """The rows that must be read."""
        found = np.zeros(text.len(), dtype=np.bool_)
        for pattern in self._other:
            found |= matches(text, pattern)
        found[odd.like_latin] = True
        if self._latin is not None and odd.latin.size:
            found[odd.latin] |= matches(text.gather(odd.latin), self._latin)
        return found
