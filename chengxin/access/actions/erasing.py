"""Erasing a person across the rooms that hold something of them: asked by one official, approved by another (F7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.access.models import ErasureRequest
from chengxin.access.terms import PersonUnknown
from chengxin.foundation import journal
from chengxin.foundation.database import in_transaction
from chengxin.foundation.models import Account
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons import facade as persons
from chengxin.records import facade as records

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor


def ask_erasure(*, actor: Actor, kind: str, number: str, at: datetime, reason: str) -> UUID:
    """Put a person's wish to be erased before a second official. Returns the request's uid.

    The person is named by document, as at a counter; raises PersonUnknown where the platform holds nobody of that number.
    """
    offices.require_permission(actor, Permission.ASK_ERASURE, at)
    official = _official(actor)
    person_id = persons.person_by_document(kind, number)
    if person_id is None:
        raise PersonUnknown()
    uid = new_uid()
    with in_transaction():
        ErasureRequest.objects.create(
            id=new_id(at), uid=uid, person_id=person_id, asked_by=official, asked_at=at, reason=reason
        )
        journal.record(actor, "ask_erasure", "erasure_request", uid, at=at, reason=reason)
    return uid


def approve_erasure(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> date:
    """The second official erases the person. Returns the day on which the erasure is complete, to be told.

    Raises Refusal while a law orders anything of the person kept, and for whoever asked.
    """
    offices.require_permission(actor, Permission.APPROVE_ERASURE, at)
    official = _official(actor)
    with in_transaction():
        request = ErasureRequest.objects.select_for_update().filter(uid=uid, done_at__isnull=True).first()
        if request is None:
            raise NotFound(thing="erasure_request")
        if request.asked_by == official:
            raise Refusal(Refused("second_person_needed", "F7"))
        accounts = persons.accounts_of(request.person_id)
        complete_on = persons.erase_person(
            actor=actor,
            person_id=request.person_id,
            asked_by=request.asked_by,
            approved_by=official,
            kept_until=records.kept_until(request.person_id),
            at=at,
            reason=reason,
            also=(lambda person_id: records.erase_entries(person_id=person_id, at=at),),
        )
        Account.objects.filter(id__in=accounts).update(is_active=False)
        request.approved_by, request.done_at, request.complete_on = official, at, complete_on
        request.save(update_fields=["approved_by", "done_at", "complete_on"])
        journal.record(actor, "approve_erasure", "erasure_request", uid, at=at, reason=reason)
    return complete_on


def _official(actor: Actor) -> UUID:
    if actor.official_id is None:
        raise Refusal(Refused("official_needed", "F7"))
    return actor.official_id
