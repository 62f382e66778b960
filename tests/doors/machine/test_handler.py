"""The short way in: a connection that just worked is trusted for a second, and no longer."""

from __future__ import annotations

import pytest
from django.db import connections

from chengxin.doors.machine import handler


def test_a_connection_that_just_worked_is_trusted_for_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(handler, "monotonic", lambda: now[0])
    monkeypatch.setattr(handler, "_answered", handler.local())
    connection = connections["default"]
    connection.ensure_connection()
    found = []
    for seconds in (0.0, 0.5, 0.5, 1.5):
        now[0] += seconds
        connection.health_check_done = False
        handler._trust_what_just_worked()
        found.append(connection.health_check_done)
    assert found == [False, True, True, False]
