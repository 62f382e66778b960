"""What an office begins of its own motion, from a case that it works or answers: an interview, or letting an entry back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.errors import Refusal
from chengxin.records.terms import Status
from chengxin.remedies import models
from chengxin.remedies.actions.capacities import capacities
from chengxin.remedies.actions.facts import came_while_out, entry_of
from chengxin.remedies.actions.opening import opened_for
from chengxin.remedies.queries.cases import open_about, person_of_case, standing_of
from chengxin.remedies.terms.cases import OF_AN_ENTRY, About, AboutKind, Case, CaseUnknown, Channel, Deed, Handed
from chengxin.remedies.terms.corrections import READMISSION
from chengxin.remedies.terms.interviews import INTERVIEW
from chengxin.remedies.terms.parties import OFFICE
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act

OUT: Final = frozenset({Status.WITHDRAWN, Status.REPAIRED, Status.EXPIRED_EARLY, Status.SILENT, Status.HIDDEN})
"""What an entry is whose way back is by two people (F9)."""


def invite(*, actor: Actor, uid: UUID, deed: Deed, at: datetime, reason: str) -> Case:
    """Invite the person of case ``uid`` to an interview, by who works or answers it. Nobody has to come.

    Raises CaseUnknown; Refusal where no reason was written, the rights were not told, or an invitation is open.
    """
    person_id = person_of_case(uid)
    with as_person(person_id):
        row, have = _worked(actor, person_id, uid, at)
        if not have & OFFICE:
            raise CaseUnknown()
        about = _about(row)
        return opened_for(
            actor, person_id, INTERVIEW.code, about, Act.INVITE, Channel.OFFICE, deed, at=at, reason=reason
        )


def ask_back(*, actor: Actor, uid: UUID, certificate: Handed, deed: Deed, at: datetime, reason: str) -> Case:
    """Its source asks that the entry of case ``uid``, which is out, is let back, on a certificate. Two others decide.

    Raises CaseUnknown, FileHarmful, ScannerAway; Refusal where no reason was written, or the entry is not out.
    """
    person_id = person_of_case(uid)
    with as_person(person_id):
        row, have = _worked(actor, person_id, uid, at)
        if Who.SUPPLIER not in have:
            raise CaseUnknown()
        if not _is_out(row, at):
            raise Refusal(Refused(Reason.NOT_OUT, READMISSION.basis))
        return opened_for(
            actor,
            person_id,
            READMISSION.code,
            _about(row),
            Act.ASK_BACK,
            Channel.OFFICE,
            deed,
            papers=(certificate,),
            at=at,
            reason=reason,
        )


def corrected_on(actor: Actor, uid: UUID, *, at: datetime) -> date | None:
    """The day on which its source corrected the entry of case ``uid`` since it went out: that version is what would come back.

    None where it would come back as it was, and for everybody but its source's own officials. Raises CaseUnknown.
    """
    person_id = person_of_case(uid)
    with as_person(person_id):
        row, have = _worked(actor, person_id, uid, at)
        known = row.about_uid if Who.SUPPLIER in have else None
        entry = None if known is None else entry_of(person_id, known, at)
        return shanghai_day(entry.known_from) if entry is not None and came_while_out(entry) else None


def begins_open(actor: Actor, uid: UUID, *, at: datetime) -> tuple[Act, ...]:
    """Which of the two this official may begin from case ``uid``: buttons of its page."""
    person_id = person_of_case(uid)
    with as_person(person_id):
        row, have = _worked(actor, person_id, uid, at)
        found = []
        if have & OFFICE and not _is_open(row, INTERVIEW.code, at):
            found.append(Act.INVITE)
        if Who.SUPPLIER in have and not _is_open(row, READMISSION.code, at) and _is_out(row, at):
            found.append(Act.ASK_BACK)
    return tuple(found)


def _worked(actor: Actor, person_id: UUID, uid: UUID, at: datetime) -> tuple[models.Case, frozenset[Who]]:
    row = models.Case.objects.filter(person_id=person_id, uid=uid).first()
    if row is None:
        raise CaseUnknown()
    return row, capacities(actor, row, at)


def _about(row: models.Case) -> About:
    if AboutKind(row.about_kind) in OF_AN_ENTRY and row.about_uid is not None:
        return About(AboutKind.ENTRY, row.about_uid)
    return About(AboutKind.OFFICE, supplier=row.supplier)


def _is_open(row: models.Case, workflow: str, at: datetime) -> bool:
    """Whether such a case is open, by the clocks: a term may have ended one that nobody has written down."""
    same = row if row.workflow == workflow else None
    found = same or (open_about(row.person_id, workflow, row.about_uid) if row.about_uid else None)
    return found is not None and standing_of(found, at).outcome is None


def _is_out(row: models.Case, at: datetime) -> bool:
    if AboutKind(row.about_kind) not in OF_AN_ENTRY or row.about_uid is None:
        return False
    entry = entry_of(row.person_id, row.about_uid, at)
    return entry is not None and entry.status in OUT
