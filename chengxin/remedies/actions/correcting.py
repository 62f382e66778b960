"""Everybody who was shown what is no longer right: told in the transaction that puts it right, and heard in a correction case.

Whatever case put it right (objection, review, repair, appeal, a withdrawal by its source), its recipients acknowledge in one case
of workflow ``correction``: so that there is one clock, one list and one end.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.access import facade as access
from chengxin.foundation import events
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id, new_uid
from chengxin.remedies import models
from chengxin.remedies.actions import docketing
from chengxin.remedies.actions.writing import Acting, write_step
from chengxin.remedies.queries.cases import open_about
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.rules.clocks import start_clock
from chengxin.remedies.rules.workflows import next_state
from chengxin.remedies.terms.cases import OF_AN_ENTRY, AboutKind, Channel, Deed
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.corrections import CORRECTION
from chengxin.remedies.terms.desks import RecipientTold
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, ActFacts, Effect, Step

_WHAT: Final[Mapping[Effect, str]] = {
    Effect.REPAIR: "repaired",
    Effect.WITHDRAW: "withdrawn",
    Effect.CORRECT: "withdrawn",
}


def tell_recipients(row: models.Case, step: Step, by: Acting, deed: Deed, *, at: datetime) -> None:
    """Everybody outside who was ever shown the entry of this case is told in this transaction, and is awaited.

    ``row``: the case whose ``step`` put it right, its person locked. Where nobody was shown it, nothing is opened.
    """
    if row.about_uid is None or AboutKind(row.about_kind) not in OF_AN_ENTRY:
        return
    received = access.received_by(row.person_id, row.about_uid)
    if not received:
        return
    correction = row if row.workflow == CORRECTION.code else _correction_of(row, by, deed, at)
    today, law = shanghai_day(at), law_here()
    due = start_clock(law.book, Matter.RECIPIENT_ACKNOWLEDGES, today, law.holidays, on=today, places=law.places).due
    known = set(models.Recipient.objects.filter(case_uid=correction.uid).values_list("organisation_id", flat=True))
    told = [
        models.Recipient(
            id=new_id(at),
            case_uid=correction.uid,
            organisation_id=organisation_id,
            entry_uid=row.about_uid,
            look_uid=look,
            what=_what(row, step),
            told_at=at,
            due_on=due.day,
        )
        for organisation_id, look in received.items()
        if organisation_id not in known
    ]
    models.Recipient.objects.bulk_create(told)
    for one in told:
        events.publish(RecipientTold(one.id, one.organisation_id), at=at)


def _what(row: models.Case, step: Step) -> str:
    what = next((_WHAT[effect] for effect in step.effects if effect in _WHAT), "withdrawn")
    return "ended" if what == "withdrawn" and AboutKind(row.about_kind) is AboutKind.PERIOD else what


def _correction_of(cause: models.Case, by: Acting, deed: Deed, at: datetime) -> models.Case:
    """The open correction case about this entry, or a new one, opened by whoever put it right."""
    assert cause.about_uid is not None
    found = open_about(cause.person_id, CORRECTION.code, cause.about_uid)
    if found is not None:
        return found
    who = Who.SUPPLIER if by.who is Who.SUPPLIER else Who.CASEWORKER
    moved = next_state(CORRECTION, CORRECTION.first, Act.RECALL, ActFacts(who, reason=deed.reason))
    if isinstance(moved, Refused):
        raise Refusal(moved)
    row = models.Case(
        person_id=cause.person_id,
        case_id=new_id(at),
        uid=new_uid(),
        workflow=CORRECTION.code,
        about_kind=cause.about_kind,
        about_uid=cause.about_uid,
        about_version=cause.about_version,
        item=cause.item,
        supplier=cause.supplier,
        organisation_id=cause.organisation_id,
        channel=Channel.OFFICE.value,
        opened_at=at,
        state=CORRECTION.first.value,
    )
    row.save(force_insert=True)
    opened = write_step(
        row, None, moved, Acting(by.actor, who), Deed(reason=deed.reason), None, at=at, reason="put_right"
    )
    docketing.enter(opened, models.Docket.objects.filter(uid=cause.uid).values_list("batch_id", flat=True).first())
    return row
