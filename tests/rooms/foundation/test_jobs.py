"""Jobs are queued with the act that asks for them, run once, and found again when something went wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import connections, transaction

from chengxin.foundation import clock, events, jobs
from chengxin.kernel.ids import new_uid
from tests.people import NOW

ran: list[object] = []


@jobs.job("test.note")
def note(**given: object) -> None:
    """Remembers what it was given."""
    ran.append(given)


@jobs.job("test.fail")
def fail() -> None:
    """Fails."""
    raise ZeroDivisionError


@jobs.job("test.chain")
def chain(left: int) -> None:
    """Defers the next."""
    ran.append(left)
    if left:
        jobs.defer("test.chain", left=left - 1)


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    ran.clear()
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    yield
    ran.clear()


def test_a_job_runs_once_with_its_arguments():
    uid = new_uid()
    jobs.defer("test.note", uid=uid, at=NOW, many=[uid])
    assert jobs.run_waiting() == 1
    assert ran == [{"uid": str(uid), "at": NOW.isoformat(), "many": [str(uid)]}]
    assert jobs.run_waiting() == 0


def test_what_rolls_back_was_never_asked():
    with transaction.atomic():
        jobs.defer("test.note")
        transaction.set_rollback(True)
    assert jobs.run_waiting() == 0


def test_jobs_that_jobs_ask_for_run_too():
    jobs.defer("test.chain", left=3)
    assert jobs.run_waiting() == 4
    assert ran == [3, 2, 1, 0]


def test_asked_once_it_waits_once_and_the_transaction_lives_on():
    with transaction.atomic():
        assert jobs.defer("test.note", once="x") is not None
        assert jobs.defer("test.note", once="x") is None
        assert jobs.defer("test.note", once="y") is not None
    assert jobs.run_waiting() == 2


def test_a_job_for_later_waits_for_its_hour():
    soon = NOW + timedelta(days=3650)
    jobs.defer("test.note", run_at=soon)
    with clock.set_for_tests(soon - timedelta(seconds=1)):
        assert jobs.run_waiting() == 0
    with clock.set_for_tests(soon):
        assert jobs.run_waiting() == 1


def test_a_failure_is_raised_listed_and_can_be_run_again():
    number = jobs.defer("test.fail")
    assert number is not None
    with pytest.raises(ZeroDivisionError):
        jobs.run_waiting()
    (stuck,) = jobs.stuck(clock.now())
    assert (stuck.id, stuck.name, stuck.why) == (number, "test.fail", "failed")
    jobs.retry(number)
    assert not jobs.stuck(clock.now())
    with pytest.raises(ZeroDivisionError):
        jobs.run_waiting()
    jobs.cancel(number)
    assert not jobs.stuck(clock.now())
    assert jobs.run_waiting() == 0


def test_a_job_that_nobody_takes_is_late():
    jobs.defer("test.note", x=1)
    assert not jobs.stuck(clock.now())
    (late,) = jobs.stuck(clock.now() + jobs.LATE_AFTER + timedelta(seconds=1))
    assert (late.why, late.arguments) == ("late", {"x": 1})


def test_unknown_jobs_are_refused():
    with pytest.raises(jobs.JobUnknown):
        jobs.defer("test.nobody")
    for act in (jobs.retry, jobs.cancel):
        with pytest.raises(jobs.JobUnknown):
            act(10**9)
    with pytest.raises(ValueError, match="two jobs"):
        jobs.job("test.note")(fail)


def test_every_job_of_the_rooms_has_a_name_of_its_room():
    for name, spec in jobs.known_jobs().items():
        room, _, act = name.partition(".")
        assert act, name
        assert room == "test" or spec.run.__module__.split(".")[1] == room, name


@dataclass(frozen=True, slots=True)
class Happened:
    """Something happened."""

    name: ClassVar[str] = "test.happened"

    uid: UUID


def test_an_event_queues_what_the_table_names(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(events, "_ROUTES", {})
    events.publish(Happened(new_uid()), at=NOW)
    assert jobs.run_waiting() == 0
    events.route(Happened, "test.note", lock="uid")
    events.route(Happened, "test.note", lock="uid")
    uid = new_uid()
    events.publish(Happened(uid), at=NOW)
    assert jobs.run_waiting() == 1
    assert ran == [{"uid": str(uid), "at": NOW.isoformat()}]


WORKER = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "chengxin.settings.testing"
import django; django.setup()
from django.db import connections
for alias, place in connections.settings.items():
    place["NAME"] = sys.argv[2] if alias.startswith("keys") else sys.argv[1]
from datetime import timedelta
from chengxin.foundation import jobs

@jobs.job("test.note")
def note(seconds=0.0):
    time.sleep(seconds)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT txid_current()")

@jobs.job("test.nest")
def nest():
    jobs.defer("test.note")

jobs.revive_stalled(timedelta(0))
jobs.worker(wait=False)
"""


def _worker() -> subprocess.Popen[bytes]:
    names = connections["default"].settings_dict["NAME"], connections["keys"].settings_dict["NAME"]
    return subprocess.Popen([sys.executable, "-c", WORKER, *names], env=os.environ)


def _waiting() -> list[str]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name LIKE 'test.%%' ORDER BY id", [])
        return [row[0] for row in cursor.fetchall()]


@jobs.job("test.nest")
def nest() -> None:
    """Known here by name; the worker has its own."""


def test_the_real_worker_runs_jobs_and_what_they_ask_for():
    jobs.defer("test.nest")
    assert _worker().wait(timeout=60) == 0
    assert _waiting() == []


def test_a_job_of_a_killed_worker_is_taken_up_by_the_next():
    jobs.defer("test.note", seconds=60)
    worker = _worker()
    until = time.monotonic() + 60
    while _waiting() != ["doing"] and time.monotonic() < until:
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert _waiting() == ["doing"]
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET args = '{}'")
    assert _worker().wait(timeout=60) == 0
    assert _waiting() == []


def _abandon(*, at_once: str) -> int:
    """A job that was queued once only, and whose worker is gone."""
    number = jobs.defer("test.note", once=at_once)
    assert number is not None
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
    return number


def test_an_abandoned_job_goes_on_and_of_two_alike_one():
    _abandon(at_once="the same")
    _abandon(at_once="the same")
    _abandon(at_once="another")
    assert jobs.revive_stalled(timedelta(0)) == 3
    assert jobs.run_waiting() == 2
    assert jobs.stuck(NOW + timedelta(days=36_500)) == []


def test_an_abandoned_job_leaves_the_work_to_the_one_that_waits():
    number = _abandon(at_once="the same")
    assert jobs.defer("test.note", once="the same") is not None
    jobs.retry(number)
    assert jobs.run_waiting() == 1
    assert jobs.run_waiting() == 0
