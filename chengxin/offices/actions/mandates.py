"""Writes on mandates: granted by one person, approved by another, suspended at once, confirmed anew or lapsed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import require
from chengxin.kernel.ids import new_id
from chengxin.offices import rules
from chengxin.offices.actions.guards import promises_kept, require_reason
from chengxin.offices.models import Mandate, Official, Organisation
from chengxin.offices.queries import held_between, mandate_facts, mandate_views, require_permission
from chengxin.offices.terms import (
    ACT_PERMISSIONS,
    MandateAct,
    MandateState,
    MandateUnknown,
    MandateView,
    OfficialUnknown,
    OrganisationUnknown,
    Permission,
    Role,
    Tier,
)


def grant_mandate(
    *,
    actor: Actor,
    official_id: UUID,
    role: Role,
    organisation_id: UUID,
    starts_on: date,
    ends_on: date,
    at: datetime,
    reason: str,
) -> MandateView:
    """Propose a mandate; it works once another person has approved it. Both days are included.

    Needs GRANT_MANDATE in reach of the organisation. Raises `Refusal` (see `rules.may_grant`).
    """
    require_reason(reason)
    with in_transaction():
        require_permission(actor, Permission.GRANT_MANDATE, at, organisation_id=organisation_id)
        official = Official.objects.select_for_update(no_key=True).filter(id=official_id).first()
        if official is None:
            raise OfficialUnknown()
        office = Organisation.objects.filter(id=organisation_id).first()
        if office is None:
            raise OrganisationUnknown()
        assert actor.official_id is not None
        held = list(held_between(official_id, starts_on, ends_on))
        facts = rules.GrantFacts(
            granted_by=actor.official_id,
            official_id=official_id,
            official_active=official.is_active,
            organisation_active=office.is_active,
            tier=Tier(office.tier),
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
            held_roles=frozenset(Role(mandate.role) for mandate in held),
            same_held=any(mandate.role == role and mandate.organisation_id == office.id for mandate in held),
        )
        require(rules.may_grant(facts, shanghai_day(at)))
        row = Mandate(
            id=new_id(at),
            official=official,
            role=role.value,
            organisation=office,
            state=MandateState.PROPOSED.value,
            starts_on=starts_on,
            ends_on=ends_on,
            granted_at=at,
            granted_by=actor.official_id,
        )
        with promises_kept():
            row.save(force_insert=True)
        journal.record(actor, "grant_mandate", "mandate", row.uid, at=at, reason=reason, organisation_id=office.id)
        return mandate_views([row], at)[0]


def approve_mandate(*, actor: Actor, mandate_uid: UUID, at: datetime, reason: str) -> MandateView:
    """Approve what another person granted; it then works until it must be confirmed anew."""
    return _act(MandateAct.APPROVE, actor, mandate_uid, at, reason)


def refuse_mandate(*, actor: Actor, mandate_uid: UUID, at: datetime, reason: str) -> MandateView:
    """Refuse what was granted."""
    return _act(MandateAct.REFUSE, actor, mandate_uid, at, reason)


def suspend_mandate(*, actor: Actor, mandate_uid: UUID, at: datetime, reason: str) -> MandateView:
    """Suspend a mandate at once: the holder's next act is refused."""
    return _act(MandateAct.SUSPEND, actor, mandate_uid, at, reason)


def resume_mandate(*, actor: Actor, mandate_uid: UUID, at: datetime, reason: str) -> MandateView:
    """Resume what another person suspended."""
    return _act(MandateAct.RESUME, actor, mandate_uid, at, reason)


def reapprove_mandate(*, actor: Actor, mandate_uid: UUID, at: datetime, reason: str) -> MandateView:
    """Confirm a mandate anew, before it lapses by itself."""
    return _act(MandateAct.REAPPROVE, actor, mandate_uid, at, reason)


def end_mandate(*, actor: Actor, mandate_uid: UUID, at: datetime, reason: str) -> MandateView:
    """End a mandate early, or take back one that waits for approval."""
    return _act(MandateAct.END, actor, mandate_uid, at, reason)


def _act(act: MandateAct, actor: Actor, mandate_uid: UUID, at: datetime, reason: str) -> MandateView:
    """One step of the workflow: lock, facts, rule, write, journal. Of two at once the later finds the new state."""
    require_reason(reason)
    with in_transaction():
        row = Mandate.objects.select_for_update(no_key=True).filter(uid=mandate_uid).first()
        if row is None:
            raise MandateUnknown()
        require_permission(actor, ACT_PERMISSIONS[act], at, organisation_id=row.organisation_id)
        assert actor.official_id is not None
        facts = rules.ActFacts(
            actor_id=actor.official_id,
            official_id=row.official_id,
            granted_by=row.granted_by,
            suspended_by=row.suspended_by,
            mandate=mandate_facts(row),
        )
        require(rules.may_act(act, facts, at))
        changed = _written(row, act, actor.official_id, at, reason)
        with promises_kept():
            row.save(update_fields=changed)
        journal.record(
            actor, f"{act.value}_mandate", "mandate", row.uid, at=at, reason=reason, organisation_id=row.organisation_id
        )
        return mandate_views([row], at)[0]


def _written(row: Mandate, act: MandateAct, by: UUID, at: datetime, reason: str) -> list[str]:
    """Set what the act sets on the row; gives the names of the columns."""
    state = rules.next_state(MandateState(row.state), act)
    assert state is not None
    values: dict[str, object] = {"state": state.value}
    match act:
        case MandateAct.APPROVE:
            values |= {"approved_at": at, "approved_by": by}
            values["reapproval_due_on"] = rules.reapproval_due_on(shanghai_day(at))
        case MandateAct.REFUSE:
            values |= {"refused_at": at, "refused_by": by}
        case MandateAct.SUSPEND:
            values |= {"suspended_at": at, "suspended_by": by, "suspended_reason": reason.strip()}
            # a second suspension begins anew; the journal keeps the first
            values |= {"resumed_at": None, "resumed_by": None}
        case MandateAct.RESUME:
            values |= {"resumed_at": at, "resumed_by": by}
        case MandateAct.REAPPROVE:
            values |= {"confirmed_at": at, "confirmed_by": by}
            values["reapproval_due_on"] = rules.reapproval_due_on(shanghai_day(at))
        case MandateAct.END:
            values |= {"ended_at": at, "ended_by": by}
    for column, value in values.items():
        setattr(row, column, value)
    return list(values)
