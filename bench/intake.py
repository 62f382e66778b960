"""Intake of penalties over fewer persons, half of them known, against the raw COPY of the same bytes (LIMIT-S).

Ours: the worker's whole run, from the sealed file to the answered batch. The limit: what that run sent, sent again into
an equal database on one connection, a transaction a chunk, in the same order, with the same indexes, keys and triggers.
Rounds of both alternate, each in a fresh copy of one database. `python -m bench.intake --rows 100000 --rounds 3`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    import bench.__main__  # noqa: F401  sets Django up

from django.db import connections, transaction

from bench.cities import copied, made, server_cpu_s
from bench.intake_file import people, write
from bench.intake_run import HEAD
from bench.report import Figure, median_and_spread
from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchState, Channel
from chengxin.foundation import clock, jobs, server
from chengxin.foundation.actors import Actor
from chengxin.foundation.copying.binary import FILE_HEADER, FILE_TRAILER
from chengxin.foundation.copying.statements import copying_into, statement
from chengxin.foundation.prepare import Databases
from chengxin.offices.terms import Role
from tests.making import make_official, make_organisation
from tests.rooms.catalogue.making import approve, propose, text_of

ITEM = "penalty"
ROWS_FULL = 1_000_000
NUMBERED = {"known": "云市监罚〔2026〕前", "rows": "云市监罚〔2026〕"}
NOW = datetime.now(UTC).replace(microsecond=0)
FOLDER = server.state_folder() / "intake"


@dataclass
class Measured:
    """What one round took: wall seconds, CPU seconds of client and server, and of ours peak memory and parts."""

    seconds: float
    client: float
    server: float
    peak: float = 0.0
    parts: dict[str, float] | None = None


def measure(rows: int = ROWS_FULL, rounds: int = 5) -> list[Figure]:
    """Alternate rounds of ours and of the limit, and hold their medians against the promises."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    who = people(rows * 2 // 5)
    ours: list[Measured] = []
    limit: list[Measured] = []
    city: dict[str, Any] = {}

    def fill() -> None:
        city["clerk"], city["code"] = _found()
        other, code = _clerk()
        _make_file("known", code, who[: len(who) // 2], len(who) // 2)
        batch = _hand_in(other, _path("known", len(who) // 2))
        jobs.run_waiting(queues=["intake"])
        assert collection.batch_by_uid(batch.uid).counts.new == len(who) // 2
        _make_file("rows", city["code"], who, rows)

    record = FOLDER / "sent.bin"
    with made("intake", fill) as base:
        record.unlink(missing_ok=True)
        _ours(base, city["clerk"], rows, record)
        for number in range(rounds):
            limit.append(_limit(base, record))
            ours.append(_ours(base, city["clerk"], rows))
            print(_line(number, rows, ours[-1], limit[-1]), flush=True)
    record.unlink()
    return _figures(rows, ours, limit)


def _found() -> tuple[Actor, str]:
    clerk, code = _clerk()
    for name in ("national", "yunchuan"):
        approve(propose(text_of(name), at=NOW), at=NOW)
    return clerk, code


def _clerk() -> tuple[Actor, str]:
    office = make_organisation(at=NOW)
    return make_official(role=Role.CLERK, organisation=office, at=NOW), office.org_code


def _path(name: str, rows: int) -> Path:
    return FOLDER / f"{name}-{rows}.csv"


def _make_file(name: str, code: str, who: list[tuple[str, str]], rows: int) -> None:
    from chengxin.catalogue import facade as catalogue

    item = catalogue.item(ITEM, NOW.date())
    assert item is not None
    write(_path(name, rows), item, code, NOW.date(), who, rows, NUMBERED[name], seed=rows)


def _hand_in(clerk: Actor, path: Path) -> Any:
    with path.open("rb") as stream:
        return collection.receive_file(
            actor=clerk, item=ITEM, stream=stream, file_name=path.name, size=path.stat().st_size,
            channel=Channel.COMMAND, at=clock.now(), reason="benchmark",
        )  # fmt: skip


def _ours(base: Databases, clerk: Actor, rows: int, record: Path | None = None) -> Measured:
    with copied(base, "intake_ours") as pair:
        batch = _hand_in(clerk, _path("rows", rows))
        connections.close_all()
        asked = [sys.executable, "-m", "bench.intake_run", pair.main, pair.keys, str(batch.id)]
        before = server_cpu_s()
        ended = subprocess.run(
            [*asked, str(record)] if record else asked, stdout=subprocess.PIPE, check=True, env=os.environ
        )
        spent = server_cpu_s() - before
        found = json.loads(ended.stdout.splitlines()[-1])
        view = collection.batch_by_uid(batch.uid)
        assert view.state is BatchState.ANSWERED, view
        assert view.counts.new == rows, view.counts
        return Measured(found["seconds"], found["cpu"], spent, found["peak"], found["parts"])


def _limit(base: Databases, record: Path) -> Measured:
    with copied(base, "intake_limit"), connections["intake"].cursor() as cursor, record.open("rb") as file:
        before, cpu, began = server_cpu_s(), time.process_time(), time.perf_counter()
        waited = 0.0
        while True:
            mark = time.perf_counter()
            sent = _chunk_sent(file)
            waited += time.perf_counter() - mark
            if not sent:
                break
            with transaction.atomic("intake"):
                for table, columns, encoded in sent:
                    with copying_into(cursor, statement(table, columns, binary=True)) as copy:
                        copy.write(FILE_HEADER)
                        copy.write(encoded)
                        copy.write(FILE_TRAILER)
        # reading the recording is not the limit's work
        seconds = time.perf_counter() - began - waited
        return Measured(seconds, time.process_time() - cpu, server_cpu_s() - before)


def _chunk_sent(file: Any) -> list[tuple[str, list[str], bytes]]:
    sent = []
    while head := file.read(HEAD.size):
        length, size = HEAD.unpack(head)
        if not length:
            break
        table, columns = json.loads(file.read(length))
        sent.append((table, columns, file.read(size)))
    return sent


def _line(number: int, rows: int, ours: Measured, limit: Measured) -> str:
    us = 1e6 / rows
    parts = ", ".join(f"{part} {cpu * us:.1f}" for part, cpu in (ours.parts or {}).items())
    return (
        f"  round {number}: ours {rows / ours.seconds:,.0f} rows/s, limit {rows / limit.seconds:,.0f} rows/s,"
        f" ratio {limit.seconds / ours.seconds:.2f}; CPU us/row ours {ours.client * us:.1f} + {ours.server * us:.1f},"
        f" limit {limit.client * us:.1f} + {limit.server * us:.1f}; peak {ours.peak:,.0f} MB\n    client: {parts}"
    )


def _figures(rows: int, ours: list[Measured], limit: list[Measured]) -> list[Figure]:
    ratios = [theirs.seconds / mine.seconds for mine, theirs in zip(ours, limit, strict=True)]
    cpu = [
        (mine.client + mine.server) / (theirs.client + theirs.server) for mine, theirs in zip(ours, limit, strict=True)
    ]
    ratio, spread = median_and_spread(ratios)
    cpu_ratio, cpu_spread = median_and_spread(cpu)
    mine, theirs = statistics.median(one.seconds for one in ours), statistics.median(one.seconds for one in limit)
    us = 1e6 / rows
    middle = sorted(ours, key=lambda one: one.seconds)[len(ours) // 2]
    parts = ", ".join(f"{part} {seconds * us:.1f}" for part, seconds in (middle.parts or {}).items())
    peak = max(one.peak for one in ours)
    what = f"intake of {rows:,} penalty rows over {rows * 2 // 5:,} persons, half known"
    return [
        Figure(
            what, f"{rows / mine:,.0f}", "rows/s", "at least 0.50 of the limit", ratio >= 0.50,
            limit=f"{rows / theirs:,.0f} rows/s", ratio=f"{ratio:.2f}", spread=spread,
            how=__doc__ or "",
            details=(
                f"CPU us/row: client {middle.client * us:.1f} ({parts}), server {middle.server * us:.1f}",
                f"CPU of the limit, us/row: {statistics.median(one.client + one.server for one in limit) * us:.1f}",
            ),
        ),
        Figure(
            f"{what}: CPU", f"{cpu_ratio:.2f}", "x the limit's", "at most 2.8", cpu_ratio <= 2.8, spread=cpu_spread
        ),
        Figure(f"{what}: peak memory of the worker", f"{peak:,.0f}", "MB", "at most 1,100", peak <= 1_100),
    ]  # fmt: skip


def main() -> None:
    """Run with other figures than the promised ones, and print."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    for one in measure(given.rows, given.rounds):
        print(f"{one.what}: {one.figure} {one.unit} {one.ratio} ({one.promise}) {'' if one.kept else 'NOT KEPT'}")


if __name__ == "__main__":
    main()
