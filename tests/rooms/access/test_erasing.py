"""Erasing a person: two officials, across the rooms, refused while a law orders keeping (F7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengxin.access import facade as access
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.offices.terms import Role
from chengxin.persons import facade as persons
from chengxin.records import facade as records
from chengxin.records.models import Statement
from chengxin.records.terms import GoneBecause
from tests.entries import give_entry, in_catalogue
from tests.making import make_city, make_official
from tests.people import NOW, make_person

LONG_AGO = NOW.date() - timedelta(days=2000)
WEEK = timedelta(days=7)


@pytest.fixture(scope="module", autouse=True)
def _items(city: None) -> None:
    in_catalogue("TEST-01")


def test_two_officials_erase_whom_no_law_keeps() -> None:
    lead = make_city()
    one, other = (make_official(role=Role.ERASURE_OFFICER, organisation=lead) for _ in range(2))
    someone = make_person()
    _, entry_uid = give_entry(
        someone,
        decided_on=LONG_AGO,
        served_on=None,
        final_on=None,
        display_until=LONG_AGO + timedelta(days=90),
        retain_until=NOW.date() - timedelta(days=1),
    )
    records.say_beside(
        actor=someone.actor,
        person_id=someone.person_id,
        uid=entry_uid,
        text="已经改正。",
        at=NOW - WEEK,
        reason="own_wish",
    )
    with as_person(someone.person_id):
        assert Statement.objects.count() == 1
        commitment = records.entries_with_any_status(someone.person_id, shown_at=NOW, known_at=NOW)[0].commitment
    uid = access.ask_erasure(actor=one, kind="01", number=someone.number, at=NOW, reason="本人申请")
    with pytest.raises(Refusal, match="second_person_needed"):
        access.approve_erasure(actor=one, uid=uid, at=NOW, reason="本人申请")
    complete = access.approve_erasure(actor=other, uid=uid, at=NOW, reason="本人申请")
    assert complete == shanghai_day(NOW) + timedelta(days=30)
    assert persons.person_by_document("01", someone.number) is None
    with as_person(someone.person_id):
        assert records.entries_with_any_status(someone.person_id, shown_at=NOW, known_at=NOW) == []
        assert not Statement.objects.exists()
        (tomb,) = records.gone_from(someone.person_id, known_at=NOW)
    assert (tomb.uid, tomb.because, tomb.gone_on) == (entry_uid, GoneBecause.ERASED, shanghai_day(NOW))
    assert tomb.commitment == commitment
    with pytest.raises(NotFound):
        access.approve_erasure(actor=other, uid=uid, at=NOW, reason="again")


def test_nobody_is_erased_while_a_law_orders_keeping() -> None:
    lead = make_city()
    one, other = (make_official(role=Role.ERASURE_OFFICER, organisation=lead) for _ in range(2))
    someone = make_person()
    give_entry(someone)
    uid = access.ask_erasure(actor=one, kind="01", number=someone.number, at=NOW, reason="本人申请")
    with pytest.raises(Refusal, match="law_orders_keeping"):
        access.approve_erasure(actor=other, uid=uid, at=NOW, reason="本人申请")
    assert persons.person_by_document("01", someone.number) == someone.person_id


def test_a_withdrawn_entry_holds_nothing_up() -> None:
    lead = make_city()
    one, other = (make_official(role=Role.ERASURE_OFFICER, organisation=lead) for _ in range(2))
    someone = make_person()
    _, entry = give_entry(someone)
    records.withdraw_entry(actor=one, person_id=someone.person_id, uid=entry, at=NOW, reason="决定已撤销")
    uid = access.ask_erasure(actor=one, kind="01", number=someone.number, at=NOW, reason="本人申请")
    access.approve_erasure(actor=other, uid=uid, at=NOW, reason="本人申请")
    assert persons.key_of(someone.person_id) is None


def test_a_clerk_asks_for_no_erasure() -> None:
    someone = make_person()
    with pytest.raises(Refusal):
        access.ask_erasure(actor=make_official(), kind="01", number=someone.number, at=NOW, reason="x")
