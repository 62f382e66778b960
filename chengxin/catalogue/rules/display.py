"""Until when an entry is shown, from when it may be repaired, until when it is kept. All ends are the first day after.

The day of the decision starts every period (信用修复管理办法 ch. 2: 自司法、行政公务文书认定之日起); months end on the
corresponding day (民法典 202). What a supplier states as an end is never read.
"""

from __future__ import annotations

from datetime import date, timedelta

from chengxin.catalogue.terms import ActClass, Item, Period
from chengxin.kernel.clocks import Length, add_months, period_end
from chengxin.kernel.clocks import Unit as ClockUnit


def length_of(period: Period) -> Length:
    """The period as the kernel's clock takes it."""
    return Length(period.months, ClockUnit.MONTHS)


def display_end(item: Item, act_class: ActClass, decided_on: date, valid_to: date | None = None) -> date | None:
    """The first day on which the entry is no longer shown: the earlier of the class's maximum and the document's end.

    `valid_to` is the last day of validity. None where the item ends with a validity that is not known yet. Raises
    KeyError for a class that the item does not have.
    """
    period = item.display[act_class]
    ends = [] if period.maximum is None else [period_end(decided_on, length_of(period.maximum))]
    if item.ends_with_validity and valid_to is not None:
        ends.append(valid_to if valid_to == date.max else valid_to + timedelta(days=1))
    elif period.maximum is None:
        return None
    return min(ends)


def repair_from(item: Item, act_class: ActClass, decided_on: date) -> date:
    """The first day on which repair may be asked for: the minimum's end, the decision's day where there is none."""
    minimum = item.display[act_class].minimum
    return decided_on if minimum is None else period_end(decided_on, length_of(minimum))


def retain_until(item: Item, act_class: ActClass, decided_on: date, valid_to: date | None = None) -> date | None:
    """The first day on which nothing of the entry is kept: its retention after its display ended."""
    end = display_end(item, act_class, decided_on, valid_to)
    if end is None:
        return None
    try:
        return add_months(end, item.retention.period.months)
    except ValueError:  # beyond the calendar: a validity without end
        return date.max
