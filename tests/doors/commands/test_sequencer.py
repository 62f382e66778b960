"""Beside a worker's jobs the proof log is sequenced: what waits is signed within the five seconds promised (F13)."""

from __future__ import annotations

import secrets
import time

import pytest
from django.db import DatabaseError, connections

from chengxin.access import facade as access
from chengxin.doors.commands.sequencer import sequence_all, sequencing
from tests.doors.commands.calling import call

WITHIN_S = 5.0


def queue(count: int = 1) -> None:
    with connections["default"].cursor() as cursor:
        for _ in range(count):
            cursor.execute("INSERT INTO access_log_waiting (commitment) VALUES (%s)", [secrets.token_bytes(32)])


def _signed_within(size: int) -> float:
    began = time.monotonic()
    while time.monotonic() < began + 2 * WITHIN_S:
        if access.log_state().size >= size:
            return time.monotonic() - began
        time.sleep(0.05)
    raise AssertionError("no checkpoint came")


def test_what_is_committed_is_signed_within_five_seconds() -> None:
    sequence_all()
    size = access.log_state().size
    with sequencing():
        for more in (1, 2, 3):
            queue()
            assert _signed_within(size + more) < WITHIN_S


def test_a_fault_does_not_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    sequence_all()
    size, tries = access.log_state().size, []

    def once_away() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise DatabaseError
        return sequence_all()

    monkeypatch.setattr("chengxin.doors.commands.sequencer.AFTER_A_FAULT_S", 0.1)
    monkeypatch.setattr("chengxin.doors.commands.sequencer.sequence_all", once_away)
    queue()
    with sequencing():
        assert _signed_within(size + 1) < WITHIN_S
    assert len(tries) > 1


def test_a_worker_sequences_too(capsys: pytest.CaptureFixture[str]) -> None:
    sequence_all()
    size = access.log_state().size
    queue()
    assert call(capsys, "worker", "--until-idle").code == 0
    assert access.log_state().size == size + 1
