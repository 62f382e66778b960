"""The few looks of officials in this first access: a held row opened, and a person seen at a counter. Each leaves its trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chengxin.access.actions.reading import log_look
from chengxin.access.terms import Purpose
from chengxin.collection import facade as collection
from chengxin.foundation import journal
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.kernel.names import normalise_name
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons import facade as persons

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.collection.terms import HeldOpened
    from chengxin.foundation.actors import Actor

COUNTER_FIELDS = ("document_kind", "document_number", "name")


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A held row opened, and the names known so far under its number: none where the number is nobody's here."""

    held: HeldOpened
    known_names: tuple[str, ...]


def quarantined_row_for(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> QuarantinedRow:
    """Open one held row for an identity officer (F9): journalled, and a look in the log of the number's owner.

    Needs SEE_QUARANTINE in reach of the row's office. Raises Refusal (reason_missing), HeldRowUnknown, HeldRowEnded.
    """
    if not reason.strip():
        raise Refusal(Refused("reason_missing", "F9"))
    view = collection.held_row(uid)
    offices.require_permission(actor, Permission.SEE_QUARANTINE, at, organisation_id=view.organisation_id)
    with in_transaction():
        opened = collection.held_opened(uid, at=at)
        journal.record(
            actor, "open_held_row", "held_row", uid, at=at, reason=reason, organisation_id=view.organisation_id
        )
        if opened.person_id is None:
            return QuarantinedRow(opened, ())
        with as_person(opened.person_id):
            names = persons.identity_of(opened.person_id).names
            log_look(
                actor=actor,
                person_id=opened.person_id,
                purpose=Purpose.IDENTITY_CHECK,
                fields=(*COUNTER_FIELDS, *sorted(opened.content)),
                case_ref=str(uid),
                at=at,
            )
    return QuarantinedRow(opened, names)


def hand_binding_code(*, actor: Actor, kind: str, number: str, name: str, at: datetime, reason: str) -> str:
    """A one-time code for a person who stands at the counter with the document (F12), and the look it is.

    Needs BIND_ACCOUNT. Shown once; the official never learns whether the person was known before.
    """
    if not reason.strip():
        raise Refusal(Refused("reason_missing", "F12"))
    offices.require_permission(actor, Permission.BIND_ACCOUNT, at)
    if actor.official_id is not None and is_own(actor.official_id, name):
        raise Refusal(Refused("own_identity", "F12"))
    with in_transaction():
        code, person_id = persons.issue_binding_code(
            actor=actor, kind=kind, number=number, name=name, at=at, reason=reason
        )
        with as_person(person_id):
            log_look(actor=actor, person_id=person_id, purpose=Purpose.COUNTER_BINDING, fields=COUNTER_FIELDS, at=at)
    return code


def is_own(official_id: UUID, name: str) -> bool:
    """Whether the name is the officer's own. A name-sake goes to a colleague: nobody binds an account to themselves."""
    own = offices.official_names([official_id]).get(official_id, "")
    return normalise_name(own) == normalise_name(name)
