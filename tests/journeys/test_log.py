"""A person carries the proof of a look away and checks it in the browser, on our address and from a saved file."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from chengxin.access import facade as access
from chengxin.foundation import clock
from chengxin.foundation.database import as_person
from tests.journeys.browser import DESK_EN, PHONE, PHONE_PLAIN, Look, OpenPage, check_page, shot
from tests.people import NOW
from tests.residents import Resident, found_city_with_catalogue, make_resident


@pytest.fixture(scope="module")
def resident(city: None) -> Resident:
    found_city_with_catalogue()
    someone = make_resident()
    access.own_file(actor=someone.someone.actor, person_id=someone.person_id, at=clock.now())
    access.sequence_log(at=clock.now())
    return someone


def uid_of(resident: Resident) -> UUID:
    with as_person(resident.person_id):
        return access.looks_of(resident.person_id, at=NOW)[-1].uid


def result(page: Page, file: Path, key: str = "") -> str:
    page.set_input_files("#file", file)
    page.fill("#key", key)
    page.evaluate("document.getElementById('answer').removeAttribute('data-result')")
    page.click("#check")
    page.wait_for_selector("#answer[data-result]")
    return page.locator("#answer").get_attribute("data-result") or ""


@pytest.mark.parametrize("look", [DESK_EN, PHONE_PLAIN], ids=lambda look: look.name)
def test_the_page_of_a_proof_and_the_page_that_checks_it(open_page: OpenPage, resident: Resident, look: Look) -> None:
    page = open_page(look, resident.account)
    page.goto("/my/looks/")
    check_page(page)
    page.goto(f"/my/looks/{uid_of(resident)}/proof/")
    check_page(page)
    shot(page, "resident-proof")
    page.goto("/log/verify/")
    check_page(page)
    shot(page, "log-verify")


def test_a_proof_is_checked_here_and_from_a_saved_file(open_page: OpenPage, resident: Resident, tmp_path: Path) -> None:
    page = open_page(PHONE, resident.account)
    page.goto(f"/my/looks/{uid_of(resident)}/proof/")
    with page.expect_download() as download:
        page.locator('a[href$="proof.json"]').click()
    good = tmp_path / "look.json"
    download.value.save_as(good)
    told = json.loads(good.read_text(encoding="utf-8"))
    bent = tmp_path / "bent.json"
    bent.write_text(json.dumps({**told, "text": told["salt"]}), encoding="utf-8")
    forged = tmp_path / "forged.json"
    forged.write_text(
        json.dumps({**told, "checkpoint": told["checkpoint"].replace("\n1\n", "\n2\n")}), encoding="utf-8"
    )
    unread = tmp_path / "unread.json"
    unread.write_text("{}", encoding="utf-8")
    key = access.log_keys()[0].text()
    page.goto("/log/verify/")
    saved = tmp_path / "verify.html"
    saved.write_text(page.content(), encoding="utf-8")
    for address in ("/log/verify/", saved.as_uri()):
        page.goto(address)
        assert result(page, good, key) == "holds"
        expect(page.locator("#answer pre")).to_contain_text("own_file")
        assert result(page, good) == "holds"
        expect(page.locator("#answer")).to_contain_text(key)
        assert result(page, bent, key) == "fails"
        assert result(page, forged, key) == "fails"
        assert result(page, unread, key) == "unread"
        assert result(page, good, key[:-8]) == "unread"
    check = page.locator("#answer")
    assert check.get_attribute("role") == "status"
