"""More time, an appeal told by the person, and a complaint at the door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from chengxin.foundation import clock
from chengxin.offices.terms import OrganisationView
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import AboutKind, Case, Deed, Turn
from chengxin.remedies.terms.workflows import Act, Outcome
from tests.doors.questions import answer, spoken
from tests.doors.resident.conftest import Officials
from tests.doors.signing import signed_in
from tests.people import NOW
from tests.remedies import FOR, object_to, status_of, step
from tests.residents import Resident, found_city_with_catalogue, give_honour, give_penalty, make_resident, make_supplier


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


def cases_of(resident: Resident) -> list[Case]:
    return remedies.cases_of(actor=resident.someone.actor, at=NOW)


def test_more_time_goes_to_the_deciding_body(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    check = answer(client, f"/my/record/{uid}/more-time/", words="我在住院，请延到9月底。")
    assert "同意以前，决定书上的日期仍然算数" in client.get(check).content.decode()
    receipt = spoken(client.post(check, follow=True))
    (case,) = cases_of(resident)
    assert (case.workflow, case.words) == ("more_time", "我在住院，请延到9月底。")
    for words in ("延期申请回执", case.number, "轮到云川市市场监督管理局核查", "最迟2026年6月15日"):
        assert words in receipt, words
    assert client.get(f"/my/record/{uid}/more-time/").headers["Location"] == f"/my/matters/{case.uid}/"


def test_a_reconsideration_is_told_with_its_number(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    base = f"/my/record/{uid}/appeal/"
    after = answer(client, base, where="reconsideration")
    assert "请写下编号或者案号" in client.post(after, {"filing": ""}).content.decode()
    when = client.post(after, {"filing": "云府复〔2026〕12号", "organ": "云川市人民政府"}).headers["Location"]
    assert when == f"{base}filed_on/"
    assert "请写下受理的日期" in client.post(when, {"filed_on": ""}).content.decode()
    assert "这一天还没有到" in client.post(when, {"filed_on": "2026-06-02"}).content.decode()
    check = client.post(when, {"filed_on": "2019-01-02"}).headers["Location"]
    # before the decision that it contests
    assert "写的日期早于" in client.post(check).content.decode()
    check = client.post(when, {"filed_on": "2026-05-11"}).headers["Location"]
    shown = client.get(check).content.decode()
    assert "云府复〔2026〕12号" in shown
    assert "2026年5月11日" in shown
    client.post(check)
    (case,) = cases_of(resident)
    assert case.state == "reconsidered"
    # sixty days from the day it was taken in there, not from the day we were told
    assert [one.due.day for one in case.clocks] == [date(2026, 7, 10)]
    assert status_of(resident, uid) is Status.APPEALED
    shown = client.get(f"/my/matters/{case.uid}/").content.decode()
    for words in ("云府复〔2026〕12号", "云川市人民政府", "轮到复议机关或者法院", "只有您能看到", "2026年5月11日受理"):
        assert words in shown, words


def test_a_lawsuit_after_a_reconsideration_goes_into_the_same_case(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    after = answer(client, f"/my/record/{uid}/appeal/", where="reconsideration")
    when = client.post(after, {"filing": "1号", "organ": ""}).headers["Location"]
    client.post(client.post(when, {"filed_on": "2026-05-11"}).headers["Location"])
    (case,) = cases_of(resident)
    address = f"/my/matters/{case.uid}/do/tell_lawsuit/"
    assert "请写下编号或者案号" in client.post(address, {"filing": ""}).content.decode()
    told = {"filing": "（2026）云行初3号", "filed_on": "2026-05-29"}
    assert "写的日期早于" in client.post(address, {**told, "filed_on": "2026-05-10"}).content.decode()
    shown = client.post(address, told, follow=True).content.decode()
    assert "诉讼中" in shown
    assert "（2026）云行初3号" in shown


def test_a_complaint_about_a_case_is_answered_by_others_and_listed(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    case = object_to(resident, uid)
    client = signed_in(resident.account)
    base = f"/my/matters/{case.uid}/complain/"
    assert base in client.get(f"/my/matters/{case.uid}/").content.decode()
    receipt = client.post(answer(client, base, words="打了三次电话没人接。"), follow=True).content.decode()
    complaint = next(one for one in cases_of(resident) if one.workflow == "complaint")
    assert (complaint.about.kind, complaint.about.uid) == (AboutKind.OFFICE, case.uid)
    for words in ("投诉回执", "打了三次电话没人接。", "公开列出是哪个机关逾期"):
        assert words in receipt, words
    assert client.get(base).headers["Location"] == f"/my/matters/{complaint.uid}/"


def test_a_complaint_about_nothing_else_is_made_from_the_list(bureau: OrganisationView) -> None:
    resident = make_resident()
    client = signed_in(resident.account)
    assert "/my/matters/complain/" in client.get("/my/matters/").content.decode()
    for words in ("窗口态度不好。", "又一次。"):
        client.post(answer(client, "/my/matters/complain/", words=words))
    assert {case.words for case in cases_of(resident)} == {"又一次。", "窗口态度不好。"}


def test_a_promise_with_its_day_is_followed_up_reported_and_confirmed(
    bureau: OrganisationView, officials: Officials
) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    base = f"/my/record/{uid}/commit/"
    assert base in client.get(f"/my/record/{uid}/repair/").content.decode()
    after = answer(client, base, words="两期付清罚款。")
    for wrong, said in (("", "请写哪天以前做到"), ("2026-05-31", "这一天已经过去了"), ("soon", "请写一个日期")):
        assert said in client.post(after, {"by": wrong}).content.decode()
    check = client.post(after, {"by": "2026-08-31"}).headers["Location"]
    receipt = spoken(client.post(check, follow=True))
    (case,) = cases_of(resident)
    for words in ("信用承诺回执", "两期付清罚款。", "2026年8月31日以前做到", case.number):
        assert words in receipt, words
    officer, _, _ = officials(bureau)
    line = remedies.case_line(officer, case.uid, NOW)
    assert (line.state, line.due_on) == ("made", date(2026, 8, 31))
    assert client.get(base).headers["Location"] == f"/my/matters/{case.uid}/"

    client.post(f"/my/matters/{case.uid}/do/report/", {"reason": "7月20日付清第二期。"})
    line = remedies.case_line(officer, case.uid, NOW)
    assert (line.state, line.turn, line.due_on) == ("reported", Turn.PLATFORM, date(2026, 6, 8))
    step(officer, case, Act.CONFIRM, Deed(letter=FOR))
    (kept,) = cases_of(resident)
    assert (kept.state, kept.outcome) == ("fulfilled", Outcome.FOR)


def test_a_promise_about_nothing_else_is_made_from_the_list(bureau: OrganisationView) -> None:
    resident = make_resident()
    client = signed_in(resident.account)
    assert "/my/matters/commit/" in client.get("/my/matters/").content.decode()
    after = answer(client, "/my/matters/commit/", words="按时报送年报。")
    client.post(client.post(after, {"by": "2031-01-01"}).headers["Location"])
    (case,) = cases_of(resident)
    assert (case.about.kind, case.about.uid) == (AboutKind.OFFICE, None)
    # the office asks after a year at the latest
    assert [one.due.day for one in case.clocks] == [date(2027, 6, 1)]


def test_what_nobody_decided_against_them_is_not_appealed(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_honour(resident, bureau)
    client = signed_in(resident.account)
    for address in ("more-time/", "appeal/"):
        assert client.get(f"/my/record/{uid}/{address}").headers["Location"] == f"/my/record/{uid}/"


def test_what_they_say_stands_beside_the_entry_until_they_take_it_back(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    page, base = f"/my/record/{uid}/", f"/my/record/{uid}/statement/"
    assert base in client.get(page).content.decode()
    assert "请写下您想说的话。" in client.post(base, {"words": " "}).content.decode()
    check = answer(client, base, words="<b>交清了</b>。\n收据在家里。")
    assert "谁也不能替您删掉" in client.get(check).content.decode()
    receipt = client.post(check, follow=True).content.decode()
    (case,) = cases_of(resident)
    for shown in (
        receipt,
        client.get(page).content.decode(),
        client.get("/my/record/").content.decode(),
        client.get(f"/my/matters/{case.uid}/").content.decode(),
    ):
        assert "本人说明" in shown
        assert "&lt;b&gt;交清了&lt;/b&gt;。\n收据在家里。" in shown
        assert "<b>交清了" not in shown
    # written anew it begins with what stands
    assert "收据在家里。" in client.get(base).content.decode()
    client.post(answer(client, base, words="收据交上去了。"))
    assert [one.number for one in cases_of(resident)] == [case.number]
    assert "收据交上去了。" in client.get(page).content.decode()
    matter = client.get(f"{page}statement/matter/").headers["Location"]
    assert matter == f"/my/matters/{case.uid}/"
    client.post(f"{matter}do/take_back/")
    assert "收据交上去了。" not in client.get(page).content.decode()
    assert "本人说明" not in client.get("/my/record/print/").content.decode()
