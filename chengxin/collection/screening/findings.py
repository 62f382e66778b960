"""Faults and notes of many rows at once: small numbers while screening, lists of structs at the end.

A finding is interned once a plan: a number that stands for (reason or note, field, detail). Checks hand in one number a
row, 0 for none; most hand in nothing at all.
"""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chengxin.collection.terms import Fault, Note, NoteOf, Verdict

Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]
F = TypeVar("F", Fault, NoteOf)

FAULTS_TYPE = pl.List(pl.Struct({"reason": pl.String, "field": pl.String, "detail": pl.String}))
NOTES_TYPE = pl.List(pl.Struct({"note": pl.String, "field": pl.String}))

_NOTE_ORDER = {note: place for place, note in enumerate(Note)}


class Table(Generic[F]):
    """Findings by number; number 0 is none."""

    def __init__(self, places: dict[str, int]) -> None:
        self._places = places
        self._numbers: dict[F, int] = {}
        self.findings: list[F | None] = [None]

    def number(self, finding: F) -> int:
        """The number of a finding, a new one where it was never met."""
        known: int | None = self._numbers.get(finding)
        if known is None:
            known = self._numbers[finding] = len(self.findings)
            self.findings.append(finding)
        return known

    def sort_keys(self) -> NDArray[np.int64]:
        """One sortable number a finding: faults by reason, then field; notes by field, then note."""
        return np.array([self._sort_key(finding) for finding in self.findings], dtype=np.int64)

    def _sort_key(self, finding: F | None) -> int:
        if finding is None:
            return 0
        place = self._places[finding.field] + 1 if finding.field is not None else 0
        if isinstance(finding, Fault):
            return finding.reason.rank << 16 | place
        return place << 16 | _NOTE_ORDER[finding.note]


class Findings(Generic[F]):
    """What was found in one chunk of `height` rows."""

    def __init__(self, table: Table[F], height: int) -> None:
        self.table: Table[F] = table
        self.height = height
        self._rows: list[NDArray[np.int64]] = []
        self._numbers: list[Codes] = []

    def everywhere(self, finding: F) -> None:
        """The same finding in every row."""
        self.where(np.ones(self.height, dtype=np.bool_), finding)

    def where(self, mask: Mask, finding: F) -> None:
        """One finding in the rows of a mask."""
        rows = np.flatnonzero(mask)
        if rows.size:
            self._rows.append(rows)
            self._numbers.append(np.full(rows.size, self.table.number(finding), dtype=np.int32))

    def codes(self, codes: Codes) -> None:
        """A number a row, 0 for none."""
        rows = np.flatnonzero(codes)
        if rows.size:
            self._rows.append(rows)
            self._numbers.append(codes[rows])

    def listed(self, rows: list[int], findings: list[F]) -> None:
        """Findings of rows met one by one; a row may stand several times."""
        if rows:
            self._rows.append(np.array(rows, dtype=np.int64))
            self._numbers.append(np.array([self.table.number(finding) for finding in findings], dtype=np.int32))

    def sorted(self) -> tuple[NDArray[np.int64], Codes]:
        """Rows and numbers of all findings, by row, then in the order in which they are told."""
        if not self._rows:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int32)
        rows, numbers = np.concatenate(self._rows), np.concatenate(self._numbers)
        keys = self.table.sort_keys()[numbers]
        order = np.argsort(rows << 40 | keys, kind="stable")
        return rows[order], numbers[order]


def worst_of(findings: Findings[Fault]) -> tuple[NDArray[np.int8], NDArray[np.int32]]:
    """Verdict and number of the first fault (0: none) of every row."""
    rows, numbers = findings.sorted()
    first = np.zeros(findings.height, dtype=np.int32)
    # Written from the last to the first, so that the first fault of a row stands at the end.
    first[rows[::-1]] = numbers[::-1]
    verdicts = np.array(
        [fault.reason.verdict if fault else Verdict.ACCEPTED for fault in findings.table.findings], dtype=np.int8
    )
    verdict = np.zeros(findings.height, dtype=np.int8)
    np.maximum.at(verdict, rows, verdicts[numbers])
    return verdict, first


def fault_lists(findings: Findings[Fault]) -> pl.Series:
    """All faults of each row, null where there are none."""
    rows, numbers = findings.sorted()
    told = findings.table.findings
    parts = pl.DataFrame(
        {
            "reason": [fault.reason.value if fault else None for fault in told],
            "field": [fault.field if fault else None for fault in told],
            "detail": [fault.detail if fault else None for fault in told],
        },
        schema={"reason": pl.String, "field": pl.String, "detail": pl.String},
    )
    return _lists("faults", parts, rows, numbers, findings.height, FAULTS_TYPE)


def note_lists(findings: Findings[NoteOf]) -> pl.Series:
    """All notes of each row, null where there are none."""
    rows, numbers = findings.sorted()
    told = findings.table.findings
    parts = pl.DataFrame(
        {
            "note": [note.note.value if note else None for note in told],
            "field": [note.field if note else None for note in told],
        },
        schema={"note": pl.String, "field": pl.String},
    )
    return _lists("notes", parts, rows, numbers, findings.height, NOTES_TYPE)


def _lists(
    name: str, parts: pl.DataFrame, rows: NDArray[np.int64], numbers: Codes, height: int, kind: pl.DataType
) -> pl.Series:
    """Rows that were found in, each with the list of its parts, laid over `height` rows."""
    if not rows.size:
        return pl.Series(name, [None] * height, dtype=kind)
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    lists = (
        parts.to_struct(name)
        .gather(numbers)
        .to_frame()
        .group_by(pl.Series("row", rows), maintain_order=True)
        .agg(pl.col(name))[name]
    )
    place = np.full(height, lists.len(), dtype=np.int64)
    place[rows[starts]] = np.arange(starts.size)
    return pl.concat([lists, pl.Series(name, [None], dtype=kind)]).gather(place)
