"""What the proofs of intake share: a city with a clerk, a file of many rows, a worker to kill, and what must hold after."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connections

from bench.intake_file import people, write
from chengxin.catalogue import facade as catalogue
from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchState, BatchView, Channel
from chengxin.foundation import actors, clock, server
from chengxin.foundation.actors import Actor
from chengxin.offices.terms import Role
from tests.making import make_official, make_organisation
from tests.rooms.catalogue.making import approve, propose, text_of

ITEM = "penalty"
ROWS_A_CHUNK = 5_000
_WORKER = """
import sys
sys.path.insert(0, {root!r})
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "chengxin.settings.testing"
import django
django.setup()
from bench.cities import point_at
from chengxin.foundation import jobs
from chengxin.foundation.prepare import Databases
from chengxin.collection.actions import running
from datetime import timedelta
point_at(Databases(*sys.argv[1:3]))
running.ROWS_PER_CHUNK = {rows}
jobs.revive_stalled(timedelta(0))
jobs.worker(queues=["intake"], wait=False)
"""


def make_clerk() -> tuple[Actor, str]:
    """A clerk of a new office in a city whose editions are in force, and the office's code."""
    now = clock.now()
    office = make_organisation(at=now)
    clerk = make_official(role=Role.CLERK, organisation=office, at=now)
    for name in ("national", "yunchuan"):
        approve(propose(text_of(name), at=now), at=now)
    return clerk, office.org_code


def make_file(code: str, rows: int) -> Path:
    """A file of right rows over fewer persons."""
    folder = server.state_folder() / "prove"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"rows-{rows}.csv"
    today = datetime.now(UTC).date()
    item = catalogue.item(ITEM, today)
    assert item is not None
    write(path, item, code, today, people(rows * 2 // 5), rows, "云市监罚〔2026〕", seed=rows)
    return path


def hand_in(clerk: Actor, path: Path, **changes: Any) -> BatchView:
    """Hand the file in; no worker has seen it yet."""
    with path.open("rb") as stream:
        return collection.receive_file(
            actor=clerk, item=ITEM, stream=stream, file_name=path.name, channel=Channel.COMMAND, at=clock.now(),
            reason="proof", **({"size": path.stat().st_size} | changes),
        )  # fmt: skip


def start_worker() -> subprocess.Popen[bytes]:
    """The real worker in a process of its own; it ends when nothing waits."""
    names = connections["default"].settings_dict["NAME"], connections["keys"].settings_dict["NAME"]
    code = _WORKER.format(root=str(Path(__file__).resolve().parents[1]), rows=ROWS_A_CHUNK)
    return subprocess.Popen([sys.executable, "-c", code, *map(str, names)], env=os.environ, stderr=subprocess.DEVNULL)


def one(statement: str, *values: Any, alias: str = "owner") -> int:
    """The one number a statement gives, as the owner sees it."""
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])


def marked(batch: BatchView) -> int:
    """Rows that finished chunks speak of."""
    return one("SELECT coalesce(sum(rows), 0) FROM collection_chunk WHERE batch_id = %s", batch.id)


def same_as_markers(batch: BatchView) -> None:
    """What is in the ledger is what finished chunks say is there, no row more and none less."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT coalesce(sum(accepted_new), 0) FROM collection_chunk WHERE batch_id = %(b)s),"
            " (SELECT count(*) FROM records_entry WHERE batch_id = %(b)s)",
            {"b": batch.id},
        )
        told, there = cursor.fetchone()
    assert told == there, f"markers tell of {told} entries, {there} are there"


def whole(batch: BatchView, rows: int) -> None:
    """Every row of the file is in the ledger once, with all that belongs to it, and nothing besides."""
    view = collection.batch_by_uid(batch.uid)
    assert view.state is BatchState.ANSWERED, view.state
    assert (view.counts.received, view.counts.new) == (rows, rows), view.counts
    persons = one("SELECT count(DISTINCT person_id) FROM records_entry WHERE batch_id = %s", batch.id)
    checks = {
        "rows of the file": one("SELECT count(DISTINCT row_no) FROM records_entry WHERE batch_id = %s", batch.id),
        "entries": one("SELECT count(*) FROM records_entry WHERE batch_id = %s", batch.id),
        "contents": one("SELECT count(*) FROM records_content"),
        "decisions": one("SELECT count(*) FROM records_decision_key"),
        "notices": one("SELECT count(*) FROM foundation_notice WHERE batch_id = %s", batch.id),
    }
    assert set(checks.values()) == {rows}, checks
    about_persons = {
        table: one(f"SELECT count(*) FROM persons_{table}")
        for table in ("person", "document", "name", "source", "identity_key")
    }
    assert set(about_persons.values()) == {persons}, (about_persons, persons)
    later = clock.now().replace(year=clock.now().year + 1)
    collection.sweep_orphans(actor=actors.system("proof"), at=later, reason="after the kills")
    keys = one("SELECT count(*) FROM held_key WHERE owner_kind = 'person'", alias="keys_owner")
    assert keys == persons, f"{keys} keys for {persons} persons"
