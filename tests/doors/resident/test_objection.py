""" "This is wrong" and "this is not me" at the door: questions, check, receipt, and what happens to the entry at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from chengxin.foundation import clock
from chengxin.foundation.database import as_person
from chengxin.offices.terms import OrganisationView
from chengxin.records import facade as records
from chengxin.records.terms import Audience, MarkKind
from tests.doors.signing import signed_in
from tests.people import NOW
from tests.residents import (
    Resident,
    found_city_with_catalogue,
    give_honour,
    give_penalty,
    make_resident,
    make_supplier,
)


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


def seen_by_askers(resident: Resident) -> int:
    with as_person(resident.person_id):
        return len(records.entries_for(resident.person_id, Audience.ASKER, at=NOW))


def marks_of(resident: Resident) -> list[tuple[MarkKind, str]]:
    with as_person(resident.person_id):
        found = records.marks_of(resident.person_id, known_at=NOW)
    return [(mark.kind, mark.reason) for marks in found.values() for mark in marks]


def test_two_questions_lead_to_the_check_and_keep_nothing(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    base = f"/my/record/{uid}/wrong/"
    assert "这条记录说的是您吗" in client.get(base).content.decode()
    unanswered = client.get(base, {"asked": "1"}).content.decode()
    assert "请选择这条记录说的是不是您" in unanswered
    assert client.get(base, {"asked": "1", "who": "mine"}).headers["Location"] == f"{base}what/"
    assert client.get(base, {"asked": "1", "who": "not_me"}).headers["Location"] == f"{base}check/?about=not_me"
    assert "请选择哪里不对" in client.get(f"{base}what/", {"asked": "1"}).content.decode()
    answered = client.get(f"{base}what/", {"asked": "1", "what": "figures_wrong"})
    assert answered.headers["Location"] == f"{base}check/?about=figures_wrong"
    check = client.get(answered.headers["Location"]).content.decode()
    assert "日期或金额不对" in check
    assert "这条记录今天起暂停使用" in check
    assert "作出决定的机关自己的执行和措施不因此停止" in check
    assert marks_of(resident) == []


def test_an_answer_nobody_offered_leads_back_to_the_question(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    for about in ("", "anything", "mine"):
        back = client.post(f"/my/record/{uid}/wrong/check/", {"about": about})
        assert back.headers["Location"] == f"/my/record/{uid}/wrong/"
    assert marks_of(resident) == []


def test_objecting_freezes_an_adverse_entry_and_gives_a_numbered_receipt(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    assert seen_by_askers(resident) == 1
    client = signed_in(resident.account)
    receipt = client.post(f"/my/record/{uid}/wrong/check/", {"about": "performed"}, follow=True)
    page = receipt.content.decode()
    assert receipt.redirect_chain[-1] == (f"/my/record/{uid}/receipt/", 302)
    assert seen_by_askers(resident) == 0
    assert marks_of(resident) == [(MarkKind.OBJECTED, "performed"), (MarkKind.FROZEN, "performed")]
    line = next(one for one in records.objections_open(organisation_id=bureau.id) if one.number in page)
    assert not line.not_mine
    for words in (
        "异议回执",
        "2026年6月1日 12:00",
        "已经履行，记录没有更新",
        "已暂停使用",
        "云川市信用办公室",
        "000-12345678",
    ):
        assert words in page, words
    file = client.get("/my/record/").content.decode()
    assert "已暂停使用" in file
    assert "今天没有对您不利的记录在用" in file
    assert "看回执" in file


def test_the_receipt_is_the_same_each_time_and_a_second_objection_leads_to_it(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    base = f"/my/record/{uid}/"
    assert client.get(f"{base}receipt/").status_code == 404
    client.post(f"{base}wrong/check/", {"about": "facts_wrong"})
    first = client.get(f"{base}receipt/").content.decode()
    for again in (client.get(f"{base}wrong/what/"), client.post(f"{base}wrong/check/", {"about": "other_wrong"})):
        assert again.headers["Location"] == f"{base}receipt/"
    assert len(marks_of(resident)) == 2
    assert "它说的根本不是您" in first
    client.post(f"{base}wrong/check/", {"about": "not_me"})
    joined = client.get(f"{base}receipt/").content.decode()
    number = first.split('class="big-figure">')[1].split("<")[0]
    assert number in joined
    assert "不是我，说的是别人" in joined
    assert next(one for one in records.objections_open() if one.number == number).not_mine


def test_objecting_to_an_honour_notes_it_and_pauses_nothing(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_honour(resident, bureau)
    client = signed_in(resident.account)
    assert "class_wrong" not in client.get(f"/my/record/{uid}/wrong/what/").content.decode()
    page = client.post(f"/my/record/{uid}/wrong/check/", {"about": "facts_wrong"}, follow=True).content.decode()
    assert "记录旁已注明" in page
    assert marks_of(resident) == [(MarkKind.OBJECTED, "facts_wrong")]


def test_what_has_ended_can_still_be_contested(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(
        resident, bureau, decided_on=date(2024, 6, 3), served_on=date(2024, 6, 5), display_until=date(2025, 6, 3)
    )
    page = signed_in(resident.account).post(f"/my/record/{uid}/wrong/check/", {"about": "not_me"}, follow=True)
    assert "异议回执" in page.content.decode()


def test_english_says_the_same(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account, language="en")
    assert "Is this entry about you?" in client.get(f"/my/record/{uid}/wrong/").content.decode()
    page = client.post(f"/my/record/{uid}/wrong/check/", {"about": "not_me"}, follow=True).content.decode()
    assert "Receipt of your objection" in page
    assert "Nobody but you sees it" in page
