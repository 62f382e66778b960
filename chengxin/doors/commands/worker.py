"""`chengxin worker`: works on jobs and sequences the proof log until a signal ends it; a running job is finished first."""

from __future__ import annotations

import argparse
from typing import Any

from chengxin.doors.commands.refusals import DONE
from chengxin.doors.commands.words import one_line, say


def register(parsers: Any) -> None:
    parser = parsers.add_parser("worker", help=one_line("help.worker"))
    parser.add_argument("--queue", action="append", help=one_line("help.worker_queue"))
    parser.add_argument("--until-idle", action="store_true", help=one_line("help.worker_until_idle"))
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Work. Jobs of a worker that died are taken up again by the next one."""
    from chengxin.doors.commands.sequencer import sequencing
    from chengxin.foundation import jobs

    say("worker.works")
    with sequencing():
        jobs.worker(queues=chosen.queue, wait=not chosen.until_idle)
    return DONE
