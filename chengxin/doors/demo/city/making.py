"""All files of a city, written into a folder with a list of what they are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from chengxin.catalogue.terms import Item
from chengxin.doors.demo.city.lines import City, Line
from chengxin.doors.demo.city.people import MOST_PEOPLE, People
from chengxin.doors.demo.city.rows import Row
from chengxin.doors.demo.city.supply import Delivery
from chengxin.doors.demo.city.writing import write

LEAST_PEOPLE: Final = 1_000
"""With fewer there would be nobody left to mistake for somebody else."""
LIST: Final = "city.json"
TRIAL: Final = "try-this.csv"
VERSION: Final = 2
"""Of the rules by which cities are invented: a change of them makes another city of the same seed."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file as it was written. `messes`: how many lines of each mess; `verdicts`: what is to become of the lines."""

    delivery: Delivery
    rows: int
    messes: Mapping[str, int]
    verdicts: Mapping[str, int]


def invent(seed: int, people: int, today: date, items: Mapping[str, Item]) -> City:
    """The city, before a line of it is written. Raises ValueError for a number of people out of range."""
    if not LEAST_PEOPLE <= people <= MOST_PEOPLE:
        raise ValueError(f"between {LEAST_PEOPLE:,} and {MOST_PEOPLE:,} people")
    return City(seed, People(seed, people, today), today, items)


def write_city(city: City, folder: Path) -> list[Written]:
    """Every file of the city, and the list of them."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [write_delivery(city, delivery, folder) for delivery in city.deliveries]
    write_list(city, folder, written)
    return written


def write_delivery(city: City, delivery: Delivery, folder: Path) -> Written:
    """One file of the city."""
    messes: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    rows = _noted(city.lines(delivery), messes, verdicts)
    count = write(folder / delivery.file_name, city.items[delivery.supply.item], delivery.supply, rows)
    return Written(delivery, count, dict(messes), dict(verdicts))


def write_list(city: City, folder: Path, written: Iterable[Written]) -> None:
    """`city.json` that lists the files, and the small one that a visitor may send."""
    supply = next(one.supply for one in city.deliveries if one.supply.item == "penalty")
    write(folder / TRIAL, city.items[supply.item], supply, (line.row for line in city.trial()))
    head = {"version": VERSION, "seed": city.seed, "people": len(city.people), "today": city.today.isoformat()}
    content = {**head, "files": [_listed(one) for one in written]}
    (folder / LIST).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _noted(lines: Iterable[Line], messes: Counter[str], verdicts: Counter[str]) -> Iterator[Row]:
    for line in lines:
        verdicts[line.verdict] += 1
        if line.mess:
            messes[line.mess] += 1
        yield line.row


def _listed(one: Written) -> dict[str, Any]:
    return {
        "file": one.delivery.file_name,
        "item": one.delivery.supply.item,
        "sender": one.delivery.supply.sender,
        "kind": one.delivery.kind,
        "sent_on": one.delivery.delivered_on.isoformat(),
        "rows": one.rows,
        "messes": dict(sorted(one.messes.items())),
    }
