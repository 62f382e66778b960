"""Suspensions of access: for the supervisors who keep them, and for those whose access it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from chengxin.foundation.actors import Actor
from chengxin.kernel.decisions import ALLOWED
from chengxin.offices import rules
from chengxin.offices.models import Suspension
from chengxin.offices.queries.authority import may, require_permission
from chengxin.offices.queries.organisations import organisations_below
from chengxin.offices.queries.running import concerning, suspended_organisation
from chengxin.offices.terms import Permission, Role, Suspended, SuspensionUnknown, SuspensionView


def suspensions_for(actor: Actor, at: datetime) -> list[SuspensionView]:
    """Those that the actor keeps or that concern them, running and past, the newest first.

    With SUSPEND_ACCESS or as office head: all in reach. An inquirer: their own and their organisation's. Needs
    SUSPEND_ACCESS or ANSWER_SUSPENSION.
    """
    if may(actor, Permission.SUSPEND_ACCESS, at) != ALLOWED:
        require_permission(actor, Permission.ANSWER_SUSPENSION, at)
    assert actor.organisation_id is not None
    if actor.role == Role.INQUIRER:
        rows = concerning((actor.organisation_id,)).filter(
            Q(official_id=actor.official_id) | Q(organisation_id=actor.organisation_id)
        )
    else:
        rows = concerning(organisations_below(actor.organisation_id))
    return suspension_views(rows, actor, at)


def suspension_for(actor: Actor, uid: UUID, at: datetime) -> SuspensionView:
    """One of `suspensions_for`; raises `SuspensionUnknown` for any other."""
    found = next((one for one in suspensions_for(actor, at) if one.uid == uid), None)
    if found is None:
        raise SuspensionUnknown()
    return found


def suspension_views(rows: Iterable[Suspension], actor: Actor, at: datetime) -> list[SuspensionView]:
    """Rows, their official and client joined, as the values this actor is shown."""
    keeps = may(actor, Permission.SUSPEND_ACCESS, at) == ALLOWED
    answers = may(actor, Permission.ANSWER_SUSPENSION, at) == ALLOWED
    return [_view(row, actor, at, keeps=keeps, answers=answers) for row in rows]


def _view(row: Suspension, actor: Actor, at: datetime, *, keeps: bool, answers: bool) -> SuspensionView:
    facts = suspension_facts(row)
    assert actor.official_id is not None
    if row.official is not None:
        whose, name = Suspended.OFFICIAL, row.official.name
    elif row.client is not None:
        whose, name = Suspended.CLIENT, row.client.name
    else:
        whose, name = Suspended.ORGANISATION, ""
    return SuspensionView(
        uid=row.uid,
        whose=whose,
        organisation_id=suspended_organisation(row),
        thing_name=name,
        from_at=row.from_at,
        ends_at=row.ends_at,
        standing=rules.suspension_standing(facts, at),
        reason=row.reason if keeps else "",
        notice=row.notice,
        by=row.suspended_by,
        reply=row.reply,
        replied_at=row.replied_at,
        replied_by=row.replied_by,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by,
        may_reply=answers
        and speaks_for(actor, row)
        and rules.may_reply(facts, actor_id=actor.official_id, at=at) == ALLOWED,
        may_lift=keeps and rules.may_lift(facts, actor_id=actor.official_id, at=at) == ALLOWED,
    )


def speaks_for(actor: Actor, row: Suspension) -> bool:
    """Whether an actor may answer for the suspended side: a head for all in reach, an inquirer for themself alone."""
    return actor.role == Role.OFFICE_HEAD or row.official_id == actor.official_id


def suspension_facts(row: Suspension) -> rules.SuspensionFacts:
    """What the rules may know of a suspension."""
    return rules.SuspensionFacts(
        official_id=row.official_id,
        suspended_by=row.suspended_by,
        from_at=row.from_at,
        ends_at=row.ends_at,
        replied=row.replied_at is not None,
        lifted_at=row.lifted_at,
    )
