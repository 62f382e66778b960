"""`chengxin recount`: counts open cases again after a change of the law's tables; `serve` does the same before it opens."""

from __future__ import annotations

import argparse
from typing import Any

from chengxin.doors.commands.refusals import DONE, FAULTS
from chengxin.doors.commands.words import one_line, say


def register(parsers: Any) -> None:
    parser = parsers.add_parser("recount", help=one_line("help.recount"))
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Every open case that was counted by another law, where there is one. May be stopped and repeated."""
    from chengxin.foundation import actors, clock
    from chengxin.remedies import facade as remedies

    done = remedies.recount_lines(actor=actors.system("recount"), at=clock.now(), reason=remedies.ANOTHER_LAW)
    say("recount.done", lines=done.lines, changed=done.changed)
    if done.failed:
        say("recount.failed", count=done.failed)
    return FAULTS if done.failed else DONE
