"""`chengxin intake`: hands a file in for an office, by the same action as the page, with a bar while it is worked on."""

from __future__ import annotations

import argparse
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chengxin.doors.commands.acting import acting_as, add_official
from chengxin.doors.commands.refusals import BAD_INPUT, CONFLICT, DONE, FAULTS
from chengxin.doors.commands.words import one_line, say, spoken

if TYPE_CHECKING:
    from uuid import UUID

    from chengxin.collection.terms.views import BatchView

LOOK_S = 0.4


def register(parsers: Any) -> None:
    parser = parsers.add_parser("intake", help=one_line("help.intake"))
    parser.add_argument("item", help=one_line("help.item"))
    parser.add_argument("file", type=Path, help=one_line("help.intake_file"))
    parser.add_argument("--map", action="append", default=[], metavar="HEADING=FIELD", help=one_line("help.intake_map"))
    parser.add_argument("--leave", action="store_true", help=one_line("help.intake_leave"))
    add_official(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Take the file in, work on it here or leave it to the worker, and tell what became of its rows.

    Exit code 0 where every row was accepted, 1 where some came back or are held, 6 where the batch stopped.
    """
    from chengxin.collection import facade as collection
    from chengxin.collection.terms.batches import BatchState, Channel
    from chengxin.foundation import clock

    pairs = [pair.partition("=") for pair in chosen.map]
    at = clock.now()
    actor = acting_as(chosen.login, at)
    with chosen.file.open("rb") as stream:
        batch = collection.receive_file(
            actor=actor,
            item=chosen.item,
            stream=stream,
            file_name=chosen.file.name,
            size=chosen.file.stat().st_size,
            channel=Channel.COMMAND,
            at=at,
            reason=chosen.reason,
            mapping={heading: field for heading, _, field in pairs},
        )
    if batch.state is BatchState.DRAFT:
        return _unmapped(batch)
    if chosen.leave:
        say("intake.left", uid=batch.uid)
        return DONE
    return _told(_worked_on(batch.uid))


def _unmapped(batch: BatchView) -> int:
    """A draft: headings that nobody has mapped. It can be finished on the page, or sent again with `--map`."""
    import sys

    unknown = [str(heading) for heading in batch.file_facts.get("headings", ()) if heading not in batch.mapping]
    say("intake.unmapped", to=sys.stderr, headings="、".join(unknown))
    return BAD_INPUT


def _worked_on(uid: UUID) -> BatchView:
    """Work on what waits, this batch among it, with a bar beside; and wait where a worker was faster."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    from chengxin.collection import facade as collection
    from chengxin.collection.terms.batches import OPEN_STATES, BatchState
    from chengxin.foundation import jobs

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    done = threading.Event()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(one_line("intake.screening"), total=1.0)
        watcher = threading.Thread(target=_watch, args=(uid, progress, task, done), daemon=True)
        watcher.start()
        try:
            jobs.run_waiting(queues=["intake"])
            while (batch := collection.batch_by_uid(uid)).state in OPEN_STATES - {BatchState.STOPPED}:
                time.sleep(LOOK_S)
        finally:
            done.set()
            watcher.join()
        progress.update(task, completed=1.0)
    return batch


def _watch(uid: UUID, progress: Any, task: Any, done: threading.Event) -> None:
    from django.db import connections

    from chengxin.collection import facade as collection

    while not done.wait(LOOK_S):
        progress.update(task, completed=collection.batch_by_uid(uid).done or 0.0)
    connections.close_all()


def _told(batch: BatchView) -> int:
    from chengxin.collection import facade as collection
    from chengxin.collection.terms.batches import BatchState
    from chengxin.doors.wording import has, reason

    if batch.state is not BatchState.ANSWERED:
        say("intake.stopped", uid=batch.uid, problem=batch.problem.value if batch.problem else batch.state.value)
        return CONFLICT
    counts = batch.counts
    say(
        "intake.answered",
        received=counts.received,
        accepted=counts.accepted,
        same=counts.same,
        held=counts.quarantined,
        refused=counts.refused,
    )
    for code, field, rows in collection.refused_by_reason(batch.id):
        print(f"  {rows:>8,}  {code}  {field}")
        for language in spoken() if has(f"reasons.{code}.do") else ():
            print(f"            {reason(code, language).do}")
    return FAULTS if counts.quarantined + counts.refused else DONE
