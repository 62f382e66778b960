"""Who took part in what a case is about, and so does not decide on it (charter 7)."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.collection import facade as collection
from chengxin.records import facade as records
from chengxin.remedies import models
from chengxin.remedies.terms.cases import OF_A_LOOK, OF_AN_ENTRY, AboutKind, Case
from chengxin.remedies.terms.corrections import READMISSION, SIBLING
from chengxin.remedies.terms.objections import OBJECTION
from chengxin.remedies.terms.words import OFFICIALS
from chengxin.remedies.terms.workflows import Act, Outcome

WHETHER_RIGHT: Final = frozenset({OBJECTION.code, SIBLING.code, READMISSION.code})
"""Workflows that decide whether an entry is right and stands: who decided one against its person decides none of them again."""


def took_part(case: Case, at: datetime) -> frozenset[UUID]:
    """The officials who do not decide this case, by what it is about; the person must be set.

    Of an entry: who sent any version of it, and who decided before that it stands. Of a look or its use: who looked. Of how an
    office handled a case: whoever acted on that case, and all who could not decide that one.
    """
    kind, uid = case.about.kind, case.about.uid
    if uid is None:
        return frozenset()
    if kind in OF_A_LOOK:
        found = access.looker_of(case.person_id, uid, at=at)
        return frozenset() if found is None or found[1] is None else frozenset({found[1]})
    if kind in OF_AN_ENTRY:
        before = _decided_before(case, uid) if case.workflow in WHETHER_RIGHT else frozenset()
        return before | senders_of(case.person_id, uid, at)
    return _handled(case.person_id, uid, at) if kind is AboutKind.OFFICE else frozenset()


def senders_of(person_id: UUID, uid: UUID, at: datetime) -> frozenset[UUID]:
    """The officials who sent any version of an entry."""
    versions = records.entries_with_any_status(person_id, shown_at=at, known_at=at)
    return collection.people_of_batches({one.batch_id for one in versions if one.uid == uid})


def _decided_before(case: Case, uid: UUID) -> frozenset[UUID]:
    """The two behind each earlier decision that the entry stands."""
    closed = models.Case.objects.filter(
        person_id=case.person_id, about_uid=uid, workflow__in=WHETHER_RIGHT, outcome=Outcome.AGAINST.value
    )
    agreed = models.Event.objects.filter(
        person_id=case.person_id, case_id__in=closed.values("case_id"), act=Act.AGREE.value, second=True
    )
    return frozenset(one for pair in agreed.values_list("actor", "proposed_by") for one in pair if one is not None)


def _handled(person_id: UUID, uid: UUID, at: datetime) -> frozenset[UUID]:
    row = models.Case.objects.filter(person_id=person_id, uid=uid).first()
    if row is None:
        return frozenset()
    acted = models.Event.objects.filter(
        person_id=person_id, case_id=row.case_id, who__in=[one.value for one in OFFICIALS], actor__isnull=False
    )
    entry = row.about_uid if AboutKind(row.about_kind) in OF_AN_ENTRY else None
    sent = frozenset() if entry is None else senders_of(person_id, entry, at)
    return sent | frozenset(one for one in acted.values_list("actor", flat=True) if one is not None)
