"""What a supplier owes: the periods of an item's cycle, and the day on which each is due.

Working days are counted on the supplier's side as an office's, never later than told (F15).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chengxin.catalogue.terms import Cycle, Duty
from chengxin.kernel.clocks import Length, Unit, add_months, ends_on
from chengxin.kernel.days import Holidays

_DAY = timedelta(days=1)
_MONTHS = {Cycle.MONTHLY: 1, Cycle.QUARTERLY: 3, Cycle.YEARLY: 12, Cycle.ON_DECISION: 1}


@dataclass(frozen=True, slots=True)
class DutyPeriod:
    """One period of a duty, both ends included, and the last day on which its report is in time."""

    period_from: date
    period_to: date
    due_on: date


def period_of(duty: Duty, day: date, holidays: Holidays) -> DutyPeriod:
    """The period that a day lies in. An item owed at each decision is reported on by the calendar month."""
    if duty.cycle is Cycle.WEEKLY:
        first = day - timedelta(days=day.weekday())
        after = first + timedelta(days=7)
    else:
        months = _MONTHS[duty.cycle]
        first = date(day.year, (day.month - 1) // months * months + 1, 1)
        after = add_months(first, months)
    last = after - _DAY
    return DutyPeriod(first, last, _due(last, duty, holidays))


def periods_ended(duty: Duty, since: date, today: date, holidays: Holidays) -> list[DutyPeriod]:
    """The periods that began on or after ``since`` or hold it, and ended before today; the oldest first."""
    found: list[DutyPeriod] = []
    period = period_of(duty, since, holidays)
    while period.period_to < today:
        found.append(period)
        period = period_of(duty, period.period_to + _DAY, holidays)
    return found


def late_before(duty: Duty, received_on: date, holidays: Holidays) -> date | None:
    """For an item owed at each decision: rows decided before this day come late. None where whole periods are owed.

    The first day whose term has not run out when the file was received.
    """
    if duty.cycle is not Cycle.ON_DECISION:
        return None
    day = received_on
    # weekends and the longest holiday of the year fit into the days on top
    for back in range(duty.working_days * 3 + 21):
        candidate = received_on - timedelta(days=back)
        if _due(candidate, duty, holidays) < received_on:
            break
        day = candidate
    return day


def _due(start: date, duty: Duty, holidays: Holidays) -> date:
    if not duty.working_days:
        return start
    return ends_on(start, Length(duty.working_days, Unit.WORKING_DAYS), holidays, "office").day
