"""Identities on PostgreSQL: found by number alone, sealed, confirmed, linked, erased (F2, F3, F7, F12)."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections, transaction

from chengxin.foundation import actors
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, no_person
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.persons import facade as persons
from chengxin.persons.models import Document, Person
from chengxin.persons.terms import Assurance, ContactKind, SourceKind
from tests.people import NOW, invented_identity, make_person

SYSTEM = actors.system("test")
COUNTER = Actor(kind="official", official_id=uuid4(), organisation_id=uuid4(), account_id=uuid4(), role="clerk")


def test_a_person_is_found_by_number_and_by_nothing_else() -> None:
    someone = make_person()
    assert persons.person_by_document("01", someone.number) == someone.person_id
    assert persons.person_by_document("01", someone.number.lower()) == someone.person_id
    assert persons.person_by_document("02", someone.number) is None
    other, _ = invented_identity()
    assert persons.person_by_document("01", other) is None


def test_without_a_person_set_no_table_about_persons_answers() -> None:
    someone = make_person()
    with no_person():
        assert not Person.objects.exists()
        assert not Document.objects.exists()
    with as_person(someone.person_id):
        assert Person.objects.count() == 1
        assert persons.identity_of(someone.person_id).name == someone.name


def test_nobody_lists_the_look_up_keys() -> None:
    make_person()
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM persons_identity_key")
        assert cursor.fetchone() == (0,)


def test_a_row_of_another_person_cannot_be_added() -> None:
    someone, other = make_person(), make_person()
    with pytest.raises(DatabaseError, match="row-level security"), as_person(someone.person_id):
        Document.objects.create(person_id=other.person_id, document_id=new_id(), kind=1, sealed=b"x", made_at=NOW)


def test_proving_oneself_finds_the_same_person_and_confirms_the_agreeing_supplier() -> None:
    supplier = uuid4()
    someone = make_person(source_kind=SourceKind.SUPPLIER, source_id=supplier)
    with as_person(someone.person_id):
        assert not persons.is_confirmed(someone.person_id, known_at=NOW)
    found = persons.person_for_verified_identity(
        kind="01",
        number=someone.number,
        name=someone.name,
        assurance=Assurance.HIGH,
        source="test",
        actor=SYSTEM,
        at=NOW,
    )
    assert found == someone.person_id
    with as_person(found):
        assert supplier in persons.confirmed_sources(found, known_at=NOW)
        assert not persons.confirmed_sources(found, known_at=NOW - timedelta(seconds=1))


def test_proving_oneself_under_another_name_confirms_no_supplier() -> None:
    supplier = uuid4()
    someone = make_person(source_kind=SourceKind.SUPPLIER, source_id=supplier)
    persons.person_for_verified_identity(
        kind="01",
        number=someone.number,
        name="欧阳另有其名",
        assurance=Assurance.HIGH,
        source="test",
        actor=SYSTEM,
        at=NOW,
    )
    with as_person(someone.person_id):
        assert supplier not in persons.confirmed_sources(someone.person_id, known_at=NOW)
        assert len(persons.identity_of(someone.person_id).names) == 2


def test_a_counter_code_binds_once_and_only_in_time() -> None:
    number, name = invented_identity()
    code, person_id = persons.issue_binding_code(
        actor=COUNTER, kind="01", number=number, name=name, at=NOW, reason="stood at the counter"
    )
    account = uuid4()
    with pytest.raises(Refusal, match="binding_code_unknown"):
        persons.redeem_binding_code(code=code, account_id=account, actor=SYSTEM, at=NOW + timedelta(hours=25))
    assert persons.redeem_binding_code(code=code.lower(), account_id=account, actor=SYSTEM, at=NOW) == person_id
    assert persons.person_of_account(account) == person_id
    with pytest.raises(Refusal, match="binding_code_unknown"):
        persons.redeem_binding_code(code=code, account_id=uuid4(), actor=SYSTEM, at=NOW)


def test_an_account_belongs_to_one_person() -> None:
    one, other, account = make_person(), make_person(), uuid4()
    link = {"account_id": account, "assurance": Assurance.HIGH, "actor": SYSTEM, "at": NOW, "reason": "test"}
    persons.link_account(person_id=one.person_id, **link)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="account_of_another"):
        persons.link_account(person_id=other.person_id, **link)  # type: ignore[arg-type]


def test_a_contact_is_sealed_and_the_newest_counts() -> None:
    someone = make_person()
    for address in ("old@example.invalid", "new@example.invalid"):
        persons.set_contact(
            actor=someone.actor,
            person_id=someone.person_id,
            kind=ContactKind.EMAIL,
            address=address,
            at=NOW,
            reason="own",
        )
    with as_person(someone.person_id):
        assert [contact.address for contact in persons.contacts_of(someone.person_id)] == ["new@example.invalid"]
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM persons_contact WHERE position('example' IN encode(sealed, 'escape')) > 0"
            )
            assert cursor.fetchone() == (0,)


def test_an_erased_person_is_gone_and_comes_back_as_nobody() -> None:
    someone = make_person()
    complete = persons.erase_person(
        actor=COUNTER,
        person_id=someone.person_id,
        asked_by=uuid4(),
        approved_by=uuid4(),
        kept_until=None,
        at=NOW,
        reason="asked by the person",
    )
    assert (complete - NOW.date()).days == 30
    assert persons.person_by_document("01", someone.number) is None
    assert persons.key_of(someone.person_id) is None
    with as_person(someone.person_id):
        assert persons.identity_of(someone.person_id).names == ()
        assert Document.objects.count() == 0
        assert persons.erasure_of(someone.person_id) is not None


def test_one_official_alone_erases_nobody() -> None:
    someone, official = make_person(), uuid4()
    with pytest.raises(Refusal, match="second_person_needed"):
        persons.erase_person(
            actor=COUNTER,
            person_id=someone.person_id,
            asked_by=official,
            approved_by=official,
            kept_until=None,
            at=NOW,
            reason="alone",
        )
    assert persons.person_by_document("01", someone.number) == someone.person_id


def test_identifying_rows_stay_until_the_erasure_is_on_record() -> None:
    someone = make_person()
    with (
        pytest.raises(DatabaseError, match="persons_identity_stays_until_erased"),
        connections["disposer"].cursor() as cursor,
    ):
        cursor.execute("DELETE FROM persons_document WHERE person_id = %s", [someone.person_id])
