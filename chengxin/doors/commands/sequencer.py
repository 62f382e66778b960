"""The sequencer of the proof log beside a worker's jobs: a look every second for leaves that wait (F13).

Every worker runs one; of those that look at the same time one finds work. A queue of jobs would be no good for it: leaves would
wait behind letters, and each look would write a job.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import structlog

EVERY_S: Final = 1.0
AFTER_A_FAULT_S: Final = 5.0
END_S: Final = 20.0

log = structlog.get_logger("chengxin.doors")


@contextmanager
def sequencing() -> Iterator[None]:
    """Within the block what waits is sequenced every second, by a thread with a connection of its own."""
    ended = threading.Event()
    thread = threading.Thread(target=_until, args=(ended,), name="sequencer", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(END_S)


def sequence_all() -> int:
    """Sequence until nothing waits; gives how many leaves were added."""
    from chengxin.access import facade as access
    from chengxin.foundation import clock

    added = 0
    while more := access.sequence_log(at=clock.now()):
        added += more
    return added


def _until(ended: threading.Event) -> None:
    from django.db import close_old_connections, connections

    pause = 0.0
    try:
        while not ended.wait(pause):
            pause = EVERY_S
            try:
                close_old_connections()
                sequence_all()
            except Exception:
                # the database away, or a log that does not agree: health tells of what waits, and we go on trying
                log.exception("sequencer_failed")
                connections["default"].close()
                pause = AFTER_A_FAULT_S
    finally:
        connections.close_all()
