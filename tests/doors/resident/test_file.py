"""A person's own file: what counts, what is only kept, what nobody holds; and that each reading leaves its look."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.collection.models import HeldRow
from chengxin.foundation import actors, clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.offices.terms import OrganisationView
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.terms import MarkKind
from tests.doors.signing import signed_in
from tests.making import make_account
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


def page_of(resident: Resident, address: str = "/my/record/", language: str = "zh") -> str:
    response = signed_in(resident.account, language=language).get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def looks_of(resident: Resident, *, own: bool = True) -> list[Purpose]:
    with as_person(resident.person_id):
        return [look.purpose for look in access.looks_of(resident.person_id, at=NOW, own=own)]


def test_nobody_but_a_resident_enters(bureau: OrganisationView) -> None:
    official = signed_in(make_account()).get("/my/record/")
    assert official.status_code == 403
    unbound = signed_in(make_account(kind="resident")).get("/my/record/")
    assert unbound.status_code == 302
    assert unbound.headers["Location"].startswith("/sign-in/code/")


def test_nothing_held_says_so_and_what_it_means() -> None:
    page = page_of(make_resident())
    assert "没有关于您的记录" in page
    assert "它只说今天" in page


def test_a_penalty_is_told_in_words(bureau: OrganisationView) -> None:
    resident = make_resident()
    give_penalty(resident, bureau)
    page = page_of(resident)
    for words in (
        "今天有对您不利的记录在用",
        "行政处罚（普通程序）",
        "警告、罚款 3,000 元",
        "云川市市场监督管理局",
        "《中华人民共和国价格法》第四十二条",
        "一般",
        "您同意才能看",
        "公众看不到",
        "2026年11月3日",
        "现在就可以申请修复",
        "最近 30 天，除了您没有人看过",
    ):
        assert words in page, words
    english = page_of(resident, language="en")
    for words in ("Penalty by ordinary procedure", "Warning, fine 3,000 yuan", "3 November 2026", "ask for repair now"):
        assert words in english, words


def test_an_entry_that_is_not_final_is_not_called_in_force(bureau: OrganisationView) -> None:
    resident = make_resident()
    give_penalty(resident, bureau, decided_on=date(2026, 3, 2), served_on=date(2026, 3, 4), final_on=date(2026, 9, 4))
    page = page_of(resident)
    assert "今天没有对您不利的记录在用" in page
    assert "2026年9月4日以前，只有您能看到" in " ".join(page.split())


def test_without_proof_of_service_only_its_person_sees_it_and_is_told_so(bureau: OrganisationView) -> None:
    resident = make_resident()
    give_penalty(resident, bureau, served_on=None)
    assert "没有凭证证明决定书已经送到您手里" in page_of(resident)


def test_what_has_ended_is_kept_apart_with_its_reason_and_day(bureau: OrganisationView) -> None:
    resident = make_resident()
    give_penalty(
        resident, bureau, decided_on=date(2024, 6, 3), served_on=date(2024, 6, 5), display_until=date(2025, 6, 3)
    )
    page = page_of(resident)
    assert "今天没有对您不利的记录在用" in page
    assert "只为您保存的" in page
    assert "2025年6月3日起任何别人都查不到" in page
    assert "只为您保存到2027年6月3日" in page


def test_a_corrected_entry_shows_once_and_its_page_has_both_versions(bureau: OrganisationView) -> None:
    resident = make_resident()
    entry = give_penalty(resident, bureau)
    give_penalty(
        resident, bureau, entry=entry, version=2, known_from=NOW - timedelta(days=10), more={"CF_NR_FK": "0.2"}
    )
    page = page_of(resident)
    assert page.count("<article") == 1
    assert "罚款 2,000 元" in page
    whole = page_of(resident, f"/my/record/{entry[1]}/")
    assert "第2版" in whole
    assert "3,000 元" in whole
    assert "提供单位更正了内容" in whole
    assert "没有变化" not in whole


def test_a_court_entry_leads_to_the_court_and_not_to_repair(bureau: OrganisationView) -> None:
    resident = make_resident()
    give_court_entry(resident, make_supplier("court", "云川市中级人民法院"))
    page = page_of(resident)
    assert "失信被执行人" in page
    assert "向列入名单的法院书面申请纠正" in page
    assert "申请修复" not in page


def test_no_figure_counts_entries(bureau: OrganisationView) -> None:
    """No count of a person's entries stands on the page, not even of none (charter 3)."""
    resident = make_resident()
    for day in (3, 4, 5):
        give_penalty(resident, bureau, decided_on=date(2025, 11, day), served_on=date(2025, 11, day))
    top = page_of(resident).split("<article")[0].split("<main")[1]
    assert "3 条" not in top
    assert "三条" not in top


