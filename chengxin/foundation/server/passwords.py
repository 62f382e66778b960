"""Passwords of the embedded server's roles: random, made once, in two files that only we may read."""

import json
import os
import secrets
from pathlib import Path

from chengxin.foundation.server.cluster import ADMIN
from chengxin.foundation.server.places import Places

ROLES = ("chengxin_owner", "chengxin_web", "chengxin_intake", "chengxin_disposer")


def load(places: Places) -> dict[str, str]:
    """Role -> password. Makes what is missing; the caller holds the state's lock.

    Raises FileNotFoundError where there is a database but its passwords are gone: new ones would not open it.
    """
    if not places.passwords.exists() and (places.data / "PG_VERSION").exists():
        raise FileNotFoundError(
            f"{places.passwords} is gone, and with it the way into the database in {places.data}: bring it back, "
            "or delete that database for good with `python -m chengxin.foundation.server remove`"
        )
    known: dict[str, str] = json.loads(places.passwords.read_text()) if places.passwords.exists() else {}
    missing = [role for role in (ADMIN, *ROLES) if role not in known]
    if missing:
        known |= {role: secrets.token_urlsafe(32) for role in missing}
        _write(places.passwords, json.dumps(known, indent=1))
    if missing or not places.passfile.exists():
        # libpq's own format, so that every client program finds the password without being told it
        _write(places.passfile, "".join(f"*:*:*:{role}:{password}\n" for role, password in known.items()))
    return known


def _write(path: Path, text: str) -> None:
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        os.fsync(file.fileno())
    unfinished.rename(path)
