"""`chengxin found`: the first two office heads. Everybody after them is appointed on a page, by one and approved by the other."""

from __future__ import annotations

import argparse
import secrets
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from chengxin.doors.commands.refusals import BAD_INPUT, DONE
from chengxin.doors.commands.words import one_line, say

if TYPE_CHECKING:
    from datetime import datetime

    from chengxin.offices.terms import FirstHead, Founded

TERM = timedelta(days=3 * 365)
PASSWORD_BYTES = 15


def register(parsers: Any) -> None:
    parser = parsers.add_parser("found", help=one_line("help.found"))
    parser.add_argument("--again", action="store_true", help=one_line("help.found_again"))
    parser.add_argument("--name-zh")
    parser.add_argument("--name-en")
    parser.add_argument("--code", help=one_line("help.found_code"))
    parser.add_argument("--kind", default="development_reform", help=one_line("help.found_kind"))
    parser.add_argument("--contact", help=one_line("help.found_contact"))
    parser.add_argument(
        "--head", action="append", default=[], metavar="LOGIN:NAME", help=one_line("help.found_head"), required=True
    )
    parser.add_argument("--until", type=date.fromisoformat, help=one_line("help.found_until"))
    parser.add_argument("--reason", required=True, help=one_line("help.reason"))
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Two accounts with a first password each, shown once; at their first sign-in they add a second factor."""
    named = [head.partition(":") for head in chosen.head]
    if len(named) != 2 or not all(login and name for login, _, name in named):
        say("found.two_heads", to=sys.stderr)
        return BAD_INPUT
    wanted = ("name_zh", "name_en", "code", "contact")
    if not chosen.again and (missing := [name for name in wanted if not getattr(chosen, name)]):
        say("found.missing", to=sys.stderr, names=", ".join(f"--{name.replace('_', '-')}" for name in missing))
        return BAD_INPUT
    from chengxin.foundation import clock
    from chengxin.foundation.database import in_transaction
    from chengxin.foundation.models import Account
    from chengxin.offices.terms import FirstHead

    at = clock.now()
    passwords = [secrets.token_urlsafe(PASSWORD_BYTES) for _ in named]
    with in_transaction():
        first, second = (
            FirstHead(Account.objects.create_user(login, password, kind="official").id, name)
            for (login, _, name), password in zip(named, passwords, strict=True)
        )
        founded = _seated(chosen, (first, second), at)
    say("found.done", office=founded.organisation.name_zh)
    for (login, _, _), password in zip(named, passwords, strict=True):
        print(f"  {login}  {password}")
    say("found.then")
    return DONE


def _seated(chosen: argparse.Namespace, heads: tuple[FirstHead, FirstHead], at: datetime) -> Founded:
    from chengxin.foundation import actors
    from chengxin.kernel.days import shanghai_day
    from chengxin.offices import facade as offices

    actor, ends_on = actors.system("found"), chosen.until or shanghai_day(at) + TERM
    if chosen.again:
        return offices.restore_heads(actor=actor, heads=heads, ends_on=ends_on, at=at, reason=chosen.reason)
    return offices.found_city(
        actor=actor,
        name_zh=chosen.name_zh,
        name_en=chosen.name_en,
        org_code=chosen.code,
        kind=chosen.kind,
        contact=chosen.contact,
        heads=heads,
        ends_on=ends_on,
        at=at,
        reason=chosen.reason,
    )
