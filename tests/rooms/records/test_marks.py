"""Marks on PostgreSQL: objecting freezes at once, two acts at once do not both win, rows are never changed (F5)."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections, transaction

from chengxin.foundation import actors
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.records import facade as records
from chengxin.records.models import Content, Entry, Mark
from chengxin.records.terms import Audience, MarkKind, Status
from tests.entries import SUPPLIER, give_entry, in_catalogue
from tests.people import NOW, Someone, make_person
from tests.sources import confirm_name

SYSTEM = actors.system("test")


@pytest.fixture(scope="module", autouse=True)
def _items(city: None) -> None:
    in_catalogue("TEST-01")


def known_person() -> Someone:
    someone = make_person()
    confirm_name(someone, SUPPLIER)
    return someone


def statuses(someone: Someone, at: object = NOW) -> list[Status]:
    with as_person(someone.person_id):
        found = records.entries_with_any_status(someone.person_id, shown_at=NOW, known_at=NOW)
    return [entry.status for entry in found]


def shown_to(someone: Someone, audience: Audience) -> int:
    with as_person(someone.person_id):
        return len(records.entries_for(someone.person_id, audience, at=NOW))


def test_objecting_freezes_an_adverse_entry_at_once_and_gives_a_receipt() -> None:
    someone = known_person()
    _, uid = give_entry(someone)
    assert shown_to(someone, Audience.ASKER) == 1
    receipt = records.object_to_entry(
        actor=someone.actor, person_id=someone.person_id, uid=uid, not_mine=True, at=NOW, reason="不是我"
    )
    assert statuses(someone) == [Status.FROZEN]
    assert shown_to(someone, Audience.ASKER) == 0
    assert shown_to(someone, Audience.SUBJECT_NOW) == 1
    again = records.object_to_entry(
        actor=someone.actor, person_id=someone.person_id, uid=uid, not_mine=False, at=NOW, reason="再说一次"
    )
    assert again == receipt


def test_objecting_to_an_honour_marks_and_does_not_freeze() -> None:
    someone = known_person()
    _, uid = give_entry(someone, nature=1, act_class=0)
    records.object_to_entry(
        actor=someone.actor, person_id=someone.person_id, uid=uid, not_mine=False, at=NOW, reason="年份不对"
    )
    assert statuses(someone) == [Status.OBJECTED]
    assert shown_to(someone, Audience.ASKER) == 1


def test_a_withdrawn_entry_reaches_only_its_subject_as_held() -> None:
    someone = known_person()
    _, uid = give_entry(someone)
    records.withdraw_entry(actor=SYSTEM, person_id=someone.person_id, uid=uid, at=NOW, reason="决定已撤销")
    assert statuses(someone) == [Status.WITHDRAWN]
    assert shown_to(someone, Audience.SUBJECT_HELD) == 1
    with pytest.raises(Refusal, match="entry_wrong_status"):
        records.withdraw_entry(actor=SYSTEM, person_id=someone.person_id, uid=uid, at=NOW, reason="again")


def test_an_entry_of_another_person_cannot_be_marked() -> None:
    someone, other = known_person(), known_person()
    _, uid = give_entry(other)
    with pytest.raises(NotFound):
        records.object_to_entry(
            actor=someone.actor, person_id=someone.person_id, uid=uid, not_mine=True, at=NOW, reason="不是我"
        )


def test_of_two_withdrawals_at_once_one_wins() -> None:
    someone = known_person()
    _, uid = give_entry(someone)
    gate, won, lost = threading.Barrier(2), [], []

    def withdraw() -> None:
        try:
            gate.wait()
            records.withdraw_entry(actor=SYSTEM, person_id=someone.person_id, uid=uid, at=NOW, reason="race")
            won.append(1)
        except Refusal:
            lost.append(1)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=withdraw) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 1)
    with as_person(someone.person_id):
        assert Mark.objects.filter(kind=int(MarkKind.WITHDRAWN)).count() == 1


def test_who_is_being_changed_by_another_is_not_locked_and_not_waited_for() -> None:
    busy, free = uuid4(), uuid4()
    found: list[frozenset[UUID]] = []

    def lock() -> None:
        with transaction.atomic():
            found.append(records.lock_free_persons([busy, free, free]))
        connections.close_all()

    with as_person(busy):
        records.lock_person(busy)
        other = threading.Thread(target=lock)
        other.start()
        other.join(60)
    other.join()
    with transaction.atomic():
        found.append(records.lock_free_persons([busy]))
    assert found == [frozenset({free}), frozenset({busy})]


def test_a_recall_takes_the_whole_batch_and_needs_two() -> None:
    someone, batch = known_person(), uuid4()
    give_entry(someone, batch_id=batch)
    official = uuid4()
    with pytest.raises(Refusal, match="second_person_needed"):
        records.recall_batch(
            actor=SYSTEM,
            batch_id=batch,
            organisation_id=uuid4(),
            asked_by=official,
            approved_by=official,
            at=NOW,
            reason="x",
        )
    records.recall_batch(
        actor=SYSTEM,
        batch_id=batch,
        organisation_id=uuid4(),
        asked_by=official,
        approved_by=uuid4(),
        at=NOW,
        reason="文件弄错了",
    )
    assert statuses(someone) == [Status.RECALLED]


@pytest.mark.parametrize("model", [Entry, Content, Mark])
def test_role_web_changes_and_deletes_nothing(model: type[Entry] | type[Content] | type[Mark]) -> None:
    someone = known_person()
    give_entry(someone)
    for statement in ("UPDATE {} SET person_id = person_id", "DELETE FROM {}", "TRUNCATE {}"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            as_person(someone.person_id),
            connections["default"].cursor() as cursor,
        ):
            cursor.execute(statement.format(model._meta.db_table))


def test_role_intake_reads_no_content() -> None:
    for statement in (
        "SELECT sealed FROM records_content",
        "SELECT * FROM records_entry",
        "SELECT sealed FROM persons_name",
        "SELECT sealed FROM persons_document",
        "SELECT * FROM persons_contact",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(using="intake"),
            connections["intake"].cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_file_as_known_before_does_not_know_a_later_mark() -> None:
    someone = known_person()
    _, uid = give_entry(someone)
    later = NOW + timedelta(hours=1)
    records.withdraw_entry(actor=SYSTEM, person_id=someone.person_id, uid=uid, at=later, reason="决定已撤销")
    with as_person(someone.person_id):
        before = records.entries_with_any_status(someone.person_id, shown_at=later, known_at=NOW)
        after = records.entries_with_any_status(someone.person_id, shown_at=later, known_at=later)
    assert [entry.status for entry in before] == [Status.IN_FORCE]
    assert [entry.status for entry in after] == [Status.WITHDRAWN]
    assert not before[0].marks
