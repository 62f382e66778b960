"""The README's walk through the demonstration, step by step, as somebody who has just read it would take it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chengxin.access import facade as access
from chengxin.client import conformance
from chengxin.doors.commands.refusals import DONE, REFUSED
from chengxin.doors.demo import standing
from chengxin.doors.demo.city import cast
from chengxin.doors.demo.city.making import TRIAL
from chengxin.doors.demo.city.offices import officials
from chengxin.foundation import clock, jobs
from tests.doors.commands.calling import Called, call
from tests.house.source import PROJECT
from tests.invented import Built, building_city
from tests.journeys.browser import DESK, DESK_EN, PHONE, PHONE_EN, OpenPage, check_page, shot

README = (PROJECT / "README.md").read_text(encoding="utf-8")
API = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")
README_ZH = (PROJECT / "README.zh-CN.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def built(city: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    with building_city(tmp_path_factory.mktemp("state")) as found:
        yield found


def _be(page: Page, name: str) -> Page:
    """Sign in as one of the cast, from the sign-in page; whoever was signed in before signs out first."""
    page.context.clear_cookies(name=re.compile("session"))
    page.goto("/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    return page


def _body(page: Page) -> str:
    return page.locator("main").inner_text()


def test_everybody_the_walk_names_is_on_the_sign_in_page(open_page: OpenPage) -> None:
    page = open_page(DESK_EN)
    page.goto("/sign-in/")
    check_page(page)
    offered = page.locator("main").inner_text()
    named = {one.en for one in cast.RESIDENTS if one.listed and one.en in README}
    named |= {one.en for one in officials() if one.en in README}
    assert len(named) >= 12
    # names stand in Chinese on the page of either language where the README gives them in English letters
    words = {one.zh for one in cast.RESIDENTS if one.en in named} | {one.zh for one in officials() if one.en in named}
    assert all(name in offered for name in named) or all(word in offered for word in words)
    page_zh = open_page(PHONE)
    page_zh.goto("/sign-in/")
    check_page(page_zh)
    offered_zh = page_zh.locator("main").inner_text()
    bold = set(re.findall(r"\*\*([\u4e00-\u9fff]{2,3})\*\*", README_ZH))
    assert bold
    assert all(name in offered_zh for name in bold)


def test_a_resident_reads_and_objects(open_page: OpenPage) -> None:
    page = _be(open_page(DESK_EN), "Zhou Jianguo")
    page.goto("/my/record/")
    check_page(page)
    told = _body(page)
    assert "Market Regulation Bureau" in told
    assert "Under" in told
    assert "Who can see it" in told
    assert "Until when" in told
    page.get_by_role("link", name="This is wrong").first.click()
    page.get_by_label("About me, but wrong").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("The facts are wrong").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What you want to say").fill("I was not there that day.")
    page.get_by_role("button", name="Continue").click()
    check_page(page)
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt")
    check_page(page)
    page.goto("/my/record/")
    assert "Paused" in _body(page)
    page.get_by_role("link", name="My matters").click()
    check_page(page)
    assert "It is the turn of" in _body(page)
    page.get_by_role("link", name="Objection").first.click()
    check_page(page)
    assert "If nobody has acted by" in _body(page)
    assert "Take it back" in _body(page)


def test_a_resident_reads_from_when_repair_may_be_asked_for(open_page: OpenPage) -> None:
    page = _be(open_page(PHONE_EN), "Zhou Jianguo")
    page.goto("/my/record/")
    page.locator("article").filter(has_text="Penalty").get_by_role("heading").get_by_role("link").first.click()
    page.locator("#way-repair").get_by_role("link").click()
    check_page(page)
    told = _body(page)
    assert "Two papers, no more" in told
    assert "There is no fee" in told


SITUATIONS = {
    "Wu Guifang": "Paused",
    "He Li": "nobody but you will ever see it",
    "Lin Xiaomei": "can be contested",
    "Chen Li": "Kept for you alone",
    "Chu Yun": "Under check",
    "Zheng Xiaoyan": "You declined",
    "Feng Deming": "Nothing is held about you",
    "Wang Fang": "No adverse entry is in force today",
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_each_situation_is_told_on_the_persons_own_page(open_page: OpenPage, name: str) -> None:
    page = _be(open_page(DESK_EN), name)
    page.goto("/my/record/")
    expect(page.locator("main")).to_contain_text(SITUATIONS[name])
    assert name in README
    for address in ("/my/looks/", "/my/letters/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == HTTPStatus.OK


def test_a_clerk_sends_the_trial_file_and_sends_it_again(open_page: OpenPage) -> None:
    page = _be(open_page(DESK_EN), "Li Wenjing")
    answers = [_sent(page) for _ in range(2)]
    assert "Rows sent back: 14" in answers[0]
    assert re.search(r"24 new, 0 updated, 7 the same as before", answers[0])
    assert re.search(r"0 new, 0 updated, 31 the same as before", answers[1])
    check_page(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="The whole answer").click()
    lines = Path(download.value.path()).read_text(encoding="gb18030").splitlines()
    assert lines[0].endswith("如何处理 what to do") or "what to do" in lines[0]
    assert len(lines) == 1 + 48


def _sent(page: Page) -> str:
    page.goto("/send/penalty/")
    page.locator("input[type=file]").set_input_files(standing.city_folder() / TRIAL)
    page.locator("main [name=reason]").fill("the month's file")
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name="Send it").click()
    jobs.run_waiting(queues=["intake"])
    page.reload()
    expect(page.locator("main")).to_contain_text("The whole answer")
    return _body(page)


def test_an_identity_officer_opens_a_row_for_a_reason(open_page: OpenPage) -> None:
    page = _be(open_page(DESK_EN), "Ye Mingyuan")
    page.goto("/quarantine/")
    check_page(page)
    page.get_by_role("link", name="Take this row").click()
    page.locator("main [name=reason]").fill("to see which of two it is")
    page.get_by_role("button", name="Open the row").click()
    expect(page.locator("main")).to_contain_text("This look is noted")
    check_page(page)
    page.get_by_label(re.compile("^Send it back")).check()
    page.locator("main [name=reason]").fill("number and name belong to different people")
    page.get_by_role("button", name="Decide").click()
    expect(page.locator("main")).to_contain_text("Identity checks")


def test_what_one_head_grants_the_other_approves(open_page: OpenPage) -> None:
    first, second = _be(open_page(DESK_EN), "Gu Qingyuan"), _be(open_page(DESK_EN), "Lu Zhixing")
    _find_the_mandate(first)
    expect(first.locator("main")).to_contain_text("another head's turn to approve")
    expect(first.get_by_role("link", name="Approve", exact=True)).to_have_count(0)
    first.goto("/officials/")
    expect(first.locator("main")).to_contain_text("Waiting for another person's approval")
    _find_the_mandate(second)
    second.get_by_role("link", name="Approve", exact=True).click()
    second.locator("main [name=reason]").fill("agreed")
    second.get_by_role("button", name="Approve").click()
    second.wait_for_load_state()
    second.goto("/officials/")
    expect(second.locator("main")).to_contain_text("Nothing waits for approval")
    second.goto("/permissions/")
    check_page(second)


def _find_the_mandate(page: Page) -> None:
    page.goto("/officials/")
    page.get_by_role("link", name=re.compile("Case officer")).first.click()
    page.wait_for_load_state()


def test_a_case_is_answered_by_its_source_and_by_two_officials(open_page: OpenPage) -> None:
    page = _be(open_page(DESK_EN), "Song Siqi")
    page.goto("/remedies/")
    assert "overdue" in _body(page)
    page.goto("/remedies/?turn=second")
    page.locator("th a").first.click()
    check_page(page)
    case = page.url
    assert "another official decides" in _body(page)
    assert page.locator('a[href$="/agree/"]').count() == 0
    source = _be(open_page(DESK_EN), "Bai Shouzhuo")
    source.goto("/remedies/?turn=supplier&workflow=objection")
    source.locator("th a").first.click()
    check_page(source)
    with source.expect_download():
        source.locator('a[href*="/papers/"]').first.click()
    source.locator('a[href$="/stand_by/"]').click()
    source.fill("#id_reason", "Compared with the decision: it agrees.")
    source.locator('button[name="send"]').click()
    check_page(source)
    second = _be(open_page(DESK_EN), "Wen Zhiyuan")
    second.goto(case)
    second.locator('a[href$="/agree/"]').click()
    check_page(second)
    second.locator('button[name="send"]').click()
    assert "rejected" in _body(second)
    anybody = open_page(PHONE_EN)
    anybody.goto("/matters/")
    check_page(anybody)


def test_an_operator_sees_health_and_no_person(open_page: OpenPage) -> None:
    page = _be(open_page(DESK), "骆一鸣")
    for address in ("/health/", "/work/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == HTTPStatus.OK
        check_page(page)
        assert not re.search(r"[0-9]{17}[0-9X]", page.content())


Ask = Callable[[], Called]


@pytest.fixture
def ask(city_server: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The command that the walk types again and again, as the README writes it, to this module's server."""
    (typed,) = set(re.findall(r"`\.venv/bin/chengxin (demo-bank look-up)`", README))
    assert typed in README_ZH
    monkeypatch.setenv("CHENGXIN_LANGUAGE", "en")
    return lambda: call(capsys, *typed.split(), "--url", city_server)


