"""`chengxin serve`: the pages, by granian, until a signal ends it."""

from __future__ import annotations

import argparse
import os
from typing import Any

from chengxin.doors.commands.refusals import DONE
from chengxin.doors.commands.words import one_line, say

PORT = 8000
WORKERS = 2
THREADS = 4
"""Requests that one process answers at a time; each holds a connection to the database and one to the key store."""


def register(parsers: Any) -> None:
    parser = parsers.add_parser("serve", help=one_line("help.serve"))
    parser.add_argument("--host", default="127.0.0.1", help=one_line("help.serve_host"))
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--workers", type=int, default=min(WORKERS, os.cpu_count() or 1))
    parser.add_argument("--threads", type=int, default=THREADS, help=one_line("help.serve_threads"))
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Serve. Each worker process sets Django up by itself; whoever calls restarts us when we end.

    Before a door opens every open case is counted by the law of now (decision 20): what ends by date ends by no older day.
    """
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    from chengxin.doors.commands import recount

    recount.run(chosen)
    connections.close_all()
    say("serve.at", host=chosen.host, port=chosen.port)
    Granian(
        "chengxin.doors.wsgi:application",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=chosen.workers,
        blocking_threads=chosen.threads,
        respawn_failed_workers=True,
        log_access=False,
        websockets=False,
    ).serve()
    return DONE
