"""Officers in a browser: the next held row, opened and decided; the counter's code; erasing, with two people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from chengxin.foundation import clock
from chengxin.foundation.models import Account
from chengxin.offices.terms import Role
from tests.journeys.browser import DESK_PLAIN_EN, PHONE, Look, OpenPage, check_page, shot
from tests.making import make_official, official_of
from tests.people import NOW, invented_identity, make_person
from tests.rooms.collection.making import Supplier, hand_in, make_decision, make_supplier

EACH = pytest.mark.parametrize("look", [PHONE, DESK_PLAIN_EN], ids=lambda look: look.name)


@pytest.fixture(scope="module", autouse=True)
def _clock_stands_still(city: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield


@pytest.fixture(scope="module")
def supplier(_clock_stands_still: None) -> Supplier:
    return make_supplier()


def account(role: Role) -> Account:
    return official_of(make_official(role=role, at=NOW)).account


@EACH
def test_a_held_row_is_opened_and_decided(open_page: OpenPage, supplier: Supplier, look: Look) -> None:
    first = make_decision(supplier)
    hand_in(supplier, first, make_decision(supplier, law="《云外省某某办法》第三条"))
    hand_in(supplier, make_decision(supplier, document=first.document))
    page = open_page(look, account(Role.IDENTITY_OFFICER))
    page.goto("/quarantine/")
    check_page(page)
    shot(page, "officer-inbox")
    page.locator("main .card a.button").click()
    check_page(page)
    shot(page, "officer-closed")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "officer-opened")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "officer-undecided")
    assert page.locator("#mistakes a").count() == 2
    page.locator('input[value="send_back"]').check()
    page.fill("#id_reason", "与决定书不一致")
    page.locator("main form button").click()
    check_page(page)
    expect(page.locator(".notice[role=status]").first).to_be_visible()


@EACH
def test_a_code_is_made_at_the_counter(open_page: OpenPage, supplier: Supplier, look: Look) -> None:
    page = open_page(look, account(Role.IDENTITY_OFFICER))
    page.goto("/counter/")
    check_page(page)
    page.locator("main form button").click()
    check_page(page)
    shot(page, "officer-counter-wrong")
    number, name = invented_identity()
    page.locator('input[value="01"]').check()
    page.fill("#id_number", number)
    page.fill("#id_name", name)
    page.fill("#id_reason", "本人持原件到窗口")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "officer-code")
    expect(page.locator(".secret")).to_be_visible()
    page.emulate_media(media="print")
    shot(page, "officer-code-print")
    page.emulate_media(media="screen")
    for address in ("/counter/mandates/", "/counter/mandates/end/"):
        page.goto(address)
        check_page(page)
        page.locator("main form button").click()
        check_page(page)
        assert page.locator("#mistakes a").count() > 0


@EACH
def test_erasures_are_a_list_without_names(open_page: OpenPage, supplier: Supplier, look: Look) -> None:
    gone = make_person()
    first = open_page(look, account(Role.ERASURE_OFFICER))
    first.goto("/erasures/ask/")
    check_page(first)
    first.locator('input[value="01"]').check()
    first.fill("#id_number", gone.number)
    first.fill("#id_reason", "本人书面申请")
    shot(first, "officer-erasure-ask")
    first.locator("main form button").click()
    check_page(first)
    second = open_page(look, account(Role.ERASURE_OFFICER))
    second.goto("/erasures/")
    check_page(second)
    shot(second, "officer-erasures")
    second.locator('main a[href$="/approve/"]').last.click()
    check_page(second)
    shot(second, "officer-erasure-approve")
    second.fill("#id_reason", "核对无误")
    second.locator("main form button").click()
    check_page(second)
    shot(second, "officer-erased")
