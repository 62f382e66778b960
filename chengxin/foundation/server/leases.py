"""Who uses the server: one file a process, locked while the process lives. A dead process's lease is void by itself."""

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


class Lease:
    """A locked file. The lock ends with the last process that holds the descriptor, however that process ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{os.getpid()}-{uuid.uuid4().hex[:8]}.lease"
        # the lock is taken under another name: a lease seen without its lock would count as a dead one
        unborn = self._path.with_suffix(".new")
        self._file: IO[str] = unborn.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)
        unborn.rename(self._path)

    def release(self) -> None:
        self._path.unlink(missing_ok=True)
        self._file.close()


def is_held(path: Path) -> bool:
    """Whether some living process holds this lock file."""
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def live_leases(folder: Path) -> list[Path]:
    """The leases of living processes; void ones are removed on the way."""
    found = []
    for path in sorted(folder.glob("*.lease")):
        if is_held(path):
            found.append(path)
        else:
            path.unlink(missing_ok=True)
    return found


def wait_for_end(path: Path) -> None:
    """Sleep until this lease is given back or its process has died."""
    with suppress(FileNotFoundError), path.open() as file:
        fcntl.flock(file, fcntl.LOCK_SH)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock file; waits for its turn."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
