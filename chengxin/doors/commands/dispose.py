"""`chengxin dispose`: deletes what is past its retention, in the role that may (F7). For a daily timer."""

from __future__ import annotations

import argparse
from typing import Any

from chengxin.doors.commands.refusals import DONE
from chengxin.doors.commands.words import one_line, say

REASON = "retention_ended"


def register(parsers: Any) -> None:
    parser = parsers.add_parser("dispose", help=one_line("help.dispose"))
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Chunk after chunk until nothing is due. Readers treat what is due as gone already, so a late run shows nothing."""
    from chengxin.access import facade as access
    from chengxin.foundation import actors, clock
    from chengxin.kernel.days import shanghai_day
    from chengxin.records import facade as records
    from chengxin.remedies import facade as remedies

    gone = 0
    while True:
        at = clock.now()
        actor, today = actors.system("dispose"), shanghai_day(at)
        count = records.dispose_due(actor=actor, today=today, at=at, reason=REASON)
        count += access.dispose_looks(actor=actor, today=today, at=at, reason=REASON)
        count += remedies.dispose_cases(actor=actor, today=today, at=at, reason=REASON)
        count += remedies.dispose_unnamed(actor=actor, today=today, at=at, reason=REASON)
        gone += count
        if not count:
            say("dispose.done", count=gone)
            return DONE
