"""Sends prepared requests over many connections for some seconds, and says how many were answered, how fast."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path


def _requests(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    at = 0
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        yield content[at + 4 : at + 4 + size]
        at += 4 + size


async def _asking(requests: Iterator[bytes], port: int, until: float, took: list[float], wrong: list[int]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        began = time.perf_counter()
        if began >= until:
            break
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        size = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(size)
        took.append(time.perf_counter() - began)
        if not head.startswith(b"HTTP/1.1 200"):
            wrong.append(int(head[9:12]))
    writer.close()


async def _run(path: Path, port: int, clients: int, seconds: int) -> dict[str, float]:
    requests = iter(list(_requests(path)))
    took: list[float] = []
    wrong: list[int] = []
    began = time.perf_counter()
    await asyncio.gather(*(_asking(requests, port, began + seconds, took, wrong) for _ in range(clients)))
    whole = time.perf_counter() - began
    took.sort()
    return {
        "per_s": len(took) / whole,
        "p99_ms": took[len(took) * 99 // 100] * 1e3,
        "wrong": len(wrong),
        "answered": len(took),
    }


if __name__ == "__main__":
    found = asyncio.run(_run(Path(sys.argv[1]), *map(int, sys.argv[2:5])))
    print(json.dumps(found))
