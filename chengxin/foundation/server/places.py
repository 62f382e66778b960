"""Where the embedded server lives: a pure function of the state folder, so that settings know it before it runs."""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

PORT = 5432
# sun_path holds 108 bytes with the closing zero; the file in the folder is called .s.PGSQL.5432
_LONGEST_SOCKET = 107
_SYSTEM_TEMP = Path("/tmp")  # noqa: S108  TMPDIR may differ between two users of one server; this may not
_SYSTEM_STATE = Path("/var/lib")
_ELSEWHERE = "server-is-elsewhere"
_PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class ServerUser:
    """Whom the server runs as: ourselves, or, where we are root (PostgreSQL refuses root), an unprivileged user."""

    name: str
    uid: int
    gid: int
    is_other: bool


@dataclass(frozen=True)
class Places:
    """Every path of one embedded server. `state` is ours; `home` and all in it belong to the server's user."""

    state: Path
    home: Path
    sockets: Path
    user: ServerUser

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def leases(self) -> Path:
        return self.state / "leases"

    @property
    def lock(self) -> Path:
        return self.state / "server.lock"

    @property
    def keeper_lock(self) -> Path:
        return self.state / "keeper.lock"

    @property
    def keeper_log(self) -> Path:
        return self.state / "keeper.log"

    @property
    def elsewhere(self) -> Path:
        """Lies in the state folder where the server's home does not."""
        return self.state / _ELSEWHERE

    @property
    def passwords(self) -> Path:
        return self.state / "passwords.json"

    @property
    def passfile(self) -> Path:
        return self.state / "passfile"


def state_folder() -> Path:
    """`CHENGXIN_STATE`, else `.state` in the project's root."""
    named = os.environ.get("CHENGXIN_STATE", "").strip()
    return Path(named).expanduser().absolute() if named else _PROJECT / ".state"


def server_user() -> ServerUser:
    """Ourselves; for root `CHENGXIN_SERVER_USER`, else postgres, else nobody."""
    if os.geteuid() != 0:
        return ServerUser(pwd.getpwuid(os.geteuid()).pw_name, os.geteuid(), os.getegid(), is_other=False)
    wanted = os.environ.get("CHENGXIN_SERVER_USER", "").strip()
    for name in [wanted] if wanted else ["postgres", "nobody"]:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return ServerUser(name, entry.pw_uid, entry.pw_gid, is_other=True)
    raise LookupError(f"no unprivileged user to run PostgreSQL as; name one in CHENGXIN_SERVER_USER (tried {wanted!r})")


def may_enter(user: ServerUser, folder: Path) -> bool:
    """Whether the user may pass through every folder down to this one; what does not exist yet, we shall make."""
    return all(_has_search(user, step) for step in [folder, *folder.parents] if step.exists())


def _has_search(user: ServerUser, folder: Path) -> bool:
    found = folder.stat()
    if found.st_uid == user.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == user.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def places(state: Path | None = None) -> Places:
    """The paths for a state folder (by default this process's); creates nothing."""
    state = (state or state_folder()).absolute()
    user = server_user()
    tag = hashlib.sha256(os.fsencode(state)).hexdigest()[:12]
    home = state / "server"
    # where the data once lies it stays, even if somebody opens or closes a folder later
    elsewhere = (state / _ELSEWHERE).is_file() or (user.is_other and not home.exists() and not may_enter(user, state))
    if elsewhere:
        home = _SYSTEM_STATE / f"chengxin-{tag}"
    sockets = home / "run"
    if len(os.fsencode(sockets / f".s.PGSQL.{PORT}")) >= _LONGEST_SOCKET:
        sockets = _SYSTEM_TEMP / f"chengxin-{tag}"
    return Places(state, home, sockets, user)
