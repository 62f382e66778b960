"""The README's walk through the demonstration, step by step, as somebody who has just read it would take it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chengxin.doors.demo import standing
from chengxin.doors.demo.city import cast
from chengxin.doors.demo.city.making import TRIAL
from chengxin.doors.demo.city.offices import officials
from chengxin.foundation import jobs
from tests.house.source import PROJECT
from tests.invented import Built, building_city
from tests.journeys.browser import DESK, DESK_EN, PHONE, OpenPage, check_page

README = (PROJECT / "README.md").read_text(encoding="utf-8")
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
    check_page(page)
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt")
    check_page(page)
    page.goto("/my/record/")
    assert "Paused" in _body(page)


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


def test_an_operator_sees_health_and_no_person(open_page: OpenPage) -> None:
    page = _be(open_page(DESK), "骆一鸣")
    for address in ("/health/", "/work/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == HTTPStatus.OK
        check_page(page)
        assert not re.search(r"[0-9]{17}[0-9X]", page.content())
