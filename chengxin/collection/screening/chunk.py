"""One chunk of rows, read: each column through its lane or as text, with what was found in its cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import polars as pl

from chengxin.catalogue.terms import FieldRole, FieldSpec
from chengxin.collection.rules.cells import LOST_DIGITS
from chengxin.collection.rules.fields import EXTRA, UNREADABLE
from chengxin.collection.screening.findings import Findings, Mask
from chengxin.collection.screening.identity import kinds_of
from chengxin.collection.screening.lanes import NO_DAY, Days, Figures, LaneView
from chengxin.collection.screening.oddities import CALM, Oddities, oddities_of
from chengxin.collection.screening.plan import Plan
from chengxin.collection.screening.texts import TextView, matches, only, tidied
from chengxin.collection.terms import Fault, Note, NoteOf, Reason

_LOST_DIGITS: Final = f"^(?:{LOST_DIGITS.pattern})$"
_UNREAD: Final = frozenset({FieldRole.PERSON_NAME, FieldRole.DOCUMENT_NUMBER, FieldRole.REMARK_REFUSED})
"""Texts that are read elsewhere, or not at all."""


@dataclass
class Chunk:
    """The cells of a chunk and what is known of them. `values` holds the canonical texts of text columns, null where
    empty or wrong; those of lanes are looked up when asked for."""

    plan: Plan
    height: int
    faults: Findings[Fault]
    notes: Findings[NoteOf]
    lanes: dict[str, LaneView] = field(default_factory=dict)
    texts: dict[str, TextView] = field(default_factory=dict)
    values: dict[str, pl.Series] = field(default_factory=dict)
    odd: dict[str, Oddities] = field(default_factory=dict)

    @classmethod
    def read(cls, plan: Plan, frame: pl.DataFrame) -> Chunk:
        """Tidy and read every cell, and note what is found."""
        chunk = cls(plan, frame.height, Findings(plan.faults, frame.height), Findings(plan.notes, frame.height))
        for fault in plan.duty:
            chunk.faults.everywhere(fault)
        empty = pl.Series([None] * frame.height, dtype=pl.String)
        columns = {spec.code: frame[spec.code] if spec.code in frame.columns else empty for spec in plan.item.fields}
        for code, lane in plan.lanes.items():
            chunk._look(code, lane.look(columns[code]))
        texts = {spec.code: columns[spec.code] for spec in plan.texts}
        views = tidied(texts | ({EXTRA: frame[EXTRA]} if EXTRA in frame.columns else {}))
        if EXTRA in views:
            chunk._look_beyond(views.pop(EXTRA))
        chunk.texts = views
        chunk.odd = dict.fromkeys(texts, CALM) | oddities_of(
            {
                spec.code: (views[spec.code].text, views[spec.code].bytes)
                for spec in plan.texts
                if spec.role not in _UNREAD and views[spec.code].filled.any()
            }
        )
        for spec in plan.texts:
            chunk._read_text(spec, views[spec.code], chunk.odd[spec.code])
        return chunk

    def _look_beyond(self, view: TextView) -> None:
        unreadable = (view.text == UNREADABLE).fill_null(False).to_numpy()
        self.faults.where(unreadable, Fault(Reason.ROW_UNREADABLE))
        self.faults.where(view.filled & ~unreadable, Fault(Reason.TOO_MANY_CELLS))

    def _look(self, code: str, view: LaneView) -> None:
        self.lanes[code] = view
        self.faults.codes(view.faults)
        for codes in view.notes:
            self.notes.codes(codes)

    def _read_text(self, spec: FieldSpec, view: TextView, odd: Oddities) -> None:
        self.notes.where(view.trimmed, NoteOf(Note.BLANKS_TRIMMED, spec.code))
        self.notes.where(view.emptied, NoteOf(Note.READ_AS_EMPTY, spec.code))
        self.values[spec.code] = view.text
        if not view.filled.any():
            return
        if spec.role is FieldRole.REMARK_REFUSED:
            self.faults.where(view.filled, Fault(Reason.REMARK_NOT_ACCEPTED, spec.code))
        elif spec.role not in _UNREAD:
            wrong = self._faults_of_text(spec, view, odd)
            if wrong.any():
                self.values[spec.code] = only(view.text, ~wrong)

    def _faults_of_text(self, spec: FieldSpec, view: TextView, odd: Oddities) -> Mask:
        """`rules.cells.read_text` and `read_identifier`: the first thing wrong with each cell."""
        wrong = self.nowhere
        if spec.role is FieldRole.DECISION_NUMBER and odd.latin.size:
            wrong = matches(view.text, _LOST_DIGITS)
            self.faults.where(wrong, Fault(Reason.NUMBER_LOST_DIGITS, spec.code))
        if odd.damaged.size:
            damaged = self.nowhere.copy()
            damaged[odd.damaged] = True
            damaged &= ~wrong
            self.faults.where(damaged, Fault(Reason.TEXT_DAMAGED, spec.code))
            wrong = wrong | damaged
        if spec.length is not None and int(view.bytes.max()) > spec.length:
            long = (view.text.str.len_chars().fill_null(0).to_numpy() > spec.length) & ~wrong
            self.faults.where(long, Fault(Reason.CELL_TOO_LONG, spec.code, str(spec.length)))
            wrong = wrong | long
        return wrong

    @cached_property
    def nowhere(self) -> Mask:
        """No row."""
        return np.zeros(self.height, dtype=np.bool_)

    @cached_property
    def kinds(self) -> pl.Series:
        """The kind of document of each row as a number, 0 for none."""
        code = self.plan.code_of(FieldRole.DOCUMENT_KIND)
        return pl.Series(kinds_of(self.lanes[code] if code else None, self.height))

    def filled(self, code: str) -> Mask:
        """The rows in which a field says anything."""
        return self.lanes[code].filled if code in self.lanes else self.texts[code].filled

    def days(self, role: FieldRole) -> Days:
        """The days of the field with this role."""
        code = self.plan.code_of(role)
        return self.lanes[code].days if code else np.full(self.height, NO_DAY, dtype=np.int32)

    def figures(self, role: FieldRole) -> Figures:
        """The same as figures like 20260302."""
        code = self.plan.code_of(role)
        return self.lanes[code].figures if code else np.zeros(self.height, dtype=np.int32)

    def value_of(self, role: FieldRole) -> pl.Series:
        """The canonical texts of the field with this role, null throughout where the item has none."""
        code = self.plan.code_of(role)
        if code is None:
            return pl.Series([None] * self.height, dtype=pl.String)
        return self.lanes[code].values if code in self.lanes else self.values[code]
