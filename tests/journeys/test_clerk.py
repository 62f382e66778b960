"""A clerk's forty minutes in a browser: an old spreadsheet goes in, what is wrong comes back row by row, and is mended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chengxin.foundation import clock
from chengxin.offices.terms import Role
from tests.journeys.browser import DESK_PLAIN_EN, PHONE, Look, OpenPage, check_page, shot
from tests.making import official_of
from tests.people import NOW
from tests.rooms.collection.making import (
    ITEM,
    Supplier,
    file_of,
    hand_in,
    make_decision,
    make_supplier,
    work_waiting,
)

EACH = pytest.mark.parametrize("look", [PHONE, DESK_PLAIN_EN], ids=lambda look: look.name)


@pytest.fixture(scope="module", autouse=True)
def _clock_stands_still(city: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield


def clerk_page(open_page: OpenPage, look: Look, supplier: Supplier) -> Page:
    return open_page(look, official_of(supplier.clerk).account)


def old_spreadsheet(supplier: Supplier, folder: Path) -> Path:
    """Two good rows, two bad ones, GB18030, and two headings of the office's own."""
    rows = [make_decision(supplier), make_decision(supplier)]
    rows += [make_decision(supplier, document="00010119900101123X"), make_decision(supplier, law="", amount="3000元")]
    text = file_of(rows).decode().replace("CF_XDR_ZJHM", "身份证号", 1).replace("CF_WSH", "我们的编号", 1)
    path = folder / "三月处罚.csv"
    path.write_bytes(text.encode("gb18030"))
    return path


@EACH
def test_a_file_is_sent_answered_and_mended(open_page: OpenPage, look: Look, tmp_path: Path) -> None:
    supplier = make_supplier()
    page = clerk_page(open_page, look, supplier)
    page.goto("/duties/")
    check_page(page)
    shot(page, "clerk-1-duties")
    page.locator("main .actions a.button").click()
    check_page(page)
    shot(page, "clerk-2-send")
    page.locator(f'main a[href="/send/{ITEM}/"]').click()
    check_page(page)
    shot(page, "clerk-3-file")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "clerk-3-file-missing")
    page.set_input_files("input[type=file]", old_spreadsheet(supplier, tmp_path))
    page.locator("main form button").click()
    check_page(page)
    shot(page, "clerk-4-draft-open")
    page.locator('main .actions a[href$="/headings/"]').click()
    check_page(page)
    shot(page, "clerk-5-headings")
    for heading, code in (("身份证号", "CF_XDR_ZJHM"), ("我们的编号", "CF_WSH")):
        page.get_by_label(heading, exact=True).select_option(code)
    page.locator("main form button").click()
    check_page(page)
    shot(page, "clerk-6-draft")
    page.locator('main form[action$="/try/"] button').click()
    check_page(page)
    shot(page, "clerk-7-tried")
    page.locator('main form[action$="/send/"] button').click()
    check_page(page)
    shot(page, "clerk-8-waiting")
    expect(page.locator("#progress")).to_be_visible()
    work_waiting()
    if look.scripts:
        # the bar asks every two seconds, and the page then renews itself
        page.wait_for_selector('a[href$="/failed/"]', timeout=15_000)
    else:
        page.locator("#progress a").click()
    check_page(page)
    shot(page, "clerk-9-answer")
    with page.expect_download() as download:
        page.locator('main a[href$="/failed/"]').click()
    name = download.value.suggested_filename
    assert name == "三月处罚-failed.csv"
    content = Path(download.value.path()).read_bytes().decode("gb18030")
    assert content.count("\n") == 3, "the heading and the two rows to mend"


@EACH
def test_one_row_is_typed_in_and_its_faults_stand_beside_the_questions(open_page: OpenPage, look: Look) -> None:
    supplier = make_supplier()
    page = clerk_page(open_page, look, supplier)
    page.goto(f"/send/{ITEM}/row/")
    check_page(page)
    shot(page, "clerk-row")
    decision = make_decision(supplier)
    for code, cell in decision.cells().items():
        if code == "CF_CFLB":
            page.locator(f'input[name="{code}"][value="罚款"]').check()
            continue
        field = page.locator(f'[name="{code}"]')
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(cell)
        elif code not in {"CF_XDR_ZJHM", "CF_SY"}:
            field.fill(cell)
    page.fill("#id_CF_XDR_ZJHM", "00010119900101123X")
    page.locator("main form button").click()
    check_page(page)
    shot(page, "clerk-row-wrong")
    assert page.locator("#mistakes a").count() == 2
    assert page.locator("#id_CF_WSH").input_value() == decision.number, "nothing typed is lost"
    page.fill("#id_CF_XDR_ZJHM", decision.document)
    page.fill("#id_CF_SY", decision.facts)
    page.locator("main form button").click()
    check_page(page)
    assert re.search(r"/batches/[0-9a-f-]{36}/$", page.url)


@EACH
def test_what_follows_an_answer(open_page: OpenPage, look: Look) -> None:
    supplier = make_supplier()
    batch = hand_in(supplier, *[make_decision(supplier) for _ in range(3)], make_decision(supplier, document="1"))
    page = clerk_page(open_page, look, supplier)
    for address in ("/batches/", f"/batches/{batch.uid}/", "/supply/", f"/duties/{ITEM}/2026-05-01/nothing/"):
        page.goto(address)
        check_page(page)
        shot(page, "clerk-" + re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "uid", address).strip("/").replace("/", "-"))
    page.goto(f"/batches/{batch.uid}/withdraw/")
    page.fill("#id_row", "2")
    page.check("#id_because_1")
    page.fill("#id_reason", "决定已撤销")
    check_page(page)
    shot(page, "clerk-withdraw")
    page.locator("main form button").click()
    check_page(page)
    page.locator('main a[href$="/recall/"]').click()
    page.fill("#id_reason", "整批用错了模板")
    page.locator("main form button").click()
    check_page(page)
    second = open_page(look, official_of(supplier.other_clerk(Role.SUPERVISOR_CLERK)).account)
    second.goto("/recalls/")
    check_page(second)
    shot(second, "clerk-recalls")
    second.locator('main a[href$="/approve/"]').click()
    check_page(second)
    shot(second, "clerk-recall-approve")
    second.fill("#id_reason", "情况属实")
    second.locator("main form button").click()
    check_page(second)
    page.reload()
    check_page(page)
    shot(page, "clerk-recalled")
