"""Nothing of a person reaches the log, whoever writes the line and however it goes wrong."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.db import DatabaseError, connections
from django.test import Client

from chengxin.doors import logs

NUMBER = "00010119900101001X"
NAME = "沈清源"


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """What is written while a test runs, read back as JSON at the end of each use."""
    out = io.StringIO()
    logs.configure({"level": "INFO"})
    handler = logging.getLogger().handlers[-1]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(out)

    class Lines(list[dict[str, Any]]):
        def __iter__(self) -> Iterator[dict[str, Any]]:
            return iter([json.loads(line) for line in out.getvalue().splitlines()])

        def __str__(self) -> str:
            return out.getvalue()

    yield Lines()
    logs.configure(settings.LOGGING)


def test_our_own_line_keeps_listed_fields_alone(lines: list[dict[str, Any]]) -> None:
    structlog.get_logger("chengxin.doors").info("entry_read", code="ok", name=NAME, number=NUMBER, batch=f"b {NUMBER}")
    (line,) = lines
    assert set(line) == {"event", "level", "logger", "timestamp", "code", "batch"}
    assert line["batch"] == "b …"


def test_a_librarys_line_is_its_template_without_arguments(lines: list[dict[str, Any]]) -> None:
    logging.getLogger("some.library").warning("row of %s is %s", NAME, NUMBER)
    assert next(iter(lines))["event"] == "row of %s is %s"
    assert NAME not in str(lines)


def test_text_that_slips_in_is_cleaned(lines: list[dict[str, Any]]) -> None:
    logging.getLogger("some.library").warning(f"{NAME} {NUMBER} GET /my/?name={NAME}&number={NUMBER}")
    assert next(iter(lines))["event"] == "… … GET /my/?…"


def test_an_exceptions_message_is_left_out_and_its_places_are_not(lines: list[dict[str, Any]]) -> None:
    try:
        raise ValueError(f"{NAME} {NUMBER}")
    except ValueError:
        structlog.get_logger("chengxin.doors").exception("went_wrong")
        logging.getLogger("some.library").exception("went wrong")
    for line in lines:
        assert line["fault"] == "ValueError"
        assert line["at"][-1].startswith("doors/test_logs.py:")
    assert NUMBER not in str(lines)
    assert NAME not in str(lines)


def test_a_database_error_with_a_row_in_it_tells_no_row(lines: list[dict[str, Any]]) -> None:
    with pytest.raises(DatabaseError) as raised, connections["default"].cursor() as cursor:
        cursor.execute("SELECT %s::int", [NUMBER])
    assert NUMBER in str(raised.value), "the driver's message does hold it"
    structlog.get_logger("chengxin.doors").error("failed", exc_info=raised.value)
    assert NUMBER not in str(lines)


def test_a_request_is_one_line_with_its_pattern_and_never_its_address(lines: list[dict[str, Any]]) -> None:
    Client().get("/set/language/en/", {"next": f"/?name={NAME}&number={NUMBER}"})
    (line,) = [line for line in lines if line["event"] == "request"]
    assert line["route"] == "set/language/<str:language>/"
    assert (line["method"], line["status"], line["actor"]) == ("GET", 302, "nobody")
    assert NUMBER not in str(lines)


def test_a_wrong_sign_in_leaves_no_name_in_the_log(lines: list[dict[str, Any]]) -> None:
    Client().post("/sign-in/", {"login": f"q{NUMBER}", "password": NAME})
    assert NUMBER not in str(lines)
    assert NAME not in str(lines)


@pytest.mark.parametrize("text", ["2026-11-21T23:16:44", "request", "port 5432", "sign-in/<str:provider_id>/"])
def test_what_operators_need_stays(text: str) -> None:
    assert logs.cleaned(text) == text


@pytest.mark.parametrize("number", ["E12345678", "EA1234567", "h12345678", "AB123456", "(E12345678)", "no=G98765432,"])
def test_a_passports_letters_do_not_save_its_number(lines: list[dict[str, Any]], number: str) -> None:
    logging.getLogger("some.library").warning(f"row {number} refused")
    assert not [digits for digits in ("345678", "1234567", "123456", "98765432") if digits in str(lines)]


@pytest.mark.parametrize("word", ["019e8156-a600-730d-a14f-4fe62369770d", "b1234567-a600", "sha1", "row 12345"])
def test_what_names_a_request_or_a_place_stays(lines: list[dict[str, Any]], word: str) -> None:
    logging.getLogger("some.library").warning(f"seen {word}")
    assert word in str(lines)
