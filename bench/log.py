"""The proof log at a million entries: what it adds to a look, how soon a look is signed, how long a proof takes."""

from __future__ import annotations

import os
import random
import secrets
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from django.db import connections

from bench.report import Figure, median_and_spread
from chengxin.access import facade as access
from chengxin.access.actions.sequencing import queue_leaves
from chengxin.access.terms import Purpose
from chengxin.doors.commands.sequencer import sequence_all, sequencing
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction
from tests import templates
from tests.people import make_person

ENTRIES = int(os.environ.get("CHENGXIN_BENCH_LOG", "1000000"))
ROUNDS = 5
LOOKS = 2_000
PROOFS = 2_000
COMMITS = 20
ADDED, PROOF_MS, SIGNED_S = 1.0, 5.0, 5.0
_TICK = os.sysconf("SC_CLK_TCK")


def measure() -> list[Figure]:
    """Three figures, in a city of its own."""
    with templates.copied("bench_log"):
        filling = _filled()
        return [_added(filling), _proof(), _signed()]


def _filled() -> float:
    """A log of `ENTRIES` leaves; microseconds of CPU for each, queue and sequencer together."""
    began = _cpu()
    for _ in range(0, ENTRIES, 50_000):
        with in_transaction():
            queue_leaves([secrets.token_bytes(32) for _ in range(min(50_000, ENTRIES))])
        sequence_all()
    return (_cpu() - began) / ENTRIES * 1e6


def _added(filling: float) -> Figure:
    person = make_person().person_id
    bare, logged = [], []
    for _ in range(ROUNDS):
        with patch("chengxin.access.actions.reading.queue_leaves", lambda commitments: None):
            bare.append(_spent(lambda: _looks(person)))
        logged.append(_spent(lambda: (_looks(person), sequence_all())))
    ratio, spread = median_and_spread([one / other - 1 for one, other in zip(logged, bare, strict=True)])
    return Figure(
        what="proof log: added to a look",
        figure=f"{(statistics.median(logged) - statistics.median(bare)) / LOOKS * 1e6:.0f}",
        unit="us of CPU an entry",
        limit=f"{statistics.median(bare) / LOOKS * 1e6:.0f} us for the look alone",
        ratio=f"+{ratio * 100:.0f} %",
        promise="+100 % at most, aim +50 %",
        kept=ratio <= ADDED,
        spread=spread,
        how=f"Looks written one transaction each, at {ENTRIES:,} entries, with and without queue and sequencer; CPU of this"
        f" process and of its database backend. In bulk, queue and sequencer together take {filling:.1f} us an entry.",
    )


def _looks(person: UUID) -> None:
    for _ in range(LOOKS):
        with as_person(person):
            access.log_look(
                actor=Actor(kind="person", person_id=person),
                person_id=person,
                purpose=Purpose.OWN_FILE,
                fields=("looks",),
                at=clock.now(),
            )


def _proof() -> Figure:
    size, rng, took = access.log_state().size, random.Random(7), []
    for _ in range(PROOFS):
        index = rng.randrange(size)
        began = time.perf_counter()
        access.inclusion_proof(index, size)
        took.append((time.perf_counter() - began) * 1e3)
    took.sort()
    p99 = took[len(took) * 99 // 100]
    return Figure(
        what="proof log: inclusion proof",
        figure=f"{p99:.2f}",
        unit="ms, 99th of 100",
        promise=f"{PROOF_MS:.0f} ms",
        kept=p99 <= PROOF_MS,
        spread=f"median {statistics.median(took):.2f} ms, {PROOFS} proofs",
        how=f"Random leaves of a tree of {size:,}, tiles read from the database each time.",
    )


def _signed() -> Figure:
    took = []
    with sequencing():
        for _ in range(COMMITS):
            size = access.log_state().size
            queue_leaves([secrets.token_bytes(32)])
            began = time.perf_counter()
            while access.log_state().size == size:
                time.sleep(0.01)
            took.append(time.perf_counter() - began)
            time.sleep(random.random())
    return Figure(
        what="proof log: from commit to signed checkpoint",
        figure=f"{max(took):.2f}",
        unit="s, the slowest",
        promise=f"{SIGNED_S:.0f} s",
        kept=max(took) <= SIGNED_S,
        spread=f"median {statistics.median(took):.2f} s, {COMMITS} commits",
    )


def _spent(work: Callable[[], object]) -> float:
    began = _cpu()
    work()
    return _cpu() - began


def _cpu() -> float:
    """Seconds of CPU of this process and of the backend that serves it."""
    connections["default"].ensure_connection()
    backend: int = connections["default"].connection.info.backend_pid
    fields = Path(f"/proc/{backend}/stat").read_text().rsplit(")", 1)[1].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / _TICK
