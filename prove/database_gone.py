"""The database server is stopped at once in the middle of a batch, and comes back: the batch goes on and is whole."""

from __future__ import annotations

import os
import signal
import time

from django.db import connections

from chengxin.collection.terms import BatchView
from chengxin.foundation import server
from chengxin.foundation.server import cluster
from prove._intake import hand_in, make_clerk, make_file, marked, same_as_markers, start_worker, whole
from tests import templates

TITLE = "a database that goes away in the middle of a batch loses no row and doubles none"
ROWS = 100_000
TIMES = 3


def run() -> str:
    """Stop without warning, start, look; then let the batch end."""
    with templates.copied("prove_gone"):
        clerk, code = make_clerk()
        batch = hand_in(clerk, make_file(code, ROWS))
        seen: list[int] = []
        worker = start_worker()
        for number in range(1, TIMES + 1):
            _wait_for(batch, ROWS * number // (TIMES + 2))
            connections.close_all()
            _stop_at_once()
            server.ensure()
            same_as_markers(batch)
            seen.append(marked(batch))
            if worker.poll() is not None:
                worker = start_worker()
        if worker.wait(timeout=600):
            start_worker().wait(timeout=600)
        whole(batch, ROWS)
        return (
            f"the server went {TIMES} times, at {', '.join(f'{rows:,}' for rows in seen)} rows done; {ROWS:,} once each"
        )


def _stop_at_once() -> None:
    """As after a power cut: no word to anybody, recovery from the log on the next start."""
    pid = cluster.running_pid(server.places())
    assert pid is not None
    os.kill(pid, signal.SIGQUIT)
    while cluster.running_pid(server.places()) is not None:
        time.sleep(0.05)
    time.sleep(1.0)


def _wait_for(batch: BatchView, rows: int) -> None:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        if marked(batch) >= rows:
            return
        time.sleep(0.05)
    raise AssertionError(f"the batch did not reach {rows:,} rows")
