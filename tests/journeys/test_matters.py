"""A person's own matters in a real browser: from an objection to its letter. Whole ways by others stand in `test_personas`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.offices.terms import OrganisationView, Role
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, Deed
from chengxin.remedies.terms.workflows import Act
from tests.journeys.browser import (
    DESK,
    DESK_DARK,
    PHONE,
    PHONE_EN,
    PHONE_LARGE,
    PHONE_PLAIN,
    Look,
    OpenPage,
    check_page,
    shot,
)
from tests.making import make_city, make_official, official_of
from tests.people import NOW
from tests.remedies import AGAINST, PDF, object_to, step
from tests.residents import FOUNDED, Resident, found_city_with_catalogue, give_penalty, make_resident, make_supplier

MET = (PHONE_EN, PHONE_LARGE, DESK_DARK)
"""The stories above walk the same pages on a phone in Chinese, with and without scripts."""


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture(scope="module")
def working(bureau: OrganisationView) -> tuple[Actor, Actor, Actor]:
    """The case officer, a second one, and who answers for the supplier."""
    lead = make_city(at=FOUNDED)
    return (
        make_official(role=Role.CASE_OFFICER, organisation=lead, at=FOUNDED),
        make_official(role=Role.CASE_OFFICER, organisation=lead, at=FOUNDED),
        make_official(role=Role.SUPERVISOR_CLERK, organisation=bureau, at=FOUNDED),
    )


def answered(case: Case, working: tuple[Actor, Actor, Actor]) -> None:
    """Against the person, by two people and with a letter."""
    officer, second, answerer = working
    step(officer, case, Act.FORWARD)
    for paper in remedies.case_for(actor=answerer, uid=case.uid, at=NOW).case.papers:
        for actor in (answerer, second):
            remedies.open_paper(actor=actor, uid=case.uid, paper_id=paper.paper_id, at=NOW, reason="read")
    step(answerer, case, Act.STAND_BY, Deed(reason="现场照片显示没有标价。"))
    step(officer, case, Act.PROPOSE_AGAINST, Deed(reason="拟维持记录。", letter=AGAINST))
    step(second, case, Act.AGREE)


def said(page: Page) -> str:
    return page.get_by_role("main").inner_text()


@pytest.mark.parametrize("look", [PHONE_PLAIN], ids=lambda look: look.name)
def test_he_objects_hands_in_a_paper_and_reads_the_letter(
    open_page: OpenPage, bureau: OrganisationView, working: tuple[Actor, Actor, Actor], tmp_path: Path, look: Look
) -> None:
    """The whole way, one question a page, without help; and where to go next, with its last days."""
    resident = make_resident()
    give_penalty(resident, bureau)
    page = open_page(look, resident.account)
    page.goto("/my/record/")
    page.get_by_role("link", name="这条不对").click()
    check_page(page)
    page.get_by_label("是我，但内容不对").check()
    page.get_by_role("button", name="继续").click()
    check_page(page)
    page.get_by_label("日期或金额不对").check()
    page.get_by_role("button", name="继续").click()
    check_page(page)
    page.get_by_label("您想说的话").fill("罚款是三百元，不是三千元。\n收据可以证明。")
    page.get_by_role("button", name="继续").click()
    check_page(page)
    page.get_by_role("button", name="提出异议").click()
    check_page(page)
    assert "最迟2026年6月2日" in said(page)
    page.get_by_role("link", name="交一份材料").click()
    check_page(page)
    paper = tmp_path / "收据.pdf"
    paper.write_bytes(PDF)
    page.get_by_label("证据或者别的材料").check()
    page.get_by_label("选择文件").set_input_files(paper)
    page.get_by_role("button", name="交上去").click()
    check_page(page)
    assert "收据.pdf" in said(page)
    (case,) = remedies.cases_of(actor=resident.someone.actor, at=NOW)
    answered(case, working)
    page.get_by_role("navigation").get_by_role("link", name="我的事项").click()
    check_page(page)
    page.get_by_role("link", name="异议 · 行政处罚").click()
    check_page(page)
    assert "向云川市人民法院起诉" in said(page)
    page.get_by_role("link", name="打开答复书").click()
    check_page(page)
    assert AGAINST.reason in said(page)


def test_she_says_something_beside_it_and_two_officials_cover_what_is_about_others(
    open_page: OpenPage, bureau: OrganisationView, working: tuple[Actor, Actor, Actor]
) -> None:
    """From the entry to the receipt, over two desks, and back: taken back, it is gone."""
    resident = make_resident()
    give_penalty(resident, bureau)
    page = open_page(PHONE, resident.account)
    page.goto("/my/record/")
    page.get_by_role("link", name="行政处罚").first.click()
    page.get_by_role("link", name="在旁边写几句自己的话").click()
    check_page(page)
    shot(page, "statement-question")
    page.get_by_label("您想说什么？").fill("罚款已经交了。\n那天看店的是邻居贺小满，她不知道要标价。")
    page.get_by_role("button", name="继续").click()
    check_page(page)
    shot(page, "statement-check")
    page.get_by_role("button", name="放在记录旁边").click()
    check_page(page)
    shot(page, "statement-receipt")
    expect(page.get_by_role("main")).to_contain_text("自主解释回执")
    (case,) = remedies.cases_of(actor=resident.someone.actor, at=NOW)
    officer, second = (open_page(DESK, official_of(one).account) for one in working[:2])
    officer.goto(f"/remedies/{case.uid}/propose_against/")
    check_page(officer)
    officer.get_by_label("要遮住哪几处").fill("邻居贺小满")
    officer.get_by_label("理由（本人会读到）").fill("写到了邻居的姓名。")
    officer.get_by_label("证据").fill("说明原文：写到了邻居的姓名")
    shot(officer, "statement-propose")
    officer.locator('button[name="send"]').click()
    expect(officer.locator(".notice[role=status]").first).to_be_visible()
    second.goto(f"/remedies/{case.uid}/agree/")
    check_page(second)
    shot(second, "statement-agree")
    expect(second.get_by_text("那天看店的是■■■，她不知道要标价。")).to_be_visible()
    second.locator('button[name="send"]').click()
    expect(second.locator(".notice[role=status]").first).to_be_visible()
    shot(second, "statement-case")
    page.goto("/my/record/")
    check_page(page)
    shot(page, "statement-file")
    page.get_by_role("link", name="行政处罚").first.click()
    check_page(page)
    page.get_by_text("您写的原文").click()
    expect(page.get_by_text("邻居贺小满")).to_be_visible()
    shot(page, "statement-entry")
    page.get_by_role("link", name="撤回", exact=True).click()
    check_page(page)
    shot(page, "statement-matter")
    page.get_by_role("list").get_by_role("link", name="撤回").click()
    check_page(page)
    shot(page, "statement-take-back")
    page.get_by_role("button").filter(has_text="撤回").click()
    check_page(page)
    expect(page.get_by_text("她不知道要标价")).to_have_count(0)


@pytest.fixture(scope="module")
def met(bureau: OrganisationView, working: tuple[Actor, Actor, Actor]) -> tuple[Resident, list[str]]:
    """Somebody with an open case, an answered one, and one that silence decided; and the addresses of all that hangs on them."""
    resident = make_resident()
    uids = [give_penalty(resident, bureau)[1] for _ in range(3)]
    cases = [object_to(resident, uid) for uid in uids[:2]]
    answered(cases[1], working)
    record, matters = f"/my/record/{uids[2]}", "/my/matters"
    return resident, [
        f"{matters}/",
        f"{matters}/{cases[0].uid}/",
        f"{matters}/{cases[1].uid}/",
        f"{matters}/{cases[0].uid}/receipt/",
        f"{matters}/{cases[0].uid}/do/take_back/",
        f"{matters}/{cases[0].uid}/do/join/",
        f"{matters}/{cases[0].uid}/paper/",
        f"{matters}/{cases[0].uid}/complain/",
        f"{record}/",
        f"{record}/repair/",
        f"{record}/more-time/",
        f"{record}/appeal/",
        f"{record}/statement/",
        "/my/letters/",
    ]


@pytest.mark.parametrize("look", MET, ids=lambda look: look.name)
def test_the_pages_of_matters_stop_nobody(open_page: OpenPage, met: tuple[Resident, list[str]], look: Look) -> None:
    resident, addresses = met
    page = open_page(look, resident.account)
    for address in addresses:
        page.goto(address)
        check_page(page)


def test_a_helper_objects_for_an_old_person(open_page: OpenPage, bureau: OrganisationView) -> None:
    """A code handed on, read and agreed to; then the other's record under a banner, until one stops."""
    old, helper = make_resident(), make_resident()
    give_penalty(old, bureau)
    theirs = open_page(PHONE, old.account)
    theirs.goto("/my/mandates/")
    theirs.get_by_role("link", name="请人帮忙").click()
    expect(theirs.get_by_role("button", name="生成代办码")).to_be_visible()
    check_page(theirs)
    theirs.get_by_label("提异议").check()
    theirs.get_by_label("最后一天").fill("2026-12-31")
    theirs.get_by_role("button", name="生成代办码").click()
    expect(theirs.get_by_role("heading", name="代办码")).to_be_visible()
    check_page(theirs)
    code = theirs.locator("code.secret").inner_text()
    page = open_page(PHONE, helper.account)
    page.goto("/my/mandates/code/")
    check_page(page)
    page.get_by_label("代办码").fill(code)
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="您将可以替")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="同意，替").click()
    expect(page.get_by_role("heading", name="您可以代办的人")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name=f"替{old.someone.name}办理").click()
    banner = page.get_by_role("region", name="您正在替别人办理")
    expect(banner).to_contain_text(old.someone.name)
    check_page(page)
    page.get_by_role("link", name="这条不对").click()
    page.get_by_label("是我，但内容不对").check()
    page.get_by_role("button", name="继续").click()
    page.get_by_label("日期或金额不对").check()
    page.get_by_role("button", name="继续").click()
    page.get_by_label("您想说的话").fill("罚款早就交了。")
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="提出异议").click()
    expect(page.get_by_role("main")).to_contain_text(f"{helper.someone.name}（作为帮手代办）")
    check_page(page)
    banner.get_by_role("button", name="停止代办").click()
    expect(banner).to_have_count(0)
    theirs.goto("/my/looks/")
    expect(theirs.get_by_role("main")).to_contain_text(f"{helper.someone.name}（作为帮手代办）")
    theirs.goto("/my/mandates/")
    theirs.get_by_role("button", name="立即终止").click()
    expect(theirs.get_by_role("main")).to_contain_text("已终止，马上生效")
    check_page(theirs)
