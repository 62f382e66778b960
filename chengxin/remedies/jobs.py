"""Later: what a proven error brings to its siblings. No clock needs a job."""

from __future__ import annotations

from uuid import UUID

from chengxin.foundation import clock, jobs
from chengxin.foundation.actors import Actor
from chengxin.remedies.actions.effects import SWEEP_SIBLINGS
from chengxin.remedies.actions.sweeping import sweep_siblings


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
