"""kill -9 of the worker at 20 random moments of a batch of 200,000 rows: no row lost, none twice, the batch finished."""

from __future__ import annotations

import random
import signal
import time

from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchState, BatchView
from prove._intake import (
    ROWS_A_CHUNK,
    hand_in,
    make_clerk,
    make_file,
    marked,
    one,
    same_as_markers,
    start_worker,
    whole,
)
from tests import templates

TITLE = "a worker killed at any moment loses no row and doubles none"
ROWS = 200_000
KILLS = 20


def run() -> str:
    """Kill, look, start again; in the end count."""
    rng = random.Random(9)
    with templates.copied("prove_kills"):
        clerk, code = make_clerk()
        path = make_file(code, ROWS)
        batch = hand_in(clerk, path)
        seen: list[int] = []
        last = 0
        # a random moment is a random number of rows done, and a random part of the chunk under way
        for rows in sorted(rng.randrange(ROWS * 9 // 10) for _ in range(KILLS)):
            worker = start_worker()
            last = _wait_until_working(after=last)
            _wait_until_done(batch, rows)
            time.sleep(rng.uniform(0.0, 0.4))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            if collection.batch_by_uid(batch.uid).state is not BatchState.SCREENING:
                raise AssertionError("the batch was over before the last kill")
            same_as_markers(batch)
            seen.append(marked(batch))
        worker = start_worker()
        worker.wait(timeout=600)
        whole(batch, ROWS)
        return f"{KILLS} kills, at {min(seen):,} to {max(seen):,} rows done; {ROWS:,} rows once each"


def _wait_until_working(*, after: int) -> int:
    """Until another worker than the last has taken the batch up; its number."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        number = one("SELECT coalesce(max(worker_id), 0) FROM procrastinate_jobs WHERE status = 'doing'")
        if number > after:
            return number
        time.sleep(0.02)
    raise AssertionError("no worker took the batch up")


def _wait_until_done(batch: BatchView, rows: int) -> None:
    until = time.monotonic() + 300
    while marked(batch) + ROWS_A_CHUNK <= rows:
        if time.monotonic() > until:
            raise AssertionError(f"the batch did not reach {rows:,} rows")
        time.sleep(0.02)
