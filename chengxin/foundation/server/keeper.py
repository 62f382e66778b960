"""The process that stops the server when its last user has gone, however that user went.

Runs as `python -m chengxin.foundation.server.keeper STATE`, one a server, started by `ensure`.
"""

import fcntl
import os
import sys
from pathlib import Path
from typing import IO

from chengxin.foundation.server import cluster, leases
from chengxin.foundation.server.places import Places, places


def keep(place: Places, post: IO[str]) -> None:
    """Sleep on the leases one after the other; without any, stop the server and end. `post`: the keeper's lock file."""
    while True:
        for lease in leases.live_leases(place.leases):
            leases.wait_for_end(lease)
        with leases.locked(place.lock):
            if leases.live_leases(place.leases):
                continue
            cluster.stop(place)
            # given up before the state's lock: whoever starts the server next sees that it needs a new keeper
            fcntl.flock(post, fcntl.LOCK_UN)
            return


def main(state: str) -> None:
    """Take the post, leave the caller's process tree, and keep. Where the post is taken, another keeper is at work."""
    place = places(Path(state))
    with place.keeper_lock.open("a") as post:
        try:
            fcntl.flock(post, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        # the child inherits the lock; the caller waits for the parent alone and is left with no process to look after
        if os.fork() == 0:
            os.setsid()
            keep(place, post)


if __name__ == "__main__":
    main(sys.argv[1])
