"""At the counter: a code for somebody seen in person; erasing, which takes two."""

from __future__ import annotations

import re
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.test import Client, override_settings

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.foundation import keystore
from chengxin.foundation.database import as_person
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from tests.doors.offering import Desk, desk, refused, said_wrong, sent, shown, words
from tests.entries import give_entry
from tests.mandates import BIRTHDAY, make_child
from tests.people import NOW, invented_identity, make_person, of_a_region_that_exists

SEEN = {"kind": "01", "reason": "本人持原件到窗口"}


@pytest.fixture(scope="module")
def officer(_clock_stands_still: None) -> Desk:
    return desk(Role.IDENTITY_OFFICER)


# --- the counter ------------------------------------------------------------------------------------------------------


def test_a_code_is_shown_once_and_opens_an_account(officer: Desk) -> None:
    number, name = invented_identity()
    answer = officer.client.post("/counter/", {**SEEN, "number": number, "name": name})
    page = answer.content.decode()
    code = re.search(r'class="secret">([0-9A-F-]+)<', page)
    assert code
    assert name not in page
    assert number not in page, "what is printed and handed over names nobody"
    assert answer.headers["Cache-Control"] == "no-store, private"
    bound = Client().post(
        "/sign-in/code/",
        {"code": code[1], "name": "quiet.counter", "password": "seven quiet rivers 7", "again": "seven quiet rivers 7"},
    )
    assert bound.status_code == HTTPStatus.FOUND


def test_the_person_sees_that_the_counter_saw_them(officer: Desk) -> None:
    someone = make_person()
    officer.client.post("/counter/", {**SEEN, "number": someone.number, "name": someone.name})
    with as_person(someone.person_id):
        looks = access.looks_of(someone.person_id, at=NOW, own=False)
    assert [look.purpose for look in looks] == [Purpose.COUNTER_BINDING]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": "00010119900101123X"}, "号码的校验位不对"),
        ({"number": "123"}, "证件号码的位数不对"),
        ({"name": ""}, "请填写“证件上的姓名”"),
        ({"reason": ""}, "请写明办理说明"),
        ({"kind": ""}, "请在“证件类型”中选择一项"),
    ],
)
def test_what_is_wrong_at_the_counter_is_said_beside_the_question(
    officer: Desk, changes: dict[str, object], sentence: str
) -> None:
    number, name = invented_identity()
    page = said_wrong(officer.client, "/counter/", {**SEEN, "number": number, "name": name, **changes})
    assert page.count(sentence) == 2


def test_a_practice_instance_takes_no_real_person_at_the_counter(officer: Desk) -> None:
    number, name = invented_identity()
    asked = {**SEEN, "number": of_a_region_that_exists(number), "name": name}
    assert "只接收练习用的号码" in said_wrong(officer.client, "/counter/", dict(asked))
    with override_settings(CHENGXIN_PRACTICE=False):
        assert "这是练习用的号码" in said_wrong(officer.client, "/counter/", {**asked, "number": number})


def test_others_do_not_sit_at_the_counter() -> None:
    for role in (Role.CLERK, Role.OFFICE_HEAD, Role.OPERATOR):
        assert "您现在的职权不包括这一步" in refused(desk(role).client, "/counter/")


def test_the_bar_says_one_place_where_one_lies_under_another(officer: Desk) -> None:
    assert officer.client.get("/counter/mandates/").content.decode().count('aria-current="page"') == 1


# --- erasing ----------------------------------------------------------------------------------------------------------


