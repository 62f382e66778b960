"""Disposal is disposal: at its retention end an entry goes whole, and a tombstone stays that says nothing (F6, F7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections, transaction

from chengxin.access import facade as access
from chengxin.foundation import actors, keyring
from chengxin.foundation.copying import bulk_cursor
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Journal
from chengxin.records import facade as records
from chengxin.records.models import Content, Entry, Mark, Tombstone
from chengxin.records.terms import EntryView, Gone, GoneBecause, MarkKind, Status
from tests.entries import SUPPLIER, give_entry, in_catalogue
from tests.people import NOW, Someone, make_person
from tests.sources import confirm_name

SYSTEM = actors.system("test")
TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)
LONG_AGO = date(2024, 1, 3)
OVER: dict[str, Any] = {
    "decided_on": LONG_AGO,
    "served_on": None,
    "final_on": None,
    "display_until": TODAY - timedelta(days=400),
    "retain_until": TODAY,
}


@pytest.fixture(scope="module", autouse=True)
def _items(city: None) -> None:
    in_catalogue("TEST-01")


def someone_known() -> Someone:
    someone = make_person()
    confirm_name(someone, SUPPLIER)
    return someone


def dispose() -> int:
    return records.dispose_due(actor=SYSTEM, today=TODAY, at=NOW, reason="retention_ended")


def versions(someone: Someone) -> list[EntryView]:
    with as_person(someone.person_id):
        found = records.entries_with_any_status(someone.person_id, shown_at=NOW, known_at=NOW)
    return sorted(found, key=lambda entry: entry.version)


def gone(someone: Someone) -> list[Gone]:
    with as_person(someone.person_id):
        return records.gone_from(someone.person_id, known_at=NOW)


def file_of(someone: Someone) -> bytes:
    return access.own_file_as_of(actor=someone.actor, person_id=someone.person_id, shown_at=NOW, known_at=NOW, at=NOW)


def keyed(person_id: UUID, entry: UUID, decision: bytes) -> None:
    with connections["intake"].cursor() as cursor:
        cursor.execute("INSERT INTO records_decision_key VALUES (%s, %s, %s)", [decision, person_id, entry])


def found_at(decision: bytes) -> tuple[UUID, UUID] | None:
    with bulk_cursor("intake") as cursor:
        found = records.find_decisions(cursor, [decision]).get(0)
    return None if found is None else (UUID(bytes=found.person), UUID(bytes=found.entry))


def rows_left(person_id: UUID) -> dict[str, int]:
    tables = ("records_entry", "records_content", "records_mark", "records_statement", "records_decision_key")
    with connections["owner"].cursor() as cursor:
        left = {}
        for name in tables:
            cursor.execute(f"SELECT count(*) FROM {name} WHERE person_id = %s", [person_id])
            left[name] = cursor.fetchone()[0]
    return {name: count for name, count in left.items() if count}


# ---- what stays and what goes --------------------------------------------------------------------------------------


def test_nothing_of_an_entry_is_left_but_its_commitment_the_reason_and_the_day() -> None:
    someone = someone_known()
    entry, uid = give_entry(someone, **OVER)
    keyed(someone.person_id, entry, decision := uuid4().bytes)
    records.mark_entry(
        actor=someone.actor, person_id=someone.person_id, uid=uid, kinds=(MarkKind.OBJECTED,),
        at=NOW - timedelta(days=30), reason="test",
    )  # fmt: skip
    records.say_beside(
        actor=someone.actor,
        person_id=someone.person_id,
        uid=uid,
        text="已改正。",
        at=NOW - timedelta(days=30),
        reason="test",
    )
    (before,) = versions(someone)
    assert dispose() == 1
    assert rows_left(someone.person_id) == {}
    assert gone(someone) == [Gone(uid, 1, before.commitment, GoneBecause.RETENTION_ENDED, TODAY)]
    assert found_at(decision) is None
    # exhaustive: what a tombstone can say
    assert {field.name for field in Tombstone._meta.get_fields()} == {
        "pk", "person_id", "uid", "version", "known_on", "commitment", "reason", "gone_on",
    }  # fmt: skip


def test_the_file_reads_the_same_before_and_after_the_job() -> None:
    someone = someone_known()
    give_entry(someone, **OVER)
    give_entry(someone)
    before = file_of(someone)
    assert b'"status":"disposed"' in before
    assert b'"reason":"retention_ended"' in before
    assert dispose() == 1
    assert file_of(someone) == before


def test_a_tombstone_is_not_shown_as_of_a_day_before_the_entry_was_known() -> None:
    someone = someone_known()
    give_entry(someone, known_from=NOW - timedelta(days=60), **OVER)
    dispose()
    with as_person(someone.person_id):
        assert records.gone_from(someone.person_id, known_at=NOW - timedelta(days=61)) == []
        assert len(records.gone_from(someone.person_id, known_at=NOW - timedelta(days=59))) == 1


def test_nobody_reads_the_tombstones_of_another() -> None:
    someone, other = someone_known(), someone_known()
    give_entry(someone, **OVER)
    dispose()
    with as_person(other.person_id):
        assert Tombstone.objects.count() == 0
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_tombstone")
        assert cursor.fetchone() == (0,)


def test_a_look_at_what_is_gone_still_names_it() -> None:
    someone = someone_known()
    give_entry(someone, **OVER | {"retain_until": TOMORROW, "display_until": TOMORROW})
    access.own_file(actor=someone.actor, person_id=someone.person_id, at=NOW)
    records.dispose_due(actor=SYSTEM, today=TOMORROW, at=NOW + timedelta(days=1), reason="test")
    with as_person(someone.person_id):
        (tomb,) = records.gone_from(someone.person_id, known_at=NOW)
        assert list(access.looks_by_entry(someone.person_id, at=NOW)) == []
        looks = access.looks_at(someone.person_id, tomb.uid, at=NOW, since=NOW - timedelta(days=1))
        assert [look.entries for look in access.looks_of(someone.person_id, at=NOW)] == [1]
    assert looks == []  # the person's own look; it names the uid, and nobody else looked


# ---- versions ------------------------------------------------------------------------------------------------------


def test_the_disposal_of_one_version_leaves_the_others() -> None:
    someone = someone_known()
    entry, uid = give_entry(someone, **OVER)
    give_entry(someone, entry_id=entry, uid=uid, version=2, known_from=NOW - timedelta(days=20))
    dispose()
    first, second = versions(someone)
    assert (first.status, first.content) == (Status.DISPOSED, {})
    assert (second.status, bool(second.content)) == (Status.IN_FORCE, True)
    assert gone(someone) == []
    with as_person(someone.person_id):
        assert Content.objects.count() == 1
        assert [row.kind for row in Mark.objects.all()] == [MarkKind.DISPOSED]


def test_a_shorter_correction_does_not_bring_its_error_back() -> None:
    """The newest version is due first: the older one stays superseded, it must never count again."""
    someone = someone_known()
    entry, uid = give_entry(someone)
    give_entry(someone, entry_id=entry, uid=uid, version=2, known_from=NOW - timedelta(days=20), **OVER)
    dispose()
    assert [one.status for one in versions(someone)] == [Status.SUPERSEDED, Status.DISPOSED]


# ---- who may, and when ---------------------------------------------------------------------------------------------


def test_a_disposal_is_journalled_once_a_run_and_a_second_run_finds_nothing() -> None:
    give_entry(someone_known(), **OVER)
    before = Journal.objects.filter(act="dispose_due").count()
    assert dispose() == 1
    assert dispose() == 0
    assert Journal.objects.filter(act="dispose_due").count() == before + 1


BURY = (
    "INSERT INTO records_tombstone SELECT person_id, uid, version, current_date, {}, 'retention_ended', current_date"
    " FROM records_entry WHERE person_id = %s"
)


def attempt(*statements: str, person_id: UUID | None = None, role: str = "disposer") -> None:
    """Statements in one transaction of a role, taken back at its end."""
    with transaction.atomic(using=role), connections[role].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, [] if person_id is None else [person_id])
        transaction.set_rollback(True, using=role)


@pytest.mark.parametrize("bury", [[], [BURY.format("'\\x00'::bytea")]], ids=["no tombstone", "another commitment"])
def test_no_entry_leaves_without_its_commitment(bury: list[str]) -> None:
    someone = someone_known()
    give_entry(someone, **OVER)
    empty = "DELETE FROM records_content WHERE person_id = %s"
    delete = "DELETE FROM records_entry WHERE person_id = %s"
    attempt(empty, BURY.format("commitment"), delete, person_id=someone.person_id)
    with pytest.raises(DatabaseError, match="records_entry_leaves_its_commitment"):
        attempt(empty, *bury, delete, person_id=someone.person_id)


@pytest.mark.parametrize("kept", ["this", "another version"])
def test_no_entry_and_no_mark_leaves_before_its_day(kept: str) -> None:
    someone = someone_known()
    if kept == "another version":
        entry, uid = give_entry(someone, **OVER)
        give_entry(someone, entry_id=entry, uid=uid, version=2, known_from=NOW - timedelta(days=20),
                   retain_until=date(2099, 1, 1))  # fmt: skip
        dispose()
    else:
        _, uid = give_entry(someone, retain_until=date(2099, 1, 1))
    records.withdraw_entry(actor=SYSTEM, person_id=someone.person_id, uid=uid, at=NOW, reason="test")
    for table, why in {
        "records_entry": "records_entry_kept_until_its_day",
        "records_mark": "records_mark_stays_with_its_entry",
        "records_content": "records_content_kept_until_its_day",
    }.items():
        with pytest.raises(DatabaseError, match=why):
            attempt(BURY.format("commitment"), f"DELETE FROM {table} WHERE person_id = %s", person_id=someone.person_id)


@pytest.mark.parametrize("role", ["default", "intake"])
@pytest.mark.parametrize("model", [Entry, Tombstone], ids=lambda model: model._meta.db_table)
def test_no_other_role_buries(role: str, model: type[Entry] | type[Tombstone]) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt(f"DELETE FROM {model._meta.db_table}", role=role)
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt("INSERT INTO records_tombstone SELECT", role=role)


# ---- what hung on it -----------------------------------------------------------------------------------------------


def test_a_decision_that_moved_on_is_still_found_from_its_first_place() -> None:
    """Three persons in a row: the first entry goes, then the first two; whoever asks begins at the number."""
    one, two, three = someone_known(), someone_known(), someone_known()
    first, _ = give_entry(one, **OVER)
    second, _ = give_entry(two)
    third, _ = give_entry(three)
    indexer = records.decision_indexer(keyring.current().index_version)
    place = uuid4().bytes
    keyed(one.person_id, first, place)
    keyed(two.person_id, second, behind := records.moved_decision(indexer, place))
    keyed(three.person_id, third, last := records.moved_decision(indexer, behind))
    dispose()
    assert found_at(place) == (two.person_id, second)
    assert found_at(behind) == (three.person_id, third)
    assert found_at(last) is None


def test_two_places_freed_at_once_are_closed_up() -> None:
    one, three = someone_known(), someone_known()
    first, _ = give_entry(one, **OVER)
    second, _ = give_entry(one, **OVER)
    third, _ = give_entry(three)
    indexer = records.decision_indexer(keyring.current().index_version)
    place = uuid4().bytes
    keyed(one.person_id, first, place)
    keyed(one.person_id, second, behind := records.moved_decision(indexer, place))
    keyed(three.person_id, third, last := records.moved_decision(indexer, behind))
    dispose()
    assert found_at(place) == (three.person_id, third)
    assert (found_at(behind), found_at(last)) == (None, None)
