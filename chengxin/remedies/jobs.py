"""Later: what a proven error brings to its siblings, and the end of an erased person's cases. No clock needs a job."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.foundation import clock, jobs
from chengxin.foundation.actors import Actor, system
from chengxin.remedies.actions.announcing import serve_announced
from chengxin.remedies.actions.correcting import tell_of_newer
from chengxin.remedies.actions.drafting import forget_drafts
from chengxin.remedies.actions.effects import SWEEP_SIBLINGS
from chengxin.remedies.actions.erasing import forget_person
from chengxin.remedies.actions.recounting import ANOTHER_LAW, recount_lines
from chengxin.remedies.actions.sweeping import sweep_batch, sweep_siblings
from chengxin.remedies.actions.taken_back import SWEEP_BATCH, recall_batch, take_back, tell_of_batch
from chengxin.remedies.actions.writing_down import write_down_silence

FORGET_PERSON = "remedies.forget_person"
FORGET_DRAFTS = "remedies.forget_drafts"
SERVE_ANNOUNCED = "remedies.serve_announced"
WRITE_DOWN = "remedies.write_down"
RECOUNT = "remedies.recount"
RECALL_ENTRY = "remedies.recall_entry"
RECALL_BATCH = "remedies.recall_batch"
TELL_CORRECTED = "remedies.tell_corrected"
TELL_OF_BATCH = "remedies.tell_of_batch"
TAKEN_BACK: Final = "来源单位已撤回这条记录。 / Its source has taken this entry back."
PUT_OTHERWISE: Final = "来源单位已更正这条记录。 / Its source has corrected this entry."
"""What person and recipients read: why a source took something back or put it otherwise is its own, and may name others."""


@jobs.job(SWEEP_SIBLINGS, retry=5)
def sweep_siblings_of(case_uid: str, official_id: str, organisation_id: str, role: str) -> int:
    """In the name of the official whose act proved the error."""
    return sweep_siblings(
        actor=Actor(
            kind="official", official_id=UUID(official_id), organisation_id=UUID(organisation_id), role=role or None
        ),
        uid=UUID(case_uid),
        at=clock.now(),
        reason="same_cause",
    )


@jobs.job(RECALL_ENTRY, retry=10)
def recall_withdrawn_entry(person_id: str, entry_uid: str, organisation_id: str, withdrawn_by: str, at: str) -> bool:
    """In the name of the official who took it back."""
    actor = Actor(kind="official", official_id=UUID(withdrawn_by), organisation_id=UUID(organisation_id))
    return take_back(actor=actor, person_id=UUID(person_id), uid=UUID(entry_uid), at=clock.now(), reason=TAKEN_BACK)


@jobs.job(RECALL_BATCH, retry=10)
def recall_whole_batch(batch_uid: str, batch_id: str, organisation_id: str, approved_by: str, at: str) -> int:
    """In the name of the second of the two who took it back."""
    actor = Actor(kind="official", official_id=UUID(approved_by), organisation_id=UUID(organisation_id))
    since = datetime.fromisoformat(at)
    return recall_batch(actor=actor, batch_id=UUID(batch_id), since=since, at=clock.now(), reason=TAKEN_BACK)


@jobs.job(TELL_CORRECTED, retry=10)
def tell_of_corrected_entry(person_id: str, entry_uid: str, organisation_id: str, corrected_by: str, at: str) -> bool:
    """In the name of the official who let the other version in."""
    actor = Actor(kind="official", official_id=UUID(corrected_by), organisation_id=UUID(organisation_id))
    return tell_of_newer(
        actor=actor, person_id=UUID(person_id), uid=UUID(entry_uid), at=clock.now(), reason=PUT_OTHERWISE
    )


@jobs.job(TELL_OF_BATCH, retry=10)
def tell_of_whole_batch(batch_id: str, organisation_id: str, sent_by: str, sent_by_kind: str, at: str) -> int:
    """In the name of the official or the machine that sent it."""
    return tell_of_batch(
        actor=_actor(sent_by_kind, sent_by, organisation_id),
        batch_id=UUID(batch_id),
        at=clock.now(),
        corrected=PUT_OTHERWISE,
        ended=TAKEN_BACK,
    )


@jobs.job(SWEEP_BATCH, retry=5)
def sweep_wrong_batch(batch_id: str, item: str, organisation_id: str, by_id: str, by_kind: str) -> int:
    """In the name of the official or the machine that said that one of its entries was wrong."""
    actor = _actor(by_kind, by_id, organisation_id)
    return sweep_batch(actor=actor, batch_id=UUID(batch_id), item=item, at=clock.now(), reason="same_cause")


def _actor(kind: str, by_id: str, organisation_id: str) -> Actor:
    by_machine = kind == "client"
    return Actor(
        kind="client" if by_machine else "official",
        official_id=None if by_machine else UUID(by_id),
        client_id=UUID(by_id) if by_machine else None,
        organisation_id=UUID(organisation_id),
    )


@jobs.job(FORGET_PERSON, retry=10)
def forget_erased_person(person_id: str, at: str) -> None:
    """After two officials erased somebody: what was sealed is dead with their key, and the rest goes now."""
    forget_person(actor=system(FORGET_PERSON), person_id=UUID(person_id), at=clock.now(), reason="person_erased")


@jobs.job(FORGET_DRAFTS, retry=3, every="30 3 * * *")
def forget_old_drafts() -> int:
    """What a person began and did not send goes; from its day on nobody was shown it."""
    return forget_drafts(actor=system(FORGET_DRAFTS), at=clock.now(), reason="unsent_too_long")


@jobs.job(SERVE_ANNOUNCED, retry=3, every="20 1 * * *")
def serve_what_was_announced() -> int:
    """Until it runs the entry stays with its person alone."""
    return serve_announced(actor=system(SERVE_ANNOUNCED), at=clock.now(), reason="announced_long_enough")


@jobs.job(WRITE_DOWN, retry=3, every="10 0 * * *")
def write_down_what_ran_out() -> int:
    """What a term's end brings is so without it; letters and notices of it go with it, or with the next act."""
    return write_down_silence(actor=system(WRITE_DOWN), at=clock.now(), reason="terms_ran_out")


@jobs.job(RECOUNT, retry=3, every="50 0 * * *")
def recount_under_another_law() -> int:
    """What a start has counted already, unless it was not of the newest files (decision 20). How many changed."""
    return recount_lines(actor=system(RECOUNT), at=clock.now(), reason=ANOTHER_LAW).changed
