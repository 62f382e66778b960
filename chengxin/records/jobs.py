"""Later: what follows for the ledger from what happened elsewhere."""

from __future__ import annotations

from uuid import UUID

from chengxin.foundation import actors, clock, jobs
from chengxin.records.actions.serving import mark_served

MARK_SERVED = "records.mark_served"
OF_AN_ENTRY = "entry"


@jobs.job(MARK_SERVED, retry=5)
def mark_told_entry_served(
    person_id: str, notice_id: str, subject_kind: str, subject_id: str, subject_version: int, how: str, at: str
) -> None:
    """A person has a notice, by proof of our own: the entry it tells of counts as served from today.

    From the day on which it is marked, not the one of the proof: nobody may be found to have been served yesterday.
    """
    if subject_kind == OF_AN_ENTRY:
        mark_served(
            actor=actors.system(MARK_SERVED),
            person_id=UUID(person_id),
            entry_id=UUID(subject_id),
            version=subject_version,
            at=clock.now(),
            reason=f"notice_{how}",
        )