def test_a_bank_asks_and_he_decides_on_his_phone(open_page: OpenPage, ask: Ask) -> None:
    before = ask()
    assert (before.code, "There is no answer" in before.out) == (REFUSED, True)
    page = _be(open_page(PHONE_EN), "Zhou Jianguo")
    page.goto("/my/record/")
    check_page(page)
    page.get_by_role("link", name="See what they ask").click()
    check_page(page)
    page.get_by_role("link", name=re.compile("Chengan Bank")).click()
    check_page(page)
    shot(page, "bank-asks")
    assert page.locator("main input:checked").count() == 0, "nothing is ticked"
    page.get_by_role("checkbox", name="Administrative licence").check()
    page.get_by_role("radio", name="7 days").check()
    page.get_by_role("button", name="I agree").click()
    check_page(page)

    agreed = ask()
    assert agreed.code == DONE, agreed.err
    assert "1 entry was answered" in agreed.out
    assert "Administrative licence" in agreed.out
    assert "Penalty" not in agreed.out
    assert [line.split(":")[0].strip() for line in agreed.out.splitlines() if line.startswith("    ")] == [
        "Certificate",
        "Valid to",
        "Licensing body",
    ]

    access.sequence_log(at=clock.now())
    page.goto("/my/looks/")
    check_page(page)
    of_the_bank = page.locator("main tbody tr", has_text="Chengan Bank")
    assert of_the_bank.count() == 2, "the question that was refused and the one that was answered"
    expect(of_the_bank.first).to_contain_text(
        "one entry: Administrative licence (Certificate, Valid to, Licensing body)"
    )
    of_the_bank.first.get_by_role("link", name="proof").click()
    check_page(page)
    expect(page.get_by_role("link", name="Download the proof file")).to_be_visible()

    page.goto("/my/consents/")
    page.get_by_role("button", name="Take it back").click()
    check_page(page)
    after = ask()
    assert (after.code, "There is no answer" in after.out) == (REFUSED, True)


