"""Machine clients: one by its public uid, for the machine's door; those of an organisation, for whose it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from chengxin.foundation.actors import Actor
from chengxin.foundation.database import rows_of
from chengxin.foundation.sqlfiles import load
from chengxin.kernel.days import shanghai_day
from chengxin.offices import rules
from chengxin.offices.models import Client
from chengxin.offices.queries.authority import require_permission
from chengxin.offices.queries.organisations import organisations_below
from chengxin.offices.queries.running import client_suspended
from chengxin.offices.queries.views import client_facts
from chengxin.offices.terms import ClientState, ClientUnknown, ClientView, Permission

_BY_UID = load("offices", "client")


def client_for(uid: UUID, at: datetime) -> ClientView | None:
    """A registration by its public uid, in one statement; None where there is none. Its ``standing`` says what it is worth."""
    for row in rows_of(_BY_UID, {"uid": uid, "at": at}):
        return _view(row, at)
    return None


def clients_of(actor: Actor, organisation_id: UUID, at: datetime, *, below: bool = False) -> list[ClientView]:
    """Registrations of an organisation, with ``below`` also of all under it; the newest first. Needs SEE_CLIENTS there."""
    require_permission(actor, Permission.SEE_CLIENTS, at, organisation_id=organisation_id)
    within = organisations_below(organisation_id) if below else (organisation_id,)
    rows = _at(at).filter(organisation_id__in=within).order_by("-proposed_at", "id")
    return [client_view(row, at) for row in rows]


def client_seen(actor: Actor, uid: UUID, at: datetime) -> ClientView:
    """One registration for an official. Needs SEE_CLIENTS in reach of its organisation; raises `ClientUnknown`."""
    found = client_for(uid, at)
    if found is None:
        raise ClientUnknown()
    require_permission(actor, Permission.SEE_CLIENTS, at, organisation_id=found.organisation_id)
    return found


def client_view(row: Client, at: datetime) -> ClientView:
    """A row of `_at` as the value others are shown."""
    facts = client_facts(row)
    return ClientView(
        id=row.id,
        uid=row.uid,
        organisation_id=row.organisation_id,
        name=row.name,
        public_key=None if row.public_key is None else bytes(row.public_key),
        may_ask=row.may_ask,
        may_supply=row.may_supply,
        state=facts.state,
        standing=rules.client_standing(facts, shanghai_day(at)),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        approved_at=row.approved_at,
        approved_by=row.approved_by,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        open_acts=rules.open_client_acts(facts.state),
    )


def _view(row: tuple[Any, ...], at: datetime) -> ClientView:
    """The same from the columns of `_BY_UID`: read at each request of a machine, without a model in between."""
    (*names, state, starts_on, ends_on) = row[:10]
    client_id, uid, organisation_id, name, public_key, may_ask, may_supply = names
    proposed_at, proposed_by, approved_at, approved_by, ended_at, ended_by, organisation_active, suspended = row[10:]
    facts = rules.ClientFacts(ClientState(state), organisation_active, suspended, starts_on, ends_on)
    return ClientView(
        id=client_id,
        uid=uid,
        organisation_id=organisation_id,
        name=name,
        public_key=None if public_key is None else bytes(public_key),
        may_ask=may_ask,
        may_supply=may_supply,
        state=facts.state,
        standing=rules.client_standing(facts, shanghai_day(at)),
        starts_on=starts_on,
        ends_on=ends_on,
        proposed_at=proposed_at,
        proposed_by=proposed_by,
        approved_at=approved_at,
        approved_by=approved_by,
        ended_at=ended_at,
        ended_by=ended_by,
        open_acts=rules.open_client_acts(facts.state),
    )


def _at(at: datetime) -> QuerySet[Client]:
    return Client.objects.select_related("organisation").annotate(suspended=client_suspended(at))
