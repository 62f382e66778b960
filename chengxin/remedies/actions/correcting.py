"""Everybody who was told what is no longer right: told so in the transaction that puts it right, and heard in a correction case.

Whatever put it right (objection, review, repair, appeal, its source), the recipients of an entry acknowledge in one case of
workflow ``correction``: so that there is one clock, one list and one end.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.terms import Received
from chengxin.foundation import events
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id, new_uid
from chengxin.records import facade as records
from chengxin.records.terms import REMOVALS, EntryView, Status
from chengxin.remedies import models
from chengxin.remedies.actions import docketing
from chengxin.remedies.actions.facts import entry_of, lead_office, versions_of
from chengxin.remedies.actions.recording import next_case_id
from chengxin.remedies.actions.writing import Acting, write_step
from chengxin.remedies.queries.cases import open_about
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.queries.recalls import told_about
from chengxin.remedies.rules.clocks import start_clock
from chengxin.remedies.rules.recipients import told_of_end, told_of_newer, told_of_return
from chengxin.remedies.rules.workflows import next_state
from chengxin.remedies.terms.cases import OF_AN_ENTRY, AboutKind, Channel, Deed
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.corrections import CORRECTION, What
from chengxin.remedies.terms.desks import RecipientTold
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, ActFacts, Effect, Step

_WHAT: Final[Mapping[Effect, What]] = {
    Effect.REPAIR: What.REPAIRED,
    Effect.WITHDRAW: What.WITHDRAWN,
    Effect.CORRECT: What.WITHDRAWN,
}


OUT: Final = frozenset({Status.RECALLED, Status.WITHDRAWN, Status.REPAIRED, Status.EXPIRED_EARLY})
"""What is not used any more, of which its recipients are told by what ended it."""
NOT_BACK: Final = OUT | {Status.SILENT, Status.HIDDEN, Status.ENDED, Status.DISPOSED, Status.ERASED}
"""What readmission did not bring back: something else holds it, or its time is over."""
LET_BACK: Final = (
    "这条记录凭证明、经两人决定恢复。 / Two officials let this entry back, on a certificate of whoever decided it."
)
"""What person and recipients read: why it was certified stands in the person's letter alone."""


def tell_recipients(row: models.Case, step: Step, by: Acting, deed: Deed, *, at: datetime) -> None:
    """Everybody outside who was ever told of the entry of this case is told in this transaction, and is awaited.

    ``row``: the case whose ``step`` put it right, its person locked. Where nobody was told of it, nothing is opened.
    """
    if row.about_uid is None or AboutKind(row.about_kind) not in OF_AN_ENTRY:
        return
    received = access.received_by(row.person_id, row.about_uid)
    entry = entry_of(row.person_id, row.about_uid, at) if received else None
    if entry is None:
        return
    correction = (
        row if row.workflow == CORRECTION.code else _correction_of(entry, AboutKind(row.about_kind), by, deed, at)
    )
    unheard = told_of_end(received, told_about(row.person_id, entry.uid))
    _tell(correction, entry, unheard, _what(row, step), at)


def tell_of_end(
    *, actor: Actor, person_id: UUID, uid: UUID, at: datetime, reason: str, since: datetime | None = None
) -> bool:
    """Tell whoever was told of an entry that its source took it back; whether there was anybody to tell. May be repeated.

    ``actor``: who took it back; ``since``: when its whole batch was. ``reason``: for the person and the recipients, in words
    that name nobody. What was let back meanwhile is told of to nobody.
    """
    with as_person(person_id):
        records.lock_person(person_id)
        entry = entry_of(person_id, uid, at)
        if entry is None or entry.status not in OUT:
            return False
        if entry.status is not Status.RECALLED:
            since = max(mark.at for mark in entry.marks if mark.kind in REMOVALS)
        unheard = told_of_end(access.received_by(person_id, uid), told_about(person_id, uid), since=since)
        return _put_right(entry, actor, unheard, What.WITHDRAWN, at, reason)


