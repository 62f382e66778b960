"""What follows what: the one table from a room's event to the job that answers it further right."""

from __future__ import annotations

from dataclasses import dataclass

from chengxin.access.terms import PersonErased
from chengxin.foundation import events
from chengxin.foundation.outbox import NoticeServed


@dataclass(frozen=True, slots=True)
class Follows:
    """After ``event``, the job ``job`` runs; ``lock`` names the field by whose value jobs run one by one."""

    event: type
    job: str
    lock: str | None = None


FLOW: tuple[Follows, ...] = (
    # our own proof that a person has a notice makes the entry it tells of count as served
    Follows(NoticeServed, "records.mark_served", lock="person_id"),
    # the cases of an erased person go with the rest
    Follows(PersonErased, "remedies.forget_person", lock="person_id"),
)
"""Event -> job, in reading order of the rooms."""


def wire() -> None:
    """Tell foundation the table. Called once, when Django starts."""
    for line in FLOW:
        events.route(line.event, line.job, lock=line.lock)
