"""Whether the demonstration's city stands: a note beside the databases, written when it is whole and not before."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections
from psycopg import sql

from chengxin.doors.demo.bank import bank_folder
from chengxin.doors.demo.signin import CAST_FILE
from chengxin.foundation import files, prepare, server
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices

NOTE = "demo-city.json"
FOLDER = "demo-city"


class DatabaseInUse(RuntimeError):
    """A database that is not ours to empty holds something already."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Which city stands, and the figures of its building."""

    version: int
    seed: int
    people: int
    today: str
    entries: int
    held: int
    refused: int
    seconds: int


def require_practice() -> None:
    """The demonstration is for an instance where nobody is real."""
    if not settings.CHENGXIN_PRACTICE:
        raise Refusal(Refused("only_practice", "F12"))


def city_folder() -> Path:
    """Where the city's files lie, so that a visitor can send one by hand."""
    return server.state_folder() / FOLDER


def standing() -> Standing | None:
    """The city that stands, or None."""
    note = server.state_folder() / NOTE
    if not note.exists():
        return None
    return Standing(**json.loads(note.read_text(encoding="utf-8")))


def note_standing(built: Standing) -> None:
    """Say that the city is whole."""
    note = server.state_folder() / NOTE
    draft = note.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(built), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(note)


def tear_down() -> None:
    """Away with whatever an earlier building left, whole or half: note, cast, files, the bank's secrets, and the embedded
    server's databases.

    Databases that DATABASE_URL names are emptied by their operator or by nobody; see `require_empty`.
    """
    require_practice()
    state = server.state_folder()
    for name in (NOTE, CAST_FILE):
        (state / name).unlink(missing_ok=True)
    for folder in (city_folder(), bank_folder()):
        shutil.rmtree(folder, ignore_errors=True)
    if server.is_embedded():
        _drop_databases()
        for uid in list(files.kept_before(float("inf"))):
            files.remove(uid)


def require_empty() -> None:
    """Raise `DatabaseInUse` where prepared databases hold a city: a building would mix two."""
    if holds_a_city():
        raise DatabaseInUse


def holds_a_city() -> bool:
    """Whether prepared databases hold organisations."""
    return bool(offices.organisations())


def _drop_databases() -> None:
    pair = prepare.configured()
    connections.close_all()
    with prepare.admin() as connection:
        for name in (pair.main, pair.keys):
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
