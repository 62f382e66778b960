"""One data directory: make it, start it, stop it, and tell whether it runs. Callers hold the state's lock."""

import os
import secrets
import socket
import stat
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from chengxin.foundation.server import binaries
from chengxin.foundation.server.places import PORT, Places

ADMIN = "chengxin_admin"
_PATIENCE_S = 600
_ORPHANS_S = 60
_PROCESSES = Path("/proc")
_BUILTIN_LOCALES_SINCE = 17


class ServerError(RuntimeError):
    """PostgreSQL's own programs refused; the text is theirs."""


def make_state(places: Places) -> None:
    """The state folder, in which the lock lies, and the leases; folders that were there before are used as they are."""
    # the server's user passes through the state folder, so it is open to pass, and each file in it is closed
    _make(places.state, 0o711 if places.user.is_other else 0o700)
    _make(places.leases, 0o700)


def make_folders(places: Places) -> None:
    """The server's own folders, under the lock: a second process that sees one half made takes it for somebody else's.

    Raises:
        PermissionError: a folder of that name is not the server's user's alone.
    """
    if not places.home.is_relative_to(places.state):
        places.elsewhere.write_text(f"{places.home}\n")
    for folder in (places.home, places.sockets):
        _make(folder, 0o700, places)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != places.user.uid or stat.S_IMODE(found.st_mode) & 0o077:
            raise PermissionError(f"{folder} must be a folder of {places.user.name} alone")


def _make(folder: Path, mode: int, owner: Places | None = None) -> None:
    if folder.exists():
        return
    if not folder.parent.exists():
        _make(folder.parent, 0o755)
    with suppress(FileExistsError):
        folder.mkdir(mode)
        folder.chmod(mode)
        if owner is not None and owner.user.is_other:
            os.chown(folder, owner.user.uid, owner.user.gid)


def initialise(places: Places, password: str) -> None:
    """initdb, once: UTF-8, one superuser with a password, nothing reachable without one."""
    if (places.data / "PG_VERSION").exists():
        return
    programs = binaries.reachable(places)
    locale = ["--locale=C.UTF-8"]
    if binaries.major_version(programs) >= _BUILTIN_LOCALES_SINCE:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    password_file = places.home / f"first-{secrets.token_hex(4)}"
    descriptor = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, password.encode())
        if places.user.is_other:
            os.fchown(descriptor, places.user.uid, places.user.gid)
        _run(
            places,
            [
                *(str(programs / "initdb"), "-D", str(places.data), "--encoding=UTF8", *locale),
                *("--auth=scram-sha-256", f"--username={ADMIN}", f"--pwfile={password_file}"),
            ],
        )
    finally:
        os.close(descriptor)
        password_file.unlink()
    (places.data / "pg_hba.conf").write_text(
        "# every local user proves itself by password\nlocal all all scram-sha-256\n"
    )
    with (places.data / "postgresql.conf").open("a") as file:
        file.write("include_if_exists = 'chengxin.conf'\n")


def start(places: Places) -> None:
    """Start and wait until it answers, crash recovery of a large database included."""
    _clear_the_way(places)
    _configure(places)
    programs = binaries.reachable(places)
    command = [str(programs / "pg_ctl"), "start", "-w", "-t", str(_PATIENCE_S), "-D", str(places.data)]
    try:
        _run(places, [*command, "-s", "-l", str(places.log)])
    except ServerError as error:
        last = places.log.read_text(errors="replace").splitlines()[-15:] if places.log.exists() else []
        raise ServerError("\n".join([str(error), *last])) from error


def stop(places: Places) -> None:
    """Stop at once; open connections are ended, their transactions rolled back."""
    if running_pid(places) is None:
        return
    programs = binaries.reachable(places)
    _run(
        places,
        [str(programs / "pg_ctl"), "stop", "-w", "-t", str(_PATIENCE_S), "-s", "-m", "fast", "-D", str(places.data)],
    )


def running_pid(places: Places) -> int | None:
    """The server's process id where it runs and answers on its socket, else None."""
    pid = _recorded_pid(places)
    if pid is None or not _is_our_server(pid, places):
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(places.sockets / f".s.PGSQL.{PORT}"))
        except OSError:
            return None
    return pid


def _recorded_pid(places: Places) -> int | None:
    try:
        return int((places.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _is_our_server(pid: int, places: Places) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    # another process may have taken the old number; where there is no /proc, the answering socket decides
    return not _PROCESSES.is_dir() or _works_in(pid, places.data)


def _works_in(pid: int | str, folder: Path) -> bool:
    try:
        return Path(os.readlink(_PROCESSES / str(pid) / "cwd")) == folder.resolve()
    except OSError:
        return False


def _clear_the_way(places: Places) -> None:
    """After a killed server: wait for its orphans, and drop claims whose number is not a living server's.

    PostgreSQL handles every other old pid file itself; taken away too early, it would let two servers write one directory.
    """
    pid = _recorded_pid(places)
    if pid is None or not _PROCESSES.is_dir():
        return
    deadline = time.monotonic() + _ORPHANS_S
    while any(_works_in(each.name, places.data) for each in _PROCESSES.iterdir() if each.name.isdigit()):
        if time.monotonic() > deadline:
            raise ServerError(f"processes of a server that died still work in {places.data}")
        time.sleep(0.05)
    if (_PROCESSES / str(pid)).exists():
        # a stranger, or a dead server that nobody has buried: PostgreSQL would take either for a living one
        for claim in (places.data / "postmaster.pid", places.sockets / f".s.PGSQL.{PORT}.lock"):
            claim.unlink(missing_ok=True)


def _configure(places: Places) -> None:
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    settings = {
        "listen_addresses": "''",
        "port": str(PORT),
        "unix_socket_directories": f"'{places.sockets}'",
        "unix_socket_permissions": "0700",
        "password_encryption": "'scram-sha-256'",
        "max_connections": "200",
        "shared_buffers": f"'{max(128, min(2048, memory_mb // 4))}MB'",
        "effective_cache_size": f"'{max(256, memory_mb // 2)}MB'",
        "max_wal_size": "'4GB'",
        "checkpoint_timeout": "'15min'",
        "jit": "off",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "lc_messages": "'C'",
        # statements carry literals of people: none of them is written to a log
        "log_statement": "'none'",
        "log_min_error_statement": "'panic'",
        "log_parameter_max_length_on_error": "0",
    }
    if os.environ.get("CHENGXIN_SERVER_FSYNC", "").strip() == "off":
        # for tests alone: a power cut would cost the data, which the next run makes anew
        settings |= {"fsync": "off", "full_page_writes": "off"}
    text = "# written anew at each start\n" + "".join(f"{name} = {value}\n" for name, value in settings.items())
    (places.data / "chengxin.conf").write_text(text)


def _run(places: Places, command: list[str]) -> None:
    # a privilege is dropped between fork and exec, and no folder of ours is a place the server's user must enter
    user = places.user
    other = {"user": user.uid, "group": user.gid, "extra_groups": []} if user.is_other else {}
    done = subprocess.run(  # noqa: S603
        command,
        cwd=places.home,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(places.home), "PGUSER": ADMIN},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        umask=0o077,
        **other,  # type: ignore[call-overload]
    )
    if done.returncode:
        raise ServerError(f"{Path(command[0]).name} failed ({done.returncode}): {done.stdout.strip()}")
