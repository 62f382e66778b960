"""Rows as the frozen values others are shown, and as the facts that rules decide on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from chengxin.kernel.days import shanghai_day
from chengxin.offices import rules
from chengxin.offices.models import Client, Mandate, Official
from chengxin.offices.terms import ClientState, MandateState, MandateView, OfficialView, Role


def mandate_facts(row: Mandate) -> rules.MandateFacts:
    """What the rules may know of a mandate."""
    return rules.MandateFacts(
        role=Role(row.role),
        state=MandateState(row.state),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        reapproval_due_on=row.reapproval_due_on,
    )


def client_facts(row: Client) -> rules.ClientFacts:
    """What the rules may know of a registration. A row that no query marked was read for an act: it is not suspended."""
    return rules.ClientFacts(
        state=ClientState(row.state),
        organisation_active=row.organisation.is_active,
        suspended=bool(getattr(row, "suspended", False)),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def official_view(row: Official) -> OfficialView:
    """A row as the value others are shown."""
    return OfficialView(
        id=row.id,
        uid=row.uid,
        account_id=row.account_id,
        organisation_id=row.organisation_id,
        name=row.name,
        is_active=row.is_active,
        document_known=row.own_document is not None,
    )


def mandate_views(rows: Iterable[Mandate], at: datetime) -> list[MandateView]:
    """Rows as the values others are shown, with names and standing on the day of ``at``."""
    mandates = list(rows)
    people = {
        someone
        for row in mandates
        for someone in (row.official_id, row.granted_by, row.approved_by, row.suspended_by)
        if someone is not None
    }
    names: dict[UUID | None, str] = dict(Official.objects.filter(id__in=people).values_list("id", "name"))
    today = shanghai_day(at)
    return [
        MandateView(
            uid=row.uid,
            official_id=row.official_id,
            holder_name=names.get(row.official_id, ""),
            organisation_id=row.organisation_id,
            role=Role(row.role),
            state=MandateState(row.state),
            standing=rules.standing(mandate_facts(row), today),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            reapproval_due_on=row.reapproval_due_on,
            granted_at=row.granted_at,
            granted_by=row.granted_by,
            granted_by_name=names.get(row.granted_by, ""),
            approved_by_name=names.get(row.approved_by, ""),
            suspended_at=row.suspended_at,
            suspended_by=row.suspended_by,
            suspended_by_name=names.get(row.suspended_by, ""),
            suspended_reason=row.suspended_reason,
            open_acts=rules.open_acts(MandateState(row.state)),
        )
        for row in mandates
    ]