def test_erasing_takes_two_and_says_when_it_is_complete() -> None:
    first, second = desk(Role.ERASURE_OFFICER), desk(Role.ERASURE_OFFICER)
    someone = make_person()
    ask = {"kind": "01", "number": someone.number, "reason": "本人书面申请"}
    assert sent(first.client, "/erasures/ask/", dict(ask)) == "/erasures/"
    page = shown(second.client, "/erasures/")
    assert "本人书面申请" in page
    assert someone.name not in page
    assert someone.number not in page
    uid = access.erasures_waiting(second.actor, NOW)[-1].uid
    assert "另一位有权的同事" in said_wrong(first.client, f"/erasures/{uid}/approve/", {"reason": "同意"})
    assert persons.person_by_document("01", someone.number) == someone.person_id
    sent(second.client, f"/erasures/{uid}/approve/", {"reason": "核对无误"})
    assert not keystore.load_many("person", [someone.person_id], alias="keys")
    day = NOW.date() + timedelta(days=30)
    assert f"{day.year}年{day.month}月{day.day}日" in shown(second.client, "/erasures/")
    assert second.client.get(f"/erasures/{uid}/approve/").status_code == HTTPStatus.NOT_FOUND


def test_what_a_law_orders_kept_is_not_erased() -> None:
    first, second = desk(Role.ERASURE_OFFICER), desk(Role.ERASURE_OFFICER)
    someone = make_person()
    give_entry(someone, retain_until=date(2030, 1, 1))
    sent(first.client, "/erasures/ask/", {"kind": "01", "number": someone.number, "reason": "本人申请"})
    uid = access.erasures_waiting(second.actor, NOW)[-1].uid
    assert "法律要求其中一部分保存到" in said_wrong(second.client, f"/erasures/{uid}/approve/", {"reason": "同意"})
    assert persons.person_by_document("01", someone.number) == someone.person_id


def test_a_number_that_is_nobodys_is_said_so() -> None:
    number, _ = invented_identity()
    data: dict[str, object] = {"kind": "01", "number": number, "reason": "申请"}
    answer = desk(Role.ERASURE_OFFICER).client.post("/erasures/ask/", data)
    assert "平台没有登记过这个号码" in words(answer.content)
    assert f'value="{number}"' in answer.content.decode()


# --- who acts for another ---------------------------------------------------------------------------------------------


def test_two_officers_note_a_parent_and_any_office_ends_it(officer: Desk) -> None:
    child, parent = make_child(), make_person()
    two = {
        "principal_kind": "01", "principal_number": child.number, "principal_name": child.name,
        "holder_kind": "01", "holder_number": parent.number, "holder_name": parent.name, "reason": "双方持原件到窗口",
    }  # fmt: skip
    given = {**two, "kind": "parent", "scopes": ["remedies"], "proof": "birth_certificate", "proof_number": "出生0001"}
    second = desk(Role.IDENTITY_OFFICER)
    assert "还没有生效" in led(officer.client, "/counter/mandates/", given)
    assert "另一个人" in said_wrong(officer.client, "/counter/mandates/", given)
    assert "还没有生效" in led(second.client, "/counter/mandates/", {**given, "scopes": ["remedies", "consent"]})
    assert "已生效" in led(second.client, "/counter/mandates/", given)
    (held,) = [one for one in persons.mandates_held(parent.person_id, at=NOW) if one.in_force]
    assert (held.last_on, held.principal) == (BIRTHDAY - timedelta(days=1), child.person_id)
    for person_id in (child.person_id, parent.person_id):
        with as_person(person_id):
            looks = access.looks_of(person_id, at=NOW, own=False)
        assert {look.purpose for look in looks} == {Purpose.COUNTER_MANDATE}
    assert "已终止" in led(second.client, "/counter/mandates/end/", two)
    assert not any(one.in_force for one in persons.mandates_held(parent.person_id, at=NOW))
    late = {
        **given,
        "holder_number": make_person().number,
        "kind": "helper",
        "proof": "written",
        "last_on": "2028-01-01",
    }
    assert "最后一天最晚只能是 2027年5月31日" in said_wrong(officer.client, "/counter/mandates/", late)
    assert refused(desk(Role.CASE_OFFICER).client, "/counter/mandates/")


def led(client: Client, address: str, data: dict[str, object]) -> str:
    """What the page says that a form leads to."""
    return shown(client, sent(client, address, data))
