"""Catalogue keepers and operators in a browser: an edition checked, proposed and approved; stuck work seen and mended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from chengxin.foundation import clock, keystore
from chengxin.foundation.models import Account
from chengxin.offices.terms import Role
from tests.journeys.browser import DESK_PLAIN_EN, PHONE, Look, OpenPage, check_page, shot
from tests.making import make_official, official_of
from tests.people import NOW
from tests.rooms.catalogue.making import text_of
from tests.rooms.collection.making import make_decision, make_supplier, receive, work_waiting

EACH = pytest.mark.parametrize("look", [PHONE, DESK_PLAIN_EN], ids=lambda look: look.name)


@pytest.fixture(scope="module", autouse=True)
def _clock_stands_still(city: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield


def account(role: Role) -> Account:
    return official_of(make_official(role=role, at=NOW)).account


def _paste(page: Page, edition: str) -> None:
    """As one paste: the browser lays a whole edition out anew for each of the keys that `fill` presses."""
    page.locator("#id_content").evaluate("(box, text) => { box.value = text }", edition)


@EACH
def test_an_edition_is_checked_proposed_and_approved(open_page: OpenPage, look: Look) -> None:
    make_supplier()
    national = text_of("national").replace("code: national-2026-unofficial", f"code: national-{look.name}", 1)
    national = national.replace("general: {min: 3m, max: 1y,", "general: {min: 3m, max: 6m,", 1)
    page = open_page(look, account(Role.CATALOGUE_KEEPER))
    page.goto("/editions/")
    check_page(page)
    shot(page, "keeper-editions")
    page.locator("main .actions a.button").click()
    check_page(page)
    shot(page, "keeper-check")
    _paste(page, national.replace("zh: 姓名", "zh: 指纹", 1))
    page.locator("main form button").click()
    check_page(page)
    shot(page, "keeper-faults")
    _paste(page, national)
    page.locator("main form button").last.click()
    check_page(page)
    shot(page, "keeper-good")
    page.fill("#id_reason", "年度更新")
    page.locator('form[action="/editions/propose/"] button').click()
    check_page(page)
    shot(page, "keeper-proposed")
    address = page.url
    other = open_page(look, account(Role.CATALOGUE_APPROVER))
    other.goto(address)
    other.locator('main a[href$="/approve/"]').click()
    check_page(other)
    shot(other, "keeper-approve")
    other.fill("#id_reason", "同意")
    other.locator("main form button").click()
    check_page(other)
    other.locator('main a[href*="/sources/"]').first.click()
    check_page(other)
    shot(other, "keeper-source")


@EACH
def test_stuck_work_is_seen_and_mended(open_page: OpenPage, look: Look) -> None:
    supplier = make_supplier()
    batch = receive(supplier, [make_decision(supplier)])
    keystore.destroy("file", batch.id)
    work_waiting()
    page = open_page(look, account(Role.OPERATOR))
    page.goto("/health/")
    check_page(page)
    shot(page, "operator-health")
    page.locator('main a[href="/work/"]').click()
    check_page(page)
    shot(page, "operator-work")
    page.locator(f'main a[href="/work/batches/{batch.uid}/cancel/"]').click()
    check_page(page)
    shot(page, "operator-cancel")
    page.fill("#id_reason", "文件找不回来")
    page.locator("main form button").click()
    check_page(page)
    clerk = open_page(look, official_of(supplier.clerk).account)
    clerk.goto(f"/batches/{batch.uid}/")
    check_page(clerk)


@EACH
def test_an_auditor_reads_the_journal(open_page: OpenPage, look: Look) -> None:
    make_supplier()
    page = open_page(look, account(Role.AUDITOR))
    page.goto("/journal/")
    check_page(page)
    shot(page, "auditor-journal")
    assert page.locator("main").get_by_role("link").count() > 0


@EACH
def test_a_case_officer_sees_what_waits_to_be_posted(open_page: OpenPage, look: Look) -> None:
    page = open_page(look, account(Role.CASE_OFFICER))
    page.goto("/letters/")
    check_page(page)
    shot(page, "cases-letters")
