"""What the tests of screening share: the shipped catalogue, a supplier, and the comparison of the two forms of screening."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

import chengxin.catalogue
from bench.rows import Cells, RowMaker
from chengxin.catalogue.rules.bases import LawTable, citations_standing, item_standing, load_laws
from chengxin.catalogue.rules.citations import beside_titles
from chengxin.catalogue.rules.display import display_end, retain_until
from chengxin.catalogue.rules.loading import load
from chengxin.catalogue.rules.screen import ROW_TRIGGERS, forbidden_matter
from chengxin.catalogue.terms import Item
from chengxin.collection.rules.row import screen_row
from chengxin.collection.screening import compile_plan, screen
from chengxin.collection.terms import (
    Fault,
    Note,
    NoteOf,
    Reason,
    RowVerdict,
    ScreeningContext,
    Statutes,
    SupplierFacts,
)
from chengxin.kernel.days import shipped_holidays
from chengxin.kernel.remedies import contest_terms

SUPPLIER = "11005305Y4CL12TH31"
TODAY = date(2026, 11, 21)
DATA = Path(chengxin.catalogue.__file__).parent / "data"

LAST_DAY = contest_terms(shipped_holidays())


@cache
def laws() -> LawTable:
    table, faults = load_laws("laws.yaml", (DATA / "laws.yaml").read_text("utf-8"))
    assert not faults
    return table


@cache
def items() -> dict[str, Item]:
    """The items of the shipped national edition."""
    edition = load("national.yaml", (DATA / "national.yaml").read_text("utf-8")).edition
    assert edition is not None
    return dict(edition.items)


@cache
def statutes() -> Statutes:
    days = (day for row in laws().rows for day in (row.in_force_from, row.in_force_until))
    return Statutes(
        cited_standing=lambda text, tested: citations_standing(laws(), text, tested),
        item_standing=lambda item, day: item_standing(laws(), item, day),
        turns=tuple(sorted({day for day in days if day is not None})),
        forbidden_matter=forbidden_matter,
        forbidden_beside_laws=lambda text: forbidden_matter(beside_titles(text, laws().names)),
        triggers=ROW_TRIGGERS,
        display_end=display_end,
        retain_until=retain_until,
    )


def context(
    item: Item, *, practice: bool = True, today: date = TODAY, supplier: SupplierFacts | None = None
) -> ScreeningContext:
    """A context in which the supplier hands the item in."""
    first = item.suppliers[0]
    facts = supplier or SupplierFacts(first.code or SUPPLIER, first.kind or "")
    return ScreeningContext(today, facts, statutes(), LAST_DAY, practice)


def right_row(item: Item, **cells: str | None) -> Cells:
    """A row in which nothing is wrong, with some cells changed."""
    row = next(RowMaker(item, SUPPLIER, TODAY, seed=4, mess=0).rows(1))
    return {**row, **cells}


def judged(item: Item, cells: Cells, **known: Any) -> RowVerdict:
    """The plain verdict."""
    return screen_row(item, cells, context(item, **known))


def reasons(item: Item, cells: Cells, **known: Any) -> set[tuple[Reason, str | None]]:
    """Reasons and fields of all faults."""
    return {(fault.reason, fault.field) for fault in judged(item, cells, **known).faults}


def frame_of(item: Item, rows: list[Cells]) -> pl.DataFrame:
    """Rows as reading hands them on."""
    codes = [*(spec.code for spec in item.fields), "_extra"]
    columns = {code: pl.Series([row.get(code) for row in rows], dtype=pl.String) for code in codes}
    return pl.DataFrame({"row_no": pl.Series(range(1, len(rows) + 1), dtype=pl.Int64), **columns})


def both(
    item: Item, rows: list[Cells], known: ScreeningContext | None = None
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """What the plain and the fast form make of each row, in the same shape; values only where the row is not refused."""
    known = known or context(item)
    fast = screen(compile_plan(item, known), frame_of(item, rows)).frame
    return [
        (_plain(screen_row(item, row, known)), _fast(found))
        for row, found in zip(rows, fast.iter_rows(named=True), strict=True)
    ]


def _plain(verdict: RowVerdict) -> dict[str, Any]:
    values = verdict.values
    told = {} if values is None else {name: getattr(values, name) for name in values.__slots__}
    if values is not None:
        told["doc_kind"] = int(values.doc_kind)
        told["doc_number"] = told.pop("number")
    return {
        "verdict": int(verdict.verdict),
        "reason": verdict.reason,
        "field": verdict.field,
        "detail": verdict.faults[0].detail if verdict.faults else None,
        "faults": verdict.faults,
        "notes": verdict.notes,
        **told,
    }


def _fast(row: dict[str, Any]) -> dict[str, Any]:
    row = dict(row)
    row.pop("row_no")
    row["faults"] = tuple(Fault(Reason(f["reason"]), f["field"], f["detail"]) for f in row["faults"] or ())
    row["notes"] = tuple(NoteOf(Note(n["note"]), n["field"]) for n in row["notes"] or ())
    if row["verdict"] == 2:
        row = {name: row[name] for name in ("verdict", "reason", "field", "detail", "faults", "notes")}
    return row
