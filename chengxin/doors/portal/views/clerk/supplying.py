"""What the pages of those who send have in common: who acts, for which office, and the items as an edition names them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.terms import Item, NoEditionInForce
from chengxin.collection import facade as collection
from chengxin.collection.terms import BatchView
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.request import Request
from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED
from chengxin.kernel.errors import NotFound
from chengxin.offices import facade as offices
from chengxin.offices.terms import OrganisationView, Permission, Tier


class ItemNotSupplied(NotFound):
    """The catalogue in force has no such item for this office."""

    code = "item_not_supplied"


def acting(request: Request) -> tuple[Actor, UUID]:
    """The official who asks, and the organisation acted for."""
    actor = request.actor
    assert actor is not None
    assert actor.organisation_id is not None
    return actor, actor.organisation_id


def may(request: Request, permission: Permission, organisation_id: UUID | None = None) -> bool:
    """Whether the page offers a step; the step itself asks again."""
    actor, own = acting(request)
    return offices.may(actor, permission, request.at, organisation_id=organisation_id or own) == ALLOWED


def office_asked_about(request: Request, permission: Permission) -> tuple[OrganisationView, list[OrganisationView]]:
    """The office that ``?office=`` names; without it the own one, or the first in reach where the own one supplies nothing.
    And those to choose from, where there are several."""
    actor, own = acting(request)
    below = set(offices.organisations_below(own))
    reach = [one for one in offices.organisations() if one.id in below and may(request, permission, one.id)]
    wanted = request.GET.get("office", "")
    chosen = next((one for one in reach if str(one.uid) == wanted), None)
    if wanted and chosen is None:
        chosen = offices.organisation_by_uid(_uuid(wanted))
        offices.require_permission(actor, permission, request.at, organisation_id=chosen.id)
    ordered = sorted(reach, key=lambda one: (one.id != own, name_of(one, request.language)))
    if chosen is None:
        today = shanghai_day(request.at)
        supplying = sorted((one for one in reach if _supplies(one, today)), key=lambda one: _begins(one, own))
        chosen = supplying[0] if supplying else offices.organisation(own)
    return chosen, ordered if len(ordered) > 1 else []


def _begins(office: OrganisationView, own: UUID) -> tuple[bool, bool]:
    """The own office first, then those that are there to supply, as the tree has them."""
    return office.id != own, office.tier is not Tier.SUPPLIER


def _supplies(office: OrganisationView, day: date) -> bool:
    """Whether the catalogue of a day expects anything of the office."""
    try:
        return bool(catalogue.items_supplied_by(office.org_code, office.kind, day))
    except NoEditionInForce:
        return False


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(thing="organisation") from None


def own_items(request: Request) -> tuple[Item, ...]:
    """The open items that the own office hands in today."""
    _, own = acting(request)
    office = offices.organisation(own)
    return catalogue.items_supplied_by(office.org_code, office.kind, shanghai_day(request.at))


def own_item(request: Request, code: str) -> Item:
    """One of them. Raises ``ItemNotSupplied``."""
    found = next((item for item in own_items(request) if item.code == code), None)
    if found is None:
        raise ItemNotSupplied(item=code)
    return found


def items_on(day: date) -> Callable[[str], Item | None]:
    """Items by code as the edition of a day names them; nothing where none was in force."""
    try:
        return catalogue.edition_on(day).item
    except NoEditionInForce:
        return lambda code: None


def item_of(batch: BatchView) -> Item | None:
    """The item of a batch, as the edition of its day names it."""
    return items_on(shanghai_day(batch.received_at))(batch.item)


def own_batch(request: Request, uid: UUID) -> BatchView:
    """A batch that the one who asks may see."""
    actor, _ = acting(request)
    return collection.batch_for(actor, uid, request.at)
