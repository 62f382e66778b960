"""Orders that keep the looks of one case from their persons for a time: asked for by one organisation, decided by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from chengxin.access.models import Case, SealOrder
from chengxin.access.queries.seals import seal_laws_open, seal_view
from chengxin.access.rules import sealing as rules
from chengxin.access.terms.seals import SealState, SealUnknown, SealView
from chengxin.foundation import journal
from chengxin.foundation.database import in_transaction
from chengxin.kernel.days import day_starts_at, shanghai_day
from chengxin.kernel.decisions import require
from chengxin.kernel.errors import NotFound
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor


def ask_seal(*, actor: Actor, case: UUID, law: str, ends_on: date, at: datetime, reason: str) -> SealView:
    """Ask that looks for an open case of the own organisation (its public uid) stay sealed until a day, under a law's code
    in the catalogue in force.

    Needs ASK_SEAL. Raises NotFound, Refusal.
    """
    offices.require_permission(actor, Permission.ASK_SEAL, at)
    assert actor.organisation_id is not None
    assert actor.official_id is not None
    today, own = shanghai_day(at), offices.organisation(actor.organisation_id)
    with in_transaction():
        about = Case.objects.filter(uid=case, organisation_id=own.id).first()
        if about is None:
            raise NotFound(thing="case")
        named = next((one for one in seal_laws_open(actor, at) if one.code == law), None)
        require(rules.may_ask_seal(named, case_open=about.closed_at is None, ends_on=ends_on, today=today))
        assert named is not None
        row = SealOrder(
            id=new_id(at),
            uid=new_uid(),
            organisation_id=own.id,
            case_id=about.id,
            case_ref=about.ref,
            law=named.basis.law,
            article=named.basis.article,
            most_days=named.days,
            starts_on=today,
            ends_on=ends_on,
            reason=reason.strip(),
            asked_by=actor.official_id,
            asked_at=at,
        )
        row.save(force_insert=True)
        journal.record(actor, "ask_seal", "seal_order", row.uid, at=at, reason=reason, organisation_id=own.id)
        return seal_view(row)


def decide_seal(*, actor: Actor, uid: UUID, approved: bool, at: datetime, reason: str) -> SealView:
    """Approve or refuse an order of another organisation. Needs APPROVE_SEAL in its reach; raises SealUnknown, Refusal."""
    with in_transaction():
        row = SealOrder.objects.select_for_update(no_key=True).filter(uid=uid).first()
        if row is None:
            raise SealUnknown()
        offices.require_permission(actor, Permission.APPROVE_SEAL, at, organisation_id=row.organisation_id)
        require(rules.may_decide_seal(seal_view(row), actor.official_id, actor.organisation_id, shanghai_day(at)))
        row.state = SealState.APPROVED if approved else SealState.REFUSED
        row.decided_by, row.decided_in, row.decided_at = actor.official_id, actor.organisation_id, at
        row.save(update_fields=["state", "decided_by", "decided_in", "decided_at"])
        if approved:
            # the latest of several orders, each within its own law's maximum
            Case.objects.filter(id=row.case_id).filter(
                Q(opens_at__isnull=True) | Q(opens_at__lt=day_starts_at(row.ends_on))
            ).update(opens_at=day_starts_at(row.ends_on))
        act = "approve_seal" if approved else "refuse_seal"
        journal.record(actor, act, "seal_order", uid, at=at, reason=reason, organisation_id=row.organisation_id)
        return seal_view(row)
