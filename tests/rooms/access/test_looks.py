"""No read of a file without its look; a person reads their own and no other (charter 5, F13)."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections

from chengxin.access import facade as access
from chengxin.access.models import Look
from chengxin.access.rules import commitment, leaf
from chengxin.access.terms import Looker, Purpose
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import Refusal
from tests.entries import SUPPLIER, give_entry, in_catalogue
from tests.people import NOW, make_person
from tests.sources import confirm_name


@pytest.fixture(scope="module", autouse=True)
def _items(city: None) -> None:
    in_catalogue("TEST-01")


def test_reading_ones_file_shows_it_and_leaves_a_look() -> None:
    someone = make_person()
    confirm_name(someone, SUPPLIER)
    _, uid = give_entry(someone, free_text="招牌")
    give_entry(someone, display_until=NOW.date() - timedelta(days=1))
    file = access.own_file(actor=someone.actor, person_id=someone.person_id, at=NOW)
    assert file.identity.name == someone.name
    assert [entry.uid for entry in file.now] == [uid]
    assert file.now[0].content["CF_SY"] == "招牌"
    assert len(file.held) == 1
    with as_person(someone.person_id):
        (look,) = access.looks_of(someone.person_id, at=NOW)
        assert access.looks_at(someone.person_id, uid, at=NOW, since=NOW - timedelta(days=30)) == []
    assert (look.purpose, look.actor_kind, look.entries, look.own) == (Purpose.OWN_FILE, "person", 2, True)


def test_nobody_reads_another_persons_file_and_nothing_is_written() -> None:
    someone, other = make_person(), make_person()
    official = Actor(kind="official", official_id=uuid4(), organisation_id=uuid4(), role="office_head")
    for actor in (other.actor, official):
        with pytest.raises(Refusal, match="not_your_file"):
            access.own_file(actor=actor, person_id=someone.person_id, at=NOW)
        with pytest.raises(Refusal, match="not_your_file"):
            access.own_file_as_of(actor=actor, person_id=someone.person_id, shown_at=NOW, known_at=NOW, at=NOW)
    with as_person(someone.person_id):
        assert access.looks_of(someone.person_id, at=NOW) == []


def test_if_the_look_cannot_be_written_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    someone = make_person()
    give_entry(someone)
    monkeypatch.setattr("chengxin.access.actions.reading.SALT_BYTES", -1)
    with pytest.raises(ValueError, match="negative"):
        access.own_file(actor=someone.actor, person_id=someone.person_id, at=NOW)


def test_a_look_verifies_against_its_salt_and_one_changed_word_does_not() -> None:
    someone = make_person()
    access.own_file(actor=someone.actor, person_id=someone.person_id, at=NOW)
    with as_person(someone.person_id):
        row = Look.objects.get()

    def text(purpose: str) -> bytes:
        return leaf(
            uid=row.uid,
            at=row.at,
            looker=Looker(row.actor_kind, None, row.official_id, row.organisation_id, row.role),
            purpose=purpose,
            ground=(row.ground_law, row.ground_article),
            case_ref=row.case_ref,
            entries=row.entries,
            fields=row.fields,
            outcome=row.outcome,
        )

    assert commitment(bytes(row.salt), text(row.purpose)) == bytes(row.commitment)
    assert commitment(bytes(row.salt), text("identity_check")) != bytes(row.commitment)
    assert str(someone.person_id).encode() not in text(row.purpose)


def test_the_export_is_canonical_and_leaves_its_own_look() -> None:
    someone = make_person()
    confirm_name(someone, SUPPLIER)
    give_entry(someone)
    raw = access.own_file_as_of(actor=someone.actor, person_id=someone.person_id, shown_at=NOW, known_at=NOW, at=NOW)
    told = json.loads(raw)
    assert told["schema"] == "chengxin.file.v1"
    assert [entry["status"] for entry in told["entries"]] == ["in_force"]
    with as_person(someone.person_id):
        assert [look.purpose for look in access.looks_of(someone.person_id, at=NOW)] == [Purpose.OWN_EXPORT]


@pytest.mark.parametrize(
    "statement", ["UPDATE access_look SET outcome = 'x'", "DELETE FROM access_look", "TRUNCATE access_look"]
)
def test_no_role_of_the_application_changes_a_look(statement: str) -> None:
    someone = make_person()
    access.own_file(actor=someone.actor, person_id=someone.person_id, at=NOW)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        as_person(someone.person_id),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(statement)
    for alias in ("intake", "disposer"):
        # the disposer deletes what is past its keeping, and is told of what is not
        young = alias == "disposer" and statement.startswith("DELETE")
        words = "five years at least" if young else "permission denied"
        with pytest.raises(DatabaseError, match=words), connections[alias].cursor() as cursor:
            cursor.execute(statement)


def test_a_look_that_names_no_official_for_an_official_is_refused_by_the_database() -> None:
    someone = make_person()
    with pytest.raises(DatabaseError, match="access_look_official_named"), as_person(someone.person_id):
        Look.objects.create(
            person_id=someone.person_id,
            look_id=uuid4(),
            uid=uuid4(),
            at=NOW,
            actor_kind="official",
            purpose="own_file",
            ground_law="个人信息保护法",
            ground_article="45",
            entries=[],
            fields=[],
            outcome="shown",
            salt=b"1",
            commitment=b"2",
        )
