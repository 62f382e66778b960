"""Charter 6, attacked: what anybody can open, its addresses and its masks."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client

from chengxin.catalogue.rules.checking import PUBLICATION_CLAUSES
from chengxin.catalogue.rules.merging import Dated, merge
from chengxin.catalogue.terms import Publication
from chengxin.doors.entrance import Who
from chengxin.foundation import clock
from chengxin.foundation.database import as_person
from chengxin.kernel.masks import mask_name, mask_number
from chengxin.records import facade as records
from chengxin.records.terms import Audience
from tests.charter.attempts import told_in
from tests.charter.people import Target, make_target, pages_of
from tests.charter.routes import Route, routes
from tests.entries import give_entry
from tests.people import NOW, make_person
from tests.rooms.collection.making import Supplier, make_supplier
from tests.rules.catalogue.files import edition
from tests.sources import confirm_name

PUBLIC = [route for route in routes() if route.entrance.who in {Who.PUBLIC, Who.SIGNED_IN}]
ITEMS = merge(Dated(edition("national")), Dated(edition("yunchuan"))).items
VALUES: dict[str, object] = {
    "language": "en", "size": "large", "code": "penalty", "provider_id": "city", "pk": 1, "format": "csv", "form": "csv",
    "item": "penalty", "uid": uuid.uuid4(), "ending": "csv",
    "leaves": 0, "old": 1, "new": 2, "height": 0, "place": "000.p/1",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def supplier(city: None) -> Iterator[Supplier]:
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture(scope="module")
def target(supplier: Supplier) -> Target:
    return make_target(supplier, 1)


# ---- nothing is public but what a law orders -----------------------------------------------------------------------


@pytest.mark.parametrize("code", ITEMS)
def test_an_item_is_published_where_its_own_law_orders_it_and_nowhere_else(code: str) -> None:
    item = ITEMS[code]
    someone, office = make_person(), uuid.uuid4()
    confirm_name(someone, office)
    for act_class in (1, 2, 3) if item.is_adverse else (0,):
        give_entry(
            someone, item=code, nature={"adverse": 2, "good": 1, "neutral": 0}[item.nature.value], act_class=act_class,
            supplier=office, decided_on=date(2026, 3, 10), served_on=date(2026, 3, 10), final_on=date(2026, 5, 20),
            display_until=date(2026, 6, 10),
        )  # fmt: skip
    with as_person(someone.person_id):
        shown = records.entries_for(someone.person_id, Audience.PUBLIC, at=NOW)
    if item.publication is Publication.NONE or not item.is_open:
        assert shown == []
    else:
        assert item.publication_basis in PUBLICATION_CLAUSES
        assert shown
        assert {entry.act_class >= item.publication_from for entry in shown} == {True}
    with as_person(someone.person_id):
        assert not records.entries_for(someone.person_id, Audience.PUBLIC, at=NOW + timedelta(days=9))


@pytest.mark.parametrize("route", PUBLIC, ids=str)
def test_nobody_sees_anything_of_a_person_without_being_them(route: Route, target: Target) -> None:
    for client in (Client(), Client(headers={"Accept": "application/json"})):
        answer = client.get(route.address(VALUES))
        content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
        assert not target.told_by(bytes(content).decode("utf-8", "ignore")), route.pattern


# ---- addresses -----------------------------------------------------------------------------------------------------

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)


def test_no_address_tells_who_and_no_internal_identifier_leaves_the_house(target: Target) -> None:
    """Public identifiers are random: one that tells its time is internal, one that is the person's is never shown (F2)."""
    seen = 0
    for place, page in pages_of(target):
        told = page.content.decode() + str(page.headers)
        links = re.findall(r"(?:href|action|src)=\"([^\"]*)\"", told)
        for link in links:
            assert not told_in(link, target.secrets), (place, link)
            # a random identifier may hold nine digits in a row, and says nothing by them
            assert not re.search(r"[0-9]{8,}[0-9Xx]|[\u4e00-\u9fff]|@", _UUID.sub("", link)), (place, link)
        for found in _UUID.finditer(told):
            seen += 1
            assert found[1] == "4", (place, found[0])
        assert str(target.person_id) not in told
    assert seen > 20


def test_what_a_person_opened_is_kept_by_no_cache_and_told_to_no_other_site(target: Target) -> None:
    for place, page in pages_of(target):
        if place == "my/record/download/":
            assert page.headers["Content-Disposition"].startswith("attachment")
        assert page.headers["Cache-Control"] == "no-store, private", place
        assert page.headers["Referrer-Policy"] == "same-origin", place
        assert page.headers["X-Frame-Options"] == "DENY", place
        assert "default-src 'self'" in page.headers["Content-Security-Policy"], place
        assert "http" not in page.headers["Content-Security-Policy"], place


# ---- masks ---------------------------------------------------------------------------------------------------------


def test_masked_is_not_guessable() -> None:
    number = "000101199001011234"
    assert mask_number(number).count("*") == len(number) - 2
    assert mask_name("欧阳长风") == "欧阳**"
    assert mask_name("张三") == "张*"
