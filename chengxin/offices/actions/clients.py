"""Writes on machine clients: proposed by one person, approved by another, ended at once by one."""

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
from chengxin.offices.models import Client, Organisation
from chengxin.offices.queries import client_facts, client_for, require_permission
from chengxin.offices.terms import (
    ClientAct,
    ClientState,
    ClientUnknown,
    ClientView,
    OrganisationUnknown,
    Permission,
    Tier,
)


def propose_client(
    *,
    actor: Actor,
    organisation_id: UUID,
    name: str,
    public_key: bytes | None,
    may_ask: bool,
    may_supply: bool,
    starts_on: date,
    ends_on: date,
    at: datetime,
    reason: str,
) -> ClientView:
    """Propose the registration of an organisation's software; it works once another person has approved it.

    ``public_key``: Ed25519, 32 bytes, None for software that signs nothing. Both days are included. Needs KEEP_CLIENTS in
    reach. Raises `Refusal` (see `rules.may_propose`), also for a key that is registered already.
    """
    require_reason(reason)
    with in_transaction():
        require_permission(actor, Permission.KEEP_CLIENTS, at, organisation_id=organisation_id)
        office = Organisation.objects.filter(id=organisation_id).first()
        if office is None:
            raise OrganisationUnknown()
        assert actor.official_id is not None
        facts = rules.ProposalFacts(
            organisation_active=office.is_active,
            tier=Tier(office.tier),
            public_key=public_key,
            may_ask=may_ask,
            may_supply=may_supply,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        require(rules.may_propose(facts, shanghai_day(at)))
        row = Client(
            id=new_id(at),
            organisation=office,
            name=name.strip(),
            public_key=public_key,
            may_ask=may_ask,
            may_supply=may_supply,
            state=ClientState.PROPOSED.value,
            starts_on=starts_on,
            ends_on=ends_on,
            proposed_at=at,
            proposed_by=actor.official_id,
        )
        with promises_kept():
            row.save(force_insert=True)
        journal.record(actor, "propose_client", "client", row.uid, at=at, reason=reason, organisation_id=office.id)
        return _told(row.uid, at)


def approve_client(*, actor: Actor, client_uid: UUID, at: datetime, reason: str) -> ClientView:
    """Approve what another person proposed. Needs APPROVE_CLIENT in reach."""
    return _act(ClientAct.APPROVE, Permission.APPROVE_CLIENT, actor, client_uid, at, reason)


def end_client(*, actor: Actor, client_uid: UUID, at: datetime, reason: str) -> ClientView:
    """End a registration at once and for good: its next call is refused. Needs KEEP_CLIENTS in reach."""
    return _act(ClientAct.END, Permission.KEEP_CLIENTS, actor, client_uid, at, reason)


def _act(
    act: ClientAct, permission: Permission, actor: Actor, client_uid: UUID, at: datetime, reason: str
) -> ClientView:
    """One step: lock, facts, rule, write, journal. Of two at once the later finds the new state."""
    require_reason(reason)
    with in_transaction():
        rows = Client.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
        row = rows.filter(uid=client_uid).first()
        if row is None:
            raise ClientUnknown()
        require_permission(actor, permission, at, organisation_id=row.organisation_id)
        assert actor.official_id is not None
        facts = client_facts(row)
        require(
            rules.may_act_on_client(
                act, facts, actor_id=actor.official_id, proposed_by=row.proposed_by, today=shanghai_day(at)
            )
        )
        state = rules.next_client_state(facts.state, act)
        assert state is not None
        row.state = state.value
        if act is ClientAct.APPROVE:
            row.approved_at, row.approved_by = at, actor.official_id
        else:
            row.ended_at, row.ended_by = at, actor.official_id
        row.save(update_fields=["state", "approved_at", "approved_by", "ended_at", "ended_by"])
        journal.record(
            actor, f"{act.value}_client", "client", row.uid, at=at, reason=reason, organisation_id=row.organisation_id
        )
        return _told(row.uid, at)


def _told(uid: UUID, at: datetime) -> ClientView:
    view = client_for(uid, at)
    assert view is not None
    return view
