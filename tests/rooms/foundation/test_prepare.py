"""From an empty server to the schema of today, as often as one likes, and by two at once."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import connections, router

from chengxin.foundation import prepare, server
from chengxin.foundation.models import Account
from chengxin.foundation.prepare import Databases
from chengxin.settings.databases import ROLE_OF
from tests import templates

PAIR = Databases("unfinished_prepare", "unfinished_prepare_keys")


@pytest.fixture
def nothing_there() -> Iterator[None]:
    """Aliases that name two databases nobody has made; dropped afterwards, and the module's own city is back."""
    before = prepare.configured()
    templates.point_at(PAIR)
    try:
        yield
    finally:
        templates.point_at(before)
        with prepare.admin() as connection:
            for name in (PAIR.main, PAIR.keys):
                templates.drop(connection, name)


def _schema() -> list[tuple[object, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return list(cursor.fetchall())


def test_it_makes_everything_and_a_second_time_changes_nothing(nothing_there: None) -> None:
    prepare.prepare()
    first = _schema()
    assert ("foundation", "0001_initial") in first
    Account.objects.create_user("somebody")
    prepare.prepare()
    assert _schema() == first
    assert get_user_model().objects.filter(username="somebody").exists()


def test_two_starts_at_once_wait_for_one_another(nothing_there: None) -> None:
    def start() -> None:
        try:
            prepare.prepare()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(start), pool.submit(start)]:
            done.result()
    assert len(_schema()) == len(set(_schema()))


_BY_ADDRESS = """
import json, django
django.setup()
from django.db import connections
from chengxin.foundation import prepare, server
prepare.prepare()
who = {}
for alias in connections:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        who[alias] = cursor.fetchone()
print(json.dumps({"who": who, "own server": server.status().pid}))
"""


def test_on_a_server_of_the_operators_it_uses_that_and_starts_none() -> None:
    with tempfile.TemporaryDirectory() as folder, server.session(Path(folder) / "theirs") as theirs:
        passwords = {role: f"secret of {role}" for role in prepare.ROLES}
        (Path(folder) / "roles.json").write_text(json.dumps(passwords))
        passfile = server.places(Path(folder) / "theirs").passfile
        done = subprocess.run(
            [sys.executable, "-c", _BY_ADDRESS],
            env={
                **os.environ,
                "CHENGXIN_STATE": str(Path(folder) / "ours"),
                "DATABASE_URL": f"postgresql:///city?host={theirs.host}",
                "KEYS_URL": f"postgresql:///city_keys?host={theirs.host}",
                "CHENGXIN_ROLE_PASSWORDS": str(Path(folder) / "roles.json"),
                "CHENGXIN_ADMIN_URL": f"host={theirs.host} user={server.ADMIN} dbname=postgres passfile={passfile}",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        shown = json.loads(done.stdout.splitlines()[-1])
        assert shown["own server"] is None
        assert shown["who"] == {
            alias: [role, "city_keys" if alias.startswith("keys") else "city"] for alias, role in ROLE_OF.items()
        }
        server.remove(Path(folder) / "theirs")


@pytest.mark.parametrize("role", [*prepare.ROLES, server.ADMIN])
def test_nobody_connects_without_the_password(role: str) -> None:
    place = connections["default"].settings_dict
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=place["HOST"], port=place["PORT"], dbname=place["NAME"], user=role, password="guess")


def test_others_may_not_even_connect() -> None:
    place = connections["default"].settings_dict
    with prepare.admin() as connection:
        connection.execute("CREATE ROLE stranger LOGIN PASSWORD 'known'")
    try:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(
                host=place["HOST"], port=place["PORT"], dbname=place["NAME"], user="stranger", password="known"
            )
    finally:
        with prepare.admin() as connection:
            connection.execute("DROP ROLE stranger")


def test_migrations_run_as_owner_and_nowhere_else() -> None:
    allowed = {alias for alias in connections if router.allow_migrate(alias, "foundation")}
    assert allowed == {"owner"}
