"""The SQL of a question, as one real request sends it, run by pgbench."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
from django.db import connections

from bench import held
from bench.asking_ways import WAYS, Machine, Way, body_of, headers_of
from bench.own_file import PORT
from chengxin.doors.machine.handler import MachineHandler
from chengxin.foundation import keyring, prepare, wire
from chengxin.foundation.server import binaries


@contextmanager
def _written_down() -> Iterator[list[str]]:
    """Every statement that this process sends to the main database, with its values in it."""
    written: list[str] = []
    main = prepare.configured().main
    execute, send = psycopg.ClientCursor.execute, wire.send

    def noted(connection: Any, query: Any, values: Any) -> None:
        if connection.info.dbname == main and isinstance(query, str):
            written.append(psycopg.ClientCursor(connection).mogrify(query, values or None))

    def executed(cursor: Any, query: Any, values: Any = None, **more: Any) -> Any:
        noted(cursor.connection, query, values)
        return execute(cursor, query, values, **more)

    def sent(connection: Any, statements: Sequence[wire.Statement]) -> list[list[wire.Row]]:
        for query, values, _ in statements:
            noted(connection, query, values)
        return send(connection, statements)

    try:
        psycopg.ClientCursor.execute = executed  # type: ignore[assignment]
        wire.send = sent
        yield written
    finally:
        psycopg.ClientCursor.execute = execute  # type: ignore[method-assign]
        wire.send = send


def people_for_pgbench(people: Sequence[UUID]) -> None:
    """A table of persons and their keyed numbers, from which pgbench takes whom it asks about."""
    indexer = keyring.current().indexer("identity")
    blinds = [indexer(f"01|{held.number_of(n)}".encode())[:16].hex() for n in range(len(people))]
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE bench_asked (n int PRIMARY KEY, person text NOT NULL, blind text NOT NULL)")
        cursor.execute(
            "INSERT INTO bench_asked SELECT * FROM unnest(%s::int[], %s::text[], %s::text[])",
            [list(range(len(people))), [str(one) for one in people], blinds],
        )
        cursor.execute("GRANT SELECT ON bench_asked TO chengxin_web")


def script_of(way: Way, machine: Machine, people: Sequence[UUID]) -> Path:
    """What one real request sent, as a script about any of these persons, in one transaction.

    Besides the person, identifiers and marks are made anew. Two things differ: whom it asks about is one statement more, and
    `SET LOCAL` is `set_config`, because pgbench binds values.
    """
    known = replace(machine, token=_token_in_process(machine))
    for n in range(2):  # the third is planned, and knows its token
        _in_process(way, known, n)
    with _written_down() as statements:
        status, answer = _in_process(way, known, 2)
    assert status == 200, answer
    person = people[2]
    blind = keyring.current().indexer("identity")(f"01|{held.number_of(2)}".encode())[:16].hex()
    lines = [f"\\set n random(0, {len(people) - 1})", "BEGIN;"]
    lines.append("SELECT person, blind FROM bench_asked WHERE n = :n \\gset")
    for one in statements:
        if not one.lstrip().upper().startswith(("BEGIN", "COMMIT", "SELECT 1")):
            lines += [f"{part};" for part in _bound(_fresh(one), person, blind)]
    text = "\n".join([*lines, "COMMIT;"]) + "\n"
    assert person.hex not in text
    assert str(person) not in text
    assert blind not in text
    path = Path(os.environ["CHENGXIN_STATE"]) / f"pgbench-{WAYS.index(way)}.sql"
    path.write_text(text, encoding="utf-8")
    return path


_SOME_LOCK: Final = "SELECT pg_advisory_xact_lock((random() * 9e18)::bigint)"
_ANEW: Final = {
    "look_id": "gen_random_uuid()",
    "uid": "gen_random_uuid()",
    "commitment": "replace(gen_random_uuid()::text || gen_random_uuid(), '-', '')",
}
"""What each look has of its own -> the same made by the server."""
_LOOKS = re.compile(r"'\[\{\"person_id\".*?\}\]'(?=::jsonb)")
_MADE_ANEW = re.compile(r'"(look_id|uid|commitment)": "[0-9a-f-]+"')
_MOMENT = re.compile(r"'(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)((?:\.\d+)?)\+00:00'")
_MARK = re.compile(r"'\\x[0-9a-f]{32}'(?:::bytea)?")
_SET = re.compile(r"SET LOCAL (chengxin\.\w+) = ('[^']*')")


def _fresh(statement: str) -> str:
    """The statement with identifiers and marks made anew at each run, without comments, on one line."""
    plain = " ".join(re.sub(r"--[^\n]*", "", statement).split()).rstrip(";")
    plain = _LOOKS.sub(_looks, plain)
    if "machine_replay" in plain:
        plain = _MARK.sub("uuid_send(gen_random_uuid())", plain)
    return re.sub(r"SELECT pg_advisory_xact_lock\(k\) FROM .*", _SOME_LOCK, plain)


def _looks(literal: re.Match[str]) -> str:
    """The looks of a request as an expression that makes its own identifiers."""
    # with a blank after each colon but those in words: what follows a colon would be a variable of pgbench
    text = re.sub(r":(?=\w)", r"\\u003a", json.dumps(json.loads(literal[0].strip("'")), ensure_ascii=False))
    return "('" + _MADE_ANEW.sub(lambda one: f'"{one[1]}": "\' || {_ANEW[one[1]]} || \'"', text) + "')"


def _bound(statement: str, person: UUID, blind: str) -> list[str]:
    """Its parts, with pgbench's variables in place of one person and their keyed number."""
    # what follows a colon would be a variable of pgbench
    plain = _MOMENT.sub(r"'\1\2\3T\4\5\6\7Z'", statement)
    plain = re.sub(r"(?<!:):(?=\w)", r"\\\\u003a", plain)
    plain = _SET.sub(r"SELECT set_config('\1', \2, true)", plain)
    for literal in (f"'{{{person.hex}}}'", f"'{{{person}}}'"):
        plain = plain.replace(literal, "ARRAY[:person::uuid]")
    plain = re.sub(rf"'\{{\"{person}\": (\[[^\]]*\])\}}'", r"jsonb_build_object(:person::text, '\1'::jsonb)", plain)
    plain = plain.replace(f"'{person}'", ":person::text").replace(f'"{person}"', "\"' || :person || '\"")
    plain = re.sub(rf"\bE?'\{{\"\\+x{blind}\"\}}'", "ARRAY[decode(:blind, 'hex')]", plain)
    plain = plain.replace(f"'{blind}'", ":blind::text")
    return plain.split("; ")


