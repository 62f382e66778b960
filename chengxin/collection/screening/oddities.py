"""A glance over the bytes of all text columns of a chunk at once: what most rows hold none of.

The columns are written into one buffer, a blank after each cell; bytes sought are found there by numpy, block by block so
that blocks stay in the processor's cache, and their places told as rows. Asking each cell would cost ten times as much.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chengxin.collection.rules.cells import DAMAGED
from chengxin.collection.screening.findings import Mask

Rows = NDArray[np.int64]
Bytes = NDArray[np.uint8]

LIKE_LATIN: Final = "\u0131\u0130\u017f\u212a"
"""What Python's `re` takes for i, s or k where case is ignored, and other engines may not."""

_BLOCK: Final = 1 << 17
_FIRST_PLAIN: Final = np.uint8(0x20)
_QUOTE: Final = np.uint8(ord('"'))
_BACKSLASH: Final = np.uint8(ord("\\"))
_FIRST_LETTER: Final = np.uint8(ord("A"))
_LETTERS: Final = np.uint8(ord("z") - ord("A") + 1)


@dataclass(frozen=True, slots=True)
class Oddities:
    """Rows of a column, each once. `special`: characters that JSON escapes; `damaged`: the mark of a byte that could not
    be read; `latin`: ASCII letters, or one of the six signs between them; `like_latin`: letters taken for such."""

    special: Rows
    damaged: Rows
    latin: Rows
    like_latin: Rows


_NO_ROWS: Final = np.empty(0, dtype=np.int64)
CALM: Final = Oddities(special=_NO_ROWS, damaged=_NO_ROWS, latin=_NO_ROWS, like_latin=_NO_ROWS)
"""A column that holds nothing odd, or nothing at all."""


def oddities_of(columns: dict[str, tuple[pl.Series, NDArray[np.uint32]]]) -> dict[str, Oddities]:
    """What is odd in each column, given with the lengths of its cells in bytes (0 for null)."""
    codes = list(columns)
    if not codes:
        return {}
    sink = io.BytesIO()
    pl.DataFrame({code: text for code, (text, _) in columns.items()}).write_csv(
        sink, include_header=False, quote_style="never", separator=" ", line_terminator=" ", null_value=""
    )
    seen = sink.getvalue()
    values = np.frombuffer(seen, dtype=np.uint8)
    lengths = np.column_stack([lengths for _, lengths in columns.values()]).astype(np.int64)
    ends = np.cumsum(lengths.ravel() + 1)
    assert int(ends[-1]) == values.size
    found = [_cells(_places(values, test), ends, len(codes)) for test in (_special, _latin)]
    special, latin = ([rows[cells == column] for column in range(len(codes))] for rows, cells in found)
    return {
        code: Oddities(
            special=special[column],
            damaged=_holding(columns[code][0], DAMAGED, seen),
            latin=latin[column],
            like_latin=np.unique(np.concatenate([_holding(columns[code][0], letter, seen) for letter in LIKE_LATIN])),
        )
        for column, code in enumerate(codes)
    }


def _holding(text: pl.Series, letter: str, seen: bytes) -> Rows:
    """The rows that hold a letter of several bytes; most letters are ruled out by their first byte alone."""
    if letter.encode()[:1] not in seen:
        return _NO_ROWS
    return np.flatnonzero(text.str.contains(letter, literal=True).fill_null(False).to_numpy())


def _special(block: Bytes) -> Mask:
    met: Mask = (block < _FIRST_PLAIN) | (block == _QUOTE) | (block == _BACKSLASH)
    return met


def _latin(block: Bytes) -> Mask:
    met: Mask = np.less(block - _FIRST_LETTER, _LETTERS)
    return met


def _places(values: Bytes, test: Callable[[Bytes], Mask]) -> Rows:
    """Where a test holds."""
    found = [_true_places(test(values[start : start + _BLOCK])) + start for start in range(0, values.size, _BLOCK)]
    return np.concatenate(found)


def _true_places(mask: Mask) -> Rows:
    """The true places of a mask that is nearly all false: eight at a time, then one by one where one is."""
    whole = mask.size // 8 * 8
    eights = np.flatnonzero(mask[:whole].view(np.uint64))
    near = (eights[:, None] * 8 + np.arange(8)).ravel()
    return np.concatenate([near[mask[near]], np.flatnonzero(mask[whole:]) + whole])


def _cells(places: Rows, ends: Rows, columns: int) -> tuple[Rows, Rows]:
    """Row and column of each cell that places lie in, each once."""
    cells = np.unique(np.searchsorted(ends, places, side="right"))
    rows, columns_met = np.divmod(cells, columns)
    return rows, columns_met
