"""Later work: a job is named, deferred in the caller's own transaction, and run by a worker (procrastinate underneath).

A job function takes keyword arguments that JSON can hold. What is deferred in a transaction that rolls back never was.
``run_waiting`` runs everything that waits in this process (tests, demo); ``worker`` is the entry of the real worker.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar
from uuid import UUID

from django.db import IntegrityError, connections, transaction
from django.utils.module_loading import autodiscover_modules
from procrastinate import exceptions
from procrastinate import retry as retries
from procrastinate.contrib.django import app as procrastinate_app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from chengxin.foundation import clock
from chengxin.kernel.errors import NotFound

ALIAS: Final = "default"
STALLED_AFTER: Final = timedelta(seconds=30)
"""A worker that gave no sign of life for so long is taken for dead, and its jobs are given to another."""

LATE_AFTER: Final = timedelta(minutes=15)
"""A job that should have begun so long ago is shown as stuck."""

P = ParamSpec("P")
R = TypeVar("R")


class JobUnknown(NotFound):
    """There is no job of this name or number."""

    code = "job_unknown"


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A job as its room declared it. ``attempts`` counts the retries after a failure, each later than the one before."""

    name: str
    run: Callable[..., object]
    queue: str
    attempts: int
    every: str | None


@dataclass(frozen=True, slots=True)
class StuckJob:
    """A job that does not go on by itself. ``why``: ``failed``, ``stalled`` (its worker is gone) or ``late``."""

    id: int
    name: str
    queue: str
    why: str
    attempts: int
    arguments: Mapping[str, object]
    since: datetime


_SPECS: dict[str, JobSpec] = {}


def job(
    name: str, *, queue: str = "default", retry: int = 0, every: str | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a function as the job ``name`` (``<room>.<verb_noun>``); it stays an ordinary function.

    ``retry``: further attempts after a failure. ``every``: five cron fields; the job then runs by itself, without arguments.
    """

    def declare(run: Callable[P, R]) -> Callable[P, R]:
        if name in _SPECS and _SPECS[name].run is not run:
            raise ValueError(f"two jobs are named {name}")
        _SPECS[name] = JobSpec(name, run, queue, retry, every)
        return run

    return declare


def known_jobs() -> Mapping[str, JobSpec]:
    """Every job of every installed room."""
    autodiscover_modules("jobs")
    return dict(_SPECS)


def defer(
    name: str,
    *,
    run_at: datetime | None = None,
    lock: str | None = None,
    once: str | None = None,
    using: str = ALIAS,
    **arguments: object,
) -> int | None:
    """Queue a job in the current transaction of ``using``; gives its number.

    ``lock``: jobs with the same lock never run side by side. ``once``: while one such job waits, a second is not queued
    and None comes back. Raises ``JobUnknown`` for a name nobody declared.
    """
    spec = _spec(name)
    waiting = Job(
        task_name=name,
        queue=spec.queue,
        lock=lock,
        queueing_lock=once,
        scheduled_at=run_at,
        task_kwargs=_jsonable(arguments),
    )
    manager = JobManager(DjangoConnector(alias=using))
    if once is None:
        return manager.defer_job(waiting).id
    try:
        with transaction.atomic(using=using):
            return manager.defer_job(waiting).id
    except exceptions.AlreadyEnqueued:
        return None


def run_waiting(*, queues: list[str] | None = None) -> int:
    """Run all jobs that are due, and those they defer, in this process; gives how many ran.

    A job that fails is marked so and its error is raised.
    """
    ran = 0
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT * FROM procrastinate_register_worker_v1()")
        (worker_id,) = cursor.fetchone()
    try:
        while (taken := _take(queues, worker_id)) is not None:
            job_id, name, arguments = taken
            try:
                _spec(name).run(**arguments)
            except BaseException:
                _finish(job_id, "failed")
                raise
            _finish(job_id, "succeeded")
            ran += 1
    finally:
        _call("SELECT procrastinate_unregister_worker_v1(%s)", worker_id)
    return ran


def worker(*, queues: list[str] | None = None, wait: bool = True, name: str | None = None) -> None:
    """Work until told to stop (SIGTERM lets the running job finish), or with ``wait=False`` until nothing waits."""
    revive_stalled()
    for spec in known_jobs().values():
        _register(spec)
    connector = procrastinate_app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with procrastinate_app.replace_connector(connector) as app:
        app.run_worker(
            queues=queues,
            wait=wait,
            name=name,
            concurrency=1,
            fetch_job_polling_interval=2.0,
            delete_jobs="successful",
            stalled_worker_timeout=STALLED_AFTER.total_seconds(),
        )


@job("foundation.revive_stalled", every="* * * * *")
def revive_stalled(after: timedelta = STALLED_AFTER) -> int:
    """Give the jobs of workers that died back to the queue; gives how many. ``after``: silence that counts as death."""
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        # two workers that start at once do not revive the same job
        cursor.execute(
            "SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id"
            " WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))"
            " ORDER BY j.id FOR UPDATE OF j SKIP LOCKED",
            [after.total_seconds()],
        )
        stalled = [job_id for (job_id,) in cursor.fetchall()]
        for job_id in stalled:
            _queue_again(job_id)
    return len(stalled)


def stuck(at: datetime) -> list[StuckJob]:
    """Jobs that failed for good, whose worker is gone, or that wait longer than they should; the oldest first."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            """
            SELECT j.id, j.task_name, j.queue_name, j.attempts, j.args, e.at,
                   CASE WHEN j.status = 'failed' THEN 'failed' WHEN j.status = 'doing' THEN 'stalled' ELSE 'late' END
              FROM procrastinate_jobs j
              LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
              JOIN LATERAL (SELECT max(e.at) AS at FROM procrastinate_events e WHERE e.job_id = j.id) e ON true
             WHERE j.status = 'failed'
                OR (j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < %s))
                OR (j.status = 'todo' AND coalesce(j.scheduled_at, e.at) < %s)
             ORDER BY e.at, j.id
            """,
            [at - STALLED_AFTER, at - LATE_AFTER],
        )
        return [
            StuckJob(
                id=row[0],
                name=row[1],
                queue=row[2],
                attempts=row[3],
                arguments=_parsed(row[4]),
                since=row[5],
                why=row[6],
            )
            for row in cursor.fetchall()
        ]


def waiting(name: str) -> dict[int, dict[str, Any]]:
    """Jobs of one name that nobody has begun: id -> arguments."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT id, args FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", [name])
        return {job_id: _parsed(arguments) for job_id, arguments in cursor.fetchall()}


