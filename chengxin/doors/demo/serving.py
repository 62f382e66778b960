"""The processes of the demonstration, pages and workers: started together, ended together, each by its own id."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from chengxin.foundation import server

COMMAND = "chengxin.doors.commands.main"
INTAKE = "intake"
PATIENT = 10
"""The worker that writes letters steps back behind the pages."""
PATIENCE_S = 60.0
LOOK_S = 0.3
END_S = 20.0


@dataclass
class House:
    """The processes, and where they are reached. `folder` holds their logs."""

    address: str
    folder: Path
    processes: dict[str, subprocess.Popen[bytes]]

    def wait_until_ready(self) -> bool:
        """True once the pages answer that every part of them works; False where one ended, or none came."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and self.ended() is None:
            with suppress(urllib.error.URLError, OSError), self._asked("/readyz"):
                return True
            time.sleep(LOOK_S)
        return False

    def wait(self) -> str:
        """Stay until one of them ends by itself; its name."""
        while (name := self.ended()) is None:
            time.sleep(LOOK_S)
        return name

    def ended(self) -> str | None:
        """The name of one that has ended, if any."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), None)

    def end(self) -> None:
        """Ask all to end, and make sure of it."""
        living = [process for process in self.processes.values() if process.poll() is None]
        for process in living:
            process.terminate()
        for process in living:
            try:
                process.wait(END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    @contextmanager
    def _asked(self, path: str) -> Iterator[None]:
        with urllib.request.urlopen(self.address + path, timeout=5):  # noqa: S310  our own address
            yield


@contextmanager
def serving(port: int) -> Iterator[House]:
    """Pages and workers run within the block. SIGTERM ends the block as Ctrl-C does, wherever we were started."""
    folder = server.state_folder()
    house = House(f"http://localhost:{port}", folder, {})
    # a shell that starts us in the background has SIGINT ignored, and Python then leaves it so
    before = {number: signal.signal(number, _interrupt) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        house.processes["serve"] = _started(folder, "serve", "--port", str(port))
        # a visitor's file does not wait behind the thousands of letters that building the city left to be written
        house.processes["intake"] = _started(folder, "worker", "--queue", INTAKE, log="intake")
        house.processes["worker"] = _started(folder, "worker", "--queue", "default")
        os.setpriority(os.PRIO_PROCESS, house.processes["worker"].pid, PATIENT)
        yield house
    finally:
        house.end()
        for number, handler in before.items():
            signal.signal(number, handler)


def _started(folder: Path, name: str, *arguments: str, log: str = "") -> subprocess.Popen[bytes]:
    with (folder / f"{log or name}.log").open("ab") as out:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", COMMAND, name, *arguments], stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
