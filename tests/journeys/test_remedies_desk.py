"""A case from an officer's queue to a letter by two people, the source's answer, the counter, figures and recipients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from chengxin.access.terms.asking import Answered
from chengxin.foundation import clock
from chengxin.foundation.models import Account
from chengxin.offices.terms import OrganisationView, Role
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, Deed
from chengxin.remedies.terms.workflows import Act
from tests.asking import ask, consented, machine_of, make_bank, make_client, question
from tests.journeys import keys
from tests.journeys.browser import DESK_PLAIN_EN, PHONE, Look, OpenPage, check_page, shot
from tests.making import make_city, make_official, official_of
from tests.people import NOW
from tests.remedies import FOR, object_to, paper, step
from tests.residents import FOUNDED, Resident, found_city_with_catalogue, give_penalty, make_resident, make_supplier

EACH = pytest.mark.parametrize("look", [DESK_PLAIN_EN, PHONE], ids=lambda look: look.name)


@pytest.fixture(scope="module", autouse=True)
def _clock_stands_still(city: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield


@dataclass(frozen=True)
class Town:
    """Who works on cases here."""

    source: OrganisationView
    officer: Account
    second: Account
    answerer: Account
    head: Account


@pytest.fixture(scope="module")
def town(_clock_stands_still: None) -> Town:
    found_city_with_catalogue()
    office, source = make_city(at=FOUNDED), make_supplier()
    return Town(
        source,
        _account(Role.CASE_OFFICER, office),
        _account(Role.CASE_OFFICER, office),
        _account(Role.SUPERVISOR_CLERK, source),
        _account(Role.OFFICE_HEAD, office),
    )


def _account(role: Role, organisation: OrganisationView) -> Account:
    return official_of(make_official(role=role, organisation=organisation, at=NOW)).account


@pytest.fixture
def contester(town: Town) -> Resident:
    return make_resident()


@pytest.fixture
def case(town: Town, contester: Resident) -> Case:
    _, uid = give_penalty(contester, town.source)
    opened = object_to(contester, uid)
    paper(contester.someone.actor, opened)
    return opened


def _opened(page: Page, case: Case) -> None:
    """From the queue, where the page of a case leads back to."""
    if not page.url.endswith("/remedies/"):
        keys.follow(page, 'a[href="/remedies/"]')
    keys.follow(page, f'a[href="/remedies/{case.uid}/"]')


def _taken(page: Page, case: Case, act: str, *, name: str, reason: str = "") -> None:
    """Take one step from the case's page."""
    keys.follow(page, f'.actions a[href$="/{act}/"]')
    check_page(page)
    shot(page, name)
    if reason:
        keys.write(page, "#id_reason", reason)
    keys.follow(page, 'button[name="send"]')
    check_page(page)
    expect(page.locator(".notice[role=status]").first).to_be_visible()


def _paper_read(page: Page) -> None:
    keys.tab_to(page, 'a[href*="/papers/"]')
    with page.expect_download() as handed:
        page.keyboard.press("Enter")
    assert handed.value.suggested_filename == "照片.pdf"


@EACH
def test_an_objection_goes_from_the_queue_to_a_letter_by_two_people_and_by_keys_alone(
    open_page: OpenPage, town: Town, case: Case, look: Look
) -> None:
    """Nobody touches a mouse: neither who works the case, nor who answers for the source, nor the second who agrees."""
    page = open_page(look, town.officer)
    page.goto("/remedies/")
    check_page(page)
    shot(page, "desk-queue")
    keys.pick(page, "#id_turn", "platform")
    keys.follow(page, "form.filters button")
    check_page(page)
    keys.follow(page, f'button[name="mine"][value="{case.uid}"]')
    check_page(page)
    keys.follow(page, f'a[href="/remedies/{case.uid}/"]')
    check_page(page)
    shot(page, "desk-case")
    _taken(page, case, "forward", name="desk-forward")
    source = open_page(look, town.answerer)
    source.goto("/remedies/")
    _opened(source, case)
    check_page(source)
    shot(source, "desk-source")
    _paper_read(source)
    _taken(source, case, "stand_by", name="desk-stand-by", reason="已与决定书核对，一致。")
    _opened(page, case)
    keys.follow(page, '.actions a[href$="/propose_against/"]')
    check_page(page)
    shot(page, "desk-letter")
    keys.follow(page, 'button[name="check"]')
    check_page(page)
    keys.tab_to(page, "summary:not(section + section summary)")
    page.keyboard.press("Enter")
    keys.follow(page, 'button[name="phrase"]')
    check_page(page)
    shot(page, "desk-letter-phrase")
    keys.write(page, "#id_evidence", "处罚决定书：金额相同\n照片.pdf：拍摄于处罚之后")
    keys.follow(page, 'button[name="send"]')
    check_page(page)
    shot(page, "desk-proposed")
    second = open_page(look, town.second)
    second.goto("/remedies/")
    _opened(second, case)
    _paper_read(second)
    _taken(second, case, "agree", name="desk-agree")
    shot(second, "desk-closed")
    page.goto(f"/remedies/{case.uid}/disagree/")
    check_page(page)
    shot(page, "desk-too-late")


