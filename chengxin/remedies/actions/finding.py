"""Which entry, or which look, a case is about that came in without its number: chosen by its person, by who works it, or by who
took it in at a counter."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import is_allowed
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.records import facade as records
from chengxin.remedies import models
from chengxin.remedies.actions.capacities import capacities
from chengxin.remedies.actions.contested import all_meant, in_use
from chengxin.remedies.actions.silence import write_silence
from chengxin.remedies.actions.stepping import step_on
from chengxin.remedies.queries.cases import events_of, person_of_case, whole
from chengxin.remedies.terms.cases import OF_AN_ENTRY, Case, CaseUnknown, Channel, Deed
from chengxin.remedies.terms.desks import Choice
from chengxin.remedies.terms.parties import INTAKE
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act

FIELDS: Final = ("item", "decision_number", "decided_on", "supplier")
"""All that is shown of an entry to be chosen."""


def choice_of(*, actor: Actor, uid: UUID, at: datetime, purpose: Purpose = Purpose.REMEDY_CASE) -> Choice:
    """What case ``uid`` may be about, for its person, for who works it, or for who took it in at a counter, on that day, from
    somebody who stood there. What an official is shown is a look that the person sees. Raises CaseUnknown."""
    person_id = actor.subject_id or person_of_case(uid)
    with as_person(person_id):
        row, _ = _of(actor, person_id, uid, at)
        case = whole(row, at)
        if not case.about.to_find or case.outcome is not None:
            raise CaseUnknown()
        meant = all_meant(row, at)
        if actor.kind == "official":
            named = {one.uid for one in meant}
            shown = [one for one in in_use(person_id, at) if one.uid in named] if case.about.kind in OF_AN_ENTRY else []
            access.log_look(
                actor=actor,
                person_id=person_id,
                purpose=purpose,
                entries=shown,
                fields=FIELDS,
                case_ref=case.number,
                at=at,
            )
    return Choice(uid, case.number, case.about.kind, meant)


def say_which(*, actor: Actor, uid: UUID, found: UUID, at: datetime, reason: str) -> Case:
    """Case ``uid`` is about this one: what is adverse is frozen at once, and the clocks run from when it came in.

    Raises CaseUnknown, NotFound where it may not be meant, Refusal.
    """
    person_id = actor.subject_id or person_of_case(uid)
    write_silence(person_id, uid, at=at)
    with as_person(person_id):
        records.lock_person(person_id)
        row, have = _of(actor, person_id, uid, at)
        return step_on(row, actor, Act.FIND, Deed(found=found), have=have, at=at, reason=reason)


def _of(actor: Actor, person_id: UUID, uid: UUID, at: datetime) -> tuple[models.Case, frozenset[Who]]:
    row = models.Case.objects.filter(person_id=person_id, uid=uid).first()
    if row is None:
        raise CaseUnknown()
    have = capacities(actor, row, at) & INTAKE
    if not have and _took_it_in(actor, row, at):
        have = frozenset({Who.CASEWORKER})
    if not have:
        raise CaseUnknown()
    return row, have


def _took_it_in(actor: Actor, row: models.Case, at: datetime) -> bool:
    """Whether this official wrote it down today, for somebody whose document they saw."""
    return (
        actor.official_id is not None
        and row.channel == Channel.COUNTER.value
        and shanghai_day(row.opened_at) == shanghai_day(at)
        and events_of(row)[0].actor == actor.official_id
        and is_allowed(offices.may(actor, Permission.TAKE_IN_CASE, at))
    )
