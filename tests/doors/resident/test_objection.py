""" "This is wrong" and "this is not me" at the door: questions, check, receipt, and what happens to the entry at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import pytest

from chengxin.access import facade as access
from chengxin.access.terms.asking import Answered
from chengxin.foundation import clock
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.offices.terms import OrganisationView, Role
from chengxin.records import facade as records
from chengxin.records.terms import Audience, MarkKind
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import About, AboutKind, Case, Deed, Turn
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.workflows import Act, Outcome
from tests.asking import ask, consented, looks, machine_of, make_bank, make_client, question
from tests.doors.questions import answer, spoken
from tests.doors.resident.conftest import Officials
from tests.doors.signing import signed_in
from tests.making import make_official
from tests.people import NOW
from tests.remedies import FOR, object_to, step
from tests.residents import (
    FOUNDED,
    Resident,
    found_city_with_catalogue,
    give_honour,
    give_licence,
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


@pytest.mark.parametrize("asked", [True, False], ids=["ticked", "left empty"])
def test_what_is_not_adverse_is_frozen_where_its_person_asks_for_it_alone(
    bureau: OrganisationView, asked: bool
) -> None:
    resident = make_resident()
    _, uid = give_licence(resident, bureau)
    client = signed_in(resident.account)
    base = f"/my/record/{uid}/wrong/"
    client.post(client.post(base, {"who": "mine"}).headers["Location"], {"what": "facts_wrong"})
    page = client.get(f"{base}words/").content.decode()
    assert "也不让别人使用这条记录" in page
    assert "checked" not in page
    check = client.post(f"{base}words/", {"words": "地址写错了。", **({"freeze": "on"} if asked else {})}).headers[
        "Location"
    ]
    shown = client.get(check).content.decode()
    assert ("要，答复以前暂停使用" in shown) is asked
    before = seen_by_askers(resident)
    client.post(check)
    assert before - seen_by_askers(resident) == asked
    assert (MarkKind.FROZEN in dict(marks_of(resident))) is asked


def test_an_adverse_entry_is_frozen_at_once_and_nobody_is_asked(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    base = f"/my/record/{uid}/wrong/"
    client.post(client.post(base, {"who": "mine"}).headers["Location"], {"what": "figures_wrong"})
    assert "也不让别人使用这条记录" not in client.get(f"{base}words/").content.decode()


# --- what is no entry -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["look", "use"])
def test_a_look_and_its_use_are_contested_and_whoever_looked_answers(
    bureau: OrganisationView, officials: Officials, what: str
) -> None:
    resident, bank = make_resident(), make_bank(at=FOUNDED)
    give_penalty(resident, bureau)
    machine = machine_of(make_client(bank, at=FOUNDED))
    consented(resident, machine, days=30)
    assert isinstance(ask(machine, question(resident), NOW), Answered)
    (look,) = looks(resident)
    client = signed_in(resident.account)
    address = f"/my/looks/{look.uid}/contest/"
    assert address in client.get("/my/looks/").content.decode()
    assert "请选择哪里不对" in client.post(address, {"words": "贷款早就还清了。"}).content.decode()
    receipt = spoken(client.post(address, {"what": what, "words": "贷款早就还清了。"}, follow=True))
    assert "贷款早就还清了。" in receipt
    (case,) = cases_of(resident)
    assert (case.about.kind.value, case.about.uid, case.about.supplier) == (what, look.uid, bank.id)
    assert bank.name_zh in case.words
    assert client.get(address).headers["Location"] == f"/my/matters/{case.uid}/"

    officer, _, _ = officials(bureau)
    # a bank supplies nothing, so that its head answers
    answerer = make_official(role=Role.OFFICE_HEAD, organisation=bank, at=FOUNDED)
    step(officer, case, Act.FORWARD)
    assert remedies.case_for(actor=answerer, uid=case.uid, at=NOW).case.turn is Turn.SUPPLIER
    page = spoken(client.get(f"/my/matters/{case.uid}/"))
    assert f"轮到{bank.name_zh}核查" in page
    assert "移除" not in page
    step(answerer, case, Act.ADMIT, Deed(reason="授权范围看错了。"))
    closed = step(officer, case, Act.UPHOLD, Deed(reason="不应该看。", letter=FOR))
    assert closed.outcome is Outcome.FOR
    assert marks_of(resident) == []


def test_nobody_contests_a_look_at_somebody_else(bureau: OrganisationView) -> None:
    resident, other = make_resident(), make_resident()
    machine = machine_of(make_client(make_bank(at=FOUNDED), at=FOUNDED))
    give_penalty(resident, bureau)
    consented(resident, machine, days=30)
    ask(machine, question(resident), NOW)
    (look,) = looks(resident)
    assert signed_in(other.account).get(f"/my/looks/{look.uid}/contest/").status_code == 404
    with pytest.raises(NotFound):
        remedies.open_case(
            actor=other.someone.actor, person_id=other.person_id, workflow="objection",
            about=About(AboutKind.LOOK, look.uid), deed=Deed(reason="x"), at=NOW, reason="look_contested",
        )  # fmt: skip


def test_whoever_looked_does_not_answer_for_it(bureau: OrganisationView, officials: Officials) -> None:
    resident = make_resident()
    officer, _, _ = officials(bureau)
    _, uid = give_penalty(resident, bureau)
    remedies.case_for(actor=officer, uid=object_to(resident, uid).uid, at=NOW)
    with as_person(resident.person_id):
        (look,) = access.looks_of(resident.person_id, at=NOW, own=False)
    case = remedies.open_case(
        actor=resident.someone.actor, person_id=resident.person_id, workflow="objection",
        about=About(AboutKind.LOOK, look.uid), deed=Deed(reason="他不该看。"), at=NOW, reason="look_contested",
    )  # fmt: skip
    step(officer, case, Act.SKIP_SUPPLIER, Deed(reason="本平台自己的查看。"))
    with pytest.raises(Refusal, match=Reason.NOT_IMPARTIAL.value):
        step(officer, case, Act.UPHOLD, Deed(reason="不应该看。", letter=FOR))


def test_a_demand_to_show_ones_own_report_is_contested(bureau: OrganisationView) -> None:
    resident = make_resident()
    client = signed_in(resident.account)
    assert "/my/matters/demand/" in client.get("/my/matters/").content.decode()
    assert "请写是谁要的" in client.post("/my/matters/demand/", {"by": "", "words": "租房。"}).content.decode()
    receipt = client.post("/my/matters/demand/", {"by": "云川安居公司", "words": "租房要我交信用报告。"}, follow=True)
    assert "先了解情况" in receipt.content.decode()
    assert "提供记录的单位" not in receipt.content.decode(), "where no entry is contested, nobody supplied one"
    (case,) = cases_of(resident)
    assert (case.about.kind, case.about.uid, case.workflow) == (AboutKind.DEMAND, None, "objection")
    page = spoken(client.get(f"/my/matters/{case.uid}/"))
    assert "云川安居公司" in page
    assert "负责人每天收到提醒" in page
    assert "自动从所有地方移除" not in page


def test_own_words_have_no_length_that_somebody_reaches_by_typing(bureau: OrganisationView) -> None:
    """Three hundred thousand characters are three megabytes on the way: they arrive whole. Other forms stay small."""
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client, check, words = signed_in(resident.account), f"/my/record/{uid}/wrong/", "我说。" * 100_000 + "说完了。"
    for said in ({"who": "mine"}, {"what": "facts_wrong"}, {"words": words}):
        answered = client.post(check, urlencode(said), content_type="application/x-www-form-urlencoded")
        assert answered.status_code == 302, answered.content.decode()[:2000]
        check = answered.headers["Location"]
    client.post(check, {"freeze": ""})
    (case,) = remedies.cases_of(actor=resident.someone.actor, at=NOW)
    assert case.events[0].reason == words
    small = client.post("/my/contact/", urlencode({"email": words}), content_type="application/x-www-form-urlencoded")
    assert small.status_code == 400
    assert "存成文件" in small.content.decode()
