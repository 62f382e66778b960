"""Every read of cases: an asker's own, for its officials and machines. No person stands in any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.access.models import Case
from chengxin.access.terms.asking import CaseUnknown, CaseView
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor


def cases_for(actor: Actor, at: datetime, *, open_only: bool = True, limit: int = 500) -> list[CaseView]:
    """The cases of the actor's own organisation, newest first. An official needs SEE_CASES."""
    rows = Case.objects.filter(organisation_id=_own_office(actor, at))
    if open_only:
        rows = rows.filter(closed_at__isnull=True)
    return [view_of(row) for row in rows.order_by("-opened_at", "-id")[:limit]]


def case_for(actor: Actor, uid: UUID, at: datetime) -> CaseView:
    """One case of the actor's own organisation. Raises CaseUnknown."""
    row = Case.objects.filter(organisation_id=_own_office(actor, at), uid=uid).first()
    if row is None:
        raise CaseUnknown()
    return view_of(row)


def view_of(row: Case) -> CaseView:
    """A case as its asker sees it."""
    return CaseView(
        uid=row.uid,
        organisation_id=row.organisation_id,
        ref=row.ref,
        purpose=row.purpose,
        persons_most=row.places,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        client_id=row.client_id,
        closed_at=row.closed_at,
        outcome=row.outcome,
    )


def _own_office(actor: Actor, at: datetime) -> UUID:
    if actor.kind != "client":
        offices.require_permission(actor, Permission.SEE_CASES, at)
    assert actor.organisation_id is not None
    return actor.organisation_id
