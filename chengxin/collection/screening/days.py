"""The order of days, and the days that follow from them, by the column. The rules are those of `rules.order`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengxin.catalogue.terms import FieldRole
from chengxin.collection.rules.order import ORDER
from chengxin.collection.screening.findings import Findings, Mask
from chengxin.collection.screening.lanes import NO_DAY, Days, day_number, day_of
from chengxin.collection.screening.plan import Plan
from chengxin.collection.terms import Fault, Note, NoteOf, Reason

_SHIFT: Final = 1 << 22
_ROOM: Final = 1 << 23
"""Two days share a number of 64 bits: shifted, every day up to the year 9999 is between 0 and the room; none is 0."""


@dataclass(frozen=True, slots=True)
class RowDayColumns:
    """The days of the rows, by the names of `rules.order.RowDays`; missing columns hold `NO_DAY` throughout."""

    decided_on: Days
    act_on: Days
    served_on: Days
    final_on: Days
    valid_from: Days
    valid_to: Days


def find_disorder(days: RowDayColumns, today: date, fields: dict[str, str], faults: Findings[Fault]) -> None:
    """Days out of order."""
    for rule in ORDER:
        earlier: Days = getattr(days, rule.earlier)
        later: Days | int = day_number(today) if rule.later == "today" else getattr(days, rule.later)
        late = (earlier != NO_DAY) & (later != NO_DAY) & (earlier > later)
        if late.any():
            faults.where(late, Fault(rule.reason, fields[rule.shown]))


def tell_final(plan: Plan, stated: Days, served_on: Days, code: str | None, notes: Findings[NoteOf]) -> Days:
    """When each decision is final (`rules.order.final_day`); `served_on` where service is proven."""
    known = (served_on != NO_DAY) & (served_on <= day_number(plan.context.today))
    served = served_on[known]
    last = np.full(served_on.size, NO_DAY, dtype=np.int32)
    last[known] = plan.lasts.tell(served.astype(np.int64), lambda row: plan.last_day_of(int(served[row])))[:, 0]
    if code is not None:
        notes.where(known & (stated != NO_DAY) & (stated < last), NoteOf(Note.FINAL_DAY_MOVED, code))
    return np.where(known, np.where(stated > last, stated, last + 1), stated).astype(np.int32)


def tell_ends(plan: Plan, known: Mask, act_class: NDArray[np.int64], start: Days, valid_to: Days) -> tuple[Days, Days]:
    """When display ends and until when an entry is kept, for the rows `known` to have a class and a start.

    Asked once for each class, start and, where it ends the display, last day of validity.
    """
    classes, starts = act_class[known], start[known]
    ends = valid_to[known] if plan.item.ends_with_validity else np.full(starts.size, NO_DAY, dtype=np.int32)
    cases = (_placed(starts) * _ROOM + _placed(ends)) * 4 + classes
    told = plan.ends.tell(cases, lambda row: plan.ends_of(int(classes[row]), int(starts[row]), int(ends[row])))
    display = np.full(start.size, NO_DAY, dtype=np.int32)
    kept = display.copy()
    display[known], kept[known] = told[:, 0], told[:, 1]
    return display, kept


def find_outlived(plan: Plan, days: RowDayColumns, retain_until: Days, faults: Findings[Fault]) -> None:
    """Rows of which nothing would be kept any more."""
    rows = np.flatnonzero((retain_until != NO_DAY) & (retain_until <= day_number(plan.context.today)))
    decided, valid = plan.code_of(FieldRole.DECIDED_ON), plan.code_of(FieldRole.VALID_FROM)
    ends, undecided = retain_until[rows], days.decided_on[rows] == NO_DAY
    faults.listed(
        rows.tolist(),
        [
            Fault(Reason.KEPT_NO_LONGER, valid if no_decision else decided, str(day_of(end)))
            for end, no_decision in zip(ends.tolist(), undecided.tolist(), strict=True)
        ],
    )


def _placed(days: Days) -> NDArray[np.int64]:
    placed: NDArray[np.int64] = np.where(days == NO_DAY, 0, days.astype(np.int64) + _SHIFT)
    return placed
