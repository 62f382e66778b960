"""The worker's part: a batch from its sealed file to its answer, resumed wherever the last worker left it."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO, Final
from uuid import UUID

import polars as pl
from django.db import InterfaceError, OperationalError, connections
from psycopg import errors

from chengxin.catalogue.terms import Duty
from chengxin.collection import reading
from chengxin.collection.actions.chunks.facts import BatchFacts
from chengxin.collection.actions.chunks.ledger import Contended, Marker, NotScreening
from chengxin.collection.actions.chunks.stream import Cells, screen_chunks
from chengxin.collection.actions.closing import finish_batch, start_batch, stop_batch
from chengxin.collection.actions.context import Supply, screening_context, supply_of
from chengxin.collection.models import Batch, Chunk
from chengxin.collection.queries.batches import clerk_day
from chengxin.collection.rules.batches import is_capped
from chengxin.collection.rules.duties import late_before
from chengxin.collection.screening import Plan, compile_plan, screen
from chengxin.collection.terms.batches import BatchState, Channel, Problem
from chengxin.collection.terms.figures import figures_on
from chengxin.foundation import actors, clock, files, keystore
from chengxin.foundation.ciphers import SealBroken
from chengxin.foundation.holidays import holidays_here
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import BadInput, NotFound

ROWS_PER_CHUNK: Final = 20_000
WORKER: Final = actors.system("collection.screen_batch")
AWAY_TRIES: Final = 8
"""So often a lost database is waited for, each time twice as long, before the job is given up to a later worker."""


class Stopped(Exception):
    """The batch cannot go on; what was done stays done."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def screen_batch(batch_id: UUID) -> None:
    """Screen what is left of a batch and answer it. Does nothing where the batch was closed or cancelled meanwhile.

    Safe to run again after anything: finished chunks are marked in the transaction of their rows, and are skipped.
    Where the database stays away it raises, and the job is run again later.
    """
    for attempt in range(AWAY_TRIES):
        try:
            return _screen(batch_id)
        except (OperationalError, InterfaceError) as fault:
            if isinstance(fault.__cause__, errors.DiskFull):
                return _stop(batch_id, Problem.DISK_FULL)
            if attempt == AWAY_TRIES - 1:
                raise
            connections.close_all()
            time.sleep(min(2**attempt * 0.5, 30))
    return None


def _screen(batch_id: UUID) -> None:
    if not Batch.objects.filter(id=batch_id, state__in=[BatchState.WAITING, BatchState.SCREENING]).exists():
        return
    batch = start_batch(batch_id, actor=WORKER, at=clock.now())
    try:
        duty = _screen_file(batch)
    except NotScreening:
        return
    except Stopped as why:
        _stop(batch_id, why.problem)
    except Contended:
        _stop(batch_id, Problem.CONTENDED)
    except SealBroken:
        _stop(batch_id, Problem.FILE_DAMAGED)
    except BadInput:
        _stop(batch_id, Problem.FILE_UNREADABLE)
    except files.DiskFull:
        _stop(batch_id, Problem.DISK_FULL)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        _stop(batch_id, Problem.FAULT)
        raise
    else:
        finish_batch(batch_id, duty, actor=WORKER, at=clock.now())


def _stop(batch_id: UUID, problem: Problem) -> None:
    stop_batch(batch_id, problem, actor=WORKER, at=clock.now())


def _screen_file(batch: Batch) -> Duty:
    supply = supply_of(batch.organisation_id, batch.item, batch.received_on)
    if supply.item is None or not supply.item.is_open or not supply.supplies:
        raise Stopped(Problem.ITEM_CLOSED)
    if supply.edition.uid != batch.edition:
        raise Stopped(Problem.EDITION_GONE)
    plan = compile_plan(supply.item, screening_context(supply))
    with _without_collector():
        screen_chunks(
            batch_facts(batch, supply),
            chunks_left(batch, partial(open_file, batch), rows_per_chunk=ROWS_PER_CHUNK),
            partial(_screened, plan),
            committed=partial(_within_cap, batch),
        )
    return supply.item.duty


def batch_facts(batch: Batch, supply: Supply) -> BatchFacts:
    """What the chunks of this batch have in common."""
    assert supply.item is not None
    return BatchFacts(
        id=batch.id,
        organisation_id=batch.organisation_id,
        sent_by=batch.sent_by,
        sent_by_kind="client" if batch.channel == Channel.API else "official",
        supplier_code=supply.organisation.org_code,
        item=supply.item,
        edition=batch.edition,
        late_before=late_before(supply.item.duty, batch.received_on, holidays_here()),
        quarantine_days=figures_on(batch.received_on).quarantine_days,
    )


def open_file(batch: Batch) -> BinaryIO:
    """The supplier's file, opened. Raises ``Stopped`` where it or its key has gone."""
    key = keystore.load_many("file", [batch.id], alias=keystore.WEB).get(batch.id)
    if key is None or batch.file_uid is None:
        raise Stopped(Problem.FILE_GONE)
    try:
        return files.open_file(batch.file_uid, key)
    except NotFound:
        raise Stopped(Problem.FILE_GONE) from None


def chunks_left(batch: Batch, opener: partial[BinaryIO], *, rows_per_chunk: int) -> Iterator[Cells]:
    """The chunks of the file that have no marker yet. Markers are written in the order of the file."""
    done = Chunk.objects.filter(batch_id=batch.id).order_by("chunk_no")
    last = done.last()
    number = 0 if last is None else last.chunk_no + 1
    skip = 0 if last is None else last.first_row - 1 + last.rows
    facts = reading.FileFacts.from_dict(batch.file_facts)
    for chunk in reading.chunks(opener, facts, batch.mapping, rows_per_chunk=rows_per_chunk, skip_rows=skip):
        yield Cells(number, chunk.first_row, chunk.frame)
        number += 1


def _screened(plan: Plan, frame: pl.DataFrame) -> pl.DataFrame:
    return screen(plan, frame).frame


def _within_cap(batch: Batch, marker: Marker) -> None:
    if not marker.mismatches:
        return
    day = shanghai_day(marker.at)
    mismatches, rows = clerk_day(batch.sent_by, day)
    if is_capped(mismatches, rows, figures_on(day)):
        raise Stopped(Problem.MISMATCHES_CAPPED)


@contextmanager
def _without_collector() -> Iterator[None]:
    # The many small objects of a chunk make no cycles; looking for some took a quarter of all time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
