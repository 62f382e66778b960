"""The order in which things happen to a decided fact, and the days that follow from it.

act <= decision <= service, none of them in the future; a document is valid from before to; what is final was decided
before. A decision becomes final when the terms to contest it have run out: 60 days to ask for reconsideration
(行政复议法 20), 6 months to sue (行政诉讼法 46), both from knowing of it, that is from proven service; the day after the
later one. A later day in the file is the end of the remedies used, or of the year of those who were not told of the
right, and stands; an earlier one is moved to that day, for the person loses nothing by it (F4). Without proof of service
nothing runs: the day in the file is kept as the earliest, until our own proof sets the terms going (`records`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from chengxin.collection.terms import Fault, Note, Reason
from chengxin.kernel.days import ONE_DAY


@dataclass(frozen=True, slots=True)
class RowDays:
    """The days of a row that were readable; None where the cell is empty or wrong."""

    decided_on: date | None = None
    act_on: date | None = None
    served_on: date | None = None
    final_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Ordered:
    """One rule of order: `earlier` and `later` name fields of `RowDays`, or `today`; the fault is shown at `shown`."""

    earlier: str
    later: str
    reason: Reason
    shown: str


ORDER: Final = (
    Ordered("decided_on", "today", Reason.DECIDED_IN_FUTURE, "decided_on"),
    Ordered("act_on", "decided_on", Reason.ACT_AFTER_DECISION, "act_on"),
    Ordered("served_on", "today", Reason.SERVED_IN_FUTURE, "served_on"),
    Ordered("decided_on", "served_on", Reason.SERVED_BEFORE_DECISION, "served_on"),
    Ordered("decided_on", "final_on", Reason.FINAL_BEFORE_DECISION, "final_on"),
    Ordered("valid_from", "valid_to", Reason.VALID_TO_BEFORE_FROM, "valid_to"),
)
"""Equal days are in order."""


def order_faults(days: RowDays, today: date, fields: dict[str, str]) -> list[Fault]:
    """What is out of order. `fields`: field of `RowDays` -> code of the item's field."""
    faults = []
    for rule in ORDER:
        earlier = getattr(days, rule.earlier)
        later = today if rule.later == "today" else getattr(days, rule.later)
        if earlier is not None and later is not None and earlier > later:
            faults.append(Fault(rule.reason, fields[rule.shown]))
    return faults


def final_day(
    stated: date | None, served_on: date | None, last_day: Callable[[date], date]
) -> tuple[date | None, Note | None]:
    """When the decision is final, and what was done with the day in the file."""
    if served_on is None:
        return stated, None
    last = last_day(served_on)
    if stated is not None and stated > last:
        return stated, None
    moved = stated is not None and stated < last
    return last + ONE_DAY, Note.FINAL_DAY_MOVED if moved else None
