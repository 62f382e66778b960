"""`chengxin static`: gathers style, scripts and marks into one folder, named by their content, for a browser to keep."""

from __future__ import annotations

import argparse
from typing import Any

from chengxin.doors.commands.refusals import DONE
from chengxin.doors.commands.words import one_line, say


def register(parsers: Any) -> None:
    parser = parsers.add_parser("static", help=one_line("help.static"))
    parser.set_defaults(run=run, database=False)


def run(chosen: argparse.Namespace) -> int:
    """Into `CHENGXIN_STATIC_ROOT`. An instance for practice serves its files where they lie, and gathers nothing."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.STATIC_ROOT is None:
        say("static.not_needed")
        return DONE
    call_command("collectstatic", interactive=False, verbosity=0)
    say("static.done", name=settings.STATIC_ROOT)
    return DONE
