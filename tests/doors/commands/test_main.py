"""The command as a whole: found by its parts, sentences in both languages, exit codes that a script can trust."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from chengxin.doors import commands
from chengxin.doors.commands import refusals
from chengxin.doors.commands.main import build
from chengxin.doors.commands.words import LANGUAGE_VARIABLE
from chengxin.foundation.files import DiskFull
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import BadInput, ChengxinError, Conflict, NotFound, Refusal
from chengxin.kernel.own_holidays import HolidayFileBroken
from chengxin.remedies.terms.clocks import LawDataBroken
from tests.doors.commands.calling import call
from tests.house.source import PROJECT

Capture = pytest.CaptureFixture[str]
SUBCOMMANDS = {
    *("catalogue", "check-promises", "database", "demo", "demo-city", "dispose", "found", "intake", "keys"),
    *("letters", "outbox", "recount", "serve", "static", "worker"),
}


def test_every_part_is_found_and_named_like_its_file() -> None:
    told = build().format_help()
    assert {name for name in SUBCOMMANDS if f"    {name}" in told} == SUBCOMMANDS
    files = {found.name.replace("_", "-") for found in pkgutil.iter_modules(commands.__path__)}
    assert files >= SUBCOMMANDS


def test_help_needs_no_settings(tmp_path: Path) -> None:
    clean = {"PATH": "/usr/bin:/bin", "CHENGXIN_STATE": str(tmp_path)}
    for arguments in (["--help"], *([name, "--help"] for name in ("catalogue", "demo", "keys"))):
        done = subprocess.run(
            [sys.executable, "-m", "chengxin.doors.commands.main", *arguments],
            env=clean, cwd=PROJECT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert not list(tmp_path.iterdir())


def test_an_unset_instance_says_what_is_missing_and_starts_nothing(tmp_path: Path) -> None:
    clean = {"PATH": "/usr/bin:/bin", "CHENGXIN_STATE": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "chengxin.doors.commands.main", "worker"],
        env=clean, cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == refusals.CONFIGURATION
    assert "CHENGXIN_SECRET_KEY is not set" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_the_demonstration_is_refused_where_people_are_real(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, settings_of_production: None
) -> None:
    told = call(capsys, "demo", "--build-only")
    assert told.code == refusals.CONFLICT
    assert "own settings alone" in told.err


@pytest.fixture
def settings_of_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.conf.settings.CHENGXIN_PRACTICE", False)


ERRORS = {
    "refused": (Refusal(Refused("no_mandate", "F12")), refusals.REFUSED),
    "bad input": (BadInput(), refusals.BAD_INPUT),
    "holidays with faults": (HolidayFileBroken(file="F", count=1, faults="year 2027: x"), refusals.BAD_INPUT),
    "legal terms with faults": (LawDataBroken(file="F", count=1, faults="clock a: x"), refusals.BROKEN),
    "not found": (NotFound(), refusals.NOT_FOUND),
    "conflict": (Conflict(), refusals.CONFLICT),
    "unavailable": (DiskFull(), refusals.UNAVAILABLE),
    "configuration": (ImproperlyConfigured("CHENGXIN_X is not set"), refusals.CONFIGURATION),
    "database": (OperationalError("connection to server failed"), refusals.UNAVAILABLE),
    "the server itself": (psycopg.OperationalError("connection refused"), refusals.UNAVAILABLE),
    "a file": (FileNotFoundError(2, "No such file", "there.csv"), refusals.BAD_INPUT),
}


@pytest.mark.parametrize("what", ERRORS)
def test_each_error_has_its_code_and_both_languages(what: str) -> None:
    error, code = ERRORS[what]
    told = refusals.told(error)
    assert told is not None
    assert told.code == code
    text = "\n".join(told.lines)
    assert any("\u4e00" <= character <= "\u9fff" for character in text)
    assert any(character.isascii() and character.isalpha() for character in text)


@pytest.mark.parametrize("what", ["holidays with faults", "legal terms with faults"])
def test_a_file_of_law_with_faults_says_which_file_and_which_faults_in_both_languages(what: str) -> None:
    error, _ = ERRORS[what]
    told = refusals.told(error)
    assert told is not None
    assert isinstance(error, ChengxinError)
    assert [str(error.data["faults"]) in line and "F" in line for line in told.lines[:2]] == [True, True]


def test_a_fault_of_ours_is_not_dressed_up() -> None:
    assert refusals.told(ZeroDivisionError()) is None


def test_a_statement_that_failed_shows_no_row() -> None:
    told = refusals.told(OperationalError("invalid value\nDETAIL:  Failing row contains (张三, 00010119900101001X)"))
    assert told is not None
    assert "张三" not in "\n".join(told.lines)
    assert "00010119900101001X" not in "\n".join(told.lines)


@pytest.mark.parametrize(("wanted", "heard"), [("zh", 1), ("en", 1), ("en_GB.UTF-8", 1), ("", 2), ("fr", 2)])
def test_one_language_or_both(wanted: str, heard: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, wanted)
    told = refusals.told(BadInput())
    assert told is not None
    assert len(told.lines) == heard + 1
