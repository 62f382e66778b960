"""`chengxin sandbox`: a client of one's own in the invented city, and the command that tries it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from chengxin.doors.commands.refusals import CONFLICT, DONE
from chengxin.doors.commands.words import one_line, say


def register(parsers: Any) -> None:
    parser = parsers.add_parser("sandbox", help=one_line("help.sandbox"))
    parser.add_argument("folder", type=Path, help=one_line("help.sandbox_folder"))
    parser.add_argument("--kind", default="bank", help=one_line("help.sandbox_kind"))
    parser.set_defaults(run=run, settings="demo")


def run(chosen: argparse.Namespace) -> int:
    """Register the client, and write its secret and key into files that only their owner reads."""
    from django.conf import settings

    if not settings.CHENGXIN_PRACTICE:
        say("demo.only_practice", to=sys.stderr)
        return CONFLICT
    from chengxin.doors.demo import machines
    from chengxin.doors.demo.sandbox import practice_client
    from chengxin.foundation import clock

    made = practice_client(chosen.kind, at=clock.now())
    machines.keep(made, chosen.folder)
    say("sandbox.made", uid=made.client_id, folder=chosen.folder)
    return DONE
