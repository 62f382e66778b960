"""The officers' list of objections: one line an objection, of one transaction with its marks, without a person."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from chengxin.foundation import actors
from chengxin.foundation.database import as_person, no_person
from chengxin.kernel.errors import Refusal
from chengxin.records import facade as records
from chengxin.records.models import Objection
from chengxin.records.terms import MarkKind, ObjectionView, Status
from tests.entries import give_entry, in_catalogue
from tests.house.tables import table
from tests.people import NOW, Someone, make_person
from tests.sources import confirm_name

SYSTEM = actors.system("test")


@pytest.fixture(scope="module", autouse=True)
def _items(city: None) -> None:
    in_catalogue("TEST-01")


def someone_with_entry(**given: object) -> tuple[Someone, object, object]:
    someone, supplier = make_person(), uuid4()
    confirm_name(someone, supplier)
    _, uid = give_entry(someone, supplier=supplier, **given)  # type: ignore[arg-type]
    return someone, uid, supplier


def object_to(someone: Someone, uid: object, *, not_mine: bool = False) -> object:
    return records.object_to_entry(
        actor=someone.actor,
        person_id=someone.person_id,
        uid=uid,  # type: ignore[arg-type]
        not_mine=not_mine,
        at=NOW,
        reason="not_me" if not_mine else "facts_wrong",
    )


def lines_of(supplier: object) -> list[ObjectionView]:
    return records.objections_open(organisation_id=supplier)  # type: ignore[arg-type]


def test_an_objection_stands_in_the_list_without_its_person() -> None:
    someone, uid, supplier = someone_with_entry()
    receipt = object_to(someone, uid)
    with no_person():
        (line,) = lines_of(supplier)
    assert (line.uid, line.item, line.not_mine, line.at) == (receipt, "TEST-01", False, NOW)
    assert line.number == f"YY20260601-{line.uid.hex[:8].upper()}"
    assert "person_id" not in {field.name for field in Objection._meta.fields}
    assert table(Objection) == "records_objection"


def test_saying_not_me_later_joins_the_first_objection() -> None:
    someone, uid, supplier = someone_with_entry()
    receipt = object_to(someone, uid)
    assert object_to(someone, uid, not_mine=True) == receipt
    (line,) = lines_of(supplier)
    assert line.not_mine
    with as_person(someone.person_id):
        (entry,) = records.entries_with_any_status(someone.person_id, shown_at=NOW, known_at=NOW)
    assert [mark.kind for mark in entry.marks] == [MarkKind.OBJECTED, MarkKind.FROZEN, MarkKind.NOT_MINE]
    assert entry.status is Status.FROZEN


def test_an_answered_objection_leaves_the_list_and_a_new_one_has_a_new_number() -> None:
    someone, uid, supplier = someone_with_entry()
    first = object_to(someone, uid)
    records.mark_entry(
        actor=SYSTEM,
        person_id=someone.person_id,
        uid=uid,  # type: ignore[arg-type]
        kinds=(MarkKind.OBJECTION_ENDED, MarkKind.UNFROZEN),
        at=NOW,
        reason="answered",
    )
    assert lines_of(supplier) == []
    assert Objection.objects.get(uid=first).ended_at == NOW
    second = object_to(someone, uid)
    assert second != first
    assert [line.uid for line in lines_of(supplier)] == [second]


def test_what_is_refused_leaves_no_line() -> None:
    someone, uid, supplier = someone_with_entry(retain_until=NOW.date(), display_until=NOW.date())
    with pytest.raises(Refusal, match="entry_wrong_status"):
        object_to(someone, uid)
    assert lines_of(supplier) == []


def test_the_list_is_all_offices_oldest_first() -> None:
    uids = [object_to(someone, uid) for someone, uid, _ in (someone_with_entry(), someone_with_entry())]
    listed = [line.uid for line in records.objections_open()]
    assert set(uids) <= set(listed)
    assert [line.at for line in records.objections_open()] == sorted(line.at for line in records.objections_open())


@pytest.mark.parametrize(
    ("promise", "change"),
    [
        ("records_objection_ended_when_dated", {"state": "ended"}),
        ("records_objection_ended_when_dated", {"state": "lost"}),
        ("records_objection_ends_after_made", {"state": "ended", "ended_at": NOW.replace(year=2020)}),
    ],
)
def test_the_database_keeps_its_promises(promise: str, change: dict[str, object]) -> None:
    row = {"uid": uuid4(), "organisation_id": uuid4(), "item": "x", "not_mine": False, "at": NOW, "state": "open"}
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Objection.objects.create(**(row | change))


@pytest.mark.parametrize("statement", ["DELETE FROM records_objection", "UPDATE records_objection SET item = 'other'"])
def test_role_web_takes_no_line_away_and_rewrites_none(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(statement)
