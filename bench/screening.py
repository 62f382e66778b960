"""Screening alone, every rule on, against the same rules row by row in plain Python and pydantic (6 x per CPU second).

The two run over the same messy penalty rows in one process with one thread, in turns; CPU seconds of the process count.
Verdict, reason, field and stored content are compared on every row.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROWS = int(os.environ.get("BENCH_SCREENING_ROWS", "100000"))
ROUNDS = int(os.environ.get("BENCH_SCREENING_ROUNDS", "3"))
MESS = float(os.environ.get("BENCH_SCREENING_MESS", "0.1"))
CHUNK = 20_000
PROMISE = 6.0


def measure() -> list[Any]:
    """Run in a process of its own, for the number of threads of Polars is fixed when it starts."""
    from bench.report import Figure, median_and_spread

    environment = {**os.environ, "POLARS_MAX_THREADS": "1"}
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "bench.screening"], env=environment, cwd=root, check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    ratios = [plain / fast for plain, fast in zip(found["plain"], found["fast"], strict=True)]
    fast, fast_spread = median_and_spread(found["fast"])
    plain, plain_spread = median_and_spread(found["plain"])
    ratio, ratio_spread = median_and_spread(ratios)
    kept = ratio >= PROMISE and found["unequal"] == 0
    return [
        Figure(
            what=f"screening {ROWS:,} penalty rows",
            figure=f"{fast:.2f}",
            unit="CPU us/row",
            promise=f"at least {PROMISE:.0f} x plain Python and pydantic, verdicts equal on every row",
            kept=kept,
            limit=f"{plain:.1f}",
            ratio=f"{ratio:.1f} x",
            spread=f"{fast_spread}; plain {plain_spread}; ratio {ratio_spread}",
            how=f"{found['columns']} columns, {MESS:.0%} of the rows messy, chunks of {CHUNK:,}, one thread, in turns",
            details=(
                f"{found['unequal']} of {ROWS:,} rows judged differently",
                f"accepted {found['verdicts'][0]:,}, held {found['verdicts'][1]:,}, refused {found['verdicts'][2]:,}",
                f"after the first chunk {min(found['later']):.2f} CPU us/row",
            ),
        )
    ]


def run() -> dict[str, Any]:
    """Time both in turns and compare their answers."""
    import polars as pl

    from bench.plain_screening import PlainScreening
    from bench.rows import RowMaker
    from chengxin.collection.screening import compile_plan, screen
    from tests.rules.collection.screened import SUPPLIER, TODAY, context, frame_of, items

    item = items()["penalty"]
    known = context(item)
    rows = list(RowMaker(item, SUPPLIER, TODAY, seed=1, mess=MESS).rows(ROWS))
    frames = [frame_of(item, rows[start : start + CHUNK]) for start in range(0, ROWS, CHUNK)]
    gc.collect()
    gc.freeze()  # the rows themselves are no garbage of either side
    fast_us, plain_us, later_us = [], [], []
    unequal, verdicts = 0, [0, 0, 0]
    for _ in range(ROUNDS):
        plan = compile_plan(item, known)
        began = time.process_time()
        first = screen(plan, frames[0]).frame
        between = time.process_time()
        screened = [first, *(screen(plan, frame).frame for frame in frames[1:])]
        ended = time.process_time()
        fast_us.append((ended - began) / ROWS * 1e6)
        later_us.append((ended - between) / max(ROWS - CHUNK, 1) * 1e6)

        plain = PlainScreening(item, known)
        began = time.process_time()
        answers = [plain.screen(row) for row in rows]
        plain_us.append((time.process_time() - began) / ROWS * 1e6)

        columns = pl.concat(screened).select("verdict", "reason", "field", "content")
        pairs = zip(columns.iter_rows(), answers, strict=True)
        unequal = sum(found[:3] != said[:3] or (said[3] is not None and found[3] != said[3]) for found, said in pairs)
        verdicts = [sum(said[0] == verdict for said in answers) for verdict in range(3)]
    return {
        "fast": fast_us,
        "plain": plain_us,
        "later": later_us,
        "unequal": unequal,
        "verdicts": verdicts,
        "columns": len(item.fields),
    }


if __name__ == "__main__":
    print(json.dumps(run()))
