"""Settings: each deployment starts with what it needs and nothing that belongs to another, and starts nothing by itself."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import ImproperlyConfigured

from chengxin.settings import databases, env
from tests.house.source import PROJECT

PRODUCTION = {
    "CHENGXIN_SECRET_KEY": "not a real one, but long enough to pass for a key of a real instance",
    "CHENGXIN_HOSTS": "credit.example",
    "CHENGXIN_MAIL_FROM": "office@credit.example",
    "CHENGXIN_CITY_ZH": "云川市",
    "CHENGXIN_CITY_EN": "Yunchuan",
    "CHENGXIN_OFFICE_ZH": "云川市公共信用中心",
    "CHENGXIN_OFFICE_EN": "Yunchuan Public Credit Centre",
}
_SHOW = """
import json, django
from django.conf import settings
django.setup()
from django.urls import get_resolver
print(json.dumps({
    "apps": list(settings.INSTALLED_APPS),
    "practice": settings.CHENGXIN_PRACTICE,
    "clock": hasattr(settings, "CHENGXIN_CLOCK_OFFSET_SECONDS"),
    "debug": settings.DEBUG,
    "addresses": [str(pattern.pattern) for pattern in get_resolver().url_patterns],
    "names": {alias: place["NAME"] for alias, place in settings.DATABASES.items()},
    "users": {alias: place["USER"] for alias, place in settings.DATABASES.items()},
    "demo loaded": sorted(name for name in __import__("sys").modules if name.startswith("chengxin.doors.demo")),
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
}))
"""


class Shown(NamedTuple):
    """Settings as a deployment has them, and what reading them left in its folder."""

    settings: dict[str, Any]
    left: set[str]


def _start(name: str, state: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("CHENGXIN_", "DJANGO_", "DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, "-c", _SHOW],
        env={**kept, "DJANGO_SETTINGS_MODULE": f"chengxin.settings.{name}", "CHENGXIN_STATE": str(state), **variables},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Shown]:
    """What a deployment of these settings is; each is started once, for all that is asked of it."""

    @cache
    def started(name: str) -> Shown:
        state = tmp_path_factory.mktemp(name)
        done = _start(name, state, **PRODUCTION)
        assert done.returncode == 0, done.stderr
        return Shown(json.loads(done.stdout.splitlines()[-1]), {entry.name for entry in state.iterdir()})

    return started


def test_production_has_no_sign_in_without_proof(shown: Callable[[str], Shown]) -> None:
    production, demo = shown("production").settings, shown("demo").settings
    assert "chengxin.doors.demo" in demo["apps"]
    assert demo["demo loaded"]
    assert "demo/" in demo["addresses"]
    assert "chengxin.doors.demo" not in production["apps"]
    assert production["demo loaded"] == []
    assert not [address for address in production["addresses"] if "demo" in address]


def test_production_is_closed_where_demo_is_open(shown: Callable[[str], Shown]) -> None:
    production = shown("production").settings
    assert (production["practice"], production["clock"], production["debug"]) == (False, False, False)
    assert production["secure"] == [True, True]


@pytest.mark.parametrize("missing", PRODUCTION)
def test_production_says_what_is_missing(missing: str, tmp_path: Path) -> None:
    done = _start("production", tmp_path, **{key: value for key, value in PRODUCTION.items() if key != missing})
    assert done.returncode != 0
    assert f"{missing} is not set" in done.stderr


@pytest.mark.parametrize("name", ["demo", "testing", "production"])
def test_reading_settings_starts_no_server(name: str, shown: Callable[[str], Shown]) -> None:
    assert shown(name).left <= {"session-key"}


def test_every_alias_is_a_role_of_its_own(shown: Callable[[str], Shown]) -> None:
    production = shown("production").settings
    assert production["users"] == databases.ROLE_OF
    assert {production["names"][alias] for alias in databases.KEY_ALIASES} == {"chengxin_keys"}
    assert {name for alias, name in production["names"].items() if alias not in databases.KEY_ALIASES} == {"chengxin"}


URLS = ("postgresql://db.example:6432/city?sslmode=verify-full", "postgresql://keys.example/city_keys")


def test_urls_name_host_and_database_and_passwords_come_by_role() -> None:
    made = databases.aliases(*URLS, {"chengxin_web": "w", "chengxin_intake": "i"}, keep_s=60, statement_s=15)
    web, keys = made["default"], made["keys"]
    assert (web["HOST"], web["PORT"], web["NAME"], web["USER"], web["PASSWORD"]) == (
        *("db.example", "6432", "city"),
        *("chengxin_web", "w"),
    )
    assert web["OPTIONS"]["sslmode"] == "verify-full"
    assert (keys["HOST"], keys["PORT"], keys["NAME"]) == ("keys.example", "5432", "city_keys")
    assert made["intake"]["PASSWORD"] == made["keys_intake"]["PASSWORD"] == "i"
    assert web["ATOMIC_REQUESTS"]
    limited = {alias for alias, place in made.items() if "statement_timeout=15s" in place["OPTIONS"]["options"]}
    assert limited == {"default", "keys"}
    assert not [alias for alias, place in made.items() if place["ATOMIC_REQUESTS"] and alias != "default"]


REFUSED = {
    "only one of the two": (URLS[0], ""),
    "another kind of database": ("mysql://db.example/city", URLS[1]),
    "no database named": ("postgresql://db.example/", URLS[1]),
    "a password in the address": ("postgresql://web:secret@db.example/city", URLS[1]),
    "keys beside what they open": (URLS[0], URLS[0]),
    "an option nobody meant": ("postgresql://db.example/city?options=-c%20role=x", URLS[1]),
}


@pytest.mark.parametrize("why", REFUSED)
def test_addresses_that_cannot_be_meant_are_refused(why: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        databases.aliases(*REFUSED[why], {}, keep_s=0, statement_s=0)


def test_values_are_read_as_what_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHENGXIN_X", " 42 ")
    assert env.integer("CHENGXIN_X") == 42
    monkeypatch.setenv("CHENGXIN_X", "Yes")
    assert env.flag("CHENGXIN_X") is True
    monkeypatch.setenv("CHENGXIN_X", "off")
    assert env.flag("CHENGXIN_X", True) is False
    monkeypatch.setenv("CHENGXIN_X", "a, b,,c ")
    assert env.words("CHENGXIN_X") == ["a", "b", "c"]
    monkeypatch.setenv("CHENGXIN_X", "~/x")
    assert env.path("CHENGXIN_X") == Path.home() / "x"
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("CHENGXIN_X_FILE", str(tmp_path / "secret"))
    assert env.secret("CHENGXIN_X") == "from the file"


@pytest.mark.parametrize("read", [env.integer, env.flag])
@pytest.mark.parametrize("value", ["maybe", "1.5", "２"])
def test_a_value_of_another_kind_stops_the_start(read: Any, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGXIN_X", value)
    if read is env.integer and value == "２":
        # Python reads full-width digits as digits, and so may an operator's editor have meant them
        assert env.integer("CHENGXIN_X") == 2
        return
    with pytest.raises(ImproperlyConfigured, match="CHENGXIN_X"):
        read("CHENGXIN_X")


@pytest.mark.parametrize("read", [env.text, env.integer, env.flag, env.path, env.words, env.secret])
def test_what_is_not_set_stops_the_start(read: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGXIN_X", "  ")
    with pytest.raises(ImproperlyConfigured, match="CHENGXIN_X is not set"):
        read("CHENGXIN_X")


@pytest.mark.parametrize("content", ["", "[1]", '{"a": 1}', "{"])
def test_a_password_file_that_is_none_stops_the_start(content: str, tmp_path: Path) -> None:
    (tmp_path / "roles.json").write_text(content)
    with pytest.raises(ImproperlyConfigured, match=r"roles\.json"):
        env.json_strings(tmp_path / "roles.json")
    (tmp_path / "empty").write_text("\n")
    os.environ["CHENGXIN_Y_FILE"] = str(tmp_path / "empty")
    try:
        with pytest.raises(ImproperlyConfigured, match="CHENGXIN_Y_FILE is empty"):
            env.secret("CHENGXIN_Y")
    finally:
        del os.environ["CHENGXIN_Y_FILE"]
