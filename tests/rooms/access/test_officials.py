"""The few looks of officials: nobody opens a held row or hands out a code without the permission, a reason and a trace."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.collection import facade as collection
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Journal
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.offices.terms import Role, Tier
from tests.making import make_official, make_organisation
from tests.people import NOW, invented_identity, make_person
from tests.rooms.collection.making import hand_in, make_decision, make_supplier, officer, person_of


def held():  # type: ignore[no-untyped-def]
    """A held row about a number that is known by another name."""
    supplier = make_supplier()
    first = make_decision(supplier)
    hand_in(supplier, first)
    second = make_decision(supplier, document=first.document)
    return collection.held_of_batch(hand_in(supplier, second).id)[0], first, second


def test_a_held_row_is_opened_once_with_its_trace_each_time() -> None:
    row, first, second = held()
    identity_officer = officer()
    for turn in (1, 2):
        opened = access.quarantined_row_for(actor=identity_officer, uid=row.uid, at=NOW, reason=f"check {turn}")
        assert (opened.held.number, opened.held.name) == (second.document, second.name)
        assert opened.known_names == (first.name,)
    person = person_of(first)
    with as_person(person):
        looks = access.looks_of(person, at=NOW, own=False)
    assert [look.purpose for look in looks] == [Purpose.IDENTITY_CHECK] * 2
    assert {look.case_ref for look in looks} == {str(row.uid)}
    assert Journal.objects.filter(act="open_held_row", thing_uid=row.uid).count() == 2


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.OFFICE_HEAD, Role.OPERATOR, Role.CLERK, Role.AUDITOR])
def test_nobody_else_opens_one_and_a_refused_look_leaves_no_trace(role: Role) -> None:
    row, _, _ = held()
    with pytest.raises(Refusal) as refusal:
        access.quarantined_row_for(actor=make_official(role=role), uid=row.uid, at=NOW, reason="curious")
    assert refusal.value.refused.reason == "permission_missing"
    assert not Journal.objects.filter(act="open_held_row", thing_uid=row.uid).exists()


def test_an_officer_of_another_district_does_not_reach_it() -> None:
    row, _, _ = held()
    district = make_organisation(tier=Tier.DISTRICT, kind="government")
    stranger = make_official(role=Role.IDENTITY_OFFICER, organisation=district)
    with pytest.raises(Refusal) as refusal:
        access.quarantined_row_for(actor=stranger, uid=row.uid, at=NOW, reason="check")
    assert refusal.value.refused.reason == "out_of_reach"


def test_opening_says_why_and_what_is_not_there_is_not_opened() -> None:
    row, _, _ = held()
    with pytest.raises(Refusal) as refusal:
        access.quarantined_row_for(actor=officer(), uid=row.uid, at=NOW, reason=" ")
    assert refusal.value.refused.reason == "reason_missing"
    with pytest.raises(NotFound):
        access.quarantined_row_for(actor=officer(), uid=uuid4(), at=NOW, reason="check")


def test_a_code_is_handed_out_by_identity_officers_alone_and_says_nothing_of_the_person() -> None:
    someone = make_person()
    number, name = invented_identity()
    known = access.hand_binding_code(
        actor=officer(), kind="01", number=someone.number, name=someone.name, at=NOW, reason="seen"
    )
    new = access.hand_binding_code(actor=officer(), kind="01", number=number, name=name, at=NOW, reason="seen")
    assert len(known) == len(new) == 23, "the same form, whether the person was known or not"
    with as_person(someone.person_id):
        looks = access.looks_of(someone.person_id, at=NOW, own=False)
    assert [look.purpose for look in looks] == [Purpose.COUNTER_BINDING]
    with pytest.raises(Refusal):
        access.hand_binding_code(
            actor=make_official(role=Role.CLERK), kind="01", number=number, name=name, at=NOW, reason="seen"
        )


def test_wishes_to_be_erased_are_listed_for_erasure_officers_without_the_person() -> None:
    first = make_official(role=Role.ERASURE_OFFICER)
    someone = make_person()
    uid = access.ask_erasure(actor=first, kind="01", number=someone.number, at=NOW, reason="in writing")
    waiting = access.erasures_waiting(first, NOW)
    assert [(one.uid, one.reason) for one in waiting] == [(uid, "in writing")]
    assert not hasattr(waiting[0], "person_id")
    with pytest.raises(Refusal):
        access.erasures_waiting(make_official(role=Role.OFFICE_HEAD), NOW)
