"""`chengxin demo`: the whole demonstration. Builds the city where none stands, then serves it until Ctrl-C."""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from chengxin.doors.commands.demo_city import add_city
from chengxin.doors.commands.refusals import BAD_INPUT, CONFLICT, DONE, UNAVAILABLE
from chengxin.doors.commands.serve import PORT
from chengxin.doors.commands.words import one_line, say

STALE_DAYS = 30
"""After so long the situations of the cast have moved on: what could be contested has become final."""


def register(parsers: Any) -> None:
    parser = parsers.add_parser("demo", help=one_line("help.demo"))
    add_city(parser)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--fresh", action="store_true", help=one_line("help.demo_fresh"))
    parser.add_argument("--build-only", action="store_true", help=one_line("help.demo_build_only"))
    parser.set_defaults(run=run, settings="demo")


def run(chosen: argparse.Namespace) -> int:
    """Build or find the city, then serve."""
    from django.conf import settings

    if not settings.CHENGXIN_PRACTICE:
        say("demo.only_practice", to=sys.stderr)
        return CONFLICT
    from chengxin.doors.demo.building import ready
    from chengxin.doors.demo.city.making import LEAST_PEOPLE
    from chengxin.doors.demo.city.people import MOST_PEOPLE
    from chengxin.doors.demo.standing import DatabaseInUse

    if not LEAST_PEOPLE <= chosen.people <= MOST_PEOPLE:
        say("demo.people_out_of_range", to=sys.stderr, least=LEAST_PEOPLE, most=MOST_PEOPLE)
        return BAD_INPUT
    if not chosen.build_only and not _is_free(chosen.port):
        say("demo.port_taken", to=sys.stderr, port=chosen.port)
        return UNAVAILABLE
    try:
        built, new = ready(seed=chosen.seed, people=chosen.people, fresh=chosen.fresh, teller=Bars())
    except DatabaseInUse:
        say("demo.database_in_use", to=sys.stderr)
        return CONFLICT
    if new:
        say(
            "demo.built",
            entries=built.entries,
            people=built.people,
            refused=built.refused,
            held=built.held,
            seconds=built.seconds,
        )
    else:
        say("demo.same")
        _say_if_stale(built.today)
    return DONE if chosen.build_only else _serve(chosen.port)


class Bars:
    """Tells of each step by a bar, or by a line where nobody watches."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(stderr=True)

    @contextmanager
    def step(self, key: str, *, total: int = 0) -> Iterator[Callable[[], None]]:
        """One step; its bar runs by itself where it has no parts to count."""
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), TimeElapsedColumn())
        with Progress(*columns, console=self._console) as progress:
            task = progress.add_task(one_line(f"demo.{key}"), total=total or None)
            yield lambda: progress.advance(task)
            progress.update(task, total=total or 1, completed=total or 1)


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _say_if_stale(built_on: str) -> None:
    from datetime import date

    from chengxin.foundation import clock
    from chengxin.kernel.days import shanghai_day

    age = (shanghai_day(clock.now()) - date.fromisoformat(built_on)).days
    if age > STALE_DAYS:
        say("demo.stale", days=age)


def _serve(port: int) -> int:
    from chengxin.doors.demo.city.making import TRIAL
    from chengxin.doors.demo.serving import serving
    from chengxin.doors.demo.standing import city_folder

    with serving(port) as house:
        if not house.wait_until_ready():
            say("demo.failed", to=sys.stderr, name=house.ended() or "serve", log=house.folder)
            return UNAVAILABLE
        say("demo.serving", address=house.address)
        say("demo.try", file=city_folder() / TRIAL)
        try:
            ended = house.wait()
        except KeyboardInterrupt:
            say("demo.ended")
            return DONE
        say("demo.failed", to=sys.stderr, name=ended, log=house.folder)
        return UNAVAILABLE
