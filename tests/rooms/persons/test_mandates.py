"""Mandates on PostgreSQL: two hands each, read by both sides alone, over by the clock, and never rewritten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError

from chengxin.foundation.actors import ActingFor, Actor
from chengxin.foundation.database import as_person, no_person
from chengxin.foundation.models import Journal
from chengxin.foundation.models.outbox import Notice
from chengxin.kernel.decisions import Refused, is_allowed
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.persons import facade as persons
from chengxin.persons.models import Mandate, MandateAct, MandateHeld
from chengxin.persons.terms import ContactKind, MandateKind, MandateSide, Proof, Scope
from tests.mandates import ALL, BIRTHDAY, acting, help_by_code, make_child, note, official
from tests.people import NOW, Someone, make_person

OVER = Refused("mandate_over", "民法典 173")


def told(someone: Someone) -> list[str]:
    with as_person(someone.person_id):
        return list(Notice.objects.order_by("made_at", "notice_id").values_list("kind", flat=True))


def test_a_helper_agrees_to_a_code_and_both_are_told() -> None:
    old, helper = make_person(), make_person()
    given = help_by_code(old.actor, helper.actor)
    assert (given.kind, given.holder, given.in_force) == (MandateKind.HELPER, helper.person_id, True)
    assert told(old) == told(helper) == ["mandate_begun"]
    assert [one.uid for one in persons.mandates_held(helper.person_id, at=NOW)] == [given.uid]
    actor = acting(helper.actor, given.uid)
    assert (actor.person_id, actor.subject_id) == (helper.person_id, old.person_id)
    for scope in Scope:
        assert is_allowed(persons.may_act_for(actor, old.person_id, scope, at=NOW))
    assert Journal.objects.filter(thing_uid=given.uid).values_list("act", flat=True).get() == "confirm_person_mandate"


def test_a_code_works_once_for_a_week_and_a_wrong_one_says_the_same() -> None:
    old, helper = make_person(), make_person()
    ends_on = NOW.date() + timedelta(days=30)
    code = persons.offer_mandate(actor=old.actor, scopes=ALL, ends_on=ends_on, at=NOW, reason="own_wish")
    assert persons.code_offered(code.lower(), at=NOW).name == old.name
    said = []
    for wrong, at in (("AAAAA-AAAAA-AAAAA-AAAAA", NOW), (code, NOW + timedelta(days=7))):
        with pytest.raises(Refusal) as refused:
            persons.accept_mandate(actor=helper.actor, code=wrong, at=at, reason="own_wish")
        said.append(refused.value.refused)
    persons.accept_mandate(actor=helper.actor, code=code, at=NOW, reason="own_wish")
    with pytest.raises(Refusal) as refused:
        persons.accept_mandate(actor=make_person().actor, code=code, at=NOW, reason="own_wish")
    assert {one.reason for one in (*said, refused.value.refused)} == {"mandate_code_unknown"}
    again = persons.offer_mandate(actor=old.actor, scopes=ALL, ends_on=ends_on, at=NOW, reason="own_wish")
    persons.take_back_offers(actor=old.actor, at=NOW, reason="own_wish")
    with pytest.raises(Refusal, match="mandate_code_unknown"):
        persons.code_offered(again, at=NOW)


def test_nobody_is_mandated_for_themself_nor_passes_a_mandate_on() -> None:
    old, helper = make_person(), make_person()
    with pytest.raises(Refusal, match="mandate_for_oneself"):
        help_by_code(old.actor, old.actor)
    actor = acting(helper.actor, help_by_code(old.actor, helper.actor).uid)
    with pytest.raises(Refusal, match="mandate_not_passed_on"):
        help_by_code(actor, make_person().actor)
    with pytest.raises(ValueError, match="a person alone"):
        Actor(
            kind="official", official_id=uuid4(), organisation_id=uuid4(), role="clerk",
            mandate=ActingFor(uuid4(), uuid4(), old.person_id),
        )  # fmt: skip


def test_a_parents_mandate_takes_two_officials_who_type_the_same() -> None:
    child, parent = make_child(), make_person()
    first, second = official(), official()
    noted = note(child, parent, by=first)
    assert not noted.confirmed
    assert persons.acting_for(parent.person_id, noted.uid, at=NOW) == OVER
    with pytest.raises(Refusal, match="second_person_needed"):
        note(child, parent, by=first)
    assert not note(child, parent, by=second, proof_number="出生0002").confirmed
    again = note(child, parent, by=second)
    assert (again.uid, again.confirmed) == (noted.uid, True)
    assert told(child) == told(parent) == ["mandate_begun"]
    (held,) = [one for one in persons.mandates_held(parent.person_id, at=NOW) if one.in_force]
    assert (held.kind, held.ends_on) == (MandateKind.PARENT, BIRTHDAY)
    # by the clock alone: 00:00 in Shanghai is 16:00 UTC of the day before
    midnight = datetime(BIRTHDAY.year, BIRTHDAY.month, BIRTHDAY.day - 1, 16, tzinfo=UTC)
    assert isinstance(persons.acting_for(parent.person_id, held.uid, at=midnight - timedelta(seconds=1)), tuple)
    assert persons.acting_for(parent.person_id, held.uid, at=midnight) == OVER


def test_what_was_noted_and_not_confirmed_within_a_week_is_nothing() -> None:
    child, parent = make_child(), make_person()
    note(child, parent, by=official())
    assert not note(child, parent, by=official(), at=NOW + timedelta(days=7)).confirmed


@pytest.mark.parametrize("side", MandateSide)
def test_either_side_and_an_office_end_it_at_once(side: MandateSide) -> None:
    old, helper = make_person(), make_person()
    given = help_by_code(old.actor, helper.actor)
    actor = acting(helper.actor, given.uid)
    if side is MandateSide.OFFICE:
        done = persons.end_mandates_at_counter(
            actor=official(), principal=old.person_id, holder=helper.person_id, at=NOW, reason="they came and said so"
        )
        assert done == 1
    else:
        by = old.actor if side is MandateSide.PRINCIPAL else helper.actor
        persons.end_mandate(actor=by, uid=given.uid, at=NOW, reason="own_wish")
    assert persons.acting_for(helper.person_id, given.uid, at=NOW) == OVER
    assert persons.may_act_for(actor, old.person_id, Scope.READ, at=NOW) == OVER
    (held,) = persons.mandates_held(helper.person_id, at=NOW)
    assert (held.ended_by, told(old), told(helper)) == (side, ["mandate_begun", "mandate_ended"], told(old))


def test_a_third_person_ends_nothing_and_acts_for_nobody() -> None:
    old, helper, third = make_person(), make_person(), make_person()
    given = help_by_code(old.actor, helper.actor, scopes=frozenset({Scope.READ}))
    with pytest.raises(persons.PersonMandateUnknown):
        persons.end_mandate(actor=third.actor, uid=given.uid, at=NOW, reason="own_wish")
    assert persons.acting_for(third.person_id, given.uid, at=NOW) == OVER
    stolen = ActingFor(given.uid, given.mandate_id, old.person_id)
    thief = Actor(kind="person", account_id=uuid4(), person_id=third.person_id, role="helper", mandate=stolen)
    assert not is_allowed(persons.may_act_for(thief, old.person_id, Scope.READ, at=NOW))
    actor = acting(helper.actor, given.uid)
    assert persons.may_act_for(actor, old.person_id, Scope.CONSENT, at=NOW).reason == "mandate_other_scope"  # type: ignore[union-attr]
    assert not is_allowed(persons.may_act_for(actor, third.person_id, Scope.READ, at=NOW))
    # and while they act for another, their own file is not what they act on
    assert not is_allowed(persons.may_act_for(actor, helper.person_id, Scope.READ, at=NOW))


def test_no_mandate_reaches_account_or_address() -> None:
    old, helper = make_person(), make_person()
    actor = acting(helper.actor, help_by_code(old.actor, helper.actor).uid)
    for person_id in (old.person_id, helper.person_id):
        with pytest.raises(Refusal, match="mandate_never_covers"):
            persons.set_contact(
                actor=actor, person_id=person_id, kind=ContactKind.EMAIL, address="a@example.com", at=NOW, reason="own"
            )
        with pytest.raises(Refusal, match="mandate_never_covers"):
            persons.end_account(actor=actor, person_id=person_id, account_id=uuid4(), at=NOW, reason="own")


def test_a_mandate_is_read_by_its_two_sides_alone() -> None:
    old, helper, third = make_person(), make_person(), make_person()
    help_by_code(old.actor, helper.actor)
    with as_person(third.person_id):
        assert not Mandate.objects.exists()
        assert not MandateAct.objects.exists()
        assert not MandateHeld.objects.exists()
    with no_person():
        assert not Mandate.objects.exists()
    with as_person(helper.person_id):
        assert MandateHeld.objects.count() == 1


def _row(principal: Someone, holder: Someone, **other: object) -> Mandate:
    """A row as the application's role could write it, past every rule of ours."""
    given: dict[str, object] = {
        "person_id": principal.person_id, "mandate_id": new_id(NOW), "uid": uuid4(), "holder_id": holder.person_id,
        "kind": "helper", "scopes": ["read"], "starts_on": NOW.date(), "ends_on": NOW.date() + timedelta(days=9),
        "proof": "own_act", "sealed": b"", "given_by": uuid4(), "given_side": "principal", "organisation_id": None,
        "made_at": NOW, **other,
    }  # fmt: skip
    with as_person(principal.person_id):
        return Mandate.objects.create(**given)


