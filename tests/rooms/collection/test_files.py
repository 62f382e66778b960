"""Every sealed file ends: after its answer, where its batch stopped, where nobody ever sent it (F9)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from psycopg import errors

from chengxin.collection import facade as collection
from chengxin.collection.actions import running
from chengxin.collection.actions.chunks import stream
from chengxin.collection.models import Batch
from chengxin.collection.terms import BatchState, FileDestroyed, Outcome
from chengxin.foundation import actors, files, keystore
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


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "ROWS_PER_CHUNK", 3)


def ten_rows(supplier: Supplier) -> list[Any]:
    return [make_decision(supplier) for _ in range(10)]


def test_a_file_is_destroyed_seven_days_after_its_answer():
    supplier = make_supplier()
    batch = hand_in(supplier, make_decision(supplier))
    file_uid = Batch.objects.values_list("file_uid", flat=True).get(id=batch.id)
    assert file_uid is not None
    week = NOW + timedelta(days=7)
    collection.destroy_files(actor=SYSTEM, at=week - timedelta(seconds=1), reason="its day")
    assert collection.batch_by_uid(batch.uid).has_file
    assert collection.destroy_files(actor=SYSTEM, at=week, reason="its day") >= 1
    found = collection.batch_by_uid(batch.uid)
    assert (found.has_file, found.file_name) == (False, "")
    assert not keystore.load_many("file", [batch.id], alias=keystore.WEB)
    assert not files.remove(file_uid)
    assert found.counts.new == 1


def test_a_draft_nobody_sends_ends_after_thirty_days():
    supplier = make_supplier()
    draft = receive(supplier, [make_decision(supplier)], hold=True)
    sent = receive(supplier, [make_decision(supplier)], hold=True)
    month = NOW + timedelta(days=30)
    day_before = month - timedelta(days=1)
    collection.send_batch(actor=supplier.clerk, uid=sent.uid, at=day_before, reason="found again")
    collection.destroy_files(actor=SYSTEM, at=month - timedelta(seconds=1), reason="its day")
    assert collection.batch_by_uid(draft.uid).state is BatchState.DRAFT
    collection.destroy_files(actor=SYSTEM, at=month, reason="its day")
    ended = collection.batch_by_uid(draft.uid)
    assert (ended.state, ended.has_file, ended.file_name) == (BatchState.CANCELLED, False, "")
    assert not keystore.load_many("file", [draft.id], alias=keystore.WEB)
    assert collection.batch_by_uid(sent.uid).has_file, "sent in time, its file waits for its worker"
    work_waiting(month)
    assert collection.batch_by_uid(sent.uid).state is BatchState.ANSWERED


def test_on_its_day_a_file_is_out_of_reach_even_where_no_job_destroyed_it(
    small_chunks: None, monkeypatch: pytest.MonkeyPatch
):
    supplier = make_supplier()
    draft = receive(supplier, [make_decision(supplier)], hold=True)
    stopped = receive(supplier, ten_rows(supplier))

    def full(*_: Any) -> bool:
        raise OperationalError("could not extend file") from errors.DiskFull()

    with monkeypatch.context() as broken:
        broken.setattr(stream, "commit_chunk", full)
        work_waiting()
    acts: list[tuple[Any, dict[str, Any], timedelta]] = [
        (collection.dry_run_of, {"uid": draft.uid}, timedelta(days=30)),
        (collection.map_headings, {"uid": draft.uid, "mapping": {}, "reason": "late"}, timedelta(days=30)),
        (collection.send_batch, {"uid": draft.uid, "reason": "late"}, timedelta(days=30)),
        (collection.retry_batch, {"uid": stopped.uid, "reason": "late"}, timedelta(days=7)),
    ]
    for act, asked, days in acts:
        with pytest.raises(FileDestroyed):
            act(actor=supplier.clerk, at=NOW + days, **asked)
        act(actor=supplier.clerk, at=NOW + days - timedelta(seconds=1), **asked)


def test_a_batch_left_where_it_stopped_ends_after_seven_days(small_chunks: None, monkeypatch: pytest.MonkeyPatch):
    supplier = make_supplier()
    left, mended = receive(supplier, ten_rows(supplier)), receive(supplier, ten_rows(supplier))
    told = stream.commit_chunk

    def faulty(*given: Any) -> bool:
        if given[1].chunk_no == 1:
            raise OperationalError("could not extend file") from errors.DiskFull()
        return told(*given)

    with monkeypatch.context() as broken:
        broken.setattr(stream, "commit_chunk", faulty)
        work_waiting()
    week = NOW + timedelta(days=7)
    assert [collection.batch_by_uid(one.uid).file_destroy_at for one in (left, mended)] == [week, week]
    collection.retry_batch(actor=supplier.clerk, uid=mended.uid, at=week - timedelta(hours=1), reason="there is room")
    collection.destroy_files(actor=SYSTEM, at=week, reason="its day")
    ended = collection.batch_by_uid(left.uid)
    assert (ended.state, ended.has_file, ended.problem, ended.counts.new) == (BatchState.CANCELLED, False, None, 3)
    assert counted("records_entry", "batch_id = %s", left.id) == 3, "what was taken stays"
    work_waiting(week)
    assert outcomes(collection.batch_by_uid(mended.uid)) == [Outcome.NEW] * 10