def test_the_bank_asks_others_of_the_cast_too(
    open_page: OpenPage, city_server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ("--customer", "孙志强", "--url", city_server)
    asked = call(capsys, "demo-bank", "ask-consent", *named)
    assert asked.code == DONE
    assert "云川诚安银行请孙志强同意" in asked.out
    assert "Chengan Bank asks Sun Zhiqiang" in asked.out
    page = _be(open_page(PHONE), "孙志强")
    page.goto("/my/consents/")
    page.locator("main ul.tasks a").click()
    page.locator('main input[value="court_defaulter"]').check()
    page.locator('main input[value="once"]').check()
    page.get_by_role("button", name="同意", exact=True).click()
    told = call(capsys, "demo-bank", "check", *named)
    assert told.code == DONE
    assert "不是：目前没有列入失信被执行人名单" in told.out
    assert "No: is not on the court's list of defaulters today" in told.out
    assert call(capsys, "demo-bank", "check", *named).code == REFUSED, "once is once"


def test_an_integrator_registers_a_client_and_runs_the_checklist(
    city_server: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sandbox, checklist = (re.search(rf"^\.venv/bin/{what} (.*)$", API, re.M) for what in ("chengxin", "python"))
    assert sandbox is not None
    assert checklist is not None
    assert call(capsys, *sandbox[1].split()).code == DONE
    client_id = (tmp_path / "mine" / "client-id").read_text().strip()
    typed = checklist[1].replace("$(cat mine/client-id)", client_id).replace("http://localhost:8000", city_server)
    module, *arguments = typed.removeprefix("-m ").split()
    assert module == conformance.__name__
    assert conformance.main(arguments) == 0
    assert f"{len(conformance.CHECKS)} checks, 0 failed" in capsys.readouterr().out
