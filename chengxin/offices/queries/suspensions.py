"""Suspensions of access: for the supervisors who keep them, and for those whose access it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from chengxin.foundation.actors import Actor
from chengxin.kernel.decisions import ALLOWED
from chengxin.offices import rules
from chengxin.offices.models import Client, Mandate, Official, Suspension
from chengxin.offices.queries.authority import may, require_permission
from chengxin.offices.queries.organisations import organisation, organisations_below
from chengxin.offices.queries.running import concerning, suspended_organisation
from chengxin.offices.terms import (
    LIVE_STATES,
    AskerLine,
    ClientState,
    Permission,
    Role,
    Suspended,
    SuspensionUnknown,
    SuspensionView,
)

_HELD = sorted(LIVE_STATES)


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


def askers_of(actor: Actor, organisation_id: UUID, at: datetime) -> list[AskerLine]:
    """Those of an organisation who may be suspended: itself first, then its inquirers, then its machines that ask.

    Needs SUSPEND_ACCESS in reach. It is no list of who asked, and says nothing of anybody's conduct.
    """
    require_permission(actor, Permission.SUSPEND_ACCESS, at, organisation_id=organisation_id)
    office = organisation(organisation_id)
    people = (
        Official.objects.filter(organisation_id=organisation_id, is_active=True)
        .filter(Exists(Mandate.objects.filter(official_id=OuterRef("id"), role=Role.INQUIRER, state__in=_HELD)))
        .order_by("name", "id")
    )
    machines = Client.objects.filter(organisation_id=organisation_id, may_ask=True).exclude(state=ClientState.ENDED)
    return [
        AskerLine(Suspended.ORGANISATION, office.id, office.uid, office.name_zh),
        *(AskerLine(Suspended.OFFICIAL, one.id, one.uid, one.name) for one in people),
        *(AskerLine(Suspended.CLIENT, one.id, one.uid, one.name) for one in machines.order_by("name", "id")),
    ]


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
