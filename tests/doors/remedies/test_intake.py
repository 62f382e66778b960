"""No wrong door: a case at a counter, by telephone, on paper, with a receipt in both languages and nothing of the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

import pytest

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.foundation import clock, outbox
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Journal
from chengxin.offices import facade as offices
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.terms import Audience, Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import AboutKind, Case, Channel, Turn
from chengxin.remedies.terms.workflows import Act
from tests.asking import ask, consented, looks, machine_of, make_bank, make_client, question
from tests.doors.offering import Desk, desk, refused, said_wrong, shown, words
from tests.doors.remedies.conftest import Town
from tests.doors.signing import signed_in
from tests.people import NOW, invented_identity
from tests.remedies import object_to, status_of, step
from tests.residents import FOUNDED, Resident, give_penalty, make_resident

SAID = "我没有做过这件事，那天我在医院。"
WISHES = "/take-in/"


@pytest.fixture(scope="module")
def clerk(town: Town) -> Desk:
    """Somebody at an office that has nothing to do with it."""
    return desk(Role.CLERK)


def form(resident: Resident, **other: str) -> dict[str, object]:
    given = {
        "channel": "counter",
        "kind": "01",
        "number": resident.someone.number,
        "name": resident.someone.name,
        "wish": "objection",
        "decision": "",
        "words": SAID,
    }
    return {**given, **other}


def fined(town: Town, number: str) -> Resident:
    resident = make_resident()
    give_penalty(resident, town.source, more={"CF_WSH": number})
    return resident


def newest(resident: Resident) -> Case:
    return remedies.cases_of(actor=resident.someone.actor, at=NOW)[0]


def test_any_office_that_is_asked_takes_it_in(town: Town, clerk: Desk) -> None:
    for one in (clerk, town.officer, town.answerer, desk(Role.IDENTITY_OFFICER), desk(Role.INQUIRER)):
        assert "代收" in shown(one.client, WISHES)
    assert "您现在的职权不包括这一步" in refused(desk(Role.AUDITOR).client, WISHES)


def test_by_the_number_of_its_decision_however_its_brackets_are_typed(town: Town, clerk: Desk) -> None:
    resident = fined(town, "云市监罚〔2025〕9901号")
    answer = clerk.client.post(WISHES, form(resident, decision=" 云市监罚[2025]9901号 "))
    case = newest(resident)
    assert (case.workflow, case.about.kind, case.channel) == ("objection", AboutKind.ENTRY, Channel.COUNTER)
    assert case.words == SAID
    page = words(answer.content)
    assert case.number in page
    assert "2026年6月" in page
    assert "June 2026" in page
    assert "罚款" not in page
    assert "未明码标价" not in page
    assert town.source.name_zh not in page
    with as_person(resident.person_id):
        assert [one.purpose for one in access.looks_of(resident.person_id, at=NOW, own=False)] == [Purpose.REMEDY_CASE]


def test_not_theirs_is_an_objection_to_the_identity_and_freezes_at_once(town: Town, clerk: Desk) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, town.source, more={"CF_WSH": "云市监罚〔2025〕9902号"})
    clerk.client.post(WISHES, form(resident, decision="云市监罚〔2025〕9902号", wish="not_me"))
    assert newest(resident).about.kind is AboutKind.IDENTITY
    assert status_of(resident, uid) is Status.FROZEN


def test_their_own_words_are_put_beside_the_entry(town: Town, clerk: Desk) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, town.source, more={"CF_WSH": "云市监罚〔2025〕9905号"})
    clerk.client.post(WISHES, form(resident, decision="云市监罚〔2025〕9905号", wish="statement", channel="telephone"))
    assert (newest(resident).workflow, newest(resident).channel) == ("statement", Channel.TELEPHONE)
    with as_person(resident.person_id):
        found = records.entry_for(resident.person_id, uid, Audience.ASKER, at=NOW)
    assert found is not None
    assert found.statement is not None
    assert found.statement.text == SAID


@pytest.mark.parametrize("wish", ["objection", "not_me"])
def test_without_a_number_it_is_about_the_only_adverse_entry_and_is_marked_at_once(
    town: Town, clerk: Desk, wish: str
) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, town.source)
    page = words(clerk.client.post(WISHES, form(resident, wish=wish, channel="paper")).content)
    case = newest(resident)
    assert (case.workflow, case.about.uid) == ("objection", uid)
    assert case.number in page
    assert status_of(resident, uid) is Status.FROZEN
    assert "未明码标价" not in page


def test_a_period_and_more_time_are_asked_for_with_the_clock_of_the_web(town: Town, clerk: Desk) -> None:
    resident, other = make_resident(), make_resident()
    _, uid = give_penalty(resident, town.source, more={"CF_WSH": "云市监罚〔2025〕9907号"})
    clerk.client.post(WISHES, form(resident, decision="云市监罚〔2025〕9907号", wish="period", channel="paper"))
    _, theirs = give_penalty(other, town.source)
    contested, by_web = newest(resident), object_to(other, theirs, kind=AboutKind.PERIOD)
    assert (contested.about.kind, contested.about.uid) == (AboutKind.PERIOD, uid)
    assert [one.due for one in contested.clocks] == [one.due for one in by_web.clocks]
    assert status_of(resident, uid) is Status.FROZEN
    # without a number it is the only one that there is
    page = words(
        clerk.client.post(WISHES, form(other, wish="more_time", channel="telephone", words="失业了。")).content
    )
    asked = next(one for one in remedies.cases_of(actor=other.someone.actor, at=NOW) if one.workflow == "more_time")
    assert (asked.workflow, asked.about.uid, asked.state, asked.words) == ("more_time", theirs, "asked", "失业了。")
    assert asked.about.supplier == town.source.id
    assert asked.number in page
    assert "申请延期" in page


@pytest.mark.parametrize("kind", [AboutKind.LOOK, AboutKind.USE])
def test_a_look_is_found_by_its_office_and_its_day(town: Town, clerk: Desk, kind: AboutKind) -> None:
    resident, bank = make_resident(), make_bank(at=FOUNDED)
    give_penalty(resident, town.source)
    machine = machine_of(make_client(bank, at=FOUNDED))
    consented(resident, machine, days=30)
    ask(machine, question(resident), NOW)
    (look,) = looks(resident)
    told = form(resident, wish=kind.value, by=f" {bank.name_zh} ", seen_on=f"{NOW:%Y-%m-%d}")
    assert "请填写是哪个单位" in said_wrong(clerk.client, WISHES, {**told, "by": " "})
    clerk.client.post(WISHES, {**told, "seen_on": "2025-01-02"})
    assert newest(resident).about.uid is None, "there was none on that day"
    clerk.client.post(WISHES, told)
    case = next(one for one in remedies.cases_of(actor=resident.someone.actor, at=NOW) if one.about.uid)
    assert (case.workflow, case.about.kind, case.about.uid, case.about.supplier) == (
        "objection", kind, look.uid, bank.id,
    )  # fmt: skip
    assert case.words.startswith(SAID)
    assert bank.name_zh in case.words


def test_a_demand_to_show_the_report_is_contested_by_telephone(town: Town, clerk: Desk) -> None:
    resident = make_resident()
    asked = form(resident, wish="demand", channel="telephone", by="云川安居公司")
    assert "请填写是哪个单位" in said_wrong(clerk.client, WISHES, {**asked, "by": ""})
    page = words(clerk.client.post(WISHES, asked).content)
    case = newest(resident)
    assert (case.workflow, case.about.kind, case.channel) == ("objection", AboutKind.DEMAND, Channel.TELEPHONE)
    assert "云川安居公司" in case.words
    assert case.number in page


def test_a_long_letter_is_taken_in_whole(town: Town, clerk: Desk) -> None:
    resident, said = make_resident(), "他们说。" * 100_000 + "说完了。"
    typed = urlencode(form(resident, words=said, channel="paper"))
    assert len(typed) > 2**21
    answered = clerk.client.post(WISHES, typed, content_type="application/x-www-form-urlencoded")
    assert answered.status_code == HTTPStatus.OK
    assert newest(resident).words == said


def of_two(town: Town, clerk: Desk, n: int, **other: str) -> tuple[Resident, UUID, Case, str]:
    """Somebody with two fines objects without a number: the newer one of them, the case, and the receipt."""
    resident = fined(town, f"云市监罚〔2025〕99{n}1号")
    _, uid = give_penalty(resident, town.source, more={"CF_WSH": f"云市监罚〔2025〕99{n}2号"})
    answer = clerk.client.post(WISHES, form(resident, **other))
    return resident, uid, newest(resident), words(answer.content)


@pytest.mark.parametrize("decision", ["", "云市监罚〔2019〕1号"])
def test_of_several_it_is_an_objection_still_to_be_found_and_the_receipt_says_that_nothing_is_frozen(
    town: Town, clerk: Desk, decision: str
) -> None:
    resident, uid, case, page = of_two(town, clerk, 3 + bool(decision), decision=decision, channel="telephone")
    assert (case.workflow, case.about.kind, case.about.uid, case.state) == (
        "objection",
        AboutKind.ENTRY,
        None,
        "checking",
    )
    assert case.words == "\n".join(one for one in (SAID, decision) if one)
    assert "现在没有暂停使用任何记录" in page
    assert "nothing is kept from use so far" in page
    assert "暂停使用：有结论以前" not in page
    assert status_of(resident, uid) is Status.IN_FORCE
    assert "指明是哪一条 " not in page
    queue = words(town.officer.client.get("/remedies/").content)
    assert "还没有说是哪一条" in queue
    again = clerk.client.post(WISHES, form(resident, decision=decision, channel="telephone"))
    assert case.number in words(again.content), "the same words have the same receipt"


def test_at_a_counter_its_person_says_which_and_it_is_frozen_at_once(town: Town, clerk: Desk) -> None:
    resident, uid, case, page = of_two(town, clerk, 5, wish="not_me")
    assert "本人在场，指明是哪一条" in page
    address = f"/take-in/{case.uid}/"
    shown_there = shown(clerk.client, address)
    for said in ("云市监罚〔2025〕9951号", "云市监罚〔2025〕9952号", town.source.name_zh):
        assert said in shown_there
    assert "未明码标价" not in shown_there
    assert resident.someone.name not in shown_there
    with as_person(resident.person_id):
        look = access.looks_of(resident.person_id, at=NOW, own=False)[0]
    assert (look.purpose, look.entries, look.case_ref) == (Purpose.REMEDY_CASE, 2, case.number)
    assert "请选择是哪一条" in said_wrong(clerk.client, address, {})
    _, foreign = give_penalty(make_resident(), town.source)
    assert "请重新选择" in said_wrong(clerk.client, address, {"found": str(foreign)})
    assert status_of(resident, uid) is Status.IN_FORCE
    receipt = words(clerk.client.post(address, {"found": str(uid)}).content)
    assert case.number in receipt
    assert "有结论以前，任何单位都不能用它" in receipt
    assert status_of(resident, uid) is Status.FROZEN
    found = newest(resident)
    assert (found.uid, found.about.kind, found.about.uid, found.about.supplier) == (
        case.uid, AboutKind.IDENTITY, uid, town.source.id,
    )  # fmt: skip
    assert (found.opened_at, found.clocks) == (case.opened_at, case.clocks)
    line = remedies.docket_line(case.uid)
    assert line is not None
    assert (line.item, line.supplier) == (found.about.item, town.source.id)
    # once is enough
    assert clerk.client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_who_did_not_take_it_in_from_somebody_present_chooses_nothing(town: Town, clerk: Desk) -> None:
    _, uid, present, _ = of_two(town, clerk, 6)
    _, _, rang, _ = of_two(town, clerk, 7, channel="telephone")
    for one, case in ((desk(Role.CLERK), present), (clerk, rang)):
        for answer in (
            one.client.get(f"/take-in/{case.uid}/"),
            one.client.post(f"/take-in/{case.uid}/", {"found": str(uid)}),
        ):
            assert answer.status_code == HTTPStatus.NOT_FOUND
    with clock.set_for_tests(NOW + timedelta(days=1)):
        assert clerk.client.get(f"/take-in/{present.uid}/").status_code == HTTPStatus.NOT_FOUND


def test_who_works_the_case_finds_it_afterwards_and_its_person_is_told(town: Town, clerk: Desk) -> None:
    resident, uid, case, _ = of_two(town, clerk, 8, channel="paper", words="说的是9982号那张。")
    address = f"/remedies/{case.uid}/find/"
    assert "指明是哪一条" in shown(town.officer.client, f"/remedies/{case.uid}/")
    before = len(told(resident))
    town.officer.client.post(address, {"found": str(uid)})
    assert status_of(resident, uid) is Status.FROZEN
    assert len(told(resident)) == before + 1
    page = shown(town.officer.client, f"/remedies/{case.uid}/")
    assert "云市监罚〔2025〕9982号" in page
    assert "还没有暂停使用" not in page
    # asked at the source now, by the clocks of the day on which it came in
    step(town.officer.actor, case, Act.FORWARD)
    assert newest(resident).turn is Turn.SUPPLIER


def test_its_person_says_which_on_their_own_pages(town: Town, clerk: Desk) -> None:
    resident, uid, case, _ = of_two(town, clerk, 9, channel="telephone")
    client, address = signed_in(resident.account), f"/my/matters/{case.uid}/do/find/"
    assert "现在没有暂停任何记录" in shown(client, f"/my/matters/{case.uid}/")
    assert "云市监罚〔2025〕9992号" in shown(client, address)
    assert "请选择是哪一条" in said_wrong(client, address, {})
    client.post(address, {"found": str(uid)})
    assert status_of(resident, uid) is Status.FROZEN
    page = shown(client, f"/my/matters/{case.uid}/")
    assert "您指明了说的是哪一条" in page
    assert "现在没有暂停任何记录" not in page


def told(resident: Resident) -> list[object]:
    with as_person(resident.person_id):
        return list(outbox.notices_of(resident.person_id))


def test_somebody_elses_decision_is_not_found_under_ones_own_name(town: Town, clerk: Desk) -> None:
    fined(town, "云市监罚〔2025〕9904号")
    other = make_resident()
    clerk.client.post(WISHES, form(other, decision="云市监罚〔2025〕9904号"))
    assert (newest(other).about.kind, newest(other).about.uid) == (AboutKind.ENTRY, None)


def test_a_stranger_is_let_in_at_a_counter_alone(town: Town, clerk: Desk) -> None:
    resident = make_resident()
    number, name = invented_identity()
    stranger = replace(resident, someone=replace(resident.someone, number=number, name=name))
    for channel in ("telephone", "paper"):
        page = said_wrong(clerk.client, WISHES, form(stranger, channel=channel))
        assert "没有核对上" in page
        assert SAID in page
    assert persons.person_by_document("01", number) is None
    assert "回执" in words(clerk.client.post(WISHES, form(stranger)).content)
    assert persons.person_by_document("01", number) is not None


def test_by_telephone_for_somebody_whose_number_and_name_agree(town: Town, clerk: Desk) -> None:
    resident = make_resident()
    clerk.client.post(WISHES, form(resident, channel="telephone", wish="complaint"))
    assert newest(resident).channel is Channel.TELEPHONE
    wrong = form(resident, channel="telephone", name="别的名字")
    assert "没有核对上" in said_wrong(clerk.client, WISHES, wrong)


def test_an_official_takes_in_none_of_their_own(town: Town, clerk: Desk) -> None:
    own = offices.official_names([clerk.actor.official_id])[clerk.actor.official_id]  # type: ignore[index]
    page = said_wrong(clerk.client, WISHES, form(make_resident(), name=own))
    assert "不能代收自己的事项" in page


def test_the_journal_holds_no_name_and_no_number(town: Town, clerk: Desk) -> None:
    resident = make_resident()
    clerk.client.post(WISHES, form(resident))
    kept = " ".join(Journal.objects.values_list("reason", flat=True))
    assert resident.someone.number not in kept
    assert resident.someone.name not in kept
    assert SAID not in kept


@pytest.mark.parametrize(
    ("wish", "act"), [("reconsideration", Act.TELL_RECONSIDERATION), ("lawsuit", Act.TELL_LAWSUIT)]
)
def test_a_remedy_outside_is_noted_by_its_number_and_keeps_the_entry_from_others(
    town: Town, clerk: Desk, wish: str, act: Act
) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, town.source, more={"CF_WSH": f"云市监罚〔2025〕{wish}号"})
    asked = form(resident, decision=f"云市监罚〔2025〕{wish}号", wish=wish)
    assert "请填写受理凭证编号或者案号" in said_wrong(clerk.client, WISHES, asked)
    assert status_of(resident, uid) is Status.IN_FORCE
    told = {**asked, "filing": "云行复〔2026〕7号"}
    assert "请填写受理或者立案的日期" in said_wrong(clerk.client, WISHES, told)
    assert "写的日期还没有到" in said_wrong(clerk.client, WISHES, {**told, "filed_on": "2027-01-01"})
    assert status_of(resident, uid) is Status.IN_FORCE
    clerk.client.post(WISHES, {**told, "filed_on": "2026-05-11"})
    case = newest(resident)
    assert (case.workflow, case.events[0].act, case.events[0].filing) == ("appeal", act, "云行复〔2026〕7号")
    assert (case.events[0].on, case.clocks[0].started_on) == (date(2026, 5, 11), date(2026, 5, 11))
    assert status_of(resident, uid) is Status.APPEALED
    if act is Act.TELL_RECONSIDERATION:
        # the same person goes on to the court, and tells it at a counter too
        clerk.client.post(WISHES, {**told, "wish": "lawsuit", "filing": "（2026）云行初3号", "filed_on": "2026-05-29"})
        assert (newest(resident).uid, newest(resident).state) == (case.uid, "in_court")


def test_what_is_missing_is_said(clerk: Desk) -> None:
    page = said_wrong(clerk.client, WISHES, {"number": "1"})
    assert "请写下本人说了什么" in page
