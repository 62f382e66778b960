"""Opening and closing the cases that looks are for, by an official or a machine of the asker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError

from chengxin.access.models import Case
from chengxin.access.queries.cases import view_of
from chengxin.access.queries.grounds import asker_of, purpose_on
from chengxin.access.rules.cases import may_open_case
from chengxin.access.terms.asking import CaseNumberTaken, CaseUnknown, CaseView
from chengxin.foundation import journal
from chengxin.foundation.database import in_transaction
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor


def open_case(*, actor: Actor, ref: str, purpose: str, persons_most: int, at: datetime, reason: str) -> CaseView:
    """Open a case under the asker's own number, for one purpose, about so many persons at most.

    The number must not name anybody. Raises Refusal, CaseNumberTaken, ReasonNamesSomebody.
    """
    office = _office_of(actor, at)
    number = ref.strip()
    if journal.names_somebody(number, at=at):
        raise journal.ReasonNamesSomebody()
    spec, _ = purpose_on(purpose, at=at)
    require(may_open_case(asker_of(actor, at=at), spec, ref=number, persons_most=persons_most))
    row = Case(
        id=new_id(at),
        uid=new_uid(),
        organisation_id=office,
        ref=number,
        purpose=purpose,
        places=persons_most,
        opened_at=at,
        opened_by=actor.official_id,
        client_id=actor.client_id,
    )
    with in_transaction():
        try:
            with in_transaction():
                row.save(force_insert=True)
        except IntegrityError as taken:
            raise CaseNumberTaken(number=number) from taken
        journal.record(actor, "open_case", "case", row.uid, at=at, reason=reason, organisation_id=office)
    return view_of(row)


def close_case(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> CaseView:
    """Close a case of one's own organisation: nothing more is answered for it. ``reason`` is its outcome, in words that name
    nobody, and stays with it. Raises CaseUnknown, Refusal, ReasonNamesSomebody.
    """
    outcome = reason.strip()
    if not outcome:
        raise Refusal(Refused("reason_missing", "个人信息保护法 6"))
    office = _office_of(actor, at)
    with in_transaction():
        row = Case.objects.select_for_update().filter(organisation_id=office, uid=uid).first()
        if row is None:
            raise CaseUnknown()
        if row.closed_at is not None:
            raise Refusal(Refused("case_closed", "个人信息保护法 6"))
        row.closed_at, row.outcome = at, outcome
        row.save(update_fields=["closed_at", "outcome"])
        journal.record(actor, "close_case", "case", uid, at=at, reason=reason, organisation_id=office)
    return view_of(row)


def _office_of(actor: Actor, at: datetime) -> UUID:
    if actor.kind != "client":
        offices.require_permission(actor, Permission.OPEN_CASE, at)
    assert actor.organisation_id is not None
    return actor.organisation_id
