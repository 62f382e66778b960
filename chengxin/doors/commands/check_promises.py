"""`chengxin check-promises`: asks a running instance whether it keeps what it promises. For a daily timer, and after changes."""

from __future__ import annotations

import argparse
from typing import Any

from chengxin.doors.commands.refusals import DONE, FAULTS
from chengxin.doors.commands.words import one_line, say


def register(parsers: Any) -> None:
    parser = parsers.add_parser("check-promises", help=one_line("help.check_promises"))
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Each promise with a word, and what breaks it. Exit code 1 where one is broken."""
    from chengxin.doors.promises import PROMISES

    broken = 0
    for name, question in PROMISES.items():
        found = question()
        broken += bool(found)
        print(f"[{one_line('promises.broken' if found else 'promises.kept')}] {one_line(f'promise.{name}')}")
        for each in found:
            print(f"    {each}")
    say("promises.some_broken" if broken else "promises.all_kept", count=broken or len(PROMISES))
    return FAULTS if broken else DONE
