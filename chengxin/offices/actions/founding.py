"""The first two office heads, and the two who start again where too few are left in office.

Everybody else is granted a mandate by one person and approved by another. Somebody must come first: two people, named by
the command that sets up the platform or mends it, and by nothing that a page can reach.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.offices import rules
from chengxin.offices.actions.guards import promises_kept, require_reason
from chengxin.offices.actions.officials import written_official
from chengxin.offices.actions.organisations import checked_code
from chengxin.offices.models import Mandate, Official, Organisation
from chengxin.offices.queries import mandate_facts, official_view, organisation_view
from chengxin.offices.terms import (
    FirstHead,
    Founded,
    MandateState,
    OrganisationUnknown,
    Reason,
    Role,
    Standing,
    Tier,
)


def found_city(
    *,
    actor: Actor,
    name_zh: str,
    name_en: str,
    org_code: str,
    kind: str,
    contact: str,
    heads: tuple[FirstHead, FirstHead],
    ends_on: date,
    at: datetime,
    reason: str,
) -> Founded:
    """Make the lead office and its two heads. Only the platform itself (a command), only while no official exists.

    Raises `Refusal` where officials exist, where the heads are one account, and for faults of code and accounts.
    """
    require_reason(reason)
    with in_transaction():
        if Official.objects.exists() or Organisation.objects.exists():
            raise Refusal(Refused(Reason.CITY_ALREADY_FOUNDED, "F1"))
        require(rules.may_found(actor.kind, heads, shanghai_day(at), ends_on))
        office = Organisation(
            id=new_id(at),
            name_zh=name_zh.strip(),
            name_en=name_en.strip(),
            org_code=checked_code(org_code),
            tier=Tier.LEAD.value,
            kind=kind,
            contact=contact.strip(),
            made_at=at,
        )
        with promises_kept():
            office.save(force_insert=True)
        journal.record(actor, "found_city", "organisation", office.uid, at=at, reason=reason, organisation_id=office.id)
        return _seat_heads(actor, office, heads, ends_on, at, reason)


def restore_heads(
    *, actor: Actor, heads: tuple[FirstHead, FirstHead], ends_on: date, at: datetime, reason: str
) -> Founded:
    """Seat two heads in the lead office where fewer than two can act, as when mandates lapsed: one alone approves nothing.

    Only the platform itself (a command). Raises `Refusal` while two are in office, and for one who is.
    """
    require_reason(reason)
    with in_transaction():
        office = Organisation.objects.select_for_update(no_key=True).filter(parent__isnull=True).first()
        if office is None:
            raise OrganisationUnknown()
        require(rules.may_found(actor.kind, heads, shanghai_day(at), ends_on))
        if _heads_in_office(office, shanghai_day(at)) >= len(heads):
            raise Refusal(Refused(Reason.HEADS_IN_OFFICE, rules.TWO_PEOPLE))
        journal.record(
            actor, "restore_heads", "organisation", office.uid, at=at, reason=reason, organisation_id=office.id
        )
        return _seat_heads(actor, office, heads, ends_on, at, reason)


def _heads_in_office(office: Organisation, today: date) -> int:
    """How many people can act as head of the lead office."""
    rows = Mandate.objects.filter(
        organisation=office, role=Role.OFFICE_HEAD, official__is_active=True, official__account__is_active=True
    )
    return len({row.official_id for row in rows if rules.standing(mandate_facts(row), today) is Standing.IN_FORCE})


def _seat_heads(
    actor: Actor, office: Organisation, heads: tuple[FirstHead, FirstHead], ends_on: date, at: datetime, reason: str
) -> Founded:
    last = Mandate.objects.aggregate(last=Max("founding_round"))["last"] or 0
    first, second = (
        _seat(actor, office, head, (last + 1, seat), ends_on, at, reason) for seat, head in enumerate(heads, start=1)
    )
    return Founded(organisation_view(office), (official_view(first), official_view(second)))


def _seat(
    actor: Actor,
    office: Organisation,
    head: FirstHead,
    founding: tuple[int, int],
    ends_on: date,
    at: datetime,
    reason: str,
) -> Official:
    official = _official(actor, office, head, at, reason)
    row = Mandate(
        id=new_id(at),
        official=official,
        role=Role.OFFICE_HEAD.value,
        organisation=office,
        state=MandateState.APPROVED.value,
        starts_on=shanghai_day(at),
        ends_on=ends_on,
        founding_round=founding[0],
        founding_seat=founding[1],
        granted_at=at,
        approved_at=at,
        reapproval_due_on=rules.reapproval_due_on(shanghai_day(at)),
    )
    with promises_kept():
        row.save(force_insert=True)
    journal.record(actor, "seat_head", "mandate", row.uid, at=at, reason=reason, organisation_id=office.id)
    return official


def _official(actor: Actor, office: Organisation, head: FirstHead, at: datetime, reason: str) -> Official:
    """The official of this account in the lead office; a new one where there is none."""
    known = Official.objects.filter(account_id=head.account_id, organisation=office, is_active=True).first()
    if known is not None:
        return known
    row = written_official(head.account_id, office.id, head.name, at, by=None)
    journal.record(actor, "appoint_official", "official", row.uid, at=at, reason=reason, organisation_id=office.id)
    return row
