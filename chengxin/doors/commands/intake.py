"""`chengxin intake`: hands a file in for an office, by the same action as the page, with a bar while it is worked on."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chengxin.doors.commands.acting import acting_as, add_official
from chengxin.doors.commands.refusals import BAD_INPUT, CONFLICT, DONE, FAULTS
from chengxin.doors.commands.words import one_line, say, spoken
from chengxin.doors.wording import LANGUAGES

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.collection.terms.views import BatchView
    from chengxin.foundation.actors import Actor

LOOK_S = 0.4


def register(parsers: Any) -> None:
    parser = parsers.add_parser("intake", help=one_line("help.intake"))
    parser.add_argument("item", help=one_line("help.item"))
    parser.add_argument("file", type=Path, help=one_line("help.intake_file"))
    parser.add_argument("--map", action="append", default=[], metavar="HEADING=FIELD", help=one_line("help.intake_map"))
    parser.add_argument("--dry-run", action="store_true", help=one_line("help.intake_dry_run"))
    parser.add_argument("--answer", type=Path, metavar="FILE", help=one_line("help.intake_answer"))
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

    mapping = {heading: field for heading, _, field in (pair.partition("=") for pair in chosen.map)}
    at = clock.now()
    actor = acting_as(chosen.login, at)
    if chosen.dry_run:
        return _checked(chosen, actor, mapping, at)
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
            mapping=mapping,
        )
    if batch.state is BatchState.DRAFT:
        return _unmapped(batch)
    if chosen.leave:
        say("intake.left", uid=batch.uid)
        return DONE
    answered = _worked_on(batch.uid)
    code = _told(answered)
    if chosen.answer and answered.state is BatchState.ANSWERED:
        _write_answer(chosen.answer, actor, answered.uid)
    return code


def _checked(chosen: argparse.Namespace, actor: Actor, mapping: dict[str, str], at: datetime) -> int:
    from chengxin.collection import facade as collection

    found = collection.dry_run(
        actor=actor,
        item=chosen.item,
        open_stream=partial(chosen.file.open, "rb"),
        file_name=chosen.file.name,
        at=at,
        mapping=mapping,
    )
    say("intake.dry", received=found.rows, accepted=found.accepted, held=found.quarantined, refused=found.refused)
    for (reason_code, field), rows in found.reasons.items():
        _tell_reason(reason_code, field, rows)
    return FAULTS if found.quarantined + found.refused else DONE


def _unmapped(batch: BatchView) -> int:
    """A draft: headings that nobody has mapped. It can be finished on the page, or sent again with `--map`."""
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
        _tell_reason(code, field, rows)
    for code, rows in collection.held_by_reason(batch.id):
        _tell_reason(code, "", rows)
    return FAULTS if counts.quarantined + counts.refused else DONE


def _tell_reason(code: str, field: str, rows: int) -> None:
    from chengxin.doors.answers import what_to_do

    print(f"  {rows:>8,}  {code}  {field}")
    for language, sentence in zip(LANGUAGES, what_to_do(code, field, ""), strict=True):
        if sentence and language in spoken():
            print(f"            {sentence}")


def _write_answer(path: Path, actor: Actor, uid: UUID) -> None:
    from chengxin.collection import facade as collection
    from chengxin.doors.answers import what_to_do
    from chengxin.foundation import clock

    answer = collection.answer_for(actor, uid, what_to_do, clock.now())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.writelines(answer.parts)
    say("intake.answer_written", name=path)
