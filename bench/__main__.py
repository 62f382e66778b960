"""`make bench`: every measured promise, written to docs/benchmarks.md. `python -m bench NAME ...` runs some and prints;
``--write`` writes those down too."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "chengxin.settings.testing"
os.environ.setdefault("CHENGXIN_STATE", str(Path(__file__).resolve().parents[1] / ".state" / "bench"))

import django

django.setup()

from bench import report  # noqa: E402

ALL = ("screening", "intake", "namesakes", "own_file", "log", "asking", "remedies", "recount", "first_use")
"""In this order. Each has ``measure() -> list[report.Figure]``."""


def main(asked: list[str]) -> int:
    """Run them all and write them down; those named are only printed, but for ``--write``. 0 when every promise is kept."""
    wanted = [name for name in asked if name != "--write"]
    measured: dict[str, list[report.Figure]] = {}
    for name in wanted or ALL:
        print(f"{name} ...", flush=True)
        measured[name] = importlib.import_module(f"bench.{name}").measure()
        for one in measured[name]:
            print(f"  {one.what}: {one.figure} {one.unit} {one.ratio} ({one.promise}) {'' if one.kept else 'NOT KEPT'}")
        if not wanted or "--write" in asked:
            report.write({name: measured[name]})
    return 0 if all(one.kept for figures in measured.values() for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
