"""Display, repair and retention end on computed days, whatever the file says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.catalogue.rules.checking_periods import CEILINGS
from chengxin.catalogue.rules.display import display_end, repair_from, retain_until
from chengxin.catalogue.terms import ActClass
from chengxin.kernel.clocks import add_months
from tests.rules.catalogue.files import edition

NATIONAL = edition("national")
DECIDED = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("code", "cls", "decided", "valid_to", "end"),
    [
        ("penalty", ActClass.MINOR, DECIDED, None, date(2026, 6, 2)),
        ("penalty", ActClass.GENERAL, DECIDED, None, date(2027, 3, 2)),
        ("penalty", ActClass.SERIOUS, DECIDED, None, date(2029, 3, 2)),
        ("penalty", ActClass.MINOR, date(2026, 11, 30), None, date(2027, 2, 28)),
        ("penalty", ActClass.SERIOUS, DECIDED, date(2099, 12, 31), date(2029, 3, 2)),
        ("court_defaulter", ActClass.SERIOUS, DECIDED, None, date(2029, 3, 2)),
        ("licence", ActClass.NONE, DECIDED, date(2027, 1, 1), date(2027, 1, 2)),
        ("licence", ActClass.NONE, DECIDED, date(2099, 12, 31), date(2100, 1, 1)),
        ("licence", ActClass.NONE, DECIDED, date.max, date.max),
        ("licence", ActClass.NONE, DECIDED, None, None),
        ("self_provided", ActClass.NONE, DECIDED, date(2026, 4, 1), date(2026, 4, 2)),
        ("self_provided", ActClass.NONE, DECIDED, date(2030, 1, 1), date(2027, 3, 2)),
        ("honour_state", ActClass.NONE, DECIDED, None, date(2031, 3, 2)),
    ],
)
def test_first_day_no_longer_shown(
    code: str, cls: ActClass, decided: date, valid_to: date | None, end: date | None
) -> None:
    assert display_end(NATIONAL.items[code], cls, decided, valid_to) == end


def test_a_class_the_item_does_not_have() -> None:
    with pytest.raises(KeyError):
        display_end(NATIONAL.items["court_defaulter"], ActClass.MINOR, DECIDED)


@pytest.mark.parametrize(
    ("code", "cls", "day"),
    [
        ("penalty", ActClass.MINOR, DECIDED),
        ("penalty", ActClass.GENERAL, date(2026, 6, 2)),
        ("penalty", ActClass.SERIOUS, date(2027, 3, 2)),
        ("wage_arrears_list", ActClass.SERIOUS, date(2026, 9, 2)),
    ],
)
def test_earliest_repair(code: str, cls: ActClass, day: date) -> None:
    assert repair_from(NATIONAL.items[code], cls, DECIDED) == day


def test_retention_follows_display() -> None:
    penalty = NATIONAL.items["penalty"]
    assert retain_until(penalty, ActClass.SERIOUS, DECIDED) == date(2031, 3, 2)
    assert retain_until(penalty, ActClass.MINOR, DECIDED) == date(2028, 6, 2)
    licence = NATIONAL.items["licence"]
    assert retain_until(licence, ActClass.NONE, DECIDED, None) is None
    assert retain_until(licence, ActClass.NONE, DECIDED, date.max) == date.max


@given(
    st.sampled_from([item for item in NATIONAL.items.values() if item.is_adverse]),
    st.sampled_from(sorted(CEILINGS)),
    st.dates(date(2015, 1, 1), date(2090, 1, 1)),
    st.dates(date(2015, 1, 1)),
)
def test_no_adverse_entry_outlasts_its_ceiling(item: object, cls: ActClass, decided: date, valid_to: date) -> None:
    from chengxin.catalogue.terms import Item

    assert isinstance(item, Item)
    if cls not in item.display:
        return
    end = display_end(item, cls, decided, valid_to)
    kept = retain_until(item, cls, decided, valid_to)
    assert end is not None
    assert kept is not None
    assert decided < end <= add_months(decided, CEILINGS[cls])
    assert repair_from(item, cls, decided) <= end
    assert end < kept <= add_months(decided, 60) + timedelta(days=3)
