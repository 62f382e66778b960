"""No wrong door: a case at a counter, by telephone, on paper, with a receipt in both languages and nothing of the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from http import HTTPStatus

import pytest

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Journal
from chengxin.offices import facade as offices
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.terms import Audience, Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import AboutKind, Case, Channel
from chengxin.remedies.terms.workflows import Act
from tests.doors.offering import Desk, desk, refused, said_wrong, shown, words
from tests.doors.remedies.conftest import Town
from tests.people import NOW, invented_identity
from tests.remedies import status_of
from tests.residents import Resident, give_penalty, make_resident

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


@pytest.mark.parametrize("decision", ["", "云市监罚〔2019〕1号"])
def test_a_number_that_is_not_known_becomes_a_complaint_with_the_words(town: Town, clerk: Desk, decision: str) -> None:
    """Without a number too, where it may be about one of several."""
    resident = fined(town, "云市监罚〔2025〕9903号")
    if not decision:
        give_penalty(resident, town.source, more={"CF_WSH": "云市监罚〔2025〕9906号"})
    answer = clerk.client.post(WISHES, form(resident, decision=decision))
    assert answer.status_code == HTTPStatus.OK
    case = newest(resident)
    assert (case.workflow, case.about.kind, case.about.uid) == ("complaint", AboutKind.OFFICE, None)
    assert SAID in case.words
    assert decision in case.words


def test_somebody_elses_decision_is_not_found_under_ones_own_name(town: Town, clerk: Desk) -> None:
    fined(town, "云市监罚〔2025〕9904号")
    other = make_resident()
    clerk.client.post(WISHES, form(other, decision="云市监罚〔2025〕9904号"))
    assert newest(other).about.kind is AboutKind.OFFICE


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