def tell_of_newer(*, actor: Actor, person_id: UUID, uid: UUID, at: datetime, reason: str) -> bool:
    """Tell whoever holds an older version of an entry, where its newest says something else. The same otherwise.

    What is out by now is told of by what took it out.
    """
    with as_person(person_id):
        records.lock_person(person_id)
        versions = versions_of(person_id, uid, at)
        entry = max(versions, key=lambda one: one.version, default=None)
        if entry is None or entry.status in OUT:
            return False
        same = {one.version for one in versions if one.commitment == entry.commitment}
        unheard = told_of_newer(
            access.received_by(person_id, uid),
            told_about(person_id, uid),
            version=entry.version,
            since=entry.known_from,
            same=same,
        )
        return _put_right(entry, actor, unheard, What.CORRECTED, at, reason)


def tell_of_return(row: models.Case, actor: Actor, *, at: datetime) -> None:
    """Whoever was told that the entry of this case is used no more is told that it is back, by the act that lets it back."""
    entry = None if row.about_uid is None else entry_of(row.person_id, row.about_uid, at)
    if entry is None or entry.status in NOT_BACK:
        return
    told = told_about(row.person_id, entry.uid)
    received = access.received_by(row.person_id, entry.uid) if told else {}
    _put_right(entry, actor, told_of_return(received, told), What.BACK, at, LET_BACK)


def _put_right(
    entry: EntryView, actor: Actor, unheard: Mapping[UUID, Received], what: What, at: datetime, reason: str
) -> bool:
    if unheard:
        by = Acting(actor, Who.SUPPLIER if actor.organisation_id == entry.supplier else Who.CASEWORKER)
        case = _correction_of(entry, AboutKind.ENTRY, by, Deed(reason=reason), at)
        _tell(case, entry, unheard, what, at)
    return bool(unheard)


def _tell(
    correction: models.Case, entry: EntryView, unheard: Mapping[UUID, Received], what: What, at: datetime
) -> None:
    today, law = shanghai_day(at), law_here()
    due = start_clock(law.book, Matter.RECIPIENT_ACKNOWLEDGES, today, law.holidays, on=today, places=law.places).due
    told = [
        models.Recipient(
            id=new_id(at),
            case_uid=correction.uid,
            organisation_id=organisation_id,
            entry_uid=entry.uid,
            look_uid=one.look,
            what=what.value,
            version=entry.version,
            told_at=at,
            due_on=due.day,
        )
        for organisation_id, one in unheard.items()
    ]
    models.Recipient.objects.bulk_create(told)
    for line in told:
        events.publish(RecipientTold(line.id, line.organisation_id), at=at)


def _what(row: models.Case, step: Step) -> What:
    what = next((_WHAT[effect] for effect in step.effects if effect in _WHAT), What.WITHDRAWN)
    return What.ENDED if what is What.WITHDRAWN and AboutKind(row.about_kind) is AboutKind.PERIOD else what


def _correction_of(entry: EntryView, about: AboutKind, by: Acting, deed: Deed, at: datetime) -> models.Case:
    """The open correction case about this entry, or a new one, opened by whoever put it right."""
    found = open_about(entry.person_id, CORRECTION.code, entry.uid)
    if found is not None:
        return found
    who = Who.SUPPLIER if by.who is Who.SUPPLIER else Who.CASEWORKER
    moved = next_state(CORRECTION, CORRECTION.first, Act.RECALL, ActFacts(who, reason=deed.reason))
    if isinstance(moved, Refused):
        raise Refusal(moved)
    row = models.Case(
        person_id=entry.person_id,
        case_id=next_case_id(entry.person_id, at),
        uid=new_uid(),
        workflow=CORRECTION.code,
        about_kind=about.value,
        about_uid=entry.uid,
        about_version=entry.version,
        item=entry.item,
        supplier=entry.supplier,
        organisation_id=lead_office(),
        channel=Channel.OFFICE.value,
        opened_at=at,
        state=CORRECTION.first.value,
    )
    row.save(force_insert=True)
    opened = write_step(
        row, None, moved, Acting(by.actor, who), Deed(reason=deed.reason), None, at=at, reason="put_right"
    )
    docketing.enter(opened, entry.batch_id)
    return row