@EACH
def test_a_case_is_taken_in_at_a_counter(open_page: OpenPage, town: Town, look: Look) -> None:
    """And which of two fines its person means is said there and then."""
    resident = make_resident()
    give_penalty(resident, town.source)
    give_penalty(resident, town.source)
    page = open_page(look, town.officer)
    page.goto("/take-in/")
    check_page(page)
    page.locator("main form button").click()
    check_page(page)
    shot(page, "desk-intake-wrong")
    page.locator('input[name="channel"][value="counter"]').check()
    page.locator('input[name="kind"][value="01"]').check()
    page.fill("#id_number", resident.someone.number)
    page.fill("#id_name", resident.someone.name)
    page.locator('input[name="wish"][value="objection"]').check()
    page.fill("#id_words", "我只有一张罚单，另一张不是我的。")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "desk-receipt")
    expect(page.locator(".receipt")).to_have_count(2)
    expect(page.locator(".receipt").first).to_contain_text("现在没有暂停使用任何记录")
    page.emulate_media(media="print")
    shot(page, "desk-receipt-print")
    page.emulate_media(media="screen")
    (case,) = remedies.cases_of(actor=resident.someone.actor, at=NOW)
    theirs = open_page(look, resident.account)
    theirs.goto(f"/my/matters/{case.uid}/")
    check_page(theirs)
    theirs.locator(f'a[href="/my/matters/{case.uid}/do/find/"]').click()
    check_page(theirs)
    page.locator(f'a[href="/take-in/{case.uid}/"]').click()
    check_page(page)
    shot(page, "desk-which")
    page.locator("main form button").click()
    check_page(page)
    page.locator('input[name="found"]').last.check()
    page.locator("main form button").click()
    check_page(page)
    expect(page.locator(".receipt").first).to_contain_text("已经暂停使用")


@EACH
def test_figures_and_a_recipient_who_acknowledges(open_page: OpenPage, town: Town, look: Look) -> None:
    """A bank was told of a fine that turned out wrong: it acknowledges, and the correction ends."""
    bank = make_bank(at=FOUNDED)
    machine = machine_of(make_client(bank, at=FOUNDED))
    resident = make_resident()
    _, uid = give_penalty(resident, town.source)
    consented(resident, machine, days=30)
    assert isinstance(ask(machine, question(resident), at=NOW), Answered)
    officer = make_official(role=Role.CASE_OFFICER, organisation=make_city(at=FOUNDED), at=FOUNDED)
    step(officer, object_to(resident, uid), Act.UPHOLD, Deed(reason="已撤下。", letter=FOR))
    head = open_page(look, town.head)
    head.goto("/remedies-figures/")
    check_page(head)
    shot(head, "desk-figures")
    anybody = open_page(look)
    anybody.goto("/matters/")
    check_page(anybody)
    shot(anybody, "desk-matters")
    asked = open_page(look, _account(Role.INQUIRER, bank))
    asked.goto("/corrections/")
    check_page(asked)
    shot(asked, "desk-corrections")
    asked.locator('main a[href^="/corrections/"]').first.click()
    check_page(asked)
    asked.fill("#id_reason", "已从贷款资料中删除。")
    asked.locator("main form button").click()
    check_page(asked)
    expect(asked.locator(".notice[role=status]").first).to_be_visible()
    cases = remedies.cases_of(actor=resident.someone.actor, at=NOW)
    assert [one.state for one in cases if one.workflow == "correction"] == ["acknowledged"]


def test_a_promise_is_made_and_reported_and_an_invitation_accepted(
    open_page: OpenPage, town: Town, case: Case, contester: Resident
) -> None:
    """What a person says stands as theirs, what an office says as the office's; and a signature is asked for once."""
    page = open_page(PHONE, contester.account)
    page.goto("/my/matters/commit/")
    page.fill("#id_words", "按时报送年报。")
    page.locator("main form button").click()
    page.fill("#id_by", "2026-08-31")
    page.locator("main form button").click()
    expect(page.locator(".facts")).to_contain_text("2026年8月31日")
    check_page(page)
    page.locator("main form button").click()
    expect(page.locator(".facts").first).to_contain_text("您自己答应做到的事")
    page.get_by_role("link", name="看这件事的进展").click()
    page.get_by_role("link", name="承诺的事做到了").click()
    page.locator("main form button").click()
    expect(page.locator(".notice[role=status]")).to_be_visible()
    expect(page.get_by_text("按时报送年报。")).to_have_count(1)
    check_page(page)

    desk = open_page(PHONE, town.officer)
    desk.goto(f"/remedies/{case.uid}/invite/")
    desk.fill("#id_reason", "想了解整改情况。")
    desk.fill("#id_place", "6月12日上午10点，3号窗口")
    desk.check("#id_rights_told")
    desk.locator("main form button").click()
    expect(desk.get_by_role("heading", name="发起单位的话")).to_be_visible()

    page.goto("/my/letters/")
    page.locator("main a", has_text="诚信约谈").click()
    expect(page.locator(".letter")).to_contain_text("6月12日上午10点，3号窗口")
    page.get_by_role("link", name="看这件事的进展").click()
    expect(page.get_by_role("main")).not_to_contain_text("您写的话")
    page.get_by_role("link", name="接受邀请").click()
    expect(page.get_by_role("main")).to_contain_text("3号窗口")
    check_page(page)
    page.locator("main form button").click()
    expect(page.get_by_role("main")).to_contain_text("您愿意参加")
