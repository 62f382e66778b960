"""What a benchmark hands back, and how it is written down."""

from __future__ import annotations

import os
import platform
import statistics
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


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


def write(figures: list[Figure]) -> None:
    """Write docs/benchmarks.md anew."""
    day = datetime.now(UTC).date()
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; do not edit. Ratios compare rounds of one run on one machine, interleaved; absolute",
        "figures move with the machine. A promise that is not kept says so.",
        "",
        f"Run on {day.isoformat()}: {machine()}.",
        "",
        "| what | figure | limit | ratio | promise | kept | spread |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += ["| " + " | ".join(_cells(one)) + " |" for one in figures]
    for one in figures:
        if one.how or one.details:
            lines += ["", f"## {one.what}", "", one.how, *(f"- {detail}" for detail in one.details)]
    DOCUMENT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cells(one: Figure) -> list[str]:
    kept = "yes" if one.kept else "**no**"
    return [one.what, f"{one.figure} {one.unit}", one.limit, one.ratio, one.promise, kept, one.spread]