def test_a_long_file_comes_in_pages(bureau: OrganisationView) -> None:
    resident = make_resident()
    for _ in range(25):
        give_licence(resident, bureau)
    assert page_of(resident).count("<article") == 20
    assert page_of(resident, "/my/record/?page=2").count("<article") == 5
    assert page_of(resident, "/my/record/print/").count("<article") == 25


def test_every_page_leaves_a_look_of_its_own(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    pages = [
        "/my/record/",
        "/my/record/print/",
        f"/my/record/{uid}/",
        f"/my/record/{uid}/wrong/",
        "/my/looks/",
        "/my/letters/",
        "/my/processing/",
        "/my/contact/",
        "/my/record/download/",
    ]
    for number, address in enumerate(pages, start=1):
        page_of(resident, address)
        assert len(looks_of(resident)) == number, address
    assert looks_of(resident)[0] is Purpose.OWN_EXPORT


def test_others_are_named_where_they_looked(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    with as_person(resident.person_id):
        entry = records.entries_with_any_status(resident.person_id, shown_at=NOW, known_at=NOW)[0]
        officer = Actor(
            kind="official",
            account_id=resident.account.id,
            official_id=resident.account.id,
            organisation_id=bureau.id,
            role="identity_officer",
        )
        access.log_look(
            actor=officer,
            person_id=resident.person_id,
            purpose=Purpose.IDENTITY_CHECK,
            entries=[entry],
            fields=("*",),
            at=NOW - timedelta(days=2),
        )
        access.log_look(
            actor=actors.system("letters"),
            person_id=resident.person_id,
            purpose=Purpose.SERVICE_OF_NOTICE,
            entries=[entry],
            fields=("*",),
            at=NOW - timedelta(days=40),
            outcome="sent",
        )
    assert "最近 30 天：1 次（最近一次：云川市市场监督管理局，核对身份，2026年5月30日）" in page_of(resident)
    looks = page_of(resident, "/my/looks/")
    assert "身份核对员" in looks
    assert "《个人信息保护法》第8条" in looks
    assert "本平台" in looks
    assert "没有给看" not in looks
    page = page_of(resident, f"/my/record/{uid}/")
    assert "给您送通知" in page
    places = [page.index(f">{words}<") for words in ("您可以", "谁看过这一条", "记录的内容", "从哪里来")]
    assert places == sorted(places), "what can be done and who looked stand before the long facts"


def test_what_waits_under_the_own_number_is_shown_as_under_check_and_as_nothing_else(bureau: OrganisationView) -> None:
    resident, other = make_resident(), make_resident()
    HeldRow.objects.using("owner").create(
        batch_id=uuid4(),
        row_no=1,
        uid=uuid4(),
        organisation_id=bureau.id,
        item="penalty",
        reason="name_disagrees",
        kind=1,
        blind_index=persons.blind_index("01", resident.someone.number),
        commitment=uuid4().bytes,
        sealed=b"closed",
        made_at=NOW - timedelta(days=3),
        ends_at=NOW + timedelta(days=27),
        state="waiting",
    )
    page = page_of(resident)
    for words in (
        "正在核对的",
        "行政处罚（普通程序），云川市市场监督管理局，",
        "2026年5月29日",
        "2026年6月28日",
        "今天没有对您不利的记录在用",
    ):
        assert words in page, words
    assert "<article" not in page
    assert "正在核对的" in page_of(resident, "/my/record/print/")
    assert "没有关于您的记录" in page_of(other)


def test_another_persons_entry_is_not_found(bureau: OrganisationView) -> None:
    one, other = make_resident(), make_resident()
    _, uid = give_penalty(one, bureau)
    client = signed_in(other.account)
    for address in ("", "wrong/", "wrong/what/", "wrong/check/?about=not_me", "receipt/"):
        assert client.get(f"/my/record/{uid}/{address}").status_code == 404, address
    assert client.post(f"/my/record/{uid}/wrong/check/", {"about": "not_me"}).status_code == 404
    assert client.post(f"/my/record/{uid}/decline/").status_code == 404
    with as_person(one.person_id):
        assert not records.marks_of(one.person_id, known_at=NOW)


def test_all_of_it_can_be_carried_away(bureau: OrganisationView) -> None:
    resident = make_resident()
    give_penalty(resident, bureau)
    response = signed_in(resident.account).get("/my/record/download/")
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"] == 'attachment; filename="chengxin-20260601.json"'
    told = json.loads(response.content)
    assert told["identity"]["names"] == [resident.someone.name]
    assert told["identity"]["documents"] == [{"kind": "01", "number": resident.someone.number}]
    assert told["file"]["entries"][0]["content"]["CF_NR_FK"] == "0.3"
    assert told["looks"][0]["purpose"] == "own_export"


def test_what_was_withdrawn_names_no_later_day_on_which_it_would_end(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    records.mark_entry(
        actor=Actor(kind="official", organisation_id=bureau.id, official_id=uuid4(), role="case_officer"),
        person_id=resident.person_id,
        uid=uid,
        kinds=(MarkKind.WITHDRAWN,),
        at=NOW,
        reason="决定已撤销",
    )
    page = page_of(resident, f"/my/record/{uid}/")
    assert "已经不再展示" in page
    assert "起不再展示" not in page


def test_an_honour_is_declined_and_taken_back(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_honour(resident, bureau)
    client = signed_in(resident.account)
    assert "谢绝这条记录" in client.get(f"/my/record/{uid}/").content.decode()
    done = client.post(f"/my/record/{uid}/decline/", follow=True).content.decode()
    assert "已谢绝。别人看不到这条记录了" in done
    assert "恢复这条记录" in done
    assert "只为您保存的" in page_of(resident)
    again = client.post(f"/my/record/{uid}/decline/")
    assert again.status_code == 403
    back = client.post(f"/my/record/{uid}/take-back/", follow=True).content.decode()
    assert "已恢复" in back
    assert "只为您保存的" not in page_of(resident)


def test_a_penalty_cannot_be_declined(bureau: OrganisationView) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, bureau)
    refused = signed_in(resident.account).post(f"/my/record/{uid}/decline/")
    assert refused.status_code == 403
    assert "只有荣誉类的记录可以谢绝" in refused.content.decode()


def test_the_processing_notice_masks_the_number() -> None:
    resident = make_resident()
    page = page_of(resident, "/my/processing/")
    assert resident.someone.name in page
    assert resident.someone.number not in page
    assert "云川市信用办公室" in page
    assert "《个人信息保护法》第13条" in page


def test_an_address_for_letters_is_set_checked_and_taken_back() -> None:
    resident = make_resident()
    client = signed_in(resident.account)
    wrong = client.post("/my/contact/", {"email": "nonsense"}).content.decode()
    assert "这不像一个邮箱地址" in wrong
    assert 'value="nonsense"' in wrong
    assert "邮箱已保存" in client.post("/my/contact/", {"email": "a@example.com"}, follow=True).content.decode()
    assert "a@example.com" in page_of(resident, "/my/contact/")
    assert "邮箱已取消" in client.post("/my/contact/take-back/", follow=True).content.decode()
    assert "没有设置邮箱" in page_of(resident, "/my/contact/")
