"""Writes on officials: appointed to an organisation, dismissed at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.foundation.models import Account
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.offices import rules
from chengxin.offices.actions.guards import promises_kept, require_reason
from chengxin.offices.models import Official, Organisation
from chengxin.offices.queries import official_view, require_permission
from chengxin.offices.terms import OfficialUnknown, OfficialView, OrganisationUnknown, Permission, Reason


def appoint_official(
    *, actor: Actor, account_id: UUID, organisation_id: UUID, name: str, at: datetime, reason: str
) -> OfficialView:
    """Make the holder of an account an official of an organisation. It gives no power: a mandate does.

    Needs APPOINT_OFFICIAL in reach. Raises `Refusal` where the account is no official's, inactive or taken, or the
    organisation closed.
    """
    require_reason(reason)
    with in_transaction():
        require_permission(actor, Permission.APPOINT_OFFICIAL, at, organisation_id=organisation_id)
        row = written_official(account_id, organisation_id, name, at, by=actor.official_id)
        _record(actor, "appoint_official", row, at, reason)
        return official_view(row)


def dismiss_official(*, actor: Actor, official_id: UUID, at: datetime, reason: str) -> OfficialView:
    """Stop everything an official may do, at once and for good. Needs DISMISS_OFFICIAL in reach."""
    require_reason(reason)
    with in_transaction():
        row = Official.objects.select_for_update(no_key=True).filter(id=official_id).first()
        if row is None:
            raise OfficialUnknown()
        require_permission(actor, Permission.DISMISS_OFFICIAL, at, organisation_id=row.organisation_id)
        if not row.is_active:
            raise Refusal(Refused(Reason.OFFICIAL_DISMISSED, rules.LEAST_POWER))
        row.is_active, row.dismissed_at, row.dismissed_by = False, at, actor.official_id
        row.save(update_fields=["is_active", "dismissed_at", "dismissed_by"])
        _record(actor, "dismiss_official", row, at, reason)
        return official_view(row)


def written_official(account_id: UUID, organisation_id: UUID, name: str, at: datetime, *, by: UUID | None) -> Official:
    """The row of a new official, its account and organisation checked; journalling is the caller's."""
    # shared with appointing others, against closing the organisation meanwhile
    office = Organisation.objects.select_for_update(no_key=True).filter(id=organisation_id).first()
    if office is None:
        raise OrganisationUnknown()
    if not office.is_active:
        raise Refusal(Refused(Reason.ORGANISATION_CLOSED, rules.LEAST_POWER))
    account = Account.objects.filter(id=account_id).first()
    if account is None or account.kind != Account.Kind.OFFICIAL:
        raise Refusal(Refused(Reason.NOT_AN_OFFICIAL, rules.LEAST_POWER))
    if not account.is_active:
        raise Refusal(Refused(Reason.ACCOUNT_INACTIVE, rules.LEAST_POWER))
    row = Official(
        id=new_id(at),
        account_id=account_id,
        organisation_id=organisation_id,
        name=name.strip(),
        appointed_at=at,
        appointed_by=by,
    )
    with promises_kept():
        row.save(force_insert=True)
    return row


def _record(actor: Actor, act: str, row: Official, at: datetime, reason: str) -> None:
    journal.record(actor, act, "official", row.uid, at=at, reason=reason, organisation_id=row.organisation_id)
