"""Health and readiness: JSON for watchers, without personal data; the two clocks are compared (F1)."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import DatabaseError, connections
from django.test import Client

from chengxin.access import facade as access
from chengxin.doors import health
from chengxin.foundation import clock, files


def test_a_process_that_is_up_says_so_and_asks_the_database_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "ensure_connection", lambda: (_ for _ in ()).throw(DatabaseError))
    assert Client().get("/healthz").json() == {"state": "up"}


def test_ready_names_every_part() -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == HTTPStatus.OK
    assert answer.json() == {
        "state": "ready",
        "parts": {"database": "ok", "key_store": "ok", "clocks": "ok", "disk": "ok", "log": "ok"},
    }


@pytest.mark.parametrize(("alias", "part"), [("default", "database"), ("keys", "key_store")])
def test_a_database_out_of_reach_is_not_ready(monkeypatch: pytest.MonkeyPatch, alias: str, part: str) -> None:
    connections[alias].close()
    monkeypatch.setitem(connections[alias].settings_dict, "NAME", "no_such_database")
    answer = Client().get("/readyz")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json()["parts"][part] == "unreachable"
    assert "no_such_database" not in answer.content.decode(), "what exactly is in the log"


def test_a_full_disk_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "free_bytes", lambda: health.FREE_BYTES - 1)
    answer = Client().get("/readyz")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json()["parts"]["disk"] == "full"


@pytest.mark.parametrize("seconds", [2, 2.5, 600, -2, -3600])
def test_clocks_two_seconds_apart_are_not_ready(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    with clock.set_for_tests(clock.now()):
        monkeypatch.setattr(health, "_moment_of", lambda alias: clock.now() + timedelta(seconds=seconds))
        answer = Client().get("/readyz")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json()["parts"]["clocks"] == "apart"


@pytest.mark.parametrize("seconds", [0, 1.9, -1.9])
def test_clocks_closer_than_that_are_ready(seconds: float) -> None:
    now = clock.now()
    assert health.clocks_state(now, now + timedelta(seconds=seconds), now) == "ok"


def test_a_leaf_that_waits_too_long_is_told_and_sends_nobody_away() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_log_waiting VALUES (decode(repeat('00', 32), 'hex'), now() - interval '31 s')"
        )
    answer = Client().get("/readyz")
    assert answer.status_code == HTTPStatus.OK
    assert answer.json()["parts"]["log"] == "late"
    access.sequence_log(at=clock.now())
    assert Client().get("/readyz").json()["parts"]["log"] == "ok"
