"""A bank asks, and a person decides on a phone: what exactly, for how long, no as near as yes, and back with one tap."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from chengxin.access import facade as access
from chengxin.access.terms.asking import Asker
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.offices.terms import OrganisationView
from tests.journeys.browser import PHONE, PHONE_EN, PHONE_PLAIN, Look, OpenPage, check_page
from tests.making import WHY, make_organisation
from tests.people import NOW
from tests.residents import (
    Resident,
    found_city_with_catalogue,
    give_licence,
    give_penalty,
    make_resident,
    make_supplier,
)


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


def asked(bureau: OrganisationView) -> Resident:
    """Somebody with a penalty and a licence, whom a bank asks."""
    resident = make_resident()
    give_penalty(resident, bureau)
    give_licence(resident, bureau)
    bank = make_organisation(kind="bank", name="云川市商业银行", at=NOW)
    access.ask_consent(
        actor=Actor(kind="client", organisation_id=bank.id, role="asker", client_id=uuid4()),
        asker=Asker(bank.id, bank.org_code, bank.kind, True, False, False, True, None, None),
        kind="01",
        number=resident.someone.number,
        name=resident.someone.name,
        purpose="credit_on_consent",
        scope=None,
        at=NOW,
        reason=WHY,
    )
    return resident


@pytest.mark.parametrize("look", [PHONE_PLAIN, PHONE_EN], ids=lambda look: look.name)
def test_she_agrees_to_one_thing_and_takes_it_back(open_page: OpenPage, bureau: OrganisationView, look: Look) -> None:
    resident = asked(bureau)
    page = open_page(look, resident.account)
    page.goto("/my/consents/")
    check_page(page)
    page.locator("main ul.tasks a").click()
    check_page(page)
    assert page.locator("main input:checked").count() == 0, "nothing is chosen beforehand"
    agree = page.locator("main form").first.locator("button")
    agree.click()
    expect(page.locator("#mistakes")).to_be_visible()
    check_page(page)
    page.locator('main input[value="licence"]').check()
    page.locator('main input[value="once"]').check()
    agree.click()
    check_page(page)
    assert page.locator("main section.card").count() == 1
    page.locator("main section.card button").click()
    check_page(page)
    assert page.locator("main section.card").count() == 0
    page.locator("main details summary").click()
    page.locator("main details a").click()
    check_page(page)


def test_he_says_no_with_one_tap(open_page: OpenPage, bureau: OrganisationView) -> None:
    resident = asked(bureau)
    page = open_page(PHONE, resident.account)
    page.goto("/my/letters/")
    page.get_by_role("link", name="有单位请您同意查看您的记录").click()
    check_page(page)
    page.get_by_role("link", name="我的同意").first.click()
    page.locator("main ul.tasks a").click()
    page.get_by_role("button", name="不同意").click()
    check_page(page)
    expect(page.locator("body")).to_contain_text("已经不同意")
