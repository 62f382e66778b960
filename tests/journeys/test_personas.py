"""Ten people, each with a worry of their own, from the home page to its end in a real browser, by what the pages say alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from chengxin.foundation import clock, outbox
from chengxin.foundation.models import Account, Letter
from chengxin.offices.terms import OrganisationView, Role
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, Channel, Deed
from chengxin.remedies.terms.workflows import Act
from tests.journeys.browser import DESK, PHONE, PHONE_EN, PHONE_PLAIN, OpenPage, check_page
from tests.making import make_city, make_official, official_of
from tests.mandates import BIRTHDAY, make_child
from tests.people import NOW
from tests.remedies import AGAINST, PDF, step
from tests.residents import FOUNDED, Resident, found_city_with_catalogue, give_penalty, make_resident, make_supplier


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


@pytest.fixture(scope="module")
def clerk(bureau: OrganisationView) -> Account:
    return official_of(make_official(role=Role.CASE_OFFICER, organisation=make_city(at=FOUNDED), at=FOUNDED)).account


@pytest.fixture
def resident(bureau: OrganisationView) -> Resident:
    made = make_resident()
    give_penalty(made, bureau)
    return made


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "材料.pdf"
    file.write_bytes(PDF)
    return file


def the_case(of: Resident) -> Case:
    (case,) = remedies.cases_of(actor=of.someone.actor, at=NOW)
    return case


def follow(page: Page, *links: str) -> None:
    """From link to link, by its words; the first of two that say the same."""
    for words in links:
        page.get_by_role("link", name=words).first.click()


def choose(page: Page, *answers: str, on: str = "继续") -> None:
    """One question a page: choose, go on."""
    for words in answers:
        page.get_by_label(words).check()
        page.get_by_role("button", name=on, exact=True).click()


def say(page: Page, words: str, *, label: str = "您想说的话", on: str = "继续") -> None:
    page.get_by_label(label).fill(words)
    page.get_by_role("button", name=on, exact=True).click()


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def hand_in(page: Page, file: Path) -> None:
    follow(page, "交一份材料")
    page.get_by_label("证据或者别的材料").check()
    page.get_by_label("选择文件").set_input_files(file)
    press(page, "交上去")
    expect(page.get_by_role("main")).to_contain_text(file.name)


def test_old_she_reads_in_large_letters_and_says_that_the_decision_never_came(
    open_page: OpenPage, resident: Resident
) -> None:
    page = open_page(PHONE, resident.account)
    page.goto("/")
    follow(page, "大字", "看我的记录")
    expect(page.locator("html.large")).to_be_visible()
    follow(page, "这条不对")
    choose(page, "是我，但内容不对", "从来没有收到过决定书")
    press(page, "继续")
    press(page, "提出异议")
    expect(page.get_by_role("heading", level=1)).to_contain_text("回执")
    expect(page.locator("html.large")).to_be_visible()
    check_page(page)
    assert the_case(resident).workflow == "objection"


def test_hurried_he_starts_a_repair_on_the_bus_and_ends_it_at_home(open_page: OpenPage, resident: Resident) -> None:
    page = open_page(PHONE, resident.account)
    page.goto("/")
    follow(page, "看我的记录", "申请信用修复", "开始申请")
    say(page, "2025年12月1日缴清罚款。", label="决定要求的事，您是怎么做完的")
    expect(page.get_by_label("在某个机关手里")).to_be_visible()
    page.context.close()
    page = open_page(PHONE, resident.account)
    page.goto("/")
    follow(page, "我的事项", "继续填写")
    choose(page, "在某个机关手里")
    press(page, "继续")
    expect(page.locator("#mistakes")).to_be_visible()
    say(page, "云川市财政局", label="在哪个机关手里")
    choose(page, "就在这里写")
    press(page, "继续")
    press(page, "申请修复")
    expect(page.get_by_role("main")).to_contain_text("修复申请回执")
    found = {one.workflow: one.state for one in remedies.cases_of(actor=resident.someone.actor, at=NOW)}
    assert found == {"repair": "filed", "commitment": "made"}


def test_by_paper_he_writes_and_is_answered_on_paper(
    open_page: OpenPage, bureau: OrganisationView, clerk: Account, tmp_path: Path
) -> None:
    """He never signs in: an office takes his letter in, two people answer, and the answer lies ready to be posted."""
    made = make_resident()
    give_penalty(made, bureau, more={"CF_WSH": "云市监罚〔2025〕77号"})
    page = open_page(DESK, clerk)
    page.goto("/")
    follow(page, "代收")
    page.get_by_label("来信或书面").check()
    page.locator('input[name="kind"][value="01"]').check()
    page.get_by_label("证件号码").fill(made.someone.number)
    page.get_by_label("证件上的姓名").fill(made.someone.name)
    page.get_by_label("记录不对（异议）").check()
    page.get_by_label("决定书文号").fill("云市监罚〔2025〕77号")
    page.get_by_label("本人的原话").fill("罚款是三百元，不是三千元。")
    press(page, "收下，打印回执")
    expect(page.locator(".receipt").first).to_be_visible()
    case = the_case(made)
    assert case.channel is Channel.PAPER
    second = make_official(role=Role.CASE_OFFICER, organisation=make_city(at=FOUNDED), at=FOUNDED)
    officer = make_official(role=Role.CASE_OFFICER, organisation=make_city(at=FOUNDED), at=FOUNDED)
    answerer = make_official(role=Role.SUPERVISOR_CLERK, organisation=bureau, at=FOUNDED)
    with override_settings(CHENGXIN_LETTERS=str(tmp_path / "print")):
        step(officer, case, Act.FORWARD)
        step(answerer, case, Act.STAND_BY, Deed(reason="与决定书一致。"))
        step(officer, case, Act.PROPOSE_AGAINST, Deed(reason="拟维持记录。", letter=AGAINST))
        step(second, case, Act.AGREE)
        while outbox.send_due():
            pass
        sheets = [file.read_text() for file in (tmp_path / "print").rglob("*.html")]
    Letter.objects.using("owner").all().delete()
    answer = next(one for one in sheets if AGAINST.reason in one)
    assert made.someone.name in answer
    assert "向云川市人民法院起诉" in answer


def test_by_guardian_her_father_objects_for_her_until_she_is_eighteen(
    open_page: OpenPage, bureau: OrganisationView
) -> None:
    """Both come to the counter with the birth certificate; two officials note it. He acts under a banner, as her father."""
    child, father = make_resident(make_child()), make_resident()
    give_penalty(child, bureau)
    for said in ("还没有生效", "已生效"):
        desk = open_page(DESK, official_of(make_official(role=Role.IDENTITY_OFFICER, at=FOUNDED)).account)
        desk.goto("/")
        follow(desk, "代办登记")
        for side, one in (("principal", child.someone), ("holder", father.someone)):
            desk.locator(f'input[name="{side}_kind"][value="01"]').check()
            desk.locator(f"#id_{side}_number").fill(one.number)
            desk.locator(f"#id_{side}_name").fill(one.name)
        for words in ("父母", "提异议", "出生医学证明"):
            desk.get_by_label(words).check()
        desk.get_by_label("证明文件的编号").fill("出生0001")
        say(desk, "双方持原件到窗口。", label="办理说明", on="登记或者确认")
        expect(desk.get_by_role("main")).to_contain_text(said)
    page = open_page(PHONE, father.account)
    page.goto("/")
    follow(page, "看我的记录", "代办")
    expect(page.get_by_role("main")).to_contain_text("2026年9月9日")
    check_page(page)
    press(page, f"替{child.someone.name}办理")
    expect(page.get_by_role("region", name="您正在替别人办理")).to_contain_text(child.someone.name)
    follow(page, "我的记录", "这条不对")
    choose(page, "是我，但内容不对", "事实不对")
    say(page, "女儿那天在学校。")
    press(page, "提出异议")
    expect(page.get_by_role("heading", level=1)).to_contain_text("回执")
    check_page(page)
    press(page, "停止代办")
    hers = open_page(PHONE, child.account)
    hers.goto("/my/matters/")
    follow(hers, "异议")
    expect(hers.get_by_role("main")).to_contain_text(f"{father.someone.name}（作为父母代办）")
    assert the_case(child).workflow == "objection"
    with clock.set_for_tests(datetime.combine(BIRTHDAY, NOW.timetz())):
        page.goto("/my/mandates/")
        expect(page.get_by_role("main")).to_contain_text("2026年9月9日")
        expect(page.get_by_role("button", name=f"替{child.someone.name}办理")).to_have_count(0)


def test_name_sake_she_says_it_is_not_hers_and_it_is_paused_at_once(open_page: OpenPage, resident: Resident) -> None:
    """Three steps from the home page to the file; then two taps to the receipt."""
    page = open_page(PHONE, resident.account)
    page.goto("/")
    follow(page, "看我的记录")
    expect(page.get_by_role("main")).to_contain_text("今天有对您不利的记录在用")
    follow(page, "这不是我")
    check_page(page)
    press(page, "提出异议")
    expect(page.locator(".big-figure")).to_contain_text("YY20260601-")
    check_page(page)
    assert the_case(resident).about.kind.value == "identity"
    follow(page, "我的记录")
    expect(page.get_by_role("main")).to_contain_text("今天没有对您不利的记录在用")
    expect(page.locator("article")).to_contain_text("已暂停使用")


def test_wrong_amount_he_changes_his_mind_and_hands_in_the_receipt(
    open_page: OpenPage, resident: Resident, paper: Path
) -> None:
    page = open_page(PHONE, resident.account)
    page.goto("/")
    follow(page, "看我的记录", "这条不对")
    press(page, "继续")
    expect(page.locator("#mistakes")).to_be_visible()
    choose(page, "是我，但内容不对", "事实不对")
    say(page, "金额应为三百元。")
    page.get_by_role("link", name="修改").nth(1).click()
    choose(page, "日期或金额不对")
    expect(page.get_by_role("main")).to_contain_text("金额应为三百元。")
    press(page, "提出异议")
    hand_in(page, paper)
    assert len(the_case(resident).papers) == 1


def test_expired_she_fears_an_old_fine_and_reads_that_nobody_sees_it(
    open_page: OpenPage, bureau: OrganisationView
) -> None:
    made = make_resident()
    give_penalty(made, bureau, decided_on=date(2024, 6, 3), served_on=date(2024, 6, 5), display_until=date(2025, 6, 3))
    page = open_page(PHONE, made.account)
    page.goto("/")
    follow(page, "看我的记录")
    expect(page.get_by_role("main")).to_contain_text("今天没有对您不利的记录在用")
    expect(page.get_by_role("heading", name="只为您保存的")).to_be_visible()
    page.locator("article.over h3 a").click()
    expect(page.get_by_role("main")).to_contain_text("2025年6月3日起任何别人都查不到")
    check_page(page)


def test_repaired_elsewhere_he_shows_the_paper_of_the_other_place(
    open_page: OpenPage, resident: Resident, paper: Path
) -> None:
    page = open_page(PHONE, resident.account)
    page.goto("/")
    follow(page, "看我的记录", "这条不对")
    choose(page, "是我，但内容不对", "早该结束：已修复、已撤销或已到期")
    say(page, "2026年3月已在外地的平台修复，有修复决定。")
    press(page, "提出异议")
    hand_in(page, paper)
    case = the_case(resident)
    assert case.about.kind.value == "period"
    assert len(case.papers) == 1


def test_no_chinese_she_objects_in_english(open_page: OpenPage, resident: Resident) -> None:
    page = open_page(PHONE_EN, resident.account)
    page.goto("/")
    follow(page, "See my record", "This is wrong")
    choose(page, "About me, but wrong", "It is done, and the entry was not updated", on="Continue")
    say(page, "I paid in December.", label="What you want to say", on="Continue")
    press(page, "Object")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt")
    follow(page, "My matters", "Objection")
    expect(page.get_by_role("main")).to_contain_text("If nobody has acted by")
    check_page(page)
    assert the_case(resident).workflow == "objection"


def test_no_script_he_objects_hands_in_a_paper_and_takes_it_back(
    open_page: OpenPage, resident: Resident, paper: Path
) -> None:
    page = open_page(PHONE_PLAIN, resident.account)
    page.goto("/")
    follow(page, "看我的记录", "这条不对")
    choose(page, "是我，但内容不对", "等级定得不对")
    say(page, "应为轻微。")
    press(page, "提出异议")
    hand_in(page, paper)
    follow(page, "撤回")
    check_page(page)
    press(page, "撤回这件事")
    expect(page.get_by_role("main")).to_contain_text("撤回")
    assert the_case(resident).state == "taken_back"
