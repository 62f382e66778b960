"""What happened on the left causes work on the right: an event is published in its transaction, a table names the job.

An event is a frozen dataclass with a class attribute ``name`` (``<room>.<past tense>``) and fields that JSON can hold
after ids, moments and enums became text. The table is filled once, by ``doors/flow.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar, Protocol
from uuid import UUID

from chengxin.foundation import jobs
from chengxin.foundation.database import WEB


class Event(Protocol):
    """Anything publishable: a frozen dataclass with a ``name``."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Route:
    """Which job follows an event. ``lock`` names a field of the event: jobs with the same value run one by one."""

    job: str
    lock: str | None


_ROUTES: dict[str, tuple[Route, ...]] = {}


def route(event: type, job: str, *, lock: str | None = None) -> None:
    """After every ``event``, run ``job`` with the event's fields and ``at`` as keyword arguments. Saying it twice is once."""
    name: str = event.name  # type: ignore[attr-defined]
    wanted = Route(job, lock)
    known = _ROUTES.get(name, ())
    if wanted not in known:
        _ROUTES[name] = (*known, wanted)


def routes() -> Mapping[str, tuple[Route, ...]]:
    """The table: event name -> what follows."""
    return dict(_ROUTES)


def publish(event: Event, *, at: datetime, alias: str = WEB) -> None:
    """Queue what follows the event in the current transaction of ``alias``; nothing else is stored.

    ``at`` is the moment of the act that published it.
    """
    for follows in _ROUTES.get(event.name, ()):
        arguments = as_arguments(event)
        lock = None if follows.lock is None else f"{follows.job}|{arguments[follows.lock]}"
        jobs.defer(follows.job, lock=lock, using=alias, at=at.isoformat(), **arguments)


def as_arguments(event: Event) -> dict[str, Any]:
    """The fields of an event as JSON can hold them."""
    return {field.name: _plain(getattr(event, field.name)) for field in fields(event)}


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list | frozenset):
        return [_plain(part) for part in value]
    return value
