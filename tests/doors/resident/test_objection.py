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
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import AboutKind, Case
from tests.doors.questions import answer, spoken
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

TERMS = {MarkKind.CLOCK_MOVED}


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


def seen_by_askers(resident: Resident) -> int:
    with as_person(resident.person_id):
        return len(records.entries_for(resident.person_id, Audience.ASKER, at=NOW))


def marks_of(resident: Resident) -> list[tuple[MarkKind, str]]:
    """The marks of their entries; terms that move are the case's."""
    with as_person(resident.person_id):
        found = records.marks_of(resident.person_id, known_at=NOW)
    return [(mark.kind, mark.reason) for marks in found.values() for mark in marks if mark.kind not in TERMS]


def cases_of(resident: Resident) -> list[Case]:
    return remedies.cases_of(actor=resident.someone.actor, at=NOW)


def test_the_questions_lead_to_the_check_and_mark_nothing(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    base = f"/my/record/{uid}/wrong/"
    assert "这条记录说的是您吗" in client.get(base).content.decode()
    assert "请选择这条记录说的是不是您" in client.post(base, {}).content.decode()
    assert client.post(base, {"who": "mine"}).headers["Location"] == f"{base}what/"
    assert "请选择哪里不对" in client.post(f"{base}what/", {}).content.decode()
    assert client.post(f"{base}what/", {"what": "figures_wrong"}).headers["Location"] == f"{base}words/"
    assert client.post(f"{base}words/", {"words": "金额写错了。"}).headers["Location"] == f"{base}check/"
    check = client.get(f"{base}check/").content.decode()
    for words in (
        "日期或金额不对",
        "金额写错了。",
        "这条记录今天起暂停使用",
        "作出决定的机关自己的执行和措施不因此停止",
    ):
        assert words in check, words
    assert marks_of(resident) == []
    assert cases_of(resident) == []


def test_what_was_answered_survives_the_loss_of_the_sign_in(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    base = f"/my/record/{uid}/wrong/"
    answer(signed_in(resident.account), base, who="mine", what="facts_wrong", words="那天我在外地。")
    anew = signed_in(resident.account)
    assert "那天我在外地。" in anew.get(f"{base}check/").content.decode()
    assert "那天我在外地。" in anew.get(f"{base}words/").content.decode()
    listed = anew.get("/my/matters/").content.decode()
    assert "填了一半，还没有提交" in listed
    assert f"{base}check/" in listed
    anew.post(f"{base}check/")
    assert "填了一半" not in anew.get("/my/matters/").content.decode()


def test_a_draft_is_its_persons_alone_and_thrown_away_on_their_word(bureau: OrganisationView) -> None:
    one, other = make_resident(), make_resident()
    _, uid = give_penalty(one, bureau)
    answer(signed_in(one.account), f"/my/record/{uid}/wrong/", who="mine")
    assert "填了一半" not in signed_in(other.account).get("/my/matters/").content.decode()
    dropped = signed_in(one.account).post(f"/my/matters/drafts/objection/{uid}/drop/", follow=True).content.decode()
    assert "已删除" in dropped
    assert "填了一半" not in dropped


def test_changing_an_answer_leads_back_to_the_check(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    base = f"/my/record/{uid}/wrong/"
    answer(client, base, who="mine", what="facts_wrong", words="")
    assert client.post(f"{base}what/", {"what": "performed"}).headers["Location"] == f"{base}check/"
    assert "已经履行" in client.get(f"{base}check/").content.decode()


def test_an_answer_nobody_offered_leads_nowhere(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    assert client.post(f"/my/record/{uid}/wrong/", {"who": "anything"}).status_code == 200
    assert client.post(f"/my/record/{uid}/wrong/check/", {}).headers["Location"] == f"/my/record/{uid}/wrong/"
    assert client.get(f"/my/record/{uid}/wrong/nothing/").status_code == 404
    assert marks_of(resident) == []


def test_objecting_freezes_an_adverse_entry_and_gives_a_numbered_receipt(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    assert seen_by_askers(resident) == 1
    client = signed_in(resident.account)
    check = answer(client, f"/my/record/{uid}/wrong/", who="mine", what="performed", words="3月1日已缴清。")
    receipt = client.post(check, follow=True)
    page = spoken(receipt)
    (case,) = cases_of(resident)
    assert receipt.redirect_chain[-1] == (f"/my/matters/{case.uid}/receipt/", 302)
    assert seen_by_askers(resident) == 0
    assert marks_of(resident) == [(MarkKind.OBJECTED, "performed"), (MarkKind.FROZEN, "performed")]
    assert case.words == "3月1日已缴清。"
    for words in (
        "异议回执",
        case.number,
        "2026年6月1日 12:00",
        "已经履行，记录没有更新",
        "3月1日已缴清。",
        "最迟2026年6月2日",  # the platform checks itself within one working day
        "6月3日零时起，这条记录自动从所有地方移除",
        "云川市信用办公室",
        "000-12345678",
    ):
        assert words in page, words
    file = client.get("/my/record/").content.decode()
    assert "已暂停使用" in file
    assert "今天没有对您不利的记录在用" in file
    assert "看回执" in file


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"who": "not_me"}, AboutKind.IDENTITY),
        ({"who": "mine", "what": "should_have_ended"}, AboutKind.PERIOD),
        ({"who": "mine", "what": "facts_wrong"}, AboutKind.ENTRY),
    ],
)
def test_the_answers_say_what_the_case_is_about(
    bureau: OrganisationView, answers: dict[str, str], kind: AboutKind
) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    client.post(answer(client, f"/my/record/{uid}/wrong/", **answers, words=""))
    assert [case.about.kind for case in cases_of(resident)] == [kind]


def test_not_me_is_one_tap_from_the_entry(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    check = client.get(f"/my/record/{uid}/wrong/check/?about=not_me").content.decode()
    assert "不是我，说的是别人" in check
    page = client.post(f"/my/record/{uid}/wrong/check/", {"about": "not_me"}, follow=True).content.decode()
    assert "异议回执" in page
    assert (MarkKind.NOT_MINE, "not_me") in marks_of(resident)


def test_the_receipt_is_the_same_each_time_and_a_second_objection_leads_to_it(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    base = f"/my/record/{uid}/"
    assert client.get(f"{base}receipt/").status_code == 404
    client.post(answer(client, f"{base}wrong/", who="mine", what="facts_wrong", words=""))
    (case,) = cases_of(resident)
    receipt = f"/my/matters/{case.uid}/receipt/"
    for again in (client.get(f"{base}wrong/"), client.get(f"{base}wrong/check/"), client.get(f"{base}receipt/")):
        assert again.headers["Location"] == receipt
    assert len(marks_of(resident)) == 2
    assert "它说的根本不是您" in client.get(receipt).content.decode()
    client.post(f"{base}wrong/check/", {"about": "not_me"})
    assert [one.number for one in cases_of(resident)] == [case.number]
    assert (MarkKind.NOT_MINE, "not_me") in marks_of(resident)


def test_objecting_to_an_honour_notes_it_and_pauses_nothing(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_honour(resident, bureau)
    client = signed_in(resident.account)
    assert "class_wrong" not in client.get(f"/my/record/{uid}/wrong/what/").content.decode()
    check = answer(client, f"/my/record/{uid}/wrong/", who="mine", what="facts_wrong", words="")
    page = client.post(check, follow=True).content.decode()
    assert "异议回执" in page
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
    assert "out of every output" in page
