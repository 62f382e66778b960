"""Every read of orders of silence: for the two organisations that make one, for the case it is about, counted for the public."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from chengxin.access.models import SealOrder
from chengxin.access.terms import Ground
from chengxin.access.terms.seals import SealCount, SealState, SealUnknown, SealView
from chengxin.catalogue import facade as catalogue
from chengxin.kernel.days import shanghai_day
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from chengxin.access.terms import LookView
    from chengxin.catalogue.terms import SealSpec
    from chengxin.foundation.actors import Actor


def seals_asked_by(actor: Actor, at: datetime) -> list[SealView]:
    """Orders of the actor's own organisation, newest first. Needs ASK_SEAL."""
    offices.require_permission(actor, Permission.ASK_SEAL, at)
    assert actor.organisation_id is not None
    rows = SealOrder.objects.filter(organisation_id=actor.organisation_id).order_by("-asked_at", "-id")
    return [seal_view(row) for row in rows]


def seals_to_decide(actor: Actor, at: datetime, *, decided: bool = False) -> list[SealView]:
    """Orders of other organisations within reach: those that wait, the oldest first; or those ``decided``, newest first.

    Needs APPROVE_SEAL.
    """
    offices.require_permission(actor, Permission.APPROVE_SEAL, at)
    assert actor.organisation_id is not None
    rows = SealOrder.objects.filter(organisation_id__in=offices.organisations_below(actor.organisation_id)).exclude(
        organisation_id=actor.organisation_id
    )
    if decided:
        return [seal_view(row) for row in rows.exclude(state=SealState.ASKED).order_by("-decided_at", "-id")]
    return [seal_view(row) for row in rows.filter(state=SealState.ASKED).order_by("asked_at", "id")]


def seal_to_decide(actor: Actor, uid: UUID, at: datetime) -> SealView:
    """One of them. Needs APPROVE_SEAL in reach; raises SealUnknown."""
    row = SealOrder.objects.filter(uid=uid).first()
    if row is None:
        raise SealUnknown()
    offices.require_permission(actor, Permission.APPROVE_SEAL, at, organisation_id=row.organisation_id)
    return seal_view(row)


def seals_by_month() -> list[SealCount]:
    """Approved orders by month (in Shanghai) and article, newest first: what anybody may know of them."""
    orders = SealOrder.objects.filter(state=SealState.APPROVED).values_list("decided_at", "law", "article")
    found = Counter((shanghai_day(at).replace(day=1), law, article) for at, law, article in orders if at is not None)
    newest_first = sorted(found.items(), key=lambda one: (-one[0][0].toordinal(), one[0][1], one[0][2]))
    return [SealCount(month, law, article, orders) for (month, law, article), orders in newest_first]


def seals_of(looks: Iterable[LookView]) -> dict[UUID, Ground]:
    """Look uid -> the law that kept it from its person for a time; looks that nothing delayed are left out."""
    found: dict[UUID, Ground] = {}
    for look in looks:
        if look.opens_at is None or look.organisation_id is None:
            continue
        order = SealOrder.objects.filter(
            organisation_id=look.organisation_id,
            case_ref=look.case_ref,
            state=SealState.APPROVED,
            ends_on=shanghai_day(look.opens_at),
        ).first()
        if order is not None:
            found[look.uid] = Ground(order.law, order.article)
    return found


def seal_laws_open(actor: Actor, at: datetime) -> tuple[SealSpec, ...]:
    """Laws of silence that hold today and on which the actor's own organisation may rest: none for most."""
    if actor.organisation_id is None:
        return ()
    own = offices.organisation(actor.organisation_id)
    known = catalogue.seals_on(shanghai_day(at)).values()
    return tuple(one for one, stands in known if stands and one.is_for(own.org_code, own.kind))


def seal_view(row: SealOrder) -> SealView:
    """A row as the value others are shown."""
    return SealView(
        uid=row.uid,
        organisation_id=row.organisation_id,
        case_ref=row.case_ref,
        law=row.law,
        article=row.article,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        reason=row.reason,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=SealState(row.state),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
