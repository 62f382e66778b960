"""Reading a case: by its person, or by an official who works it, whose look at the entry is logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.terms import Purpose
from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.records.terms import EntryView
from chengxin.remedies import models
from chengxin.remedies.actions import docketing
from chengxin.remedies.actions.capacities import capacities
from chengxin.remedies.actions.facts import entry_of
from chengxin.remedies.actions.writing import CASE, waiting_proposal
from chengxin.remedies.queries.cases import case_at, cases_at, person_of_case, whole
from chengxin.remedies.terms.cases import OF_AN_ENTRY, Case, CaseUnknown
from chengxin.remedies.terms.words import OFFICIALS


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A case as who works it sees it: with the entry it is about, where it is about one that is still held."""

    case: Case
    entry: EntryView | None


def case_of(*, actor: Actor, uid: UUID, at: datetime) -> Case:
    """One of a person's own cases, for them or who acts for them. Raises CaseUnknown, Refusal."""
    person_id = _own(actor, at)
    with as_person(person_id):
        return case_at(person_id, uid, at=at)


def cases_of(*, actor: Actor, at: datetime) -> list[Case]:
    """All of a person's own cases, for them or who acts for them, the newest first. Raises Refusal."""
    person_id = _own(actor, at)
    with as_person(person_id):
        return cases_at(person_id, at=at)


def case_for(*, actor: Actor, uid: UUID, at: datetime, purpose: Purpose = Purpose.REMEDY_CASE) -> WorkedCase:
    """A case for an official who works it. What they read of the entry is a look that the person sees. Raises CaseUnknown."""
    person_id = person_of_case(uid)
    with as_person(person_id):
        row = models.Case.objects.filter(person_id=person_id, uid=uid).first()
        if row is None:
            raise CaseUnknown()
        case = whole(row, at)
        proposal = waiting_proposal(case)
        have = capacities(actor, row, at, proposed_by=proposal.actor if proposal else None)
        if not have & OFFICIALS:
            raise CaseUnknown()
        about = case.about
        entry = entry_of(person_id, about.uid, at) if about.kind in OF_AN_ENTRY and about.uid is not None else None
        access.log_look(
            actor=actor,
            person_id=person_id,
            purpose=purpose,
            entries=() if entry is None else (entry,),
            fields=("*",),
            case_ref=case.number,
            at=at,
        )
    return WorkedCase(case, entry)


def assign_case(*, actor: Actor, uid: UUID, official_id: UUID | None, at: datetime, reason: str) -> None:
    """Put a case on somebody's desk, one's own as well. Needs WORK_CASES in reach of its office. Raises CaseUnknown."""
    row = models.Docket.objects.filter(uid=uid).first()
    if row is None:
        raise CaseUnknown()
    offices.require_permission(actor, Permission.WORK_CASES, at, organisation_id=row.organisation_id)
    with in_transaction():
        docketing.assign(uid, official_id)
        journal.record(actor, "assign_case", CASE, uid, at=at, reason=reason, organisation_id=row.organisation_id)


def _own(actor: Actor, at: datetime) -> UUID:
    person_id = actor.subject_id
    if person_id is None:
        raise Refusal(Refused("not_your_file", "个人信息保护法 45"))
    require(persons.may_act_for(actor, person_id, Scope.REMEDIES, at=at))
    return person_id
