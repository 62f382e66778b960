"""In which capacity somebody may act on a case: their own, for another, for an office. The rules say what each may do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.foundation.actors import Actor
from chengxin.kernel.decisions import is_allowed
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons import facade as persons
from chengxin.persons.terms import Scope
from chengxin.remedies import models
from chengxin.remedies.terms.cases import OF_A_LOOK, AboutKind
from chengxin.remedies.terms.words import Who

ORDER: Final = (Who.PERSON, Who.HELPER, Who.SECOND, Who.SUPPLIER, Who.CASEWORKER, Who.CHIEF, Who.RECIPIENT, Who.ANYONE)
"""Where an act is open to several of somebody's capacities, the first counts."""


def capacities(actor: Actor, row: models.Case, at: datetime, *, proposed_by: UUID | None = None) -> frozenset[Who]:
    """All capacities of this actor in this case at a moment. ``proposed_by``: who made the proposal that waits."""
    return frozenset(_capacities(actor, row, at, proposed_by))


def is_mandated(actor: Actor, person_id: UUID, at: datetime) -> bool:
    """Whether somebody acts for this person by a mandate over remedies that is in force at this moment."""
    return actor.mandate is not None and is_allowed(persons.may_act_for(actor, person_id, Scope.REMEDIES, at=at))


def _capacities(actor: Actor, row: models.Case, at: datetime, proposed_by: UUID | None) -> Iterator[Who]:
    if actor.kind == "person":
        if is_mandated(actor, row.person_id, at):
            yield Who.HELPER
        elif actor.mandate is None and actor.person_id == row.person_id:
            yield Who.PERSON
        return
    if actor.kind != "official":
        return
    authority = offices.Authority(actor, at)
    works = _may(authority, Permission.WORK_CASES, row.organisation_id)
    answers = row.supplier is not None and any(
        _may(authority, permission, row.supplier) for permission in _answering(row)
    )
    if works:
        yield Who.CASEWORKER
    if answers:
        yield Who.SUPPLIER
    if (works or answers) and proposed_by is not None and proposed_by != actor.official_id:
        yield Who.SECOND
    if any(
        _may(authority, Permission.LEAD_CASES, office)
        for office in (row.organisation_id, row.supplier)
        if office is not None
    ):
        yield Who.CHIEF


def _answering(row: models.Case) -> tuple[Permission, ...]:
    """What lets somebody answer for the source. Who only asks has no supervisor clerk: the head answers for a look."""
    of_a_look = AboutKind(row.about_kind) in OF_A_LOOK
    return (Permission.ANSWER_CASES, Permission.LEAD_CASES) if of_a_look else (Permission.ANSWER_CASES,)


def _may(authority: offices.Authority, permission: Permission, organisation_id: UUID) -> bool:
    return is_allowed(authority.may(permission, organisation_id=organisation_id))


def chosen(open_to: frozenset[Who], have: frozenset[Who]) -> Who | None:
    """The capacity in which an act is taken."""
    return next((who for who in ORDER if who in open_to and who in have), None)
