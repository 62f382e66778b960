"""A recipient acknowledges that what it was shown is no longer right, and that it has put its own records straight."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.remedies import models
from chengxin.remedies.queries.recalls import recall_for
from chengxin.remedies.terms.desks import RecallLine
from chengxin.remedies.terms.reasons import Reason

RECALL: Final = "remedy_recall"


def acknowledge_recall(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> RecallLine:
    """For the actor's own organisation; a second time changes nothing. Needs LOOK_UP. Raises RecallUnknown.

    ``reason``: what was done with what had been received, in words that name nobody.
    """
    offices.require_permission(actor, Permission.LOOK_UP, at)
    if not reason.strip():
        raise Refusal(Refused(Reason.REASON_MISSING, "个人信息保护法 46"))
    assert actor.organisation_id is not None
    with in_transaction():
        own = models.Recipient.objects.filter(id=uid, organisation_id=actor.organisation_id)
        told = own.filter(acknowledged_at__isnull=True).update(acknowledged_at=at, acknowledged_by=actor.official_id)
        if told:
            journal.record(actor, "acknowledge_recall", RECALL, uid, at=at, reason=reason)
        return recall_for(actor, uid, at)
