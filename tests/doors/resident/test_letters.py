"""Letters at the door: everything a person must be told, noted as read the first time it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from chengxin.access import facade as access
from chengxin.foundation import clock, outbox
from chengxin.foundation.database import as_person
from chengxin.offices.terms import OrganisationView
from tests.doors.signing import signed_in
from tests.people import NOW
from tests.residents import (
    Resident,
    found_city_with_catalogue,
    give_court_entry,
    give_penalty,
    make_resident,
    make_supplier,
)


@pytest.fixture(scope="module", autouse=True)
def bureau(city: None) -> Iterator[OrganisationView]:
    found_city_with_catalogue()
    with clock.set_for_tests(NOW):
        yield make_supplier()


def told_of(resident: Resident, entry_id: UUID, *, kind: str = "entry_new", version: int = 1) -> UUID:
    with as_person(resident.person_id):
        return outbox.tell(
            person_id=resident.person_id,
            kind=kind,
            subject_kind="entry",
            subject_id=entry_id,
            subject_version=version,
            at=NOW - timedelta(days=1),
        )


def steps_of(resident: Resident, uid: UUID) -> list[str]:
    with as_person(resident.person_id):
        return [step.state.value for step in outbox.notice_of(resident.person_id, uid).deliveries]


def test_no_letters_are_said_to_be_none() -> None:
    assert "没有通知" in signed_in(make_resident().account).get("/my/letters/").content.decode()


def test_a_letter_holds_all_that_must_be_told(bureau: OrganisationView) -> None:
    resident = make_resident()
    entry_id, _ = give_penalty(resident, bureau, decided_on=date(2026, 5, 4), served_on=date(2026, 5, 6),
                               final_on=date(2026, 11, 6), display_until=date(2027, 5, 4))  # fmt: skip
    uid = told_of(resident, entry_id)
    client = signed_in(resident.account)
    listed = client.get("/my/letters/").content.decode()
    assert "您有一条新记录：行政处罚（普通程序）：警告、罚款 3,000 元" in listed
    assert "还没有打开" in listed
    assert steps_of(resident, uid) == []
    page = client.get(f"/my/letters/{uid}/").content.decode()
    assert steps_of(resident, uid) == ["read"]
    assert page.count("谁能看到：") == 1
    for words in (
        f"{resident.someone.name}，您好",
        "云川市市场监督管理局，2026年5月4日，文书号云市监罚",  # who decides, when, number
        "作出决定的机关的联系方式：000-87654321",
        "违法事实：销售商品时没有标明价格",  # act and facts
        "依据：《中华人民共和国价格法》第四十二条",
        "等级：一般，依据《市场监管信用等级标准》第三条",
        "2027年5月4日起不再展示",
        "本平台没有因为这条记录对您采取任何措施",  # measures
        "由云川市市场监督管理局提供",  # source
        "谁能看到",  # who receives it
        "陈述和申辩",
        "随时可以提出",  # objection
        "2026年7月6日以前（含当天）可以申请复议",  # 60 days end on Sunday 5 July, so on Monday
        "2026年11月6日以前（含当天）直接起诉",
        "2026年8月4日起可以申请修复，免费，两份材料",
        "云川市信用办公室，云川市长安街1号",  # a person to talk to
    ):
        assert words in page, words


def test_a_letter_is_read_once_and_leaves_a_look(bureau: OrganisationView) -> None:
    resident = make_resident()
    entry_id, _ = give_penalty(resident, bureau)
    uid = told_of(resident, entry_id)
    client = signed_in(resident.account)
    client.get(f"/my/letters/{uid}/")
    client.get(f"/my/letters/{uid}/")
    assert steps_of(resident, uid) == ["read"]
    assert "已打开" in client.get("/my/letters/").content.decode()
    with as_person(resident.person_id):
        assert len(access.looks_of(resident.person_id, at=NOW, own=True)) == 3


def test_a_letter_tells_of_its_own_version(bureau: OrganisationView) -> None:
    resident = make_resident()
    entry = give_penalty(resident, bureau)
    give_penalty(resident, bureau, entry=entry, version=2, known_from=NOW - timedelta(days=9), more={"CF_NR_FK": "0.2"})
    client = signed_in(resident.account)
    first = client.get(f"/my/letters/{told_of(resident, entry[0])}/").content.decode()
    second = client.get(f"/my/letters/{told_of(resident, entry[0], kind='entry_changed', version=2)}/").content.decode()
    assert "罚款 3,000 元" in first
    assert "您的一条记录有更正" in second
    assert "罚款 2,000 元" in second


def test_a_court_letter_says_what_the_pause_does_not_stop(bureau: OrganisationView) -> None:
    resident = make_resident()
    entry_id, _ = give_court_entry(resident, make_supplier("court", "云川市中级人民法院"))
    page = signed_in(resident.account).get(f"/my/letters/{told_of(resident, entry_id)}/").content.decode()
    assert "法院自己公布的名单和措施也不因此停止" in page
    assert "行政复议" not in page


def test_a_letter_of_an_unknown_kind_or_a_lost_entry_still_opens(bureau: OrganisationView) -> None:
    resident = make_resident()
    entry_id, _ = give_penalty(resident, bureau)
    client = signed_in(resident.account)
    assert (
        "现在的情况如下" in client.get(f"/my/letters/{told_of(resident, entry_id, kind='new_kind')}/").content.decode()
    )
    gone = client.get(f"/my/letters/{told_of(resident, UUID(int=5))}/").content.decode()
    assert "没有内容可以告诉您" in gone


def test_nobody_reads_another_persons_letter(bureau: OrganisationView) -> None:
    one, other = make_resident(), make_resident()
    entry_id, _ = give_penalty(one, bureau)
    uid = told_of(one, entry_id)
    assert signed_in(other.account).get(f"/my/letters/{uid}/").status_code == 404
    assert steps_of(one, uid) == []


def test_english_letters_say_the_same(bureau: OrganisationView) -> None:
    resident = make_resident()
    entry_id, _ = give_penalty(resident, bureau)
    page = (
        signed_in(resident.account, language="en").get(f"/my/letters/{told_of(resident, entry_id)}/").content.decode()
    )
    for words in (
        "Dear ",
        "Class: General",
        "You have the right to be heard",
        "ask for repair now",
        "Whom you can talk to",
    ):
        assert words in page, words
