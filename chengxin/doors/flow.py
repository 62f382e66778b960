"""What follows what: the one table from a room's event to the job that answers it further right."""

from __future__ import annotations

from dataclasses import dataclass

from chengxin.access.terms import PersonErased
from chengxin.collection.terms import BatchRecalled, EntriesSuperseded, EntryCorrected, EntryWithdrawn
from chengxin.foundation import events
from chengxin.foundation.outbox import NoticeServed
from chengxin.remedies.terms.desks import RecipientTold


@dataclass(frozen=True, slots=True)
class Follows:
    """After ``event``, the job ``job`` runs; ``lock`` names the field by whose value jobs run one by one."""

    event: type
    job: str
    lock: str | None = None


FLOW: tuple[Follows, ...] = (
    # our own proof that a person has a notice makes the entry it tells of count as served
    Follows(NoticeServed, "records.mark_served", lock="person_id"),
    # whoever was shown what its source took back is told, and acknowledges
    Follows(EntryWithdrawn, "remedies.recall_entry", lock="person_id"),
    Follows(BatchRecalled, "remedies.recall_batch", lock="batch_uid"),
    # and whoever was told of an older version
    Follows(EntryCorrected, "remedies.tell_corrected", lock="person_id"),
    Follows(EntriesSuperseded, "remedies.tell_of_batch", lock="batch_id"),
    Follows(RecipientTold, "doors.tell_recipient", lock="recall"),
    # the cases of an erased person go with the rest
    Follows(PersonErased, "remedies.forget_person", lock="person_id"),
)
"""Event -> job, in reading order of the rooms."""


def wire() -> None:
    """Tell foundation the table. Called once, when Django starts."""
    for line in FLOW:
        events.route(line.event, line.job, lock=line.lock)
