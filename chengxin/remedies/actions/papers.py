"""Papers: handed in, kept sealed by the digest of their content, opened by who works the case."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.foundation import ciphers, journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.records import facade as records
from chengxin.remedies import models
from chengxin.remedies.actions.capacities import capacities, chosen
from chengxin.remedies.actions.keeping import bound_to, keep_paper, note_opening
from chengxin.remedies.actions.silence import write_silence
from chengxin.remedies.actions.stepping import step_on
from chengxin.remedies.actions.writing import CASE
from chengxin.remedies.queries import sealed
from chengxin.remedies.queries.cases import papers_of, person_of_case, whole
from chengxin.remedies.rules.papers import may_hand_in
from chengxin.remedies.rules.workflows import WORKFLOWS
from chengxin.remedies.terms.cases import NO_DEED, CaseUnknown, Handed, PaperKind, PaperUnknown, PaperView
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.words import OFFICIALS, Who
from chengxin.remedies.terms.workflows import Act

OF_OFFICES: Final = frozenset({PaperKind.CERTIFICATE, PaperKind.RULING})
"""Papers that an office puts into a case besides: they change nothing of whose turn it is."""


def hand_in_paper(
    *,
    actor: Actor,
    uid: UUID,
    kind: PaperKind,
    title: str,
    content: bytes,
    fetched_from: str = "",
    at: datetime,
    reason: str,
) -> PaperView:
    """A paper into a case: type and size checked, looked at for harm, kept once by its content. The same paper twice is once.

    ``fetched_from``: the office that an official got it from. A certificate is put in by the source's own people alone.
    Raises CaseUnknown, Refusal, FileHarmful, ScannerAway.
    """
    person_id = _person(actor, uid)
    write_silence(person_id, uid, at=at)
    with as_person(person_id):
        records.lock_person(person_id)
        row = models.Case.objects.filter(person_id=person_id, uid=uid).first()
        if row is None:
            raise CaseUnknown()
        case = whole(row, at)
        who = chosen(frozenset(Who), capacities(actor, row, at))
        if who is None:
            raise CaseUnknown()
        if kind is PaperKind.CERTIFICATE and (who is not Who.SUPPLIER or actor.organisation_id != row.supplier):
            raise Refusal(Refused(Reason.CERTIFIED_BY_OTHERS, WORKFLOWS[row.workflow].basis))
        digest = hashlib.sha256(content).digest()
        known = next((one for one in case.papers if one.digest == digest and one.kind is kind), None)
        if known is not None:
            return known
        require(may_hand_in(content, len(case.papers)))
        if case.closed_at is not None:
            raise Refusal(Refused(Reason.WRONG_STATE, WORKFLOWS[row.workflow].basis, {"state": case.state}))
        keep_paper(
            row, Handed(kind, title, content, fetched_from if who in OFFICIALS else ""), actor=actor, who=who, at=at
        )
        flow = WORKFLOWS[row.workflow]
        if kind not in OF_OFFICES and (flow.states(case.state), Act.ADD_PAPER) in flow.table:
            step_on(row, actor, Act.ADD_PAPER, NO_DEED, at=at, reason=reason)
        else:
            journal.record(actor, "hand_in_paper", CASE, uid, at=at, reason=reason)
        return next(one for one in papers_of(row) if one.digest == digest and one.kind is kind)


def open_paper(*, actor: Actor, uid: UUID, paper_id: UUID, at: datetime, reason: str) -> tuple[PaperView, bytes]:
    """A paper and its content, for its person or for who works the case; an official's opening is kept.

    Raises CaseUnknown, PaperUnknown.
    """
    person_id = _person(actor, uid)
    with as_person(person_id):
        row = models.Case.objects.filter(person_id=person_id, uid=uid).first()
        if row is None or not capacities(actor, row, at):
            raise CaseUnknown()
        found = next((one for one in papers_of(row) if one.paper_id == paper_id), None)
        if found is None:
            raise PaperUnknown()
        if actor.official_id is not None and actor.official_id not in found.opened_by:
            note_opening(person_id, paper_id, actor, at)
            journal.record(actor, "open_paper", CASE, uid, at=at, reason=reason)
        kept = models.PaperContent.objects.get(person_id=person_id, digest=found.digest)
        blob = bytes(kept.sealed)
        content = ciphers.suite_of(blob).open(sealed.key_of(person_id), blob, bound_to(person_id, found.digest))
    return found, content


def _person(actor: Actor, uid: UUID) -> UUID:
    return actor.subject_id or person_of_case(uid)
