"""Who opens a person's addresses and file for telling: a seam, because the plumbing knows neither (house.md, rooms)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from chengxin.foundation.outbox.terms import Desk, OpenDesk

_opener: OpenDesk | None = None


class NobodyTells(RuntimeError):
    """No room has said who opens a person's addresses and file: nothing can be sent."""


def use_desk(opener: OpenDesk | None) -> OpenDesk | None:
    """Say who opens a person's desk; called once, when Django starts. Gives who did before."""
    global _opener
    before, _opener = _opener, opener
    return before


@contextmanager
def open_desk(person_id: UUID, *, at: datetime) -> Iterator[Desk]:
    """The desk of one person, in the current transaction of that person. Raises ``NobodyTells``."""
    if _opener is None:
        raise NobodyTells
    with _opener(person_id, at=at) as desk:
        yield desk
