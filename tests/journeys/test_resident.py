"""A person's own pages in a real browser: worried, on a phone, with and without scripts, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from playwright.sync_api import expect

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.foundation import clock, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.offices.terms import OrganisationView
from chengxin.records import facade as records
from tests.journeys.browser import DESK, LOOKS, PHONE, PHONE_EN, PHONE_PLAIN, Look, OpenPage, check_page
from tests.people import NOW
from tests.residents import (
    Resident,
    found_city_with_catalogue,
    give_court_entry,
    give_honour,
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


@pytest.fixture(scope="module")
def everything(bureau: OrganisationView) -> tuple[Resident, dict[str, str]]:
    """Somebody about whom every kind of entry is held, in every standing; and the addresses of their pages."""
    resident = make_resident()
    court = make_supplier("court", "云川市中级人民法院")
    entry = give_penalty(resident, bureau)
    give_penalty(resident, bureau, entry=entry, version=2, known_from=NOW - timedelta(days=9), more={"CF_NR_FK": "0.2"})
    coming = give_penalty(
        resident,
        bureau,
        decided_on=date(2026, 4, 7),
        served_on=date(2026, 4, 9),
        final_on=date(2026, 10, 9),
        display_until=date(2027, 4, 7),
    )
    give_penalty(resident, bureau, act_class=1, decided_on=date(2026, 4, 7), served_on=date(2026, 4, 9),
                 final_on=date(2026, 10, 9), display_until=date(2026, 7, 7))  # fmt: skip
    give_penalty(
        resident, bureau, decided_on=date(2024, 6, 3), served_on=date(2024, 6, 5), display_until=date(2025, 6, 3)
    )
    listed = give_court_entry(resident, court)
    honour = give_honour(resident, make_supplier("civilisation", "云川市文明办"))
    give_licence(resident, bureau)
    with as_person(resident.person_id):
        letter = outbox.tell(
            person_id=resident.person_id, kind="entry_new", subject_kind="entry", subject_id=coming[0], at=NOW
        )
        seen = records.entries_with_any_status(resident.person_id, shown_at=NOW, known_at=NOW)
        officer = Actor("official", resident.account.id, resident.account.id, bureau.id, "identity_officer")
        access.log_look(
            actor=officer,
            person_id=resident.person_id,
            purpose=Purpose.IDENTITY_CHECK,
            entries=[one for one in seen if one.uid == entry[1]],
            fields=("*",),
            at=NOW - timedelta(days=12),
        )
    base = "/my/record/"
    return resident, {
        "file": base,
        "printed": f"{base}print/",
        "corrected": f"{base}{entry[1]}/",
        "coming": f"{base}{coming[1]}/",
        "court": f"{base}{listed[1]}/",
        "honour": f"{base}{honour[1]}/",
        "who": f"{base}{coming[1]}/wrong/",
        "what": f"{base}{coming[1]}/wrong/what/",
        "words": f"{base}{coming[1]}/wrong/words/",
        "check": f"{base}{listed[1]}/wrong/check/?about=not_me",
        "looks": "/my/looks/",
        "letters": "/my/letters/",
        "letter": f"/my/letters/{letter}/",
        "processing": "/my/processing/",
        "contact": "/my/contact/",
    }


WHOLE = (PHONE, PHONE_PLAIN, PHONE_EN, DESK)
"""Looks in which every page is met; in the others, those that differ most."""
TELLING = ("file", "coming", "check", "looks", "letter")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_persons_pages_stop_nobody(
    open_page: OpenPage, everything: tuple[Resident, dict[str, str]], look: Look
) -> None:
    resident, addresses = everything
    page = open_page(look, resident.account)
    for name, address in addresses.items():
        if look not in WHOLE and name not in TELLING:
            continue
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == HTTPStatus.OK, name
        check_page(page)


@pytest.mark.parametrize("look", WHOLE[:3], ids=lambda look: look.name)
def test_nothing_is_held(open_page: OpenPage, look: Look) -> None:
    page = open_page(look, make_resident().account)
    page.goto("/")
    page.get_by_role("main").locator("a.button").first.click()
    check_page(page)
    assert page.locator("article").count() == 0
    assert page.locator("h1").inner_text() in {"没有关于您的记录", "Nothing is held about you"}


def test_an_honour_is_declined_and_taken_back(open_page: OpenPage, bureau: OrganisationView) -> None:
    resident = make_resident()
    give_honour(resident, bureau)
    page = open_page(PHONE_PLAIN, resident.account)
    page.goto("/my/record/")
    page.get_by_role("article").get_by_role("link", name="谢绝这条记录").click()
    page.get_by_role("button", name="谢绝这条记录").click()
    expect(page.get_by_role("main")).to_contain_text("已谢绝")
    check_page(page)
    page.get_by_role("button", name="恢复这条记录").click()
    expect(page.get_by_role("main")).to_contain_text("已恢复")


def test_all_of_it_prints_and_downloads(open_page: OpenPage, everything: tuple[Resident, dict[str, str]]) -> None:
    page = open_page(PHONE, everything[0].account)
    page.goto("/my/record/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载全部记录").click()
    assert waiting.value.suggested_filename == "chengxin-20260601.json"
    page.goto("/my/record/print/")
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="我的全部记录").is_visible()
    assert not page.locator(".foot").is_visible()
    check_page(page)


def test_a_printed_entry_holds_what_is_folded_on_the_screen(
    open_page: OpenPage, everything: tuple[Resident, dict[str, str]]
) -> None:
    resident, addresses = everything
    page = open_page(DESK, resident.account)
    page.goto(addresses["coming"])
    folded = page.locator("details .facts").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
