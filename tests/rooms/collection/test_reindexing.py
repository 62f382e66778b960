"""After a reindex nothing stands under the older index key, and everything is found under the newer alone (F3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, connections, transaction

from chengxin.collection import facade as collection
from chengxin.collection.models import HeldRow
from chengxin.collection.terms import Outcome
from chengxin.foundation import actors, files, keyring, keystore
from chengxin.foundation.database import as_person
from chengxin.foundation.keyring import Keyring, source
from chengxin.persons import facade as persons
from tests.people import NOW, make_person
from tests.rooms.collection.making import (
    counted,
    hand_in,
    make_decision,
    make_supplier,
    officer,
    outcomes,
    person_of,
)

LATER = NOW + timedelta(days=1)
Turn = Callable[[Callable[[Keyring], Keyring]], None]


@pytest.fixture(scope="module")
def turn() -> Iterator[Turn]:
    """Puts another keyring in the hands of this process; one test begins with what the one before left."""
    held = {"ring": keyring.current()}
    with pytest.MonkeyPatch.context() as patch:
        for module in (source, keyring, keystore, files):
            patch.setattr(module, "current", lambda: held["ring"])
        yield lambda change: held.update(ring=change(held["ring"]))


def reindex(limit: int = 2) -> tuple[int, int]:
    """Every page, two persons at a time. Gives moved and unreached."""
    moved = unreached = 0
    after = None
    while True:
        page = collection.reindex_page(actor=actors.system("test"), at=LATER, reason="test", after=after, limit=limit)
        moved, unreached, after = moved + page.moved, unreached + page.unreached, page.last
        if after is None:
            return moved, unreached


def keys() -> set[bytes]:
    """Every keyed hash that stands anywhere."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT blind_index FROM persons_identity_key UNION SELECT name_key FROM persons_name UNION"
            " SELECT name_key FROM persons_source UNION SELECT decision_index FROM records_decision_key UNION"
            " SELECT blind_index FROM collection_quarantine WHERE blind_index IS NOT NULL"
        )
        return {bytes(row[0]) for row in cursor.fetchall()}


def test_after_it_the_older_key_is_needed_for_nothing(turn: Turn) -> None:
    first, second = make_supplier(), make_supplier()
    decision = make_decision(first)
    hand_in(first, decision)
    hand_in(second, make_decision(second, document=decision.document, name=decision.name))
    (waits,) = collection.held_of_batch(
        hand_in(first, make_decision(first, document=decision.document, name="司马改名")).id
    )
    alone = make_person()
    person = person_of(decision)
    with as_person(person):
        confirmed = persons.confirmed_sources(person, known_at=LATER)
    before = keys()
    turn(Keyring.rotate_index)
    during = make_decision(first)
    hand_in(first, during, at=LATER)
    moved, unreached = reindex()
    assert moved >= len(before)
    assert unreached == 0
    assert reindex() == (0, 0)
    assert persons.stale_numbers() == 0
    assert not before & keys()

    turn(Keyring.retire_index)
    assert person_of(decision) == person
    assert persons.person_by_document("01", alone.number) == alone.person_id
    assert [outcomes(hand_in(first, one, at=LATER)) for one in (decision, during)] == [[Outcome.SAME], [Outcome.SAME]]
    with as_person(person):
        assert persons.confirmed_sources(person, known_at=LATER) == confirmed
        assert len(persons.identity_of(person).names) == 1
    assert [one.uid for one in collection.under_check([("01", decision.document)], LATER)] == [waits.uid]
    assert HeldRow.objects.get(uid=waits.uid).sealed is not None


def test_a_decision_that_moved_is_followed_under_the_newer_key(turn: Turn) -> None:
    supplier = make_supplier()
    first = make_decision(supplier)
    hand_in(supplier, first)
    other = make_decision(supplier)
    second = first.but(document=other.document, name=other.name)
    (row,) = collection.held_of_batch(hand_in(supplier, second).id)
    collection.release_row(actor=officer(), uid=row.uid, at=NOW, reason="number corrected")
    turn(Keyring.rotate_index)
    assert reindex()[1] == 0
    turn(Keyring.retire_index)
    assert outcomes(hand_in(supplier, second, at=LATER)) == [Outcome.SAME]
    assert outcomes(hand_in(supplier, first, at=LATER)) == [Outcome.QUARANTINED]


def test_it_may_stop_anywhere_and_go_on(turn: Turn) -> None:
    people = [make_person() for _ in range(5)]
    turn(Keyring.rotate_index)
    page = collection.reindex_page(actor=actors.system("test"), at=LATER, reason="test", limit=2)
    assert page.last is not None
    for someone in people:
        assert persons.person_by_document("01", someone.number) == someone.person_id
    reindex()
    assert persons.stale_numbers() == 0


def test_a_row_stays_until_it_stands_under_the_newer_key() -> None:
    someone = make_person()
    for table in ("persons_source", "persons_name"):
        with (
            pytest.raises(DatabaseError, match="persons_identity_stays_until_erased"),
            transaction.atomic(using="disposer"),
            connections["disposer"].cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table} WHERE person_id = %s", [someone.person_id])
    assert counted("persons_name", "person_id = %s", someone.person_id) == 1
