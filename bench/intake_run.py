"""One round of the intake benchmark in a process of its own: `python -m bench.intake_run MAIN KEYS BATCH [RECORD]`.

Prints one JSON line: seconds, CPU seconds, peak memory in MB, and CPU by part. With RECORD every COPY payload is written
there in the order in which it was sent; such a round is not timed against anything.
"""

from __future__ import annotations

import functools
import json
import os
import resource
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "chengxin.settings.testing"

import django

django.setup()

from bench.cities import point_at  # noqa: E402
from chengxin.collection.actions import running  # noqa: E402
from chengxin.collection.actions.chunks import payloads, stream  # noqa: E402
from chengxin.foundation.prepare import Databases  # noqa: E402

PARTS = (
    (running, "_screened", "screen"),
    (stream, "hash_chunk", "hash"),
    (stream, "look_up", "look up"),
    (stream, "plan_rows", "judge"),
    (payloads, "_keys", "keys"),
    (stream, "ledger_payloads", "seal and encode"),
    (stream, "commit_chunk", "send"),
)
HEAD = struct.Struct(">HI")


def main(main_db: str, keys_db: str, batch: str, record: str = "") -> None:
    """Screen the batch and say what it took."""
    point_at(Databases(main_db, keys_db))
    spent: Counter[str] = Counter()
    for module, name, part in PARTS:
        setattr(module, name, _timed(getattr(module, name), part, spent))
    if record:
        stream.commit_chunk = _recorded(stream.commit_chunk, Path(record))  # type: ignore[assignment]
    began, cpu = time.perf_counter(), time.process_time()
    running.screen_batch(UUID(batch))
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    spent["seal and encode"] -= spent["keys"]
    spent["read and the rest"] = used - sum(spent.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": used, "peak": peak, "parts": spent}), flush=True)


def _timed(run: Callable[..., Any], part: str, spent: Counter[str]) -> Callable[..., Any]:
    @functools.wraps(run)
    def timed(*given: Any, **asked: Any) -> Any:
        began = time.thread_time()
        try:
            return run(*given, **asked)
        finally:
            spent[part] += time.thread_time() - began

    return timed


def _recorded(commit: Callable[..., bool], path: Path) -> Callable[..., bool]:
    def recorded(sent: list[Any], marker: Any) -> bool:
        with path.open("ab") as file:
            for rows, encoded in sent:
                name = json.dumps([rows.table, list(rows.columns)]).encode()
                file.write(HEAD.pack(len(name), len(encoded)) + name + encoded)
            file.write(HEAD.pack(0, 0))
        return commit(sent, marker)

    return recorded


if __name__ == "__main__":
    main(*sys.argv[1:])
