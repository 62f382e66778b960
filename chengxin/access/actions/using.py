"""An asker reports that an answer weighed against its person, and the person is told of it (charter 7; 个人信息保护法 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import IntegrityError

from chengxin.access.models import Use
from chengxin.access.queries.looks import look_of
from chengxin.access.rules.using import is_of, may_report_use
from chengxin.access.terms.reviews import LookUnknown
from chengxin.foundation import journal, outbox
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.decisions import require
from chengxin.kernel.errors import Conflict
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons import facade as persons

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.access.terms.uses import UseReport
    from chengxin.foundation.actors import Actor

USED_AGAINST: Final = "used_against"
OF_A_USE: Final = "use"
"""Kind of notice about a use, and what it tells of."""


class UseReported(Conflict):
    """Of this answer a use was reported already, and its person was told."""

    code = "use_reported"


def report_use(*, actor: Actor, report: UseReport, at: datetime, reason: str) -> UUID:
    """Keep with the person what was decided on an answer, and tell them. Returns the use's uid.

    Raises LookUnknown alike for a number nobody holds, another's look and one that answered nothing (F13); Refusal,
    UseReported, ReasonNamesSomebody.
    """
    assert actor.organisation_id is not None
    if actor.kind != "client":
        offices.require_permission(actor, Permission.LOOK_UP, at)
    if journal.names_somebody(report.decision, at=at):
        raise journal.ReasonNamesSomebody()
    person_id = persons.person_by_document(report.kind, report.number)
    if person_id is None:
        raise LookUnknown()
    uid = new_uid()
    with as_person(person_id):
        look = look_of(person_id, report.look)
        if look is None or not is_of(look, actor.organisation_id):
            raise LookUnknown()
        require(may_report_use(look, report.decision, report.decided_on, at))
        row = Use(
            person_id=person_id,
            use_id=new_id(at),
            uid=uid,
            look_uid=look.uid,
            organisation_id=actor.organisation_id,
            official_id=actor.official_id,
            client_id=actor.client_id,
            decision=report.decision.strip(),
            decided_on=report.decided_on,
            at=at,
        )
        try:
            with in_transaction():
                row.save(force_insert=True)
        except IntegrityError as taken:
            raise UseReported() from taken
        outbox.tell(person_id=person_id, kind=USED_AGAINST, subject_kind=OF_A_USE, subject_id=row.use_id, at=at)
        journal.record(actor, "report_use", "use", uid, at=at, reason=reason, organisation_id=actor.organisation_id)
    return uid
