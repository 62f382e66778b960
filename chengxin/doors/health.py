"""Is the process up, and can it work: for watchers and load balancers; JSON without personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.http import HttpResponse, JsonResponse

from chengxin.access import facade as access
from chengxin.doors.entrance import Who, entrance
from chengxin.doors.request import Request
from chengxin.foundation import clock, files
from chengxin.kernel.errors import ChengxinError

log = structlog.get_logger("chengxin.doors")

CLOCKS_APART = timedelta(seconds=2)
"""Farther apart than this, application and database would disagree on what has ended (F1)."""
FREE_BYTES = 1_000_000_000
"""Less than this on the disk of the sealed files, and intake is about to stop."""


# outside the request's transaction, which would itself need the database
@transaction.non_atomic_requests
@entrance(who=Who.PUBLIC)
def healthz(request: Request) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"state": "up"})


@transaction.non_atomic_requests
@entrance(who=Who.PUBLIC)
def readyz(request: Request) -> HttpResponse:
    """Every part this process needs; 503 and the names of the parts that fail, where one does."""
    found = readiness()
    ready = all(state == "ok" for name, state in found.items() if name not in WATCHED)
    return JsonResponse({"state": "ready" if ready else "not_ready", "parts": found}, status=200 if ready else 503)


def readiness() -> Mapping[str, str]:
    """Part -> ``ok``, or one word on what is wrong. What exactly is in the log, not in the answer."""
    return {name: _tried(name, check) for name, check in CHECKS.items()}


def _tried(name: str, check: Callable[[], str]) -> str:
    try:
        return check()
    except (DatabaseError, ChengxinError, OSError):
        log.exception("part_not_ready", part=name)
        return "unreachable"


def _database() -> str:
    _moment_of("default")
    return "ok"


def _key_store() -> str:
    _moment_of("keys")
    return "ok"


def _clocks() -> str:
    before = clock.now()
    theirs = _moment_of("default") + timedelta(seconds=getattr(settings, "CHENGXIN_CLOCK_OFFSET_SECONDS", 0))
    return clocks_state(before, theirs, clock.now())


def clocks_state(before: datetime, theirs: datetime, after: datetime) -> str:
    """``ok`` where the database's moment lies between ours before and after asking, give or take less than two seconds."""
    return "ok" if before - CLOCKS_APART < theirs < after + CLOCKS_APART else "apart"


def _disk() -> str:
    return "ok" if files.free_bytes() >= FREE_BYTES else "full"


def _moment_of(alias: str) -> datetime:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment


def _log() -> str:
    return "late" if access.log_state().late else "ok"


CHECKS: Mapping[str, Callable[[], str]] = {
    "database": _database,
    "key_store": _key_store,
    "clocks": _clocks,
    "disk": _disk,
    "log": _log,
}
WATCHED = frozenset({"log"})
"""Parts that are an alarm and no reason to send people away: without a sequencer pages work, and leaves wait."""
