"""A full disk under the files, and under the database: said, nothing lost, and the work goes on when there is room."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

from chengxin.collection import facade as collection
from chengxin.collection.models import Batch
from chengxin.collection.terms import BatchState, BatchView, Problem
from chengxin.foundation import clock, files, prepare, server
from chengxin.foundation.actors import Actor
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.offices.models import Official
from prove._intake import hand_in, make_clerk, make_file, same_as_markers, start_worker, whole
from tests import templates

TITLE = "a full disk is said, leaves nothing half, and the batch goes on when there is room"
ROWS = 50_000
FILES_MB = 8
DATABASE_MB = 40


def run() -> str:
    """Fill the files' disk, then the database's (where we may mount one), and make room again."""
    with templates.copied("prove_disk"):
        clerk, code = make_clerk()
        path = make_file(code, ROWS)
        shown = [_files_full(clerk, path)]
        batch = hand_in(clerk, path)
        if os.geteuid() == 0:
            shown.append(_database_full(batch))
        worker = start_worker()
        worker.wait(timeout=600)
        whole(batch, ROWS)
    return "; ".join(shown) + f"; then {ROWS:,} rows once each"


def _files_full(clerk: Actor, path: Path) -> str:
    told = []
    with _small_folder() as folder:
        held = list(folder.rglob("*"))
        for size in (path.stat().st_size, None):
            try:
                hand_in(clerk, path, size=size)
            except Refusal as refusal:
                told.append(refusal.refused.reason)
            except files.DiskFull as full:
                told.append(full.code)
        left = [one for one in folder.rglob("*") if one.is_file() and one not in held]
        assert not left, left
    assert told == ["disk_full", "disk_full"], told
    assert not Batch.objects.exists()
    return "a file for which there is no room is not taken, and leaves nothing"


@contextmanager
def _small_folder() -> Iterator[Path]:
    """A folder for files on a disk too small: a mount where we may, else a limit on the size of any file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = getattr(settings, files.FOLDER_VARIABLE, None)
        settings.CHENGXIN_FILES = folder
        if os.geteuid() == 0:
            _run("mount", "-t", "tmpfs", "-o", f"size={FILES_MB}m", "tmpfs", name)
            try:
                yield folder
            finally:
                settings.CHENGXIN_FILES = before
                _run("umount", name)
        else:
            soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (FILES_MB * 2**20, hard))
            try:
                yield folder
            finally:
                settings.CHENGXIN_FILES = before
                resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _database_full(batch: BatchView) -> str:
    """Move the ledger's tables to a disk that will be full, let the worker run into it, make room, go on."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        os.chmod(name, 0o755)
        mount = Path(name) / "disk"
        mount.mkdir()
        _run("mount", "-t", "tmpfs", "-o", f"size={DATABASE_MB}m,mode=0700", "tmpfs", str(mount))
        owner = server.places().data.stat()
        os.chown(mount, owner.st_uid, owner.st_gid)
        tables = ("records_entry", "records_content", "foundation_notice")
        try:
            with prepare.admin() as connection:
                connection.execute(f"CREATE TABLESPACE prove_small LOCATION '{mount}'")
                connection.execute(f"GRANT CREATE ON TABLESPACE prove_small TO {prepare.OWNER}")
            _move(tables, "prove_small")
            start_worker().wait(timeout=600)
            stopped = collection.batch_by_uid(batch.uid)
            assert (stopped.state, stopped.problem) == (BatchState.STOPPED, Problem.DISK_FULL), stopped
            assert 0 < stopped.counts.received < ROWS, stopped.counts
            same_as_markers(batch)
        finally:
            _move(tables, "pg_default")
            with prepare.admin() as connection:
                connection.execute("DROP TABLESPACE IF EXISTS prove_small")
            _run("umount", str(mount))
    sender = _sender(Batch.objects.get(id=batch.id))
    collection.retry_batch(actor=sender, uid=batch.uid, at=clock.now(), reason="there is room again")
    return f"a full disk under the database stopped the batch at {stopped.counts.received:,} rows and said so"


def _sender(batch: Batch) -> Actor:
    official = Official.objects.select_related("account").get(id=batch.sent_by)
    return offices.actor_for(official.account, second_factor=True, at=clock.now())


def _move(tables: tuple[str, ...], space: str) -> None:
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} SET TABLESPACE {space}")
            cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass", [table])
            for (index,) in cursor.fetchall():
                cursor.execute(f"ALTER INDEX {index} SET TABLESPACE {space}")


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
