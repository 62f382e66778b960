"""Identity officers: a list without identity, one row opened with a reason and a trace, and the decision."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.collection import facade as collection
from chengxin.collection.terms import HeldState, HeldView
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Journal
from chengxin.offices.terms import Role
from tests.doors.offering import Desk, desk, refused, said_wrong, sent, shown, words
from tests.people import NOW, invented_identity
from tests.rooms.collection.making import Decision, Supplier, hand_in, make_decision, person_of, versions_of


@pytest.fixture(scope="module")
def officer(_clock_stands_still: None) -> Desk:
    return desk(Role.IDENTITY_OFFICER)


def held_for_its_name(supplier: Supplier) -> tuple[HeldView, Decision, Decision]:
    """A row whose number is known by another name: the row, the decision that stands, the one that is held."""
    first = make_decision(supplier)
    hand_in(supplier, first)
    second = make_decision(supplier, document=first.document)
    batch = hand_in(supplier, second)
    return collection.held_of_batch(batch.id)[0], first, second


def held_for_its_law(supplier: Supplier) -> tuple[HeldView, Decision]:
    """A row under a law that the table does not know, about nobody known yet."""
    decision = make_decision(supplier, law="《云外省某某办法》第三条")
    return collection.held_of_batch(hand_in(supplier, decision).id)[0], decision


def test_identity_officers_alone_enter(officer: Desk, supplier: Supplier) -> None:
    held, _ = held_for_its_law(supplier)
    for address in ("/quarantine/", f"/quarantine/{held.uid}/"):
        assert officer.client.get(address).status_code == HTTPStatus.OK
        assert "您现在的职权不包括这一步" in refused(desk(Role.CASE_OFFICER).client, address)
        assert Client().get(address).headers["Location"].startswith("/sign-in/")


def test_the_list_says_why_and_until_when_and_not_who(officer: Desk, supplier: Supplier) -> None:
    held, first, second = held_for_its_name(supplier)
    for address in ("/quarantine/", f"/quarantine/{held.uid}/"):
        page = shown(officer.client, address)
        assert supplier.office.name_zh in page
        assert "这个号码登记的是另一个姓名" in page
        assert not any(secret in page for secret in (first.name, second.name, second.document, second.number))


def test_opening_takes_a_reason_and_is_in_the_log_of_the_numbers_owner(officer: Desk, supplier: Supplier) -> None:
    held, first, second = held_for_its_name(supplier)
    address = f"/quarantine/{held.uid}/"
    assert "请写明为什么打开" in said_wrong(officer.client, address, {"reason": " "})
    page = words(officer.client.post(address, {"reason": "核对决定书"}).content)
    assert all(told in page for told in (second.name, second.document, first.name, second.number, "3,000"))
    person = person_of(first)
    with as_person(person):
        looks = access.looks_of(person, at=NOW, own=False)
    assert [look.purpose for look in looks] == [Purpose.IDENTITY_CHECK]
    assert looks[0].organisation_id == officer.actor.organisation_id
    assert Journal.objects.filter(act="open_held_row", thing_uid=held.uid, reason="核对决定书").exists()


def test_a_row_about_nobody_known_is_journalled(officer: Desk, supplier: Supplier) -> None:
    held, decision = held_for_its_law(supplier)
    page = words(officer.client.post(f"/quarantine/{held.uid}/", {"reason": "核对依据"}).content)
    assert decision.name in page
    assert "这个号码还没有登记过任何人" in page
    assert Journal.objects.filter(act="open_held_row", thing_uid=held.uid).exists()


def test_the_same_person_is_accepted_and_the_entry_stands(officer: Desk, supplier: Supplier) -> None:
    held, first, second = held_for_its_name(supplier)
    decide = f"/quarantine/{held.uid}/decide/"
    page = said_wrong(officer.client, decide, {"opened_for": "核对", "outcome": "release", "reason": ""})
    assert "请写明核对的依据" in page
    assert second.name in page, "the row is still open before the officer"
    assert "请选择接受或退回" in said_wrong(officer.client, decide, {"opened_for": "核对", "reason": "一致"})
    data: dict[str, object] = {"opened_for": "核对", "outcome": "release", "reason": "与户籍证明一致"}
    assert sent(officer.client, decide, data) == "/quarantine/"
    assert collection.held_row(held.uid).state is HeldState.RELEASED
    assert len(versions_of(first)) == 2
    assert sent(officer.client, decide, data) == "/quarantine/", "a row that is decided is not decided twice"
    assert "已经处理过" in shown(officer.client, f"/quarantine/{held.uid}/")


def test_an_identity_change_moves_the_entry_to_the_other_person(officer: Desk, supplier: Supplier) -> None:
    first = make_decision(supplier)
    hand_in(supplier, first)
    document, name = invented_identity()
    second = first.but(document=document, name=name)
    held = collection.held_of_batch(hand_in(supplier, second).id)[0]
    assert "两人都会收到通知" in words(officer.client.post(f"/quarantine/{held.uid}/", {"reason": "核对"}).content)
    data: dict[str, object] = {"opened_for": "核对", "outcome": "release", "reason": "法院更正裁定"}
    sent(officer.client, f"/quarantine/{held.uid}/decide/", data)
    assert [entry.status.value for entry in versions_of(first)] == ["withdrawn"]
    assert len(versions_of(second)) == 1


def test_a_move_is_said_whatever_the_row_is_held_for(officer: Desk, supplier: Supplier) -> None:
    first, known = make_decision(supplier), make_decision(supplier)
    hand_in(supplier, first, known)
    moved = "同一份决定目前记在另一个人名下"
    for told, held_for in (
        (first.but(document=known.document, name="司马改名"), "name_disagrees"),
        (first.but(document=known.document, name=known.name, law="《某某办法》第一条"), "law_unknown"),
    ):
        held = collection.held_of_batch(hand_in(supplier, told).id)[0]
        assert held.reason == held_for
        page = words(officer.client.post(f"/quarantine/{held.uid}/", {"reason": "核对"}).content)
        assert moved in page
        assert "原来的记录撤回，两人都会收到通知" in page
        assert first.name not in page, "who the other person is stays with that person"
    held, _, _ = held_for_its_name(supplier)
    assert moved not in words(officer.client.post(f"/quarantine/{held.uid}/", {"reason": "核对"}).content)


def test_a_row_is_sent_back_and_its_content_goes(officer: Desk, supplier: Supplier) -> None:
    held, _ = held_for_its_law(supplier)
    data: dict[str, object] = {"opened_for": "核对", "outcome": "send_back", "reason": "依据查无此法"}
    sent(officer.client, f"/quarantine/{held.uid}/decide/", data)
    assert collection.held_row(held.uid).state is HeldState.SENT_BACK
    gone = officer.client.post(f"/quarantine/{held.uid}/", {"reason": "再看"})
    assert gone.status_code == HTTPStatus.CONFLICT
    assert "内容已经销毁" in words(gone.content)


def test_no_row_by_that_number(officer: Desk) -> None:
    answer = officer.client.get("/quarantine/00000000-0000-4000-8000-000000000000/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "没有这一行" in words(answer.content)