_BY_OFFICE = {"given_side": "office", "organisation_id": uuid4()}


@pytest.mark.parametrize(
    ("constraint", "other"),
    [
        ("persons_mandate_scopes_known", {"scopes": ["remedies"]}),
        ("persons_mandate_scopes_known", {"scopes": ["read", "account"]}),
        ("persons_mandate_ends_after_it_starts", {"ends_on": NOW.date()}),
        ("persons_mandate_helper_for_a_year", {"ends_on": NOW.date().replace(year=2027) + timedelta(days=1)}),
        ("persons_mandate_rests_on_a_proof", {"proof": "ruling", **_BY_OFFICE}),
        ("persons_mandate_rests_on_a_proof", {"kind": "friend", **_BY_OFFICE}),
        ("persons_mandate_family_is_noted_by_an_office", {"kind": "parent", "proof": Proof.BIRTH_CERTIFICATE.value}),
        ("persons_mandate_family_is_noted_by_an_office", {"organisation_id": uuid4()}),
    ],
)
def test_the_database_holds_what_a_mandate_is(constraint: str, other: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        _row(make_person(), make_person(), **other)


def test_nobody_writes_a_mandate_for_themself_nor_for_another_person() -> None:
    old, other = make_person(), make_person()
    with pytest.raises(IntegrityError, match="persons_mandate_never_for_oneself"):
        _row(old, old)
    with pytest.raises(DatabaseError, match="row-level security"), as_person(other.person_id):
        MandateHeld.objects.create(
            person_id=old.person_id, mandate_id=new_id(NOW), uid=uuid4(), principal_id=other.person_id
        )


def test_one_row_alone_gives_nothing_and_one_hand_confirms_nothing() -> None:
    old, helper = make_person(), make_person()
    row = _row(old, helper)
    with as_person(helper.person_id):
        MandateHeld.objects.create(
            person_id=helper.person_id, mandate_id=row.mandate_id, uid=row.uid, principal_id=old.person_id
        )
    assert persons.acting_for(helper.person_id, row.uid, at=NOW) == OVER
    given = {
        "person_id": old.person_id, "mandate_id": row.mandate_id, "act": "confirmed", "at": NOW, "reason": "because",
        "given_side": "principal",
    }  # fmt: skip
    for attempt in (
        {"side": "holder", "by": row.given_by, "given_by": row.given_by},
        {"side": "principal", "by": uuid4(), "given_by": row.given_by},
        {"side": "holder", "by": row.given_by, "given_by": uuid4()},
        {"side": "office", "by": uuid4(), "given_by": row.given_by, "organisation_id": uuid4()},
        {"side": "holder", "by": uuid4(), "given_by": None},
    ):
        with pytest.raises(IntegrityError), as_person(old.person_id):
            MandateAct.objects.create(**given, **attempt)
    with pytest.raises(DatabaseError), as_person(old.person_id):
        Mandate.objects.filter(mandate_id=row.mandate_id).update(ends_on=row.ends_on + timedelta(days=90))
