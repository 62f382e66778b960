"""Mandates at a counter: two people seen with their documents, by two officials one after the other; each is a look at both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.access.actions.officials import COUNTER_FIELDS, is_own
from chengxin.access.actions.reading import log_look
from chengxin.access.terms import PersonUnknown, Purpose
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons import facade as persons

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor
    from chengxin.persons.terms import MandateKind, Proof, Scope


def note_mandate(
    *,
    actor: Actor,
    principal: persons.Named,
    holder: persons.Named,
    kind: MandateKind,
    scopes: frozenset[Scope],
    ends_on: date | None,
    proof: Proof,
    proof_number: str,
    at: datetime,
    reason: str,
) -> persons.Noted:
    """The first official notes what two people showed; a second who types the same from the papers confirms it.

    Needs BIND_ACCOUNT. Nobody learns whether either was known before. Raises Refusal.
    """
    _require_counter(actor, (principal, holder), at, reason)
    with in_transaction():
        noted = persons.note_mandate(
            actor=actor,
            principal=principal,
            holder=holder,
            kind=kind,
            scopes=scopes,
            ends_on=ends_on,
            proof=proof,
            proof_number=proof_number,
            at=at,
            reason=reason,
        )
        _log_both(actor, (noted.principal, noted.holder), at)
    return noted


def end_mandates(*, actor: Actor, principal: persons.Named, holder: persons.Named, at: datetime, reason: str) -> int:
    """An office ends whatever the second may do for the first, at once and with its reason. Returns how many mandates ended.

    Needs BIND_ACCOUNT. Raises Refusal, PersonUnknown, PersonMandateUnknown.
    """
    _require_counter(actor, (principal, holder), at, reason)
    with in_transaction():
        found = [persons.person_of_document_and_name(one.kind, one.number, one.name) for one in (principal, holder)]
        known = [one for one in found if one is not None]
        if None in found:
            raise PersonUnknown()
        done = persons.end_mandates_at_counter(actor=actor, principal=known[0], holder=known[1], at=at, reason=reason)
        _log_both(actor, known, at)
    return done


def _require_counter(actor: Actor, both: tuple[persons.Named, persons.Named], at: datetime, reason: str) -> None:
    if not reason.strip():
        raise Refusal(Refused("reason_missing", "F12"))
    offices.require_permission(actor, Permission.BIND_ACCOUNT, at)
    if actor.official_id is not None and any(is_own(actor.official_id, one.name) for one in both):
        raise Refusal(Refused("own_identity", "F12"))


def _log_both(actor: Actor, both: tuple[UUID, ...] | list[UUID], at: datetime) -> None:
    for person_id in both:
        with as_person(person_id):
            log_look(actor=actor, person_id=person_id, purpose=Purpose.COUNTER_MANDATE, fields=COUNTER_FIELDS, at=at)
