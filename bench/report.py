"""What a benchmark hands back, and how it is written down."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
RECORD = DOCUMENT.with_suffix(".json")
"""The same figures for a program, by benchmark."""


@dataclass(frozen=True)
class Figure:
    """One measured promise. ``figure`` and ``limit`` are in ``unit``; ``ratio`` is figure to limit where one is promised.

    ``spread`` tells the lowest and the highest of the rounds; ``promise`` what the project holds itself to.
    """

    what: str
    figure: str
    unit: str
    promise: str
    kept: bool
    limit: str = ""
    ratio: str = ""
    spread: str = ""
    how: str = ""
    details: tuple[str, ...] = field(default=())


def median_and_spread(values: list[float], digits: int = 2) -> tuple[float, str]:
    """The median, and lowest to highest in words."""
    return statistics.median(values), f"{min(values):.{digits}f} to {max(values):.{digits}f}, {len(values)} rounds"


def machine() -> str:
    """What it ran on, without naming the machine."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    memory = int(next(line for line in Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line).split()[1])
    return f"{os.cpu_count()} cores ({model}), {memory // 2**20} GiB, {platform.system()}, Python {platform.python_version()}"


def write(measured: Mapping[str, Sequence[Figure]]) -> None:
    """Note the figures of these benchmarks, by name, and write docs/benchmarks.md anew with those of earlier runs."""
    record = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    day = datetime.now(UTC).date().isoformat()
    for name, figures in measured.items():
        record[name] = {"day": day, "machine": machine(), "figures": [asdict(one) for one in figures]}
    RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    DOCUMENT.write_text("\n".join(_document(record)) + "\n", encoding="utf-8")


def _document(record: Mapping[str, Any]) -> Iterator[str]:
    yield from (
        "# Benchmarks",
        "",
        "Written by `make bench` (`python -m bench --write NAME` for one); do not edit. Ratios compare rounds of one run on one",
        "machine, interleaved; absolute figures move with the machine. A promise that is not kept says so.",
        "",
        "| what | figure | limit | ratio | promise | kept | spread |",
        "|---|---|---|---|---|---|---|",
    )
    figures = [(Figure(**one), run) for run in record.values() for one in run["figures"]]
    for one, _ in figures:
        yield "| " + " | ".join(_cells(one)) + " |"
    for one, run in figures:
        yield from ("", f"## {one.what}", "", f"{one.how} Run on {run['day']}: {run['machine']}.".strip())
        if one.details:
            yield ""
            yield from (f"- {detail}" for detail in one.details)


def _cells(one: Figure) -> list[str]:
    kept = "yes" if one.kept else "**no**"
    return [one.what, f"{one.figure} {one.unit}", one.limit, one.ratio, one.promise, kept, one.spread]
