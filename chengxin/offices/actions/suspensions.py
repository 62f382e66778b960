"""Writes on suspensions of access: imposed at once by a supervisor, answered by the suspended side, lifted by another."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.offices import rules
from chengxin.offices.actions.guards import promises_kept, require_reason
from chengxin.offices.models import Client, Official, Organisation, Suspension
from chengxin.offices.queries import require_permission, speaks_for, suspension_facts, suspension_for
from chengxin.offices.queries.running import suspended_organisation
from chengxin.offices.terms import (
    ClientUnknown,
    OfficialUnknown,
    OrganisationUnknown,
    Permission,
    Reason,
    SuspensionUnknown,
    SuspensionView,
)


def suspend_access(
    *,
    actor: Actor,
    organisation_id: UUID | None = None,
    official_id: UUID | None = None,
    client_id: UUID | None = None,
    ends_at: datetime,
    notice: str,
    at: datetime,
    reason: str,
) -> SuspensionView:
    """Stop the asking of an organisation, an official or a machine at once, everywhere, until ``ends_at`` (90 days at most).

    Exactly one of the three, by internal id (else ValueError); ``notice``: what the suspended side is told. Needs
    SUSPEND_ACCESS in reach of the organisation. Raises `Refusal` (see `rules.may_suspend`), also while one of the same runs.
    """
    require_reason(reason)
    if sum(one is not None for one in (organisation_id, official_id, client_id)) != 1:
        raise ValueError("a suspension is of one organisation, one official or one client")
    with in_transaction():
        row = Suspension(
            id=new_id(at),
            organisation=_organisation(organisation_id),
            official=_official(official_id),
            client=_client(client_id),
            from_at=at,
            ends_at=ends_at,
            reason=reason.strip(),
            notice=notice.strip(),
        )
        require_permission(actor, Permission.SUSPEND_ACCESS, at, organisation_id=suspended_organisation(row))
        assert actor.official_id is not None
        row.suspended_by = actor.official_id
        require(
            rules.may_suspend(
                actor_id=actor.official_id, official_id=row.official_id, notice=notice, at=at, ends_at=ends_at
            )
        )
        with promises_kept():
            row.save(force_insert=True)
        _record(actor, "suspend_access", row, at, reason)
        return suspension_for(actor, row.uid, at)


def reply_to_suspension(*, actor: Actor, suspension_uid: UUID, at: datetime, reason: str) -> SuspensionView:
    """What the suspended side answers, once: ``reason`` is the reply. Needs ANSWER_SUSPENSION, as its head or as who it is of."""
    require_reason(reason)
    with in_transaction():
        row = _locked(suspension_uid)
        require_permission(actor, Permission.ANSWER_SUSPENSION, at, organisation_id=suspended_organisation(row))
        if not speaks_for(actor, row):
            raise Refusal(Refused(Reason.OUT_OF_REACH, rules.LEAST_POWER))
        assert actor.official_id is not None
        require(rules.may_reply(suspension_facts(row), actor_id=actor.official_id, at=at))
        row.reply, row.replied_at, row.replied_by = reason.strip(), at, actor.official_id
        row.save(update_fields=["reply", "replied_at", "replied_by"])
        _record(actor, "reply_to_suspension", row, at, reason)
        return suspension_for(actor, row.uid, at)


def lift_suspension(*, actor: Actor, suspension_uid: UUID, at: datetime, reason: str) -> SuspensionView:
    """End a suspension early, from this moment on. Needs LIFT_SUSPENSION in reach; another person than who imposed it."""
    require_reason(reason)
    with in_transaction():
        row = _locked(suspension_uid)
        require_permission(actor, Permission.LIFT_SUSPENSION, at, organisation_id=suspended_organisation(row))
        assert actor.official_id is not None
        require(rules.may_lift(suspension_facts(row), actor_id=actor.official_id, at=at))
        row.lifted_at, row.lifted_by = at, actor.official_id
        row.save(update_fields=["lifted_at", "lifted_by"])
        _record(actor, "lift_suspension", row, at, reason)
        return suspension_for(actor, row.uid, at)


def _organisation(organisation_id: UUID | None) -> Organisation | None:
    row = None if organisation_id is None else Organisation.objects.filter(id=organisation_id).first()
    if row is None and organisation_id is not None:
        raise OrganisationUnknown()
    return row


def _official(official_id: UUID | None) -> Official | None:
    row = None if official_id is None else Official.objects.filter(id=official_id).first()
    if row is None and official_id is not None:
        raise OfficialUnknown()
    return row


def _client(client_id: UUID | None) -> Client | None:
    row = None if client_id is None else Client.objects.filter(id=client_id).first()
    if row is None and client_id is not None:
        raise ClientUnknown()
    return row


def _locked(uid: UUID) -> Suspension:
    rows = Suspension.objects.select_for_update(no_key=True, of=("self",)).select_related("official", "client")
    row = rows.filter(uid=uid).first()
    if row is None:
        raise SuspensionUnknown()
    return row


def _record(actor: Actor, act: str, row: Suspension, at: datetime, reason: str) -> None:
    journal.record(actor, act, "suspension", row.uid, at=at, reason=reason, organisation_id=suspended_organisation(row))
