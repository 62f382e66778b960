"""Screening a frame of rows: every rule of `rules.row`, by the column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chengxin.catalogue.terms import FieldRole, RequiredKind
from chengxin.collection.rules.fields import DAY_ROLES, NOT_ASKED_FOR, SERVICE_ROLES, class_of, day_fields
from chengxin.collection.rules.identity import AgeFields
from chengxin.collection.screening import identity
from chengxin.collection.screening.chunk import Chunk
from chengxin.collection.screening.days import RowDayColumns, find_disorder, find_outlived, tell_ends, tell_final
from chengxin.collection.screening.findings import fault_lists, note_lists, worst_of
from chengxin.collection.screening.lanes import NO_DAY, Days, Figures, Judged, day_number
from chengxin.collection.screening.plan import Plan
from chengxin.collection.screening.stored import content_column, key_column
from chengxin.collection.terms import Fault, Note, NoteOf, Reason

ROW_NUMBER: Final = "row_no"
NO_CLASS: Final = -1

Classes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Screened:
    """The answer for a frame: the same rows in the same order.

    Columns: row_no; verdict (0 accepted, 1 quarantined, 2 refused); reason, field and detail of the first fault; faults
    and notes as lists of structs, null where there are none; doc_kind, doc_number, name, name_norm, birth_date,
    decided_on, act_on, final_on, served_on, valid_from, valid_to, display_until, retain_until, act_class, decider_code,
    removal, natural_key, content as in `terms.RowValues`. What stands in these after `notes` is meaningless in a refused row.
    """

    frame: pl.DataFrame

    @property
    def refused(self) -> pl.DataFrame:
        """The rows sent back."""
        return self.frame.filter(pl.col("verdict") == 2)

    @property
    def passed(self) -> pl.DataFrame:
        """The rows accepted or held."""
        return self.frame.filter(pl.col("verdict") < 2)


def screen(plan: Plan, frame: pl.DataFrame) -> Screened:
    """Screen a frame: `row_no`, a text column for each field that the file has, and perhaps `_extra`."""
    chunk = Chunk.read(plan, frame)
    _ask_for_missing(chunk)
    days = RowDayColumns(**{name: chunk.days(role) for role, name in DAY_ROLES.items()})
    names, norms, numbers, birth = _identify(chunk)
    find_disorder(days, plan.context.today, day_fields(plan.item), chunk.faults)
    _look_at_laws(chunk, days)
    _look_at_basis(chunk, days)
    _look_at_free_text(chunk)
    act_class = _classes(chunk)
    served_on = _served(chunk, days)
    final_on = days.final_on
    if plan.code_of(FieldRole.SERVED_ON) is not None:
        final_on = tell_final(plan, days.final_on, served_on, plan.code_of(FieldRole.FINAL_ON), chunk.notes)
    start = np.where(days.decided_on != NO_DAY, days.decided_on, days.valid_from)
    display_until, retain_until = _ends(chunk, days, start, act_class)
    verdict, first = worst_of(chunk.faults)
    told = plan.faults.findings
    values = chunk.values | {plan.number: numbers, plan.name: names}
    return Screened(
        pl.DataFrame(
            {
                ROW_NUMBER: frame[ROW_NUMBER],
                "verdict": pl.Series(verdict),
                "reason": _looked_up([fault.reason.value if fault else None for fault in told], first),
                "field": _looked_up([fault.field if fault else None for fault in told], first),
                "detail": _looked_up([fault.detail if fault else None for fault in told], first),
                "faults": fault_lists(chunk.faults),
                "notes": note_lists(chunk.notes),
                "doc_kind": chunk.kinds.cast(pl.Int8),
                "doc_number": numbers,
                "name": names,
                "name_norm": norms,
                "birth_date": identity.days_from(birth),
                "decided_on": _dates(start),
                "act_on": _dates(days.act_on),
                "final_on": _dates(final_on),
                "served_on": _dates(served_on),
                "valid_from": _dates(days.valid_from),
                "valid_to": _dates(days.valid_to),
                "display_until": _dates(display_until),
                "retain_until": _dates(retain_until),
                "act_class": pl.Series(act_class.astype(np.int8)),
                "decider_code": chunk.value_of(FieldRole.DECIDER_CODE),
                "removal": chunk.value_of(FieldRole.COURT_REASON),
                "natural_key": key_column(plan, chunk.lanes, values),
                "content": content_column(plan, chunk.lanes, values, chunk.odd),
            }
        )
    )


def _looked_up(words: list[str | None], numbers: NDArray[np.int32]) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(numbers)


def _dates(days: Days) -> pl.Series:
    column = pl.Series("days", days, dtype=pl.Int32)
    known = days != NO_DAY
    if known.all():
        return column.cast(pl.Date)
    return pl.select(pl.when(pl.Series(known)).then(column).cast(pl.Date)).to_series()


def _ask_for_missing(chunk: Chunk) -> None:
    for spec in chunk.plan.item.fields:
        if spec.role in NOT_ASKED_FOR or spec.required.kind is RequiredKind.NO:
            continue
        missing = ~chunk.filled(spec.code)
        if not missing.any():
            continue
        when = spec.required.when
        if spec.is_required:
            chunk.faults.where(missing, Fault(Reason.CELL_MISSING, spec.code))
        elif when is not None:
            asked = chunk.lanes[when.field].where(partial(_holds_one_of, frozenset(when.values)))
            chunk.faults.where(missing & asked, Fault(Reason.CELL_MISSING_HERE, spec.code, when.field))


def _holds_one_of(wanted: frozenset[str], cell: Judged) -> bool:
    return cell.value is not None and not wanted.isdisjoint(cell.value.split(";"))


def _identify(chunk: Chunk) -> tuple[pl.Series, pl.Series, pl.Series, Figures]:
    plan, item = chunk.plan, chunk.plan.item
    names, norms = identity.read_names(chunk.texts[plan.name], item.by_code[plan.name], chunk.faults)
    numbers, ok, of_number = identity.read_numbers(
        chunk.texts[plan.number],
        chunk.kinds.to_numpy(),
        item.by_code[plan.number],
        plan.context,
        chunk.faults,
        chunk.notes,
    )
    codes = [plan.code_of(role) for role in (FieldRole.BIRTH_DATE, FieldRole.ACT_ON, FieldRole.DECIDED_ON)]
    fields = AgeFields(*codes)
    stated = chunk.lanes[fields.birth] if fields.birth else None
    birth, asked = identity.join_births(of_number, ok, stated, fields.birth, plan.context.today, chunk.faults)
    columns = identity.AgeColumns(
        asked=asked,
        birth=birth,
        act=chunk.figures(FieldRole.ACT_ON),
        act_filled=chunk.filled(fields.act) if fields.act else chunk.nowhere,
        decided=chunk.figures(FieldRole.DECIDED_ON),
    )
    identity.find_ages(item, columns, fields, chunk.faults)
    return names, norms, numbers, birth


def _look_at_laws(chunk: Chunk, days: RowDayColumns) -> None:
    plan = chunk.plan
    code = plan.code_of(FieldRole.LEGAL_BASIS)
    if code is None:
        return
    view = chunk.lanes[code]
    rows = np.flatnonzero(view.where(lambda cell: cell.value is not None))
    act, decided = days.act_on[rows], days.decided_on[rows]
    room = plan.turns.size + 2
    stretches = [
        np.where(some == NO_DAY, 0, np.searchsorted(plan.turns, some, side="right") + 1) for some in (act, decided)
    ]
    texts = view.numbers[rows].astype(np.int64)
    if view.lane.generation != plan.laws_of:
        plan.laws.forget()
        plan.law_words.forget()
        plan.laws_of = view.lane.generation

    def cited(row: int) -> str:
        return view.lane.cells[int(texts[row])].value or ""

    def ask(row: int) -> tuple[int]:
        return plan.law_fault_of(cited(row), code, int(act[row]), int(decided[row]))

    found = np.zeros(chunk.height, dtype=np.int32)
    found[rows] = plan.laws.tell((texts * room + stretches[0]) * room + stretches[1], ask)[:, 0]
    chunk.faults.codes(found)
    beside = np.zeros(chunk.height, dtype=np.int32)
    beside[rows] = plan.law_words.tell(texts, lambda row: plan.law_words_of(cited(row), code))[:, 0]
    chunk.faults.codes(beside)


def _look_at_basis(chunk: Chunk, days: RowDayColumns) -> None:
    plan, told = chunk.plan, chunk.nowhere
    code = {name: plan.code_of(role) for role, name in DAY_ROLES.items()}
    undecided = days.decided_on == NO_DAY
    for name, asked in (("act_on", ~told), ("decided_on", ~undecided), ("valid_from", undecided)):
        some: Days = getattr(days, name)
        lacking = plan.lacking[np.searchsorted(plan.turns, some, side="right")] & (some != NO_DAY) & asked & ~told
        chunk.faults.where(lacking, Fault(Reason.ITEM_BASIS_NOT_IN_FORCE, code[name]))
        told = told | lacking


def _look_at_free_text(chunk: Chunk) -> None:
    plan = chunk.plan
    for spec in plan.texts:
        if not spec.is_free_text or not chunk.texts[spec.code].filled.any():
            continue
        text = chunk.values[spec.code]
        held = plan.triggers.hold(text, chunk.odd[spec.code]) & text.is_not_null().to_numpy()
        rows = np.flatnonzero(held)
        clauses = [plan.context.statutes.forbidden_matter(cell) for cell in text.gather(rows).to_list()]
        met = [(row, clause.code) for row, clause in zip(rows.tolist(), clauses, strict=True) if clause is not None]
        chunk.faults.listed(
            [row for row, _ in met],
            [Fault(Reason.FREE_TEXT_FORBIDDEN_MATTER, spec.code, clause) for _, clause in met],
        )


def _classes(chunk: Chunk) -> Classes:
    item, code = chunk.plan.item, chunk.plan.code_of(FieldRole.ACT_CLASS)
    default: Classes = np.full(chunk.height, int(item.default_class), dtype=np.int64)
    if code is None:
        return default
    view = chunk.lanes[code]
    filled = view.filled
    stated = view.pick(lambda cell: int(class_of(cell.value)) if cell.value else NO_CLASS)
    if item.fixed_class is not None:
        chunk.notes.where(filled & (stated != int(item.fixed_class)), NoteOf(Note.CLASS_FIXED_BY_ITEM, code))
        return default
    if item.is_adverse:
        chunk.notes.where(~filled, NoteOf(Note.CLASS_TAKEN_AS_MINOR, code))
    foreign = (stated != NO_CLASS) & ~np.isin(stated, [int(known) for known in item.display])
    chunk.faults.where(foreign, Fault(Reason.CLASS_NOT_OF_ITEM, code))
    return np.where(filled, np.where(foreign, NO_CLASS, stated), default)


def _served(chunk: Chunk, days: RowDayColumns) -> Days:
    codes = [code for role in SERVICE_ROLES if (code := chunk.plan.code_of(role))]
    proven = np.full(chunk.height, bool(codes))
    for code in reversed(codes):
        filled = chunk.filled(code)
        if chunk.plan.item.is_adverse:
            chunk.notes.where(proven & ~filled, NoteOf(Note.SERVICE_NOT_PROVEN, code))
        proven &= filled
    return np.where(proven, days.served_on, NO_DAY).astype(np.int32)


def _ends(chunk: Chunk, days: RowDayColumns, start: Days, act_class: Classes) -> tuple[Days, Days]:
    plan = chunk.plan
    known = (start != NO_DAY) & (days.decided_on <= day_number(plan.context.today)) & (act_class != NO_CLASS)
    display_until, retain_until = tell_ends(plan, known, act_class, start, days.valid_to)
    code = plan.code_of(FieldRole.COMPUTED_IGNORED)
    if code is not None:
        view = chunk.lanes[code]
        stated = view.days
        ignored = view.filled & ((stated != display_until) | (stated == NO_DAY))
        chunk.notes.where(ignored, NoteOf(Note.DISPLAY_END_IGNORED, code))
    find_outlived(plan, days, retain_until, chunk.faults)
    return display_until, retain_until
