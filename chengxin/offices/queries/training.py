"""Which trainings of an official were taken back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from chengxin.foundation.actors import Actor
from chengxin.offices.models import Official, TrainingTakenBack
from chengxin.offices.queries.authority import require_permission
from chengxin.offices.terms import OfficialUnknown, Permission, TakenBack


def trainings_taken_back(actor: Actor, official_id: UUID, at: datetime) -> dict[tuple[str, date], TakenBack]:
    """(course, day it was passed) -> that it counts no more: of oneself always, else with SEE_OFFICIALS in reach."""
    official = Official.objects.filter(id=official_id).first()
    if official is None:
        raise OfficialUnknown()
    if actor.official_id != official.id:
        require_permission(actor, Permission.SEE_OFFICIALS, at, organisation_id=official.organisation_id)
    rows = TrainingTakenBack.objects.filter(training__official=official).select_related("training")
    return {
        (row.training.course, row.training.passed_on): TakenBack(row.taken_back_at, row.taken_back_by, row.reason)
        for row in rows
    }
