"""A recipient acknowledges that what it was shown is no longer right, and that it has put its own records straight."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.records import facade as records
from chengxin.remedies import models
from chengxin.remedies.actions.stepping import step_on
from chengxin.remedies.queries.cases import person_of_case
from chengxin.remedies.queries.recalls import recall_for, row_for
from chengxin.remedies.terms.cases import CaseUnknown, Deed
from chengxin.remedies.terms.desks import RecallLine
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act

RECALL: Final = "remedy_recall"


def acknowledge_recall(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> RecallLine:
    """For the actor's own organisation, by an official or its machine; a second time changes nothing. An official needs LOOK_UP.

    The last of all closes the case, and its person has the letter. ``reason``: what was done with what had been received,
    in words that name nobody. Raises RecallUnknown, Refusal.
    """
    row = row_for(actor, uid, at)
    if not reason.strip():
        raise Refusal(Refused(Reason.REASON_MISSING, "个人信息保护法 46"))
    try:
        person_id = person_of_case(row.case_uid)
    except CaseUnknown:
        # the person was erased since: what is left is the recipient's own line
        person_id = None
    if person_id is None:
        with in_transaction():
            _note(actor, row, at, reason)
    else:
        with as_person(person_id):
            records.lock_person(person_id)
            if _note(actor, row, at, reason):
                _move(actor, person_id, row, at, reason)
    return recall_for(actor, uid, at)


def _note(actor: Actor, row: models.Recipient, at: datetime, reason: str) -> bool:
    waiting = models.Recipient.objects.filter(id=row.id, acknowledged_at__isnull=True)
    if not waiting.update(acknowledged_at=at, acknowledged_by=actor.official_id or actor.client_id):
        return False
    journal.record(actor, "acknowledge_recall", RECALL, row.id, at=at, reason=reason)
    return True


def _move(actor: Actor, person_id: UUID, row: models.Recipient, at: datetime, reason: str) -> None:
    """The case in which it was told moves with it; with the last of them it is closed."""
    case = models.Case.objects.get(person_id=person_id, uid=row.case_uid)
    left = models.Recipient.objects.filter(case_uid=row.case_uid, acknowledged_at__isnull=True).exists()
    act = Act.ACKNOWLEDGE if left else Act.ACKNOWLEDGE_LAST
    have = frozenset({Who.RECIPIENT})
    step_on(case, actor, act, Deed(reason=reason), have=have, at=at, reason="recipient_acknowledged")
