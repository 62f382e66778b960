"""What is owed and when: periods by the calendar, terms by working days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from chengxin.catalogue.terms import Claim, Cycle, Duty
from chengxin.catalogue.terms import Mark as ClaimMark
from chengxin.collection.rules.duties import late_before, period_of, periods_ended
from chengxin.kernel.clocks import Length, Unit, ends_on
from chengxin.kernel.days import shipped_holidays

HOLIDAYS = shipped_holidays()


def duty(cycle: Cycle, working_days: int = 7) -> Duty:
    return Duty(cycle, working_days, Claim("own", ClaimMark.OWN))


@pytest.mark.parametrize(
    ("cycle", "first", "last"),
    [
        (Cycle.WEEKLY, date(2026, 3, 2), date(2026, 3, 8)),
        (Cycle.MONTHLY, date(2026, 3, 1), date(2026, 3, 31)),
        (Cycle.ON_DECISION, date(2026, 3, 1), date(2026, 3, 31)),
        (Cycle.QUARTERLY, date(2026, 1, 1), date(2026, 3, 31)),
        (Cycle.YEARLY, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_period_of_a_day(cycle: Cycle, first: date, last: date):
    period = period_of(duty(cycle), date(2026, 3, 4), HOLIDAYS)
    assert (period.period_from, period.period_to) == (first, last)
    assert period.due_on > last


def test_a_month_is_due_seven_working_days_after_it():
    assert period_of(duty(Cycle.MONTHLY), date(2026, 3, 4), HOLIDAYS).due_on == date(2026, 4, 10)


@pytest.mark.parametrize("cycle", [*Cycle])
def test_periods_follow_each_other_without_a_gap(cycle: Cycle):
    found = periods_ended(duty(cycle), date(2025, 1, 15), date(2026, 6, 1), HOLIDAYS)
    assert found[0].period_from <= date(2025, 1, 15) <= found[0].period_to
    assert found[-1].period_to < date(2026, 6, 1)
    for before, after in pairwise(found):
        assert after.period_from == before.period_to + timedelta(days=1)


@pytest.mark.parametrize("received", [date(2026, 1, 5) + timedelta(days=n) for n in range(0, 350, 7)])
def test_a_row_is_late_exactly_when_its_term_had_run_out(received: date):
    owed = duty(Cycle.ON_DECISION)
    edge = late_before(owed, received, HOLIDAYS)
    assert edge is not None
    term = Length(owed.working_days, Unit.WORKING_DAYS)
    assert ends_on(edge, term, HOLIDAYS, "office").day >= received
    assert ends_on(edge - timedelta(days=1), term, HOLIDAYS, "office").day < received


def test_no_row_is_late_where_periods_are_owed():
    assert late_before(duty(Cycle.MONTHLY), date(2026, 3, 2), HOLIDAYS) is None
