"""An office head's day in a browser: somebody new is appointed, a mandate granted by one and approved by another."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from chengxin.foundation import clock
from chengxin.foundation.models import Account
from chengxin.offices import facade as offices
from chengxin.offices.terms import Role, Standing, Tier
from tests.journeys.browser import DESK_PLAIN_EN, PHONE, Look, OpenPage, check_page, shot
from tests.making import heads, make_city, make_official, make_organisation, official_of

EACH = pytest.mark.parametrize("look", [PHONE, DESK_PLAIN_EN], ids=lambda look: look.name)


@pytest.fixture(scope="module")
def two(city: None) -> tuple[Account, Account]:
    """The accounts of two heads, and a small city below them."""
    make_city(at=clock.now())
    district = make_organisation(tier=Tier.DISTRICT, kind="government", name="云川市河东区信用办", at=clock.now())
    supplier = make_organisation(name="云川市市场监督管理局", at=clock.now())
    make_organisation(parent=district, kind="labour", name="云川市河东区人力资源和社会保障局", at=clock.now())
    for role in (Role.CLERK, Role.SUPERVISOR_CLERK):
        make_official(role=role, organisation=supplier, at=clock.now())
    first, second = heads(at=clock.now())
    return official_of(first).account, official_of(second).account


@EACH
def test_every_page_of_a_head_stops_nobody(open_page: OpenPage, two: tuple[Account, Account], look: Look) -> None:
    page = open_page(look, two[0])
    held = official_of(make_official(role=Role.CLERK, at=clock.now()))
    mandate = offices.mandates_of(heads(at=clock.now())[0], held.id, clock.now())[0]
    for address in (
        "/officials/",
        "/officials/appoint/",
        f"/officials/{held.uid}/",
        f"/officials/{held.uid}/grant/",
        f"/officials/{held.uid}/dismiss/",
        f"/officials/{held.uid}/mandates/{mandate.uid}/suspend/",
        "/organisations/",
        "/organisations/register/",
        "/permissions/",
        "/permissions/?role=clerk",
    ):
        page.goto(address)
        check_page(page)
        shot(page, "office-" + re.sub(r"[0-9a-f-]{36}", "uid", address).strip("/").replace("/", "-").replace("?", "-"))


@EACH
def test_somebody_new_is_appointed_granted_and_approved(
    open_page: OpenPage, two: tuple[Account, Account], look: Look
) -> None:
    page = open_page(look, two[0])
    page.goto("/officials/")
    page.locator('a[href="/officials/appoint/"]').click()
    page.locator("main form button").click()
    check_page(page)
    shot(page, "office-appoint-wrong")
    assert page.locator("#mistakes a").count() == 3
    page.fill("#id_name", "上官小舟")
    page.fill("#id_login", f"shangguan.{look.name}")
    page.fill("#id_reason", "新到岗")
    page.select_option("#id_organisation", index=1)
    page.locator("main form button").click()
    check_page(page)
    shot(page, "office-appointed")
    assert page.locator(".secret").inner_text()
    page.locator(".actions a.button").click()
    page.locator('input[value="clerk"]').check()
    page.fill("#id_reason", "负责报送")
    page.locator("main form button").click()
    check_page(page)
    uid = page.url.rstrip("/").rsplit("/", 1)[1]
    other = open_page(look, two[1])
    other.goto(f"/officials/{uid}/")
    other.locator('a[href$="/approve/"]').click()
    check_page(other)
    other.fill("#id_reason", "同意")
    other.locator("main form button").click()
    check_page(other)
    shot(other, "office-official-approved")
    held = offices.official_for(heads(at=clock.now())[1], UUID(uid), clock.now())
    standings = [one.standing for one in offices.mandates_of(heads(at=clock.now())[1], held.id, clock.now())]
    assert standings == [Standing.IN_FORCE]
