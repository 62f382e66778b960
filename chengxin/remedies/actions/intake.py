"""No wrong door: any office that is asked takes a case in, at its counter, by telephone or on paper. It shows no file."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.kernel.names import normalise_name
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons import facade as persons
from chengxin.persons.terms import Assurance
from chengxin.remedies.actions.contested import what_is_meant
from chengxin.remedies.actions.opening import open_case
from chengxin.remedies.terms.cases import About, AboutKind, Case, Channel, Deed
from chengxin.remedies.terms.desks import Brought
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.workflows import Act

FIELDS: Final = ("document_kind", "document_number", "name")
COMPLAINT: Final = "complaint"
_OPENS: Final = {"statement": Act.WRITE}
TAKEN_IN: Final = "taken_in_by_office"
"""The code that mark and journal keep: what was said stands sealed in the case."""


def take_in_case(*, actor: Actor, brought: Brought, at: datetime, reason: str) -> Case:
    """A case for a person who is named by document and name, and the look it is. Needs TAKE_IN_CASE.

    What is contested is found by the number of its decision, or is the one adverse entry of its person, where there is one and no
    more: old people and letters seldom give a number. A look is found by its office and its day. An objection of which that does
    not say what it is about is taken in all the same, and it is said later (`actions.finding`); anything else is a complaint in
    the person's words then, and is sorted out by whoever works it. Somebody who is not known here is let in at a
    counter alone, where the document was seen. Raises Refusal.
    """
    if not brought.words.strip() or not reason.strip():
        raise Refusal(Refused(Reason.REASON_MISSING, "个人信息保护法 50"))
    offices.require_permission(actor, Permission.TAKE_IN_CASE, at)
    own = "" if actor.official_id is None else offices.official_names([actor.official_id]).get(actor.official_id, "")
    if normalise_name(own) == normalise_name(brought.name):
        raise Refusal(Refused(Reason.OWN_CASE, "charter 7"))
    with in_transaction():
        person_id = _person(actor, brought, at)
        with as_person(person_id):
            # before its own look, which is none of those that could be meant
            about = what_is_meant(person_id, brought, at)
            access.log_look(actor=actor, person_id=person_id, purpose=Purpose.REMEDY_CASE, fields=FIELDS, at=at)
        return open_case(
            actor=actor,
            person_id=person_id,
            workflow=COMPLAINT if about is None else brought.workflow,
            about=about or About(AboutKind.OFFICE),
            act=Act.SUBMIT if about is None else _OPENS.get(brought.workflow, brought.act),
            channel=brought.channel,
            deed=Deed(reason=_words(brought, about), filing=brought.filing if about else "", on=brought.on),
            at=at,
            reason=TAKEN_IN,
        )


def _person(actor: Actor, brought: Brought, at: datetime) -> UUID:
    if brought.channel is Channel.COUNTER:
        return persons.person_for_verified_identity(
            kind=brought.kind,
            number=brought.number,
            name=brought.name,
            assurance=Assurance.COUNTER,
            source="counter",
            actor=actor,
            at=at,
        )
    found = persons.person_of_document_and_name(brought.kind, brought.number, brought.name)
    if found is None:
        raise Refusal(Refused(Reason.DOCUMENT_UNSEEN, "F12"))
    return found


def _words(brought: Brought, about: About | None) -> str:
    """What was said, with who is meant; with the number where it found nothing, so that it is not lost."""
    day = brought.on.isoformat() if brought.on else ""
    seen_on = brought.seen_on.isoformat() if brought.seen_on else ""
    lost = () if about and not about.to_find else (brought.decision.strip(), brought.filing.strip(), day)
    return "\n".join(one for one in (brought.words.strip(), brought.by.strip(), seen_on, *lost) if one)
