"""A city edition can only narrow; what holds is never wider than the national edition, whatever comes later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.catalogue.rules.differing import differences, item_differences
from chengxin.catalogue.rules.merging import Dated, merge, merged_on, segments
from chengxin.catalogue.rules.narrow import apply_narrowing, narrowest, widened
from chengxin.catalogue.terms import (
    ActClass,
    ChangeKind,
    DisplayPeriod,
    Item,
    ItemStatus,
    Narrowing,
    Period,
    Publication,
    Retention,
    Sharing,
    Supplier,
    SupplierKind,
    Unit,
)
from tests.rules.catalogue.files import edition

NATIONAL, CITY = edition("national"), edition("yunchuan")
CLAIM = NATIONAL.items["penalty"].claim
_months = st.integers(1, 60).map(lambda n: Period(n, Unit.MONTH))
_codes = [spec.code for spec in NATIONAL.items["penalty_tourism"].fields]
_kinds = st.sampled_from([Supplier(kind=kind) for kind in (SupplierKind.CULTURE_TOURISM, SupplierKind.TAX)])
narrowings = st.builds(
    Narrowing,
    item=st.just("penalty_tourism"),
    display=st.none()
    | st.dictionaries(
        st.sampled_from([ActClass.MINOR, ActClass.GENERAL, ActClass.SERIOUS]),
        st.builds(DisplayPeriod, st.none() | _months, _months, st.just(CLAIM)),
        min_size=1,
    ),
    retention=st.none() | st.builds(Retention, _months, st.just(CLAIM)),
    suppliers=st.none() | st.lists(_kinds, min_size=1, unique=True).map(tuple),
    fields_dropped=st.lists(st.sampled_from(_codes), max_size=3, unique=True).map(tuple),
    sharing=st.none() | st.sampled_from(Sharing),
    publication=st.none() | st.sampled_from(Publication),
    minimum_age=st.none() | st.integers(0, 60),
    optout=st.none() | st.booleans(),
    status=st.none() | st.sampled_from(ItemStatus),
)
upper_items = st.sampled_from(["penalty_tourism", "penalty", "penalty_film"]).map(lambda code: NATIONAL.items[code])


@settings(max_examples=150, deadline=None)
@given(narrowings)
def test_what_is_cut_back_is_never_wider(narrowing: Narrowing) -> None:
    upper = NATIONAL.items["penalty_tourism"]
    lower = apply_narrowing(upper, narrowing)
    cut = narrowest(upper, lower)
    assert widened(upper, cut) == ()
    if not widened(upper, lower):
        assert widened(lower, cut) == ()
        assert widened(cut, lower) == ()


@pytest.mark.parametrize("code", NATIONAL.items)
def test_nothing_is_wider_than_itself(code: str) -> None:
    item = NATIONAL.items[code]
    assert widened(item, item) == ()
    assert widened(item, narrowest(item, item)) == ()


WIDER = {
    "display/general": lambda i: replace(i, display={**i.display, ActClass.GENERAL: _period(13)}),
    "display/minor": lambda i: replace(i, display={**i.display, ActClass.MINOR: _period(None)}),
    "display/serious": lambda i: replace(i, display={**i.display, ActClass.SERIOUS: _period(36, 13)}),
    "display/none": lambda i: replace(i, display={**i.display, ActClass.NONE: _period(1)}),
    "retention": lambda i: replace(i, retention=Retention(Period(3, Unit.YEAR), CLAIM)),
    "suppliers": lambda i: replace(i, suppliers=(*i.suppliers, Supplier(kind=SupplierKind.COURT))),
    "fields": lambda i: replace(i, fields=(*i.fields, NATIONAL.items["licence"].fields[4])),
    "fields_drop": lambda i: replace(i, fields=i.fields[1:]),
    "sharing": lambda i: replace(i, sharing=Sharing.BY_LAW),
    "publication": lambda i: replace(i, publication=Publication.LAW_ORDERS),
    "minimum_age": lambda i: replace(i, minimum_age=17),
    "optout": lambda i: replace(i, optout=False),
    "status": lambda i: replace(i, status=ItemStatus.OPEN),
}


def _period(maximum: int | None, minimum: int | None = None) -> DisplayPeriod:
    return DisplayPeriod(
        None if minimum is None else Period(minimum, Unit.MONTH),
        None if maximum is None else Period(maximum, Unit.MONTH),
        CLAIM,
    )


@pytest.mark.parametrize("attribute", WIDER)
def test_each_attribute_is_watched(attribute: str) -> None:
    upper = replace(NATIONAL.items["penalty"], optout=True, status=ItemStatus.CLOSED)
    assert widened(upper, WIDER[attribute](upper)) == (attribute,)


def test_publication_of_lower_classes_is_wider() -> None:
    upper = NATIONAL.items["penalty_work_safety"]
    assert widened(upper, replace(upper, publication_from=ActClass.GENERAL)) == ("publication_from",)


def test_one_organisation_is_fewer_than_its_kind() -> None:
    upper = NATIONAL.items["penalty"]
    named = replace(upper, suppliers=(Supplier(code="11000000000000000X"),))
    assert widened(upper, named) == ()
    assert widened(named, replace(named, suppliers=(Supplier(code="110000000000000011"),))) == ("suppliers",)
    assert widened(named, upper) == ("suppliers",)


def test_the_merge_narrows_and_fills_slots() -> None:
    merged = merge(Dated(NATIONAL), Dated(CITY))
    assert merged.code == "yunchuan-2026"
    changes = item_differences(NATIONAL.items, merged.items)
    assert {change.kind for change in changes} == {ChangeKind.ADDED, ChangeKind.NARROWED}
    added = {change.item for change in changes if change.kind is ChangeKind.ADDED}
    assert added == {"city_moral_model", "city_honest_citizen", "city_volunteering", "city_commitment"}
    assert merged.items["penalty"].display[ActClass.GENERAL].maximum == Period(9, Unit.MONTH)
    assert "CF_YXQ" not in merged.items["penalty"].by_code
    assert not merged.items["penalty_coal_safety"].is_open
    assert "penalty_coal_safety" not in merged.open_items


def test_an_older_city_edition_never_widens_a_newer_national_one() -> None:
    penalty = NATIONAL.items["penalty"]
    strict = replace(penalty, display={**penalty.display, ActClass.GENERAL: _period(6)}, minimum_age=21)
    newer = replace(
        NATIONAL, items={"penalty": strict}, slots={k: v for k, v in NATIONAL.slots.items() if k != "local_commitment"}
    )
    merged = merge(Dated(newer), Dated(CITY))
    assert widened(strict, merged.items["penalty"]) == ()
    assert merged.items["penalty"].display[ActClass.GENERAL].maximum == Period(6, Unit.MONTH)
    assert set(merged.items) == {"penalty", "city_moral_model", "city_honest_citizen", "city_volunteering"}


def test_days_and_stretches() -> None:
    second = replace(NATIONAL, code="national-2027", in_force_from=date(2027, 1, 1))
    ended = replace(CITY, in_force_until=date(2027, 6, 1))
    known = [Dated(NATIONAL), Dated(ended), Dated(second)]
    found = [(s.in_force_from, s.in_force_until, s.national.edition.code, s.city is not None) for s in segments(known)]
    assert found == [
        (date(2026, 4, 1), date(2026, 5, 1), NATIONAL.code, False),
        (date(2026, 5, 1), date(2027, 1, 1), NATIONAL.code, True),
        (date(2027, 1, 1), date(2027, 6, 1), "national-2027", True),
        (date(2027, 6, 1), None, "national-2027", False),
    ]
    assert merged_on(known, date(2026, 3, 31)) is None
    for start, _, national, city in found:
        merged = merged_on(known, start)
        assert merged is not None
        assert (merged.national.code, merged.city is not None) == (national, city)


def _words(before: dict[str, Item], after: dict[str, Item]) -> list[tuple[str, str, str]]:
    return [(change.kind.value, change.item, change.attribute) for change in item_differences(before, after)]


def test_what_a_city_changes_is_what_holds_with_it() -> None:
    first = differences(None, CITY, NATIONAL)
    assert {change.kind for change in first} == {ChangeKind.ADDED, ChangeKind.NARROWED}
    looser = dict(CITY.narrowings)
    del looser["penalty_tourism"]
    later = replace(CITY, code="yunchuan-2027", narrowings=looser)
    assert [(change.kind.value, change.item, change.attribute) for change in differences(CITY, later, NATIONAL)] == [
        ("widened", "penalty_tourism", "publication")
    ]
    assert differences(CITY, later) == (), "the city's own items alone say nothing of it"
    assert differences(CITY, CITY, NATIONAL) == ()
    assert differences(None, NATIONAL) == ()


def test_differences_say_which_way_they_go() -> None:
    old = NATIONAL.items["penalty"]
    wide = replace(old, display={**old.display, ActClass.GENERAL: _period(14, 3)}, zh="处罚")
    assert _words({"penalty": old}, {"penalty": wide}) == [
        ("reworded", "penalty", "name"),
        ("widened", "penalty", "display/general"),
    ]
    assert _words({"penalty": wide}, {"penalty": old}) == [
        ("reworded", "penalty", "name"),
        ("narrowed", "penalty", "display/general"),
    ]
    assert _words({"penalty": old}, {}) == [("removed", "penalty", "item")]
    assert _words({}, {"penalty": old}) == [("added", "penalty", "item")]
    assert _words({"penalty": old}, {"penalty": old}) == []
