"""From nothing to a national edition, a city's, and the next national one: what holds on each day, in Python and in SQL."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.models import Display
from chengxin.catalogue.terms import EditionFaulty, EditionState, NoEditionInForce
from tests.people import NOW
from tests.rooms.catalogue.making import approve, propose, text_of

TODAY = date(2026, 6, 1)
LATER = NOW + timedelta(hours=1)


def _months(item: str, act_class: int, day: date) -> list[int | None]:
    rows = Display.objects.filter(item_code=item, act_class=act_class, in_force_from__lte=day)
    return [row.max_months for row in rows if row.in_force_until is None or row.in_force_until > day]


def test_from_nothing_to_a_city_edition_and_the_next_national_one() -> None:
    with pytest.raises(NoEditionInForce):
        catalogue.edition_on(TODAY)
    national = propose(text_of("national"))
    assert national.state is EditionState.PROPOSED
    assert (national.in_force_from, national.items) == (TODAY, 60)
    with pytest.raises(NoEditionInForce):
        catalogue.edition_on(TODAY)
    # a city's edition waits for the national one it narrows
    with pytest.raises(EditionFaulty):
        propose(text_of("yunchuan"))
    assert approve(national).state is EditionState.APPROVED
    assert catalogue.edition_on(TODAY).code == "national-2026-unofficial"
    assert _months("penalty", 2, TODAY) == [12]
    assert _months("licence", 0, TODAY) == [None]

    start = TODAY + timedelta(days=30)
    city = approve(propose(text_of("yunchuan"), start=start, at=LATER), at=LATER)
    assert catalogue.edition_on(TODAY).city is None
    merged = catalogue.edition_on(start)
    assert (merged.code, merged.uid) == ("yunchuan-2026", city.uid)
    assert merged.items["penalty"].display[2].maximum is not None
    # the ledger's SQL sees the same, each day once, and closed items not at all
    assert (_months("penalty", 2, start - timedelta(days=1)), _months("penalty", 2, start)) == ([12], [9])
    assert _months("city_moral_model", 0, start) == [36]
    assert _months("city_moral_model", 0, TODAY) == []
    assert _months("penalty_coal_safety", 1, TODAY) == [3]
    assert _months("penalty_coal_safety", 1, start) == []
    assert _months("tax_compliance", 1, TODAY) == []

    assert catalogue.item("penalty", TODAY) is not None
    assert catalogue.item("nothing", TODAY) is None
    film = {item.code for item in catalogue.items_supplied_by("X", "film", start)}
    assert film == {"penalty_film"}
    tourism = {item.code for item in catalogue.items_supplied_by("X", "culture_tourism", start)}
    assert "penalty_film" not in tourism
    assert "penalty_tourism" in tourism
    assert catalogue.items_supplied_by("X", "coal_safety", start) == ()

    # a later national edition, stricter: days before stay as they were, the city's narrowing goes on
    text = text_of("national").replace("code: national-2026-unofficial", "code: national-2027")
    text = text.replace("general: {min: 3m, max: 1y, source: o36", "general: {min: 3m, max: 6m, source: o36")
    next_start = start + timedelta(days=200)
    approve(propose(text, start=next_start, at=LATER + timedelta(hours=1)), at=LATER + timedelta(hours=1))
    assert (_months("penalty", 2, start), _months("penalty", 2, next_start)) == ([9], [6])
    assert catalogue.edition_on(next_start).city is not None
    assert catalogue.edition_on(next_start).items["penalty"].display[2].maximum is not None
    assert [view.code for view in catalogue.editions()] == [
        "national-2027",
        "yunchuan-2026",
        "national-2026-unofficial",
    ]
