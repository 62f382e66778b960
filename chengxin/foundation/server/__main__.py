"""`python -m chengxin.foundation.server status|stop|remove`: the embedded server by hand, before or without Django."""

import sys

from chengxin.foundation import server

_ACTS = ("status", "stop", "remove")


def main(act: str) -> int:
    """0 when done; `remove` deletes the server's data of this state folder for good."""
    if act == "status":
        found = server.status()
        print(f"{found.endpoint.host}: " + (f"runs as {found.pid} for {found.users}" if found.pid else "does not run"))
    elif act == "stop":
        server.stop()
    elif act == "remove":
        for state in (server.state_folder(), server.state_folder() / "testing"):
            server.remove(state)
    else:
        print(f"one of: {', '.join(_ACTS)}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
