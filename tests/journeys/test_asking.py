"""Those who ask, in a browser: a head makes an inquirer fit and registers a machine; a supervisor stops one; they reply."""

from __future__ import annotations

import pytest

from chengxin.foundation import clock
from chengxin.kernel.decisions import ALLOWED
from chengxin.offices import facade as offices
from chengxin.offices.terms import ClientStanding, OrganisationView, Permission, Role
from tests.journeys.browser import DESK_PLAIN_EN, PHONE, Look, OpenPage, check_page, shot
from tests.making import heads, make_asker, make_client, make_inquirer, make_official, official_of
from tests.people import invented_identity

EACH = pytest.mark.parametrize("look", [PHONE, DESK_PLAIN_EN], ids=lambda look: look.name)


@pytest.fixture(scope="module")
def bank(city: None) -> OrganisationView:
    return make_asker(name="云川诚安银行", at=clock.now())


@EACH
def test_a_head_makes_an_inquirer_fit_and_registers_a_machine(
    open_page: OpenPage, bank: OrganisationView, look: Look
) -> None:
    first, second = heads(at=clock.now())
    page = open_page(look, official_of(first).account)
    inquirer = make_official(role=Role.INQUIRER, organisation=bank, at=clock.now())
    official = official_of(inquirer)
    page.goto(f"/officials/{official.uid}/")
    check_page(page)
    page.locator('a[href$="/training/"]').click()
    check_page(page)
    shot(page, "asking-training")
    page.fill("#id_course", "查询业务与个人信息保护")
    page.fill("#id_reason", "看过结业证明")
    page.locator("main form button").click()
    page.locator('a[href$="/document/"]').click()
    page.locator("main form button").click()
    check_page(page)
    shot(page, "asking-document-wrong")
    page.locator('input[name="kind"][value="01"]').check()
    page.fill("#id_number", invented_identity()[0])
    page.fill("#id_reason", "当面核对过原件")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "asking-official")
    standing = offices.asker_standing(inquirer, clock.now())
    assert standing.own_document is not None
    assert standing.trained_until is not None

    page.goto("/clients/")
    check_page(page)
    page.locator('a[href="/clients/propose/"]').click()
    page.locator("main form button").click()
    check_page(page)
    shot(page, "asking-client-wrong")
    page.select_option("#id_organisation", value=str(bank.uid))
    page.fill("#id_name", f"信贷系统 {look.name}")
    page.locator("#id_may_ask").check()
    page.fill("#id_reason", "接入")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "asking-client-proposed")
    other = open_page(look, official_of(second).account)
    other.goto(page.url)
    other.locator('a[href="approve/"]').click()
    check_page(other)
    other.fill("#id_reason", "同意")
    other.locator("main form button").click()
    check_page(other)
    shot(other, "asking-client")
    other.locator('a[href$="/secret/"]').click()
    check_page(other)
    other.fill("#id_reason", "首次发放")
    other.locator("main form button").click()
    check_page(other)
    shot(other, "asking-client-secret")
    assert other.locator("main code.secret").inner_text()
    other.goto("/clients/")
    check_page(other)
    shot(other, "asking-clients")
    made = next(one for one in offices.clients_of(first, bank.id, clock.now()) if one.name.endswith(look.name))
    assert made.standing is ClientStanding.IN_FORCE


@EACH
def test_an_inquirer_is_stopped_replies_and_is_let_go_on(
    open_page: OpenPage, bank: OrganisationView, look: Look
) -> None:
    stopped = make_inquirer(organisation=bank, at=clock.now())
    make_client(organisation=bank, at=clock.now())
    one, another = (make_official(role=Role.ACCESS_SUPERVISOR, at=clock.now()) for _ in range(2))

    page = open_page(look, official_of(one).account)
    page.goto("/suspensions/")
    check_page(page)
    page.locator(f'a[href="/suspensions/of/{bank.uid}/"]').click()
    page.locator("main form button").click()
    check_page(page)
    shot(page, "asking-suspend-wrong")
    page.locator(f'input[value="official:{official_of(stopped).uid}"]').check()
    page.fill("#id_notice", "三天内查询四十次，没有在办事项。")
    page.fill("#id_reason", "核查发现")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "asking-suspensions")
    assert offices.may(stopped, Permission.LOOK_UP, clock.now()) != ALLOWED

    theirs = open_page(look, official_of(stopped).account)
    theirs.goto("/access-suspended/")
    check_page(theirs)
    shot(theirs, "asking-suspended")
    theirs.locator('main a[href^="/access-suspended/"]').click()
    check_page(theirs)
    shot(theirs, "asking-reply")
    theirs.fill("#id_reason", "都是窗口来人，附有排队号。")
    theirs.locator("main form button").click()
    check_page(theirs)

    third = open_page(look, official_of(another).account)
    third.goto("/suspensions/")
    check_page(third)
    lift = third.locator('main a[href$="/lift/"]')
    lift.first.click()
    check_page(third)
    shot(third, "asking-lift")
    third.fill("#id_reason", "解释成立")
    third.locator("main form button").click()
    check_page(third)
    assert offices.may(stopped, Permission.LOOK_UP, clock.now()) == ALLOWED
