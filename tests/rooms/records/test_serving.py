"""Our own proof of service on PostgreSQL: from its day, for its version, once (F5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from chengxin.foundation import actors, clock, events, jobs
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Journal
from chengxin.foundation.outbox import NoticeServed
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.ids import new_id
from chengxin.records import facade as records
from chengxin.records.jobs import MARK_SERVED
from chengxin.records.terms import Audience, EntryView, MarkKind, Status
from tests.entries import SUPPLIER, give_entry, in_catalogue
from tests.people import NOW, Someone, make_person
from tests.sources import confirm_name

SYSTEM = actors.system("test")
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def _items(city: None) -> None:
    in_catalogue("TEST-01")


def known_person() -> Someone:
    someone = make_person()
    confirm_name(someone, SUPPLIER)
    return someone


def statuses(someone: Someone, *, shown_at: object = NOW, known_at: object = NOW) -> dict[int, Status]:
    with as_person(someone.person_id):
        found = records.entries_with_any_status(someone.person_id, shown_at=shown_at, known_at=known_at)  # type: ignore[arg-type]
    return {entry.version: entry.status for entry in found}


def serve(someone: Someone, entry_id: object, *, version: int = 1, at: object = NOW) -> bool:
    return records.mark_served(
        actor=SYSTEM,
        person_id=someone.person_id,
        entry_id=entry_id,  # type: ignore[arg-type]
        version=version,
        at=at,  # type: ignore[arg-type]
        reason="notice_read",
    )


def seen_by(someone: Someone, audience: Audience, *, at: datetime) -> list[EntryView]:
    with as_person(someone.person_id):
        return records.entries_for(someone.person_id, audience, at=at)


@pytest.mark.parametrize("stated", [None, date(2026, 5, 2), date(2027, 1, 5)])
def test_by_our_proof_it_is_final_when_both_terms_have_run_out_and_not_before_the_day_in_the_file(
    stated: date | None,
) -> None:
    someone = known_person()
    entry_id, _ = give_entry(someone, served_on=None, final_on=stated, display_until=date(2028, 1, 1), act_class=3)
    assert serve(someone, entry_id, at=datetime(2026, 6, 15, 4, tzinfo=UTC))
    # six months end on 2026-12-15, sixty days long before; the day after, or the later day in the file
    final = max(stated or date(2026, 12, 16), date(2026, 12, 16))
    for day, status in ((final - timedelta(days=1), Status.NOT_FINAL), (final, Status.IN_FORCE)):
        at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        assert statuses(someone, shown_at=at, known_at=at) == {1: status}
        (seen,) = seen_by(someone, Audience.SUBJECT_NOW, at=at)
        assert seen.final_on == final
        assert len(seen_by(someone, Audience.ASKER, at=at)) == (status is Status.IN_FORCE)


def test_no_final_day_is_told_before_there_is_proof_of_service() -> None:
    someone = known_person()
    give_entry(someone, served_on=None, final_on=date(2027, 1, 5))
    assert seen_by(someone, Audience.SUBJECT_NOW, at=NOW)[0].final_on is None


def test_an_unserved_entry_counts_from_the_day_of_our_proof() -> None:
    someone = known_person()
    entry_id, uid = give_entry(someone, served_on=None)
    assert statuses(someone) == {1: Status.UNSERVED}
    assert serve(someone, entry_id, at=TOMORROW)
    assert statuses(someone, shown_at=TOMORROW, known_at=TOMORROW) == {1: Status.NOT_FINAL}
    assert statuses(someone, shown_at=NOW, known_at=TOMORROW) == {1: Status.UNSERVED}
    assert statuses(someone, shown_at=TOMORROW, known_at=NOW) == {1: Status.UNSERVED}
    (seen,) = seen_by(someone, Audience.SUBJECT_NOW, at=TOMORROW)
    assert (seen.served_on, seen.told_on) == (None, shanghai_day(TOMORROW))
    assert Journal.objects.filter(act="mark_served", thing_uid=uid).count() == 1


def test_a_correction_needs_a_proof_of_its_own() -> None:
    someone = known_person()
    entry_id, uid = give_entry(someone, served_on=None, known_from=NOW - timedelta(days=9))
    serve(someone, entry_id)
    give_entry(someone, served_on=None, entry_id=entry_id, uid=uid, version=2, known_from=NOW)
    assert statuses(someone, known_at=TOMORROW) == {1: Status.SUPERSEDED, 2: Status.UNSERVED}
    assert not serve(someone, entry_id, version=1, at=TOMORROW)
    assert serve(someone, entry_id, version=2, at=TOMORROW)
    assert statuses(someone, shown_at=TOMORROW, known_at=TOMORROW)[2] is Status.NOT_FINAL


def test_it_is_marked_once_and_only_where_it_changes_something() -> None:
    someone = known_person()
    entry_id, _ = give_entry(someone, served_on=None)
    assert serve(someone, entry_id)
    assert not serve(someone, entry_id, at=TOMORROW)
    proven, _ = give_entry(someone)
    honour, _ = give_entry(someone, nature=1, act_class=0, served_on=None)
    assert not serve(someone, proven)
    assert not serve(someone, honour)
    assert not serve(someone, new_id(NOW))
    withdrawn, uid = give_entry(someone, served_on=None)
    records.withdraw_entry(actor=SYSTEM, person_id=someone.person_id, uid=uid, at=NOW, reason="决定已撤销")
    assert not serve(someone, withdrawn)


def test_a_frozen_entry_is_served_and_stays_frozen() -> None:
    someone = known_person()
    entry_id, uid = give_entry(someone, served_on=None, display_until=date(2028, 1, 1), act_class=3)
    records.object_to_entry(
        actor=someone.actor, person_id=someone.person_id, uid=uid, not_mine=False, at=NOW, reason="金额不对"
    )
    assert serve(someone, entry_id)
    year = NOW + timedelta(days=300)
    assert statuses(someone, shown_at=year, known_at=year) == {1: Status.FROZEN}


@pytest.mark.parametrize(("subject_kind", "marked"), [("entry", True), ("held_row", False)])
def test_the_job_that_follows_a_served_notice(monkeypatch: pytest.MonkeyPatch, subject_kind: str, marked: bool) -> None:
    monkeypatch.setattr(events, "_ROUTES", {})
    events.route(NoticeServed, MARK_SERVED)
    someone = known_person()
    entry_id, _ = give_entry(someone, served_on=None)
    with as_person(someone.person_id):
        events.publish(NoticeServed(someone.person_id, new_id(NOW), subject_kind, entry_id, 1, "read"), at=NOW)
    with clock.set_for_tests(NOW):
        jobs.run_waiting()
    with as_person(someone.person_id):
        marks = records.marks_of(someone.person_id, known_at=NOW).get(entry_id, ())
    assert [(mark.kind, mark.reason) for mark in marks] == [(MarkKind.SERVED, "notice_read")] * marked