def retry(job_id: int) -> None:
    """Put a failed or stalled job back into the queue. Raises ``JobUnknown``."""
    _require(job_id)
    _queue_again(job_id)


def cancel(job_id: int) -> None:
    """Take a waiting job out of the queue, or close a failed or stalled one. Raises ``JobUnknown``."""
    _require(job_id)
    _call("SELECT procrastinate_cancel_job_v1(%s, false, false)", job_id)
    _close(job_id)


def _queue_again(job_id: int) -> None:
    """Back into the queue; where one that is queued once only waits there already, that one does the work."""
    try:
        with transaction.atomic(using=ALIAS):
            _call("SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)", job_id, clock.now())
    except IntegrityError:
        _close(job_id)


def _close(job_id: int) -> None:
    _call(
        "UPDATE procrastinate_jobs SET status = 'cancelled', worker_id = NULL WHERE id = %s AND status IN ('failed', 'doing')",
        job_id,
    )


def _spec(name: str) -> JobSpec:
    found = _SPECS.get(name) or known_jobs().get(name)
    if found is None:
        raise JobUnknown(job=name)
    return found


def _register(spec: JobSpec) -> None:
    if spec.name in procrastinate_app.tasks:
        return
    again = retries.RetryStrategy(max_attempts=spec.attempts, exponential_wait=4) if spec.attempts else False
    if spec.every is None:
        procrastinate_app.task(name=spec.name, queue=spec.queue, retry=again)(_on_a_thread(spec.run))
        return
    run = _on_a_thread(spec.run)

    def tick(timestamp: int | None = None) -> None:
        # a job that runs by itself may be queued by hand as well, and then nobody names the moment it was due
        run()

    task = procrastinate_app.task(name=spec.name, queue=spec.queue, retry=again, queueing_lock=spec.name)(tick)
    procrastinate_app.periodic(cron=spec.every)(task)


def _on_a_thread(run: Callable[..., object]) -> Callable[..., None]:
    """The same job as a worker runs it: on a thread that ends some time, and must leave no connection open behind it."""

    @wraps(run)
    def ran(*args: Any, **given: Any) -> None:
        try:
            run(*args, **given)
        finally:
            connections.close_all()

    return ran


def _take(queues: list[str] | None, worker_id: int) -> tuple[int, str, dict[str, Any]] | None:
    with connections[ALIAS].cursor() as cursor:
        # The queue keeps the database's time; a clock moved by a test is brought to it here.
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' AND scheduled_at <= %s",
            [clock.now()],
        )
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_fetch_job_v2(%s::varchar[], %s)", [queues, worker_id]
        )
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return None
    arguments = _parsed(row[2])
    arguments.pop("timestamp", None)
    return row[0], row[1], arguments


def _parsed(arguments: object) -> dict[str, Any]:
    return json.loads(arguments) if isinstance(arguments, str) else dict(arguments)  # type: ignore[call-overload, no-any-return]


def _finish(job_id: int, status: str) -> None:
    _call("SELECT procrastinate_finish_job_v1(%s, %s, false)", job_id, status)


def _require(job_id: int) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1 FROM procrastinate_jobs WHERE id = %s", [job_id])
        if cursor.fetchone() is None:
            raise JobUnknown(job=job_id)


def _call(statement: str, *values: str | int | datetime) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(statement, values)


def _jsonable(arguments: Mapping[str, object]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in arguments.items()}


def _plain(value: object) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
