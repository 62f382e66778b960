"""Columns whose values repeat (codes, days, figures, offices, laws): every different cell is judged once, by the plain rule.

A lane remembers what it judged, up to a bound, over the chunks of a batch. Its answer for a chunk is one number a row;
everything else about the cell is looked up by that number.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chengxin.collection.screening.findings import Codes, Mask, Table
from chengxin.collection.terms import Fault, NoteOf

REMEMBERED: Final = 20_000
"""Different cells that a lane keeps between chunks; beyond, it starts anew."""

FEW: Final = 2_000
"""Up to so many new cells are looked up one by one; a join costs as much for a few as for thousands."""

UNMET: Final = -1

NOTES_A_CELL: Final = 2
"""One of tidying, one of reading."""

NO_DAY: Final = int(np.iinfo(np.int32).min)
EPOCH: Final = date(1970, 1, 1).toordinal()

Days = NDArray[np.int32]
"""Days since 1970-01-01, `NO_DAY` for none: what Polars keeps a date as."""

Figures = NDArray[np.int32]
"""Days as figures like 20260302, 0 for none: ages are told from these."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the plain rules say of one cell, tidying included."""

    filled: bool
    value: str | None
    fault: Fault | None = None
    notes: tuple[NoteOf, ...] = ()
    day: date | None = None


NOTHING: Final = Judged(filled=False, value=None)


def day_number(day: date | None) -> int:
    """The number of a day."""
    return NO_DAY if day is None else day.toordinal() - EPOCH


def day_of(number: int) -> date | None:
    """The day of such a number."""
    return None if number == NO_DAY else date.fromordinal(int(number) + EPOCH)


def figure_of(day: date | None) -> int:
    """A day as a figure."""
    return 0 if day is None else day.year * 10_000 + day.month * 100 + day.day


class Lane:
    """Judges the cells of one column; number 0 is the empty cell."""

    def __init__(
        self,
        rule: Callable[[str], Judged],
        faults: Table[Fault],
        notes: Table[NoteOf],
        opening: str = "",
        closing: str = "",
    ) -> None:
        """`opening` and `closing` stand around the value in the stored JSON (`"CF_CFLB":` and `,`)."""
        self._rule = rule
        self._faults = faults
        self._notes = notes
        self._around = opening, closing
        self.generation = 0
        self._forget()

    def _forget(self) -> None:
        self.generation += 1
        self.cells: list[Judged] = []
        self.filled = np.empty(0, dtype=np.bool_)
        self.days = np.empty(0, dtype=np.int32)
        self.figures = np.empty(0, dtype=np.int32)
        self.fault_codes = np.empty(0, dtype=np.int32)
        self.note_codes = [np.empty(0, dtype=np.int32)] * NOTES_A_CELL
        self.values = pl.Series(dtype=pl.String)
        self.fragments = pl.Series(dtype=pl.String)
        self._places: dict[str, int] = {}
        self._known = pl.DataFrame({"cell": [None], "number": [0]}, schema={"cell": pl.String, "number": pl.Int32})
        self._add([NOTHING])

    def look(self, column: pl.Series) -> LaneView:
        """Judge the cells of a chunk."""
        if column.null_count() == column.len():
            return LaneView(self, np.zeros(column.len(), dtype=np.int32))
        if len(self.cells) > REMEMBERED:
            self._forget()
        numbers = self._numbers(column).to_numpy(writable=True)
        fresh = np.flatnonzero(numbers == UNMET)
        if fresh.size:
            cells = column.gather(fresh)
            self._learn(cells.unique(maintain_order=True))
            numbers[fresh] = self._numbers(cells).to_numpy() if fresh.size > FEW else self._few_numbers(cells)
        return LaneView(self, numbers)

    def _numbers(self, column: pl.Series) -> pl.Series:
        cells = pl.LazyFrame({"cell": column})
        known = cells.join(self._known.lazy(), on="cell", how="left", maintain_order="left", nulls_equal=True)
        return known.select(pl.col("number").fill_null(UNMET)).collect().to_series()

    def _few_numbers(self, column: pl.Series) -> list[int]:
        return [self._places[cell] for cell in column.to_list()]

    def _learn(self, texts: pl.Series) -> None:
        numbers = pl.Series(range(len(self.cells), len(self.cells) + texts.len()), dtype=pl.Int32)
        self._places.update(zip(texts.to_list(), numbers.to_list(), strict=True))
        self._known = pl.concat([self._known, pl.DataFrame({"cell": texts, "number": numbers})])
        self._add([self._rule(text) for text in texts.to_list()])

    def _add(self, cells: list[Judged]) -> None:
        """Lay out by number what is known of more cells."""
        self.cells += cells
        self.filled = np.append(self.filled, [cell.filled for cell in cells])
        self.days = np.append(self.days, np.array([day_number(cell.day) for cell in cells], dtype=np.int32))
        self.figures = np.append(self.figures, np.array([figure_of(cell.day) for cell in cells], dtype=np.int32))
        faults = [self._faults.number(cell.fault) if cell.fault else 0 for cell in cells]
        self.fault_codes = np.append(self.fault_codes, np.array(faults, dtype=np.int32))
        for n, known in enumerate(self.note_codes):
            notes = [self._notes.number(cell.notes[n]) if len(cell.notes) > n else 0 for cell in cells]
            self.note_codes[n] = np.append(known, np.array(notes, dtype=np.int32))
        values = [cell.value for cell in cells]
        self.values = pl.concat([self.values, pl.Series(values, dtype=pl.String)], rechunk=True)
        opening, closing = self._around
        fragments = [
            "" if value is None else f"{opening}{json.dumps(value, ensure_ascii=False)}{closing}" for value in values
        ]
        self.fragments = pl.concat([self.fragments, pl.Series(fragments, dtype=pl.String)], rechunk=True)


@dataclass(frozen=True, slots=True)
class LaneView:
    """One chunk seen through a lane."""

    lane: Lane
    numbers: Codes

    @property
    def filled(self) -> Mask:
        """Whether the cell says anything."""
        return self.lane.filled[self.numbers]

    @property
    def faults(self) -> Codes:
        """The fault of each cell."""
        return self.lane.fault_codes[self.numbers]

    @property
    def notes(self) -> list[Codes]:
        """The notes of each cell."""
        return [codes[self.numbers] for codes in self.lane.note_codes if codes.any()]

    @property
    def days(self) -> Days:
        """The day of each cell."""
        return self.lane.days[self.numbers]

    @property
    def figures(self) -> Figures:
        """The day of each cell as a figure."""
        return self.lane.figures[self.numbers]

    @property
    def values(self) -> pl.Series:
        """The canonical text of each cell."""
        return self.lane.values.gather(self.numbers)

    @property
    def fragments(self) -> pl.Series:
        """The cell's part of the stored JSON, with what opens it; "" where it is empty."""
        return self.lane.fragments.gather(self.numbers)

    def where(self, holds: Callable[[Judged], bool]) -> Mask:
        """The rows whose cell something holds of."""
        return np.array([holds(cell) for cell in self.lane.cells], dtype=np.bool_)[self.numbers]

    def pick(self, what: Callable[[Judged], int]) -> NDArray[np.int64]:
        """A small number of each row's cell."""
        return np.array([what(cell) for cell in self.lane.cells], dtype=np.int64)[self.numbers]
