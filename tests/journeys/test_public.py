"""What everybody may read: the catalogue, an item in plain words, and how the office keeps its promises."""

from __future__ import annotations

import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.foundation import clock
from chengxin.kernel.days import shanghai_day
from tests.doors.in_force import shipped_editions
from tests.journeys.browser import DESK_PLAIN_EN, PHONE, Look, OpenPage, check_page, shot
from tests.making import make_organisation

EACH = pytest.mark.parametrize("look", [PHONE, DESK_PLAIN_EN], ids=lambda look: look.name)


@pytest.fixture(scope="module", autouse=True)
def _in_force(city: None) -> None:
    shipped_editions()
    make_organisation(name="云川市市场监督管理局", at=clock.now())


@EACH
def test_everybody_finds_an_item_and_reads_it(open_page: OpenPage, look: Look) -> None:
    page = open_page(look)
    page.goto("/")
    page.locator('footer a[href="/catalogue/"]').click()
    check_page(page)
    page.fill("#q", "penalty" if look.language == "en" else "处罚")
    page.locator(".search button").click()
    check_page(page)
    shot(page, "public-catalogue-found")
    page.locator('a[href="/catalogue/penalty/"]').click()
    check_page(page)
    assert page.locator("table").count() == 2
    assert page.locator('a[href$="template.xlsx"]').is_visible()
    for code in ("court_defaulter", "volunteer_service", "rail_air_list"):
        page.goto(f"/catalogue/{code}/")
        check_page(page)


@EACH
def test_everybody_sees_how_the_office_keeps_its_promises(open_page: OpenPage, look: Look) -> None:
    page = open_page(look)
    page.goto("/promises/")
    check_page(page)


@EACH
def test_everybody_reads_who_may_ask_and_comes_there_from_an_item(open_page: OpenPage, look: Look) -> None:
    page = open_page(look)
    page.goto("/")
    page.locator('main a[href="/purposes/"]').click()
    check_page(page)
    shot(page, "public-purposes")
    in_force = catalogue.edition_on(shanghai_day(clock.now()))
    headings = {heading.get_attribute("id") for heading in page.locator("h2[id]").all()}
    assert headings >= set(in_force.purposes)
    page.locator('dl.facts a[href="/catalogue/court_defaulter/"]').first.click()
    check_page(page)
    page.locator('main a[href="/purposes/#tender_review"]').click()
    check_page(page)
    assert page.locator("h2#tender_review").is_visible()
