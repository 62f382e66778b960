"""`chengxin outbox`: how the sending of notices stands, and the keys that verify our signed calls. No personal data."""

from __future__ import annotations

import argparse
import json
from typing import Any

from chengxin.doors.commands.refusals import DONE, FAULTS
from chengxin.doors.commands.words import one_line, say, spoken


def register(parsers: Any) -> None:
    parser = parsers.add_parser("outbox", help=one_line("outbox.help"))
    acts = parser.add_subparsers(metavar="ACT", required=True)
    acts.add_parser("status", help=one_line("outbox.help_status")).set_defaults(run=status)
    acts.add_parser("keys", help=one_line("outbox.help_keys")).set_defaults(run=keys, database=False)


def status(chosen: argparse.Namespace) -> int:
    """What waits, since when, what was given up and why. Exit code 1 where a channel is down."""
    from chengxin.doors.wording import time_in_words
    from chengxin.foundation import clock
    from chengxin.foundation.outbox import outbox_figures

    found = outbox_figures(clock.now())
    say("outbox.waiting", count=found.waiting, batches=found.batches_waiting, failing=found.failing)
    if found.oldest_at is not None:
        say("outbox.oldest", moment=" / ".join(time_in_words(found.oldest_at, language) for language in spoken()))
    for what, count in sorted(found.given_up.items()):
        say("outbox.given_up", what=what, count=count)
    if found.held:
        from chengxin.doors.portal.presenters.incomplete import incomplete_lines

        say("outbox.held")
        print(*(line for language in spoken() for line in incomplete_lines(found.held, language)), sep="\n")
    for channel, reason in sorted(found.down.items()):
        say("outbox.down", channel=channel, reason=reason)
    return FAULTS if found.down else DONE


def keys(chosen: argparse.Namespace) -> int:
    """A JSON Web Key Set, to hand to the receiver of our signed calls."""
    from chengxin.foundation.outbox import key_directory

    print(json.dumps(key_directory(), indent=2))
    return DONE
