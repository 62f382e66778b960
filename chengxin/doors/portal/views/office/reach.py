"""Whose officials and organisations the one who asks may see: their own office and all below it."""

from __future__ import annotations

from uuid import UUID

from chengxin.doors.portal.presenters.offices import Branch, tree
from chengxin.doors.request import Request
from chengxin.foundation.actors import Actor
from chengxin.offices import facade as offices
from chengxin.offices.terms import OrganisationView


def acting(request: Request) -> tuple[Actor, UUID]:
    """The official who asks, and the organisation acted for. Their entrance has let them in."""
    actor = request.actor
    assert actor is not None
    assert actor.organisation_id is not None
    return actor, actor.organisation_id


def in_reach(request: Request) -> list[OrganisationView]:
    """The open organisations from the own one down."""
    _, own = acting(request)
    below = set(offices.organisations_below(own))
    return [office for office in offices.organisations() if office.id in below]


def branches(request: Request) -> list[Branch]:
    """The same as a tree."""
    _, own = acting(request)
    return tree(in_reach(request), own, request.language)


def office_choices(request: Request) -> list[tuple[str, str]]:
    """The same as a list to choose from, lower ones set in; by public uid."""
    return [(str(one.office.uid), "　" * one.depth + one.name) for one in branches(request)]


def chosen_office(request: Request, uid: str) -> OrganisationView:
    """The organisation chosen from that list; whether it is in reach the action asks anew."""
    return offices.organisation_by_uid(UUID(uid))
