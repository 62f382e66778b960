"""The life of a batch: drafts, workers that die, databases that go away, cancelling, files that are destroyed."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connections

from chengxin.collection import facade as collection
from chengxin.collection.actions import running
from chengxin.collection.actions.chunks import ledger, stream
from chengxin.collection.models import Batch
from chengxin.collection.terms import BatchState, BatchUnknown, Outcome, Problem
from chengxin.foundation import actors, clock, files
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_uid
from tests.people import NOW
from tests.rooms.collection.making import (
    Supplier,
    counted,
    hand_in,
    make_decision,
    make_supplier,
    outcomes,
    receive,
    work_waiting,
)

SYSTEM = actors.system("test")


class Killed(BaseException):
    """As a worker killed by the system: nothing after it runs."""


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "ROWS_PER_CHUNK", 3)


def ten_rows(supplier: Supplier) -> list[Any]:
    return [make_decision(supplier) for _ in range(10)]


def test_progress_is_told_by_the_chunks_done(small_chunks: None, monkeypatch: pytest.MonkeyPatch):
    supplier = make_supplier()
    batch = receive(supplier, ten_rows(supplier))
    assert (batch.state, batch.rows_expected, batch.done) == (BatchState.WAITING, 10, 0.0)
    seen: list[float | None] = []
    told = stream.commit_chunk

    def and_look(*given: Any) -> bool:
        try:
            return told(*given)
        finally:
            seen.append(collection.batch_by_uid(batch.uid).done)

    monkeypatch.setattr(stream, "commit_chunk", and_look)
    work_waiting()
    assert seen == [0.3, 0.6, 0.9, 0.99]
    assert collection.batch_by_uid(batch.uid).done == 1.0


@pytest.mark.parametrize("dies_at", range(5))
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_killed_worker_loses_no_row_and_doubles_none(
    small_chunks: None, monkeypatch: pytest.MonkeyPatch, dies_at: int, when: str
):
    supplier = make_supplier()
    batch = receive(supplier, ten_rows(supplier))
    calls = iter(range(100))
    told = stream.commit_chunk

    def dies(*given: Any) -> bool:
        number = next(calls)
        if number == dies_at and when == "before":
            raise Killed
        found = told(*given)
        if number == dies_at:
            raise Killed
        return found

    with monkeypatch.context() as dying:
        dying.setattr(stream, "commit_chunk", dies)
        with clock.set_for_tests(NOW), pytest.raises(Killed) if dies_at < 4 else nullcontext():
            running.screen_batch(batch.id)
    with clock.set_for_tests(NOW):
        running.screen_batch(batch.id)
    found = collection.batch_by_uid(batch.uid)
    assert found.state is BatchState.ANSWERED
    assert outcomes(found) == [Outcome.NEW] * 10
    assert counted("records_entry", "batch_id = %s", batch.id) == 10
    assert counted("persons_person", "made_by_batch = %s", batch.id) == 10
    assert counted("foundation_notice", "batch_id = %s", batch.id) == 10


def test_a_lost_connection_is_waited_for(small_chunks: None, monkeypatch: pytest.MonkeyPatch):
    supplier = make_supplier()
    batch = receive(supplier, ten_rows(supplier))
    monkeypatch.setattr(running.time, "sleep", lambda _: None)
    told, calls = stream.commit_chunk, iter(range(100))

    def cut(*given: Any) -> bool:
        if next(calls) == 2:
            with connections["owner"].cursor() as cursor:
                cursor.execute("SELECT 1")
            connections["intake"].ensure_connection()
            connections["intake"].connection.close()
        return told(*given)

    monkeypatch.setattr(stream, "commit_chunk", cut)
    with clock.set_for_tests(NOW):
        running.screen_batch(batch.id)
    assert outcomes(collection.batch_by_uid(batch.uid)) == [Outcome.NEW] * 10


def test_a_full_disk_under_the_database_stops_the_batch(small_chunks: None, monkeypatch: pytest.MonkeyPatch):
    supplier = make_supplier()
    batch = receive(supplier, ten_rows(supplier))
    calls, values = iter(range(100)), ledger.Marker.values

    def full(marker: ledger.Marker) -> tuple[Any, ...]:
        if next(calls) == 2:
            with connections["intake"].cursor() as cursor:
                cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$")
        return values(marker)

    with monkeypatch.context() as small:
        small.setattr(ledger.Marker, "values", full)
        work_waiting()
    stopped = collection.batch_by_uid(batch.uid)
    assert (stopped.state, stopped.problem, stopped.counts.new) == (BatchState.STOPPED, Problem.DISK_FULL, 6)
    collection.retry_batch(actor=supplier.clerk, uid=batch.uid, at=NOW, reason="there is room again")
    work_waiting()
    assert outcomes(collection.batch_by_uid(batch.uid)) == [Outcome.NEW] * 10


def test_a_database_that_stays_away_leaves_the_batch_for_a_later_worker(
    small_chunks: None, monkeypatch: pytest.MonkeyPatch
):
    supplier = make_supplier()
    batch = receive(supplier, ten_rows(supplier))

    def away(*_: Any) -> bool:
        raise OperationalError("the server closed the connection")

    with monkeypatch.context() as gone:
        gone.setattr(running.time, "sleep", lambda _: None)
        gone.setattr(stream, "commit_chunk", away)
        with clock.set_for_tests(NOW), pytest.raises(OperationalError):
            running.screen_batch(batch.id)
    assert collection.batch_by_uid(batch.uid).state is BatchState.SCREENING
    with clock.set_for_tests(NOW):
        running.screen_batch(batch.id)
    assert collection.batch_by_uid(batch.uid).state is BatchState.ANSWERED


def test_a_fault_stops_the_batch_with_its_reason_and_a_retry_goes_on(
    small_chunks: None, monkeypatch: pytest.MonkeyPatch
):
    supplier = make_supplier()
    batch = receive(supplier, ten_rows(supplier))
    calls, told = iter(range(100)), stream.commit_chunk

    def faulty(*given: Any) -> bool:
        if next(calls) == 1:
            raise ZeroDivisionError
        return told(*given)

    with monkeypatch.context() as broken:
        broken.setattr(stream, "commit_chunk", faulty)
        with pytest.raises(ZeroDivisionError):
            work_waiting()
    stopped = collection.batch_by_uid(batch.uid)
    assert (stopped.state, stopped.problem, stopped.counts.new) == (BatchState.STOPPED, Problem.FAULT, 3)
    assert batch.uid in {one.uid for one in collection.batches_stuck(NOW)}
    assert counted("foundation_dispatch", "batch_id = %s", batch.id) == 1, "who has an entry by now is told now"
    collection.retry_batch(actor=supplier.clerk, uid=batch.uid, at=NOW, reason="mended")
    work_waiting()
    assert outcomes(collection.batch_by_uid(batch.uid)) == [Outcome.NEW] * 10


def test_a_file_that_is_gone_stops_the_batch():
    supplier = make_supplier()
    batch = receive(supplier, ten_rows(supplier))
    file_uid = Batch.objects.values_list("file_uid", flat=True).get(id=batch.id)
    assert file_uid is not None
    files.remove(file_uid)
    work_waiting()
    assert collection.batch_by_uid(batch.uid).problem is Problem.FILE_GONE


def test_cancelled_what_was_done_stays_and_is_counted(small_chunks: None, monkeypatch: pytest.MonkeyPatch):
    supplier = make_supplier()
    batch = receive(supplier, ten_rows(supplier))
    calls, told = iter(range(100)), stream.commit_chunk

    def cancelled_meanwhile(*given: Any) -> bool:
        if next(calls) == 2:
            other = threading.Thread(
                target=lambda: (
                    collection.cancel_batch(actor=supplier.clerk, uid=batch.uid, at=NOW, reason="wrong file"),
                    connections.close_all(),
                )
            )
            other.start()
            other.join()
        return told(*given)

    monkeypatch.setattr(stream, "commit_chunk", cancelled_meanwhile)
    work_waiting()
    found = collection.batch_by_uid(batch.uid)
    assert (found.state, found.counts.received) == (BatchState.CANCELLED, 6)
    assert counted("records_entry", "batch_id = %s", batch.id) == 6
    row = Batch.objects.get(id=batch.id)
    assert (row.rows_received, row.rows_accepted) == (6, 6)


def test_a_second_worker_of_the_same_batch_writes_nothing_twice(small_chunks: None, monkeypatch: pytest.MonkeyPatch):
    supplier = make_supplier()
    batch = receive(supplier, ten_rows(supplier))
    calls, told = iter(range(100)), stream.commit_chunk

    def with_a_twin(*given: Any) -> bool:
        if next(calls) == 1:
            with monkeypatch.context() as alone:
                alone.setattr(stream, "commit_chunk", told)
                twin = threading.Thread(target=lambda: (running.screen_batch(batch.id), connections.close_all()))
                twin.start()
                twin.join()
        return told(*given)

    monkeypatch.setattr(stream, "commit_chunk", with_a_twin)
    with clock.set_for_tests(NOW):
        running.screen_batch(batch.id)
    assert outcomes(collection.batch_by_uid(batch.uid)) == [Outcome.NEW] * 10
    assert counted("records_entry", "batch_id = %s", batch.id) == 10


def test_two_batches_of_the_same_persons_at_once_make_each_once(monkeypatch: pytest.MonkeyPatch):
    first, second = make_supplier(), make_supplier()
    mine = [make_decision(first) for _ in range(8)]
    theirs = [make_decision(second, document=one.document, name=one.name) for one in reversed(mine)]
    batches = [receive(first, mine), receive(second, theirs)]
    meet, told, met = threading.Barrier(2, timeout=20), stream.commit_chunk, set()

    def together(payloads: Any, marker: Any) -> bool:
        if marker.batch_id not in met:
            met.add(marker.batch_id)
            meet.wait()
        return told(payloads, marker)

    monkeypatch.setattr(stream, "commit_chunk", together)

    def run(batch_id: Any) -> None:
        try:
            running.screen_batch(batch_id)
        finally:
            connections.close_all()

    with clock.set_for_tests(NOW):
        workers = [threading.Thread(target=run, args=(batch.id,)) for batch in batches]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert [collection.batch_by_uid(batch.uid).counts.new for batch in batches] == [8, 8]
    assert counted("persons_person", "made_by_batch IN (%s, %s)", *(batch.id for batch in batches)) == 8
    assert counted("persons_source", "batch_id IN (%s, %s)", *(batch.id for batch in batches)) == 16


def test_keys_made_for_nobody_are_swept(monkeypatch: pytest.MonkeyPatch):
    supplier = make_supplier()
    batch = receive(supplier, ten_rows(supplier))

    def dies(*_: Any) -> bool:
        raise Killed

    def keys() -> int:
        with connections["keys_owner"].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM held_key WHERE owner_kind = 'person'")
            return int(cursor.fetchone()[0])

    collection.sweep_orphans(actor=SYSTEM, at=NOW + timedelta(days=2), reason="its day")
    before = keys()
    with monkeypatch.context() as dying, clock.set_for_tests(NOW):
        dying.setattr(stream, "commit_chunk", dies)
        with pytest.raises(Killed):
            running.screen_batch(batch.id)
    assert keys() == before + 10
    collection.sweep_orphans(actor=SYSTEM, at=NOW + timedelta(hours=23), reason="its day")
    assert keys() == before + 10
    assert collection.sweep_orphans(actor=SYSTEM, at=NOW + timedelta(hours=25), reason="its day") >= 10
    assert keys() == before
    with clock.set_for_tests(NOW):
        running.screen_batch(batch.id)
    assert keys() == before + 10
    collection.sweep_orphans(actor=SYSTEM, at=NOW + timedelta(hours=25), reason="its day")
    assert keys() == before + 10


def test_a_full_disk_is_said_before_the_file_is_taken(monkeypatch: pytest.MonkeyPatch):
    supplier = make_supplier()
    monkeypatch.setattr(files, "free_bytes", lambda: 10_000)
    with pytest.raises(Refusal) as refusal:
        receive(supplier, [make_decision(supplier)])
    assert refusal.value.refused.reason == "disk_full"
    assert not Batch.objects.filter(organisation_id=supplier.office.id).exists()


def test_an_unknown_batch_is_not_found():
    with pytest.raises(BatchUnknown):
        collection.batch_by_uid(new_uid())


def test_an_answered_batch_is_not_acted_on():
    supplier = make_supplier()
    batch = hand_in(supplier, make_decision(supplier))
    for act in (collection.cancel_batch, collection.retry_batch):
        with pytest.raises(Refusal) as refusal:
            act(actor=supplier.clerk, uid=batch.uid, at=NOW, reason="too late")
        assert refusal.value.refused.reason == "wrong_state"
