"""Whoever asks and whoever watches them, in a browser: a case by keyboard alone, the desk, an emergency, a question about it.

The supervisor's answer; silence that another organisation grants. Without JavaScript as well.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.models import Account
from chengxin.offices.terms import OrganisationView, Role
from tests.asking import put_on_the_courts_list
from tests.emergencies import RESCUERS
from tests.journeys.browser import (
    DESK,
    DESK_EN,
    DESK_PLAIN_EN,
    PHONE,
    Look,
    OpenPage,
    check_page,
    shot,
)
from tests.journeys.keys import choose, enter, tab_to
from tests.making import make_asker, make_inquirer, make_official, make_organisation, official_of
from tests.people import NOW
from tests.residents import Resident, found_city_with_catalogue, give_licence, make_resident, make_supplier
from tests.silence import confirm_silence, criminal_case, make_police

EACH = pytest.mark.parametrize("look", [PHONE, DESK_PLAIN_EN], ids=lambda look: look.name)


@pytest.fixture(scope="module", autouse=True)
def court(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        confirm_silence()
        yield make_supplier("court", "云川市中级人民法院")


@pytest.fixture
def resident(court: OrganisationView) -> Resident:
    made = make_resident()
    put_on_the_courts_list(made.someone, supplier=court)
    give_licence(made, court)
    return made


def account_of(actor: Actor) -> Account:
    return official_of(actor).account


@pytest.mark.parametrize("look", [DESK], ids=lambda look: look.name)
def test_a_case_is_opened_asked_in_and_closed_by_keyboard_alone(
    open_page: OpenPage, resident: Resident, look: Look
) -> None:
    actor = make_inquirer(organisation=make_organisation(kind="fiscal", name="云川市财政局"))
    page = open_page(look, account_of(actor))
    page.goto("/cases/")
    check_page(page)
    tab_to(page, 'a[href="/cases/open/"]')
    enter(page)
    check_page(page)
    tab_to(page, "#id_ref")
    page.keyboard.type("云财采〔2026〕7号")
    choose(page, 'input[value="tender_review"]')
    tab_to(page, "#id_persons_most")
    page.keyboard.type("2")
    tab_to(page, "#id_reason")
    page.keyboard.type("供应商资格审查")
    tab_to(page, "main form button")
    enter(page)
    check_page(page)
    shot(page, f"inquiry-case-{look.name}")
    choose(page, 'input[value="look_up"]')
    choose(page, 'input[name="kind"][value="01"]')
    tab_to(page, "#id_number")
    page.keyboard.type(resident.someone.number)
    tab_to(page, "main form button")
    enter(page)
    check_page(page)
    shot(page, f"inquiry-answer-{look.name}")
    expect(page.locator("main")).to_contain_text("（2026）云01执1号")
    tab_to(page, "main .actions a")
    enter(page)
    tab_to(page, 'a[href$="/close/"]')
    enter(page)
    check_page(page)
    tab_to(page, "#id_reason")
    page.keyboard.type("已完成审查")
    tab_to(page, "main form button")
    enter(page)
    check_page(page)
    expect(page.locator(".notice[role=status]").first).to_be_visible()


@EACH
def test_the_desk_asks_for_consent_and_looks_with_it(open_page: OpenPage, resident: Resident, look: Look) -> None:
    page = open_page(look, account_of(make_inquirer(organisation=make_asker(name="云川市商业银行"))))
    page.goto("/desk/")
    check_page(page)
    shot(page, "inquiry-desk")
    page.locator('a[href="/desk/consent/"]').click()
    check_page(page)
    page.locator("main form button").click()
    check_page(page)
    assert page.locator("#mistakes a").count() == 5
    page.locator('input[value="credit_on_consent"]').check()
    page.locator('input[name="kind"][value="01"]').check()
    page.fill("#id_number", resident.someone.number)
    page.fill("#id_name", resident.someone.name)
    page.fill("#id_reason", "本人到窗口申请贷款")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "inquiry-consent-asked")
    theirs = open_page(PHONE, resident.account)
    theirs.goto("/my/consents/")
    theirs.locator("main ul.tasks a").click()
    theirs.locator('main input[value="court_defaulter"]').check()
    theirs.locator('main input[value="once"]').check()
    theirs.locator("main form button").first.click()
    page.locator('main a[href="/desk/look/"]').click()
    check_page(page)
    page.locator('input[value="credit_on_consent"]').check()
    page.locator('input[value="look_up"]').check()
    page.locator('input[name="kind"][value="01"]').check()
    page.fill("#id_number", resident.someone.number)
    page.locator("main form button").click()
    check_page(page)
    shot(page, "inquiry-desk-answer")
    expect(page.locator("main")).to_contain_text("（2026）云01执1号")


@EACH
def test_an_emergency_is_looked_at_again_and_its_person_asks_and_is_answered(
    open_page: OpenPage, resident: Resident, look: Look
) -> None:
    rescuer = make_inquirer(organisation=make_organisation(kind=RESCUERS, name="云川市应急管理局"))
    page = open_page(look, account_of(rescuer))
    page.goto("/desk/emergency/")
    check_page(page)
    shot(page, "inquiry-emergency")
    page.locator('input[name="kind"][value="01"]').check()
    page.fill("#id_number", resident.someone.number)
    page.fill("#id_reason", "现场有人被困，需要马上核实身份。")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "inquiry-emergency-answer")

    theirs = open_page(look, resident.account)
    theirs.goto("/my/looks/")
    check_page(theirs)
    shot(theirs, "looks-emergency")
    theirs.locator('main a[href$="/ask/"]').first.click()
    check_page(theirs)
    theirs.fill("#id_words", "我当时不在那里。")
    shot(theirs, "look-ask")
    theirs.locator("main form button").click()
    check_page(theirs)
    expect(theirs.locator(".notice[role=status]").first).to_be_visible()
    theirs.goto("/my/letters/")
    theirs.locator("main a[href^='/my/letters/']").first.click()
    check_page(theirs)

    supervisor = open_page(look, account_of(make_official(role=Role.ACCESS_SUPERVISOR)))
    supervisor.goto("/reviews/")
    check_page(supervisor)
    shot(supervisor, "reviews")
    supervisor.locator("main .card a.button").click()
    check_page(supervisor)
    supervisor.locator("main form button").click()
    check_page(supervisor)
    assert supervisor.locator("#mistakes a").count() == 3
    supervisor.locator('input[value="justified"]').check()
    supervisor.fill("#id_told", "查看的人在火场救人，理由成立。")
    supervisor.fill("#id_reason", "核对了出警记录")
    shot(supervisor, "review")
    supervisor.locator("main form button").click()
    check_page(supervisor)
    supervisor.locator("main details summary").click()
    supervisor.locator("main details a").first.click()
    check_page(supervisor)
    shot(supervisor, "review-decided")


@pytest.mark.parametrize("look", [PHONE, DESK_EN], ids=lambda look: look.name)
def test_silence_is_asked_for_granted_elsewhere_and_counted(
    open_page: OpenPage, resident: Resident, look: Look
) -> None:
    inquirer = make_police()
    case = criminal_case(inquirer)
    page = open_page(look, account_of(inquirer))
    page.goto(f"/cases/{case.uid}/delay/")
    check_page(page)
    page.locator('input[name="law"]').check()
    page.fill("#id_ends_on", "2026-07-01")
    page.fill("#id_reason", "侦查中，不能惊动。")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "seals-mine")
    supervisor = open_page(look, account_of(make_official(role=Role.ACCESS_SUPERVISOR)))
    supervisor.goto("/delays/")
    check_page(supervisor)
    supervisor.locator("main ul.tasks a").first.click()
    check_page(supervisor)
    shot(supervisor, "seal")
    supervisor.fill("#id_reason", "符合规定")
    supervisor.locator('main button[name="approve"]').click()
    check_page(supervisor)
    public = open_page(look)
    public.goto("/promises/delays/")
    check_page(public)
    shot(public, "seals-public")
    assert public.locator("main tbody tr").count() == 1
