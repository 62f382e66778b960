"""`chengxin demo-city`: the files of an invented city, into a folder. Nothing is stored anywhere else."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from chengxin.doors.commands.refusals import BAD_INPUT, DONE
from chengxin.doors.commands.words import one_line, say

PEOPLE = 20_000
SEED = 2026


def register(parsers: Any) -> None:
    parser = parsers.add_parser("demo-city", help=one_line("help.demo_city"))
    add_city(parser)
    parser.add_argument("--today", type=date.fromisoformat, help=one_line("help.demo_city_today"))
    parser.add_argument("--folder", type=Path, default=Path("demo-city"), help=one_line("help.demo_city_folder"))
    parser.set_defaults(run=run, settings="demo", database=False)


def add_city(parser: argparse.ArgumentParser) -> None:
    """Which city: the options that `demo` and `demo-city` share."""
    parser.add_argument("--people", type=int, default=PEOPLE, help=one_line("help.demo_city_people"))
    parser.add_argument("--seed", type=int, default=SEED, help=one_line("help.demo_city_seed"))


def run(chosen: argparse.Namespace) -> int:
    """Write every file, with a bar."""
    from rich.console import Console
    from rich.progress import track

    from chengxin.catalogue import facade as catalogue
    from chengxin.doors.demo.city.making import LEAST_PEOPLE, invent, write_delivery, write_list
    from chengxin.doors.demo.city.people import MOST_PEOPLE
    from chengxin.foundation import clock
    from chengxin.kernel.days import shanghai_day

    if not LEAST_PEOPLE <= chosen.people <= MOST_PEOPLE:
        say("demo.people_out_of_range", to=sys.stderr, least=LEAST_PEOPLE, most=MOST_PEOPLE)
        return BAD_INPUT
    items = catalogue.merged_files(catalogue.shipped_files().values()).items
    city = invent(chosen.seed, chosen.people, chosen.today or shanghai_day(clock.now()), items)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    bar = track(city.deliveries, description=one_line("demo.writing"), console=Console(stderr=True))
    written = [write_delivery(city, delivery, chosen.folder) for delivery in bar]
    write_list(city, chosen.folder, written)
    say("demo.written", files=len(written), rows=sum(one.rows for one in written), name=chosen.folder)
    return DONE
