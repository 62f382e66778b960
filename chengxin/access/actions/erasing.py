"""Erasing a person across the rooms that hold something of them: asked by one official, approved by another (F7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chengxin.access.actions.reviewing import forget_person
from chengxin.access.actions.watching import forget_person_asked_about
from chengxin.access.models import ErasureRequest
from chengxin.access.terms import PersonErased, PersonUnknown
from chengxin.collection import facade as collection
from chengxin.foundation import events, journal, outbox
from chengxin.foundation.accounts import delete_resident_accounts
from chengxin.foundation.database import INTAKE, as_person, in_transaction, working_off
from chengxin.kernel.days import shanghai_day
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

REQUESTS: Final = "access_erasure_request"


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
    with as_person(person_id):
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
    with working_off(REQUESTS):
        request = ErasureRequest.objects.select_for_update().filter(uid=uid, done_at__isnull=True).first()
        if request is None:
            raise NotFound(thing="erasure_request")
        if request.asked_by == official:
            raise Refusal(Refused("second_person_needed", "F7"))
        with in_transaction(INTAKE):
            complete_on = _erase(request, actor, official, at, reason)
        events.publish(PersonErased(request.person_id), at=at)
        request.approved_by, request.done_at, request.complete_on = official, at, complete_on
        request.save(update_fields=["approved_by", "done_at", "complete_on"])
        journal.record(actor, "approve_erasure", "erasure_request", uid, at=at, reason=reason)
    return complete_on


def _erase(request: ErasureRequest, actor: Actor, official: UUID, at: datetime, reason: str) -> date:
    """Room by room, in the current transactions: quarantine, ledger and identity, outbox, accounts."""
    person_id = request.person_id
    with as_person(person_id):
        documents = [(one.kind, one.number) for one in persons.identity_of(person_id).documents]
        accounts = persons.accounts_of(person_id)
    copies_end_at = collection.copies_end_at(documents, at)
    collection.end_rows_of_numbers(documents, actor=actor, at=at, reason="person_erased")
    outbox.forget_person(person_id)
    forget_person(person_id)
    forget_person_asked_about(person_id)
    delete_resident_accounts(accounts)
    return persons.erase_person(
        actor=actor,
        person_id=person_id,
        asked_by=request.asked_by,
        approved_by=official,
        kept_until=records.kept_until(person_id),
        copies_end_on=shanghai_day(copies_end_at) if copies_end_at else None,
        at=at,
        reason=reason,
        also=(lambda erased: records.erase_entries(person_id=erased, at=at),),
    )


def _official(actor: Actor) -> UUID:
    if actor.official_id is None:
        raise Refusal(Refused("official_needed", "F7"))
    return actor.official_id
