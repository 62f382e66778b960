"""`chengxin database prepare|status|stop`: schema and rights brought up to date; the embedded server by hand."""

from __future__ import annotations

import argparse
from typing import Any

from chengxin.doors.commands.refusals import DONE
from chengxin.doors.commands.words import one_line, say


def register(parsers: Any) -> None:
    parser = parsers.add_parser("database", help=one_line("help.database"))
    acts = parser.add_subparsers(metavar="ACT", required=True)
    prepared = acts.add_parser("prepare", help=one_line("help.database_prepare"))
    # what prepares starts the server itself, after taking its lock
    prepared.set_defaults(run=prepare, database=False)
    shown = acts.add_parser("status", help=one_line("help.database_status"))
    shown.set_defaults(run=status, database=False)
    stopped = acts.add_parser("stop", help=one_line("help.database_stop"))
    stopped.set_defaults(run=stop, settings=None)


def prepare(chosen: argparse.Namespace) -> int:
    """Roles and databases where we may make them, then migrations and rights. May be repeated."""
    from chengxin.foundation.prepare import configured
    from chengxin.foundation.prepare import prepare as all_steps

    all_steps()
    pair = configured()
    say("database.ready", main=pair.main, keys=pair.keys)
    return DONE


def status(chosen: argparse.Namespace) -> int:
    """Where the databases are, and how many steps of the schema are missing."""
    from chengxin.foundation import server

    if server.is_embedded():
        found = server.status()
        if found.pid is None:
            say("database.stopped", host=found.endpoint.host)
            return DONE
        say("database.runs", host=found.endpoint.host, pid=found.pid, users=found.users)
    missing = _missing_steps()
    say("database.missing" if missing else "database.up_to_date", count=missing)
    return DONE


def stop(chosen: argparse.Namespace) -> int:
    """Stop the embedded server, whoever uses it."""
    from chengxin.foundation import server

    server.stop()
    say("database.stopped", host=server.status().endpoint.host)
    return DONE


def _missing_steps() -> int:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
