"""Names, numbers of documents and ages by the column. The rules are those of `rules.identity`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chengxin.catalogue.terms import AgeRule, FieldSpec, Item
from chengxin.collection.rules.identity import (
    NO_ACT_DATE_FROM_AGE,
    PLAIN_NAME,
    AgeFields,
    read_name,
    read_number,
)
from chengxin.collection.screening.findings import Findings, Mask
from chengxin.collection.screening.lanes import Figures, LaneView, figure_of
from chengxin.collection.screening.texts import TextView, matches, patched
from chengxin.collection.terms import Fault, NoteOf, Reason, ScreeningContext
from chengxin.kernel.documents import (
    CITIZEN_CHECK_CHARACTERS,
    CITIZEN_WEIGHTS,
    PRACTICE_REGION,
    PROVINCES,
    DocumentKind,
)

_CITIZEN: Final = int(DocumentKind.CITIZEN)
_EIGHTEEN: Final = "^[0-9]{17}[0-9X]$"
_CHECKS: Final = np.array([10 if check == "X" else int(check) for check in CITIZEN_CHECK_CHARACTERS], dtype=np.int64)
_MONTH_LENGTHS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)
_FIRST_PLAIN_YEAR: Final = 1850


def read_names(view: TextView, spec: FieldSpec, faults: Findings[Fault]) -> tuple[pl.Series, pl.Series]:
    """Names as written, and their forms for agreement; null where a name cannot be taken."""
    text = view.text
    plain = matches(text, PLAIN_NAME)
    if spec.length is not None and spec.length < 20:
        plain &= text.str.len_chars().fill_null(0).to_numpy() <= spec.length
    rows = np.flatnonzero(view.filled & ~plain)
    read = [read_name(cell, spec) for cell in text.gather(rows).to_list()]
    wrong = [(row, cell) for row, (cell, _) in zip(rows.tolist(), read, strict=True) if cell.fault is not None]
    faults.listed(
        [row for row, _ in wrong], [Fault(cell.fault, spec.code, cell.detail) for _, cell in wrong if cell.fault]
    )
    return patched(text, rows, [cell.value for cell, _ in read]), patched(
        text, rows, [norm or None for _, norm in read]
    )


def kinds_of(view: LaneView | None, height: int) -> NDArray[np.int64]:
    """The kind of document of each row as a number, 0 for none."""
    if view is None:
        return np.full(height, _CITIZEN, dtype=np.int64)
    return view.pick(lambda cell: int(cell.value) if cell.value else 0)


def read_numbers(
    view: TextView,
    kinds: NDArray[np.int64],
    spec: FieldSpec,
    context: ScreeningContext,
    faults: Findings[Fault],
    notes: Findings[NoteOf],
) -> tuple[pl.Series, Mask, Figures]:
    """Numbers as they are stored, where they are right, and the birth dates they hold.

    Numbers of eighteen places with known region, day and check digit pass by arithmetic; the others go one by one.
    """
    text = view.text
    plain, birth = _plain_citizens(text, kinds == _CITIZEN, context)
    rows = np.flatnonzero(view.filled & (kinds > 0) & ~plain)
    documents = {int(kind): kind for kind in DocumentKind}
    read = [
        read_number(cell, documents[kind], today=context.today, practice=context.practice)
        for cell, kind in zip(text.gather(rows).to_list(), kinds[rows].tolist(), strict=True)
    ]
    met = list(zip(rows.tolist(), read, strict=True))
    wrong = [(row, Fault(found.fault, spec.code)) for row, found in met if found.fault is not None]
    faults.listed([row for row, _ in wrong], [fault for _, fault in wrong])
    told = [(row, NoteOf(note, spec.code)) for row, found in met for note in found.notes]
    notes.listed([row for row, _ in told], [note for _, note in told])
    ok = plain.copy()
    ok[rows] = [found.fault is None for found in read]
    birth[rows] = [figure_of(found.birth_date) for found in read]
    return patched(text, rows, [found.number for found in read]), ok, birth


def _plain_citizens(text: pl.Series, citizen: Mask, context: ScreeningContext) -> tuple[Mask, Figures]:
    plain = citizen & matches(text, _EIGHTEEN)
    halves = pl.DataFrame({"text": text}).select(
        first=pl.col("text").str.head(17).cast(pl.Int64, strict=False).fill_null(0),
        last=pl.col("text").str.tail(1).cast(pl.Int8, strict=False).fill_null(10),
    )
    first, last = halves["first"].to_numpy(), halves["last"].to_numpy()
    total, rest = np.zeros(first.size, dtype=np.int64), first
    for weight in reversed(CITIZEN_WEIGHTS):
        rest, digit = np.divmod(rest, 10)
        total += digit * weight
    plain &= _CHECKS[total % 11] == last
    birth = (first // 1000 % 100_000_000).astype(np.int32)
    plain &= real_days(birth) & (birth >= _FIRST_PLAIN_YEAR * 10_000) & (birth <= figure_of(context.today))
    plain &= _regions(context.practice)[np.clip(first // 10**15, 0, 99)]
    return plain, np.where(plain, birth, 0).astype(np.int32)


def _regions(practice: bool) -> Mask:
    known = np.zeros(100, dtype=np.bool_)
    known[[int(region) for region in ((PRACTICE_REGION,) if practice else PROVINCES)]] = True
    return known


def real_days(figures: Figures) -> Mask:
    """Whether figures like 20260302 are days of the calendar."""
    years, months, days = figures // 10_000, figures // 100 % 100, figures % 100
    lengths = _MONTH_LENGTHS[np.where((months >= 1) & (months <= 12), months, 0)]
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    lengths = lengths + (leap & (months == 2))
    met: Mask = (days >= 1) & (days <= lengths)
    return met


def days_from(figures: Figures) -> pl.Series:
    """Figures as dates, null for 0."""
    frame = pl.DataFrame({"figure": figures}).select(
        pl.when(pl.col("figure") > 0).then(
            pl.date(pl.col("figure") // 10_000, pl.col("figure") // 100 % 100, pl.col("figure") % 100)
        )
    )
    return frame.to_series()


def join_births(
    of_number: Figures, ok: Mask, stated: LaneView | None, code: str | None, today: date, faults: Findings[Fault]
) -> tuple[Figures, Mask]:
    """The birth date known of each row, and the rows whose age may be asked about."""
    if stated is None or not stated.filled.any():
        return of_number, ok
    given = stated.figures
    future = ok & (given > figure_of(today))
    faults.where(future, Fault(Reason.BIRTH_DATE_IN_FUTURE, code))
    disagrees = ok & ~future & (given > 0) & (of_number > 0) & (given != of_number)
    faults.where(disagrees, Fault(Reason.BIRTH_DATE_DISAGREES, code))
    known = ok & ~future & ~disagrees
    birth = np.where(known, np.where(of_number > 0, of_number, given), 0).astype(np.int32)
    return birth, known & ~((birth == 0) & stated.filled)


def _reached(birth: Figures, years: int, day: Figures) -> Mask:
    met: Mask = day > birth + years * 10_000
    return met


@dataclass(frozen=True, slots=True)
class AgeColumns:
    """What the age rule looks at, as columns. `asked`: rows whose number is right and whose birth date is no riddle."""

    asked: Mask
    birth: Figures
    act: Figures
    act_filled: Mask
    decided: Figures


def find_ages(item: Item, columns: AgeColumns, fields: AgeFields, faults: Findings[Fault]) -> None:
    """The age rule of `rules.identity.age_faults`."""
    birth, decided = columns.birth, columns.decided
    born, dated = columns.asked & (birth > 0), decided > 0
    too_young = Fault(Reason.UNDER_AGE, fields.decided, str(item.minimum_age))
    if not item.is_adverse or item.age_rule is AgeRule.COURT:
        faults.where(born & dated & ~_reached(birth, item.minimum_age, decided), too_young)
    if not item.is_adverse:
        return
    faults.where(columns.asked & ~born, Fault(Reason.BIRTH_DATE_UNKNOWN, fields.birth))
    if item.age_rule is AgeRule.COURT:
        return
    missing, policy = columns.asked & ~columns.act_filled, None
    if item.age_rule is AgeRule.ORDINARY:
        missing &= ~(born & dated & _reached(birth, NO_ACT_DATE_FROM_AGE, decided))
        policy = str(NO_ACT_DATE_FROM_AGE)
    faults.where(missing, Fault(Reason.ACT_DATE_MISSING, fields.act, policy))
    young = born & (columns.act > 0) & ~_reached(birth, item.minimum_age, columns.act)
    faults.where(young, Fault(Reason.UNDER_AGE, fields.act, str(item.minimum_age)))
