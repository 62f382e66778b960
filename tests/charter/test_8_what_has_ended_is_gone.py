"""Charter 8, attacked: all jobs stand still and the clock moves past an end; the last second of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connections

from chengxin.access import facade as access
from chengxin.collection import facade as collection
from chengxin.collection.queries.batches import batch_by_id
from chengxin.collection.terms import FileDestroyed
from chengxin.foundation import clock
from chengxin.foundation.actors import system
from chengxin.foundation.database import as_person
from chengxin.records import facade as records
from chengxin.records.terms import Audience, EntryView, Status
from tests.charter.people import Target, make_target, pages_of, shown
from tests.doors.signing import signed_in
from tests.entries import SUPPLIER, give_entry
from tests.making import WHY
from tests.people import NOW, make_person
from tests.residents import give_penalty, make_resident
from tests.rooms.collection.making import Supplier, counted, make_supplier
from tests.sources import confirm_name

OTHERS = (Audience.ASKER, Audience.PUBLIC)
# the one shipped item whose law orders publication and that the invented city leaves as it is
PUBLISHED = "penalty_groundwater"


@pytest.fixture(scope="module", autouse=True)
def supplier(city: None) -> Iterator[Supplier]:
    with clock.set_for_tests(NOW):
        yield make_supplier()


# ---- from that second ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "end", [date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 3, 1), date(2028, 2, 29)]
)
def test_a_day_ends_at_midnight_in_shanghai_and_not_a_second_later(end: date) -> None:
    someone = make_person()
    confirm_name(someone, SUPPLIER)
    _, uid = give_entry(
        someone, item="penalty", act_class=3, decided_on=date(2026, 4, 2), served_on=date(2026, 4, 3),
        final_on=date(2026, 4, 4), display_until=end,
    )  # fmt: skip
    midnight = datetime(end.year, end.month, end.day, tzinfo=UTC) - timedelta(hours=8)
    last, first = midnight - timedelta(microseconds=1), midnight
    if end < date(2028, 1, 1):  # a serious act is shown two years in this city
        assert shown(someone.person_id, Audience.ASKER, last) == [uid]
    assert shown(someone.person_id, Audience.ASKER, first) == []
    assert shown(someone.person_id, Audience.SUBJECT_NOW, first) == []


def test_an_end_that_the_file_put_too_late_is_not_believed(supplier: Supplier) -> None:
    """A general act ends after nine months in this city, whatever stands in its row."""
    someone = make_person()
    confirm_name(someone, SUPPLIER)
    give_entry(someone, item="penalty", act_class=2, decided_on=date(2025, 8, 31), served_on=date(2025, 9, 1),
               final_on=date(2026, 3, 2), display_until=date(2031, 1, 1))  # fmt: skip
    assert shown(someone.person_id, Audience.ASKER, NOW) == []


# ---- every output, all jobs stopped --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def target(supplier: Supplier) -> Target:
    return make_target(supplier, 1)


def after(target: Target, moment: datetime) -> Iterator[tuple[str, str]]:
    """Everything their own pages say at a moment, by pattern."""
    with clock.set_for_tests(moment):
        for pattern, page in pages_of(target):
            if page.status_code == 200:
                yield pattern, page.content.decode()


def end_of(target: Target) -> tuple[EntryView, datetime, datetime]:
    entry = target.entries()[0]
    assert entry.display_until is not None
    ended = datetime(*entry.display_until.timetuple()[:3], tzinfo=UTC)
    kept = datetime(*entry.retain_until.timetuple()[:3], tzinfo=UTC)
    return entry, ended, kept


def test_past_its_end_every_output_says_so_and_no_job_had_to_run(target: Target) -> None:
    entry, ended, _ = end_of(target)
    before = counted("procrastinate_jobs", "status = 'succeeded'")
    for audience in OTHERS:
        assert shown(target.person_id, audience, ended) == []
    assert shown(target.person_id, Audience.SUBJECT_NOW, ended) == []
    told = dict(after(target, ended))
    assert "今天没有对您不利的记录在用" in told["my/record/"]
    assert "只为您保存的" in told["my/record/"]
    assert '"status":"ended"' in told["my/record/download/"]
    assert '"status":"in_force"' not in told["my/record/download/"]
    assert "现在没有人能看到" in told["my/record/"] or "查不到" in told["my/record/"]
    assert entry.content["CF_WSH"] in told["my/record/"]
    assert counted("procrastinate_jobs", "status = 'succeeded'") == before


def test_past_its_retention_not_even_its_person_finds_it(target: Target) -> None:
    """Nothing was disposed of: every reader treats it as gone all the same."""
    entry, _, kept = end_of(target)
    number = str(entry.content["CF_WSH"])
    assert counted("records_content", "person_id = %s", target.person_id) == 1
    for pattern, page in after(target, kept):
        assert number not in page, pattern
        assert str(entry.content["CF_SY"]) not in page, pattern
    for audience in Audience:
        named = {"supplier": entry.supplier} if audience is Audience.SUPPLIER else {}
        with as_person(target.person_id):
            assert records.entries_for(target.person_id, audience, at=kept, **named) == []
    back = access.own_file_as_of(actor=target.actor, person_id=target.person_id, shown_at=NOW, known_at=NOW, at=kept)
    assert number.encode() not in back
    assert b'"status":"disposed"' in back
    with clock.set_for_tests(kept):
        client = signed_in(target.account)
        assert client.get(f"/my/record/{entry.uid}/").status_code == 404


def test_disposed_of_nothing_in_any_table_says_what_it_was(supplier: Supplier) -> None:
    """The job ran: no table of the ledger names item, supplier or a date of the entry any more."""
    target = make_target(supplier, 4)
    entry, _, _ = end_of(target)
    # the database reads its own clock, so the day is moved in the row and not in the process
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE records_entry DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE records_entry SET retain_until = %s WHERE person_id = %s", [NOW.date(), target.person_id]
        )
        cursor.execute("ALTER TABLE records_entry ENABLE TRIGGER USER")
    told = access.own_file_as_of(actor=target.actor, person_id=target.person_id, shown_at=NOW, known_at=NOW, at=NOW)
    assert records.dispose_due(actor=system("dispose"), today=NOW.date(), at=NOW, reason="retention_ended") == 1
    for name in ("records_entry", "records_content", "records_mark", "records_decision_key"):
        assert counted(name, "person_id = %s", target.person_id) == 0, name
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_jsonb(t)::text FROM records_tombstone t WHERE person_id = %s", [target.person_id])
        ((stays,),) = cursor.fetchall()
    assert str(entry.uid) in stays
    assert entry.commitment.hex() in stays
    for word in (
        entry.item,
        str(entry.supplier),
        str(entry.entry_id),
        str(entry.batch_id),
        entry.decided_on.isoformat(),
    ):
        assert word not in stays
    again = access.own_file_as_of(actor=target.actor, person_id=target.person_id, shown_at=NOW, known_at=NOW, at=NOW)
    assert again == told


def test_a_recall_takes_effect_with_its_second_signature(supplier: Supplier) -> None:
    target = make_target(supplier, 2)
    # the office sent others at this very moment: the one that brought this entry is meant
    batch = batch_by_id(target.entries()[0].batch_id)
    asked = collection.ask_recall(actor=supplier.clerk, batch_uid=batch.uid, at=NOW, reason=WHY)
    assert target.entries()[0].status is not Status.RECALLED
    collection.approve_recall(actor=supplier.other_clerk(), uid=asked.uid, at=NOW, reason=WHY)
    assert target.entries()[0].status is Status.RECALLED
    for audience in (*OTHERS, Audience.SUBJECT_NOW):
        assert shown(target.person_id, audience, NOW + timedelta(days=300)) == []


def test_an_item_that_leaves_the_catalogue_leaves_every_view(supplier: Supplier) -> None:
    resident = make_resident()
    _, uid = give_penalty(resident, supplier.office, decided_on=date(2026, 1, 5), served_on=date(2026, 1, 6),
                          final_on=date(2026, 5, 1), display_until=date(2026, 9, 5))  # fmt: skip
    tomorrow = NOW + timedelta(days=1)
    assert shown(resident.person_id, Audience.ASKER, tomorrow) == [uid]
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE catalogue_display SET in_force_until = %s WHERE item_code = 'penalty'", [tomorrow.date()]
        )
        try:
            assert shown(resident.person_id, Audience.ASKER, NOW) == [uid]
            assert shown(resident.person_id, Audience.ASKER, tomorrow) == []
            assert shown(resident.person_id, Audience.SUBJECT_HELD, tomorrow) == [uid]
        finally:
            cursor.execute("UPDATE catalogue_display SET in_force_until = NULL WHERE item_code = 'penalty'")


def test_another_supplier_never_sees_it_ended_or_not(target: Target, supplier: Supplier) -> None:
    for at in (NOW, end_of(target)[1]):
        with as_person(target.person_id):
            assert records.entries_for(target.person_id, Audience.SUPPLIER, at=at, supplier=uuid4()) == []


def test_a_suppliers_file_is_out_of_reach_seven_days_after_its_answer(supplier: Supplier) -> None:
    from chengxin.collection.queries.answers import answer_for

    batch = batch_by_id(make_target(supplier, 3).entries()[0].batch_id)
    assert batch.file_destroy_at is not None

    def fetch(at: datetime) -> bytes:
        return b"".join(answer_for(supplier.clerk, batch.uid, lambda *_: "", at).parts)

    assert len(fetch(batch.file_destroy_at - timedelta(seconds=1))) > 100
    with pytest.raises(FileDestroyed):
        fetch(batch.file_destroy_at)


def test_what_ended_is_counted_nowhere(supplier: Supplier) -> None:
    """The first line of the page speaks of what is in use today; an ended record is in no number and no summary."""
    resident = make_resident()
    for day in (3, 4):
        give_penalty(resident, supplier.office, decided_on=date(2024, 6, day), served_on=date(2024, 6, 5),
                     final_on=date(2024, 12, 6), display_until=date(2025, 6, day))  # fmt: skip
    page = signed_in(resident.account).get("/my/record/").content.decode()
    top = page.split("<main")[1].split("<article")[0]
    assert "今天没有对您不利的记录在用" in top
    assert "2 条" not in top
