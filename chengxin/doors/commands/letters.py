"""`chengxin letters`: the list of the print house, and the days on which the post took, delivered or returned a letter."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from chengxin.doors.commands.acting import acting_as, add_official
from chengxin.doors.commands.refusals import BAD_INPUT, DONE, FAULTS, told
from chengxin.doors.commands.words import one_line, say, spoken

if TYPE_CHECKING:
    from chengxin.foundation.outbox import LetterView

NOTED = ("posted", "received", "returned", "handed", "missed", "announced")


def register(parsers: Any) -> None:
    parser = parsers.add_parser("letters", help=one_line("printing.help"))
    acts = parser.add_subparsers(metavar="ACT", required=True)
    acts.add_parser("list", help=one_line("printing.help_list")).set_defaults(run=to_post)
    for name in NOTED:
        noted = acts.add_parser(name, help=one_line(f"printing.help_{name}"))
        noted.add_argument("numbers", nargs="*", metavar="NUMBER", help=one_line("printing.help_number"))
        listed = argparse.FileType(encoding="utf-8")
        noted.add_argument("--from", dest="file", type=listed, help=one_line("printing.help_from"))
        noted.add_argument("--on", type=date.fromisoformat, required=True, help=one_line("printing.help_on"))
        noted.set_defaults(run=note, act=name)
        add_official(noted)


def to_post(chosen: argparse.Namespace) -> int:
    """Numbers and files, the oldest first; to be opened by the print house alone. Names nobody."""
    from chengxin.doors.wording import time_in_words
    from chengxin.foundation import outbox

    found = outbox.letters_to_post()
    for letter in found:
        print(f"{letter.uid}  {letter.path or '-'}")
    if not found:
        say("printing.none")
        return DONE
    moment = " / ".join(time_in_words(found[0].made_at, language) for language in spoken())
    say("printing.to_post", count=len(found), moment=moment)
    return DONE


def note(chosen: argparse.Namespace) -> int:
    """Note one day for many letters, each by itself: what is refused is named, the others stand."""
    from chengxin.foundation import clock
    from chengxin.kernel.errors import ChengxinError
    from chengxin.offices import facade as offices
    from chengxin.offices.terms import Permission

    numbers = list(_numbers(chosen))
    if not numbers:
        say("printing.name_some", to=sys.stderr)
        return BAD_INPUT
    at = clock.now()
    actor = acting_as(chosen.login, at)
    offices.require_permission(actor, Permission.PRINT_LETTERS, at)
    act, noted, refused = _acts()[chosen.act], 0, 0
    for words in numbers:
        uid = _uid(words)
        if uid is None:
            say("printing.no_number", to=sys.stderr, words=words)
            refused += 1
            continue
        try:
            act(actor=actor, uid=uid, on=chosen.on, at=at, reason=chosen.reason)
            noted += 1
        except ChengxinError as error:
            answer = told(error)
            print(uid, *(answer.lines if answer else ()), sep="\n  ", file=sys.stderr)
            refused += 1
    say("printing.noted", count=noted)
    if refused:
        say("printing.not_noted", to=sys.stderr, count=refused)
    return FAULTS if refused else DONE


def _acts() -> dict[str, Callable[..., LetterView]]:
    from chengxin.foundation import outbox

    acts = (
        outbox.post_letter,
        outbox.receive_letter,
        outbox.return_letter,
        outbox.hand_letter,
        outbox.miss_letter,
        outbox.announce_letter,
    )
    return dict(zip(NOTED, acts, strict=True))


def _numbers(chosen: argparse.Namespace) -> Iterator[str]:
    yield from chosen.numbers
    if chosen.file is not None:
        with chosen.file as listed:
            yield from (line.strip() for line in listed if line.strip())


def _uid(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None
