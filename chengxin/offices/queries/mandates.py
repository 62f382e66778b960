"""Officials and mandates, for those whose office it is."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.offices.models import Mandate, Official
from chengxin.offices.queries.authority import require_permission
from chengxin.offices.queries.organisations import organisations_below
from chengxin.offices.queries.views import mandate_views, official_view
from chengxin.offices.terms import (
    LIVE_STATES,
    PERMISSIONS,
    MandateState,
    MandateView,
    OfficialUnknown,
    OfficialView,
    Permission,
    Standing,
)


def officials_of(actor: Actor, organisation_id: UUID, at: datetime, *, below: bool = False) -> list[OfficialView]:
    """Officials of an organisation, with ``below`` also of all under it; who left included. Needs SEE_OFFICIALS there."""
    require_permission(actor, Permission.SEE_OFFICIALS, at, organisation_id=organisation_id)
    within = organisations_below(organisation_id) if below else (organisation_id,)
    rows = Official.objects.filter(organisation_id__in=within).order_by("name", "id")
    return [official_view(row) for row in rows]


def official_for(actor: Actor, uid: UUID, at: datetime) -> OfficialView:
    """One official by public uid. Needs SEE_OFFICIALS in reach of their organisation; raises `OfficialUnknown`."""
    row = Official.objects.filter(uid=uid).first()
    if row is None:
        raise OfficialUnknown()
    require_permission(actor, Permission.SEE_OFFICIALS, at, organisation_id=row.organisation_id)
    return official_view(row)


def mandates_of(actor: Actor, official_id: UUID, at: datetime) -> list[MandateView]:
    """All mandates of an official, the newest first: of oneself always, else with SEE_OFFICIALS in reach."""
    official = Official.objects.filter(id=official_id).first()
    if official is None:
        raise OfficialUnknown()
    if actor.official_id != official.id:
        require_permission(actor, Permission.SEE_OFFICIALS, at, organisation_id=official.organisation_id)
    return mandate_views(Mandate.objects.filter(official=official).order_by("-granted_at", "-id"), at)


def mandates_waiting(actor: Actor, at: datetime) -> list[MandateView]:
    """Mandates in the actor's reach that wait for a second person, the oldest first."""
    return mandate_views(_in_reach(actor, at).filter(state=MandateState.PROPOSED).order_by("granted_at", "id"), at)


def mandates_due(actor: Actor, at: datetime, *, until: date) -> list[MandateView]:
    """Mandates in the actor's reach that lapse by themselves by a day unless confirmed, the most pressing first."""
    rows = _in_reach(actor, at).filter(
        state=MandateState.APPROVED, reapproval_due_on__range=(shanghai_day(at), until), ends_on__gte=shanghai_day(at)
    )
    return mandate_views(rows.order_by("reapproval_due_on", "granted_at", "id"), at)


def _in_reach(actor: Actor, at: datetime) -> QuerySet[Mandate]:
    require_permission(actor, Permission.SEE_OFFICIALS, at)
    assert actor.organisation_id is not None
    return Mandate.objects.filter(organisation_id__in=organisations_below(actor.organisation_id))


def held_between(official_id: UUID, starts_on: date, ends_on: date) -> QuerySet[Mandate]:
    """Live mandates of an official that can work on a day of these, both ends included."""
    return (
        Mandate.objects.filter(official_id=official_id, state__in=sorted(LIVE_STATES))
        .filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
        .exclude(reapproval_due_on__lt=starts_on)
    )


def colleagues(actor: Actor, permission: Permission, at: datetime) -> dict[UUID, str]:
    """Who in the actor's organisation holds a permission today, the actor too, by name. Needs the permission itself."""
    require_permission(actor, permission, at)
    assert actor.organisation_id is not None
    rows = Mandate.objects.filter(
        organisation_id=actor.organisation_id, role__in=sorted(PERMISSIONS[permission]), state=MandateState.APPROVED
    )
    held = [one for one in mandate_views(rows, at) if one.standing is Standing.IN_FORCE]
    return {one.official_id: one.holder_name for one in sorted(held, key=lambda one: one.holder_name)}
