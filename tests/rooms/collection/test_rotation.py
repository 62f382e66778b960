"""While an index key rotates, numbers, names and decisions are found under both versions, and locked under both (F3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections

from chengxin.collection import facade as collection
from chengxin.collection.terms import Outcome
from chengxin.foundation import files, keyring, keystore
from chengxin.foundation.keyring import source
from chengxin.persons import facade as persons
from tests.people import NOW
from tests.rooms.collection.making import (
    counted,
    hand_in,
    make_decision,
    make_supplier,
    officer,
    outcomes,
    person_of,
    versions_of,
)

LATER = NOW + timedelta(days=1)


@pytest.fixture
def rotate(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From the call on, the process knows two index versions."""
    ring = keyring.current()
    held = {"ring": ring}
    for module in (source, keyring, keystore, files):
        monkeypatch.setattr(module, "current", lambda: held["ring"])
    return lambda: held.update(ring=ring.rotate_index())


def test_known_before_the_rotation_is_known_during_it(rotate: Callable[[], None]):
    supplier = make_supplier()
    decision = make_decision(supplier)
    hand_in(supplier, decision)
    person = person_of(decision)
    rotate()
    assert person_of(decision) == person
    assert outcomes(hand_in(supplier, decision, at=LATER)) == [Outcome.SAME]
    batch = hand_in(supplier, make_decision(supplier, document=decision.document, name=decision.name), at=LATER)
    assert outcomes(batch) == [Outcome.NEW]
    assert counted("records_entry", "person_id = %s", person) == 2
    assert counted("persons_source", "person_id = %s", person) == 1
    held = hand_in(supplier, make_decision(supplier, document=decision.document, name="司马改名"), at=LATER)
    assert outcomes(held) == [Outcome.QUARANTINED]


def test_a_second_supplier_confirms_the_name_as_it_is_stored(rotate: Callable[[], None]):
    first, second = make_supplier(), make_supplier()
    decision = make_decision(first)
    hand_in(first, decision)
    rotate()
    hand_in(second, make_decision(second, document=decision.document, name=decision.name), at=LATER)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT name_key), count(*) FROM persons_source WHERE person_id = %s", [person_of(decision)]
        )
        assert cursor.fetchone() == (1, 2)


def test_made_during_the_rotation_is_locked_under_both_keys(rotate: Callable[[], None]):
    supplier = make_supplier()
    rotate()
    decision = make_decision(supplier)
    hand_in(supplier, decision)
    person = person_of(decision)
    assert counted("persons_identity_key", "person_id = %s", person) == 2
    assert counted("records_decision_key", "person_id = %s", person) == 2
    assert len(persons.blind_indexes("01", decision.document)) == 2
    assert outcomes(hand_in(supplier, decision, at=LATER)) == [Outcome.SAME]


def test_a_decision_of_before_moves_during_the_rotation(rotate: Callable[[], None]):
    supplier = make_supplier()
    first = make_decision(supplier)
    hand_in(supplier, first)
    rotate()
    other = make_decision(supplier)
    second = first.but(document=other.document, name=other.name)
    (row,) = collection.held_of_batch(hand_in(supplier, second).id)
    collection.release_row(actor=officer(), uid=row.uid, at=NOW, reason="number corrected")
    assert outcomes(hand_in(supplier, second, at=LATER)) == [Outcome.SAME]
    assert len(versions_of(second, at=LATER)) == 1