def _in_process(way: Way, machine: Machine, n: int) -> tuple[int, bytes]:
    body = body_of(n)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST", "PATH_INFO": way.path, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": str(PORT),
        "wsgi.input": BytesIO(body), "wsgi.url_scheme": "http", "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": f"127.0.0.1:{PORT}",
    }  # fmt: skip
    for name, value in headers_of(way, machine, body).items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    return _served(environ)


_handler: list[MachineHandler] = []


def _served(environ: dict[str, Any]) -> tuple[int, bytes]:
    if not _handler:
        _handler.append(MachineHandler())
    said: list[str] = []
    answer = _handler[0](environ, lambda status, headers, *more: said.append(status))
    return int(said[0].split()[0]), b"".join(answer)


def _token_in_process(machine: Machine) -> str:
    form = f"grant_type=client_credentials&client_id={machine.view.uid}&client_secret={machine.secret}".encode()
    status, answer = _served(
        {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/oauth/token", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": str(PORT),
            "wsgi.input": BytesIO(form), "wsgi.url_scheme": "http", "CONTENT_LENGTH": str(len(form)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "HTTP_HOST": f"127.0.0.1:{PORT}",
        }
    )  # fmt: skip
    assert status == 200, answer
    return str(json.loads(answer)["access_token"])


def pgbench(script: Path, *, clients: int, seconds: int) -> float:
    """Transactions a second of the script, as the role and through the socket of the pages."""
    settings = connections["default"].settings_dict
    ended = subprocess.run(
        [
            str(binaries.installed() / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds),
            "-h", settings["HOST"], "-p", str(settings["PORT"]), "-U", settings["USER"], "-f", str(script),
            prepare.configured().main,
        ],
        env=os.environ | {"PGPASSFILE": str(settings["OPTIONS"].get("passfile", "")), "PGPASSWORD": settings["PASSWORD"] or ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-2000:]
    tps = re.search(r"tps = ([0-9.]+)", ended.stdout)
    assert tps is not None, ended.stderr
    return float(tps[1])
