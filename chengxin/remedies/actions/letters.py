"""Letters: made from a caseworker's words and the case itself, and sent only whole."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from chengxin.foundation import outbox
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.ids import new_id
from chengxin.offices import facade as offices
from chengxin.remedies import models
from chengxin.remedies.queries import sealed
from chengxin.remedies.queries.cases import letter_place
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.rules.letters import NEEDS, NEXT, letter_lacks, remedy_ends
from chengxin.remedies.rules.numbering import case_number
from chengxin.remedies.terms.cases import LetterWords
from chengxin.remedies.terms.letters import AGAINST, LetterDraft, LetterKind, LetterNeed, RemedyKind, RemedyLine

LETTER: Final = "remedy_letter"
OF_A_LETTER: Final = "remedy_letter"
"""Kind of notice that a letter goes with, and what it tells of."""


def draft_letter(
    row: models.Case,
    kind: LetterKind,
    words: LetterWords,
    *,
    seq: int,
    deciders: tuple[UUID, ...],
    told: tuple[str, ...] | None,
    certificate: str,
    since: date | None = None,
    at: datetime,
) -> LetterDraft:
    """The whole letter, were it sent now: what the case knows is filled in, what the caseworker did not say stays out.

    ``since``: the day on which the ruling that it takes up reached the person.
    """
    number = case_number(row.workflow, row.uid, row.opened_at)
    return LetterDraft(
        kind=kind,
        number=f"{number}-{seq}",
        about=number if not row.item else f"{number} {row.item}",
        result=words.result,
        reason=words.reason,
        evidence=words.evidence,
        laws=words.laws,
        office=office_name(row.organisation_id),
        contact=words.contact,
        dated_on=shanghai_day(at),
        deciders=frozenset(deciders),
        changed=words.changed,
        told=told,
        remedies=remedies_told(kind, words, since or shanghai_day(at)),
        statement_offered=kind in AGAINST,
        certificate=certificate,
        counted_from=since,
    )


def remedies_told(kind: LetterKind, words: LetterWords, since: date) -> tuple[RemedyLine, ...]:
    """Where to go next, with the last days of the person's own clocks from this day on (F15)."""
    law = law_here()
    where = {
        RemedyKind.REVIEW: words.review_where,
        RemedyKind.RECONSIDERATION: words.reconsideration_where,
        RemedyKind.LAWSUIT: words.lawsuit_where,
        RemedyKind.APPEAL: words.lawsuit_where,
    }
    return tuple(
        RemedyLine(remedy, where[remedy], None if matter is None else remedy_ends(matter, since, law).day)
        for remedy, matter in NEXT.get(kind, {}).items()
    )


def lacking(draft: LetterDraft) -> tuple[LetterNeed, ...]:
    """What it still lacks, in the order of the checklist."""
    return letter_lacks(draft, law_here())


def send_letter(row: models.Case, draft: LetterDraft, *, by: tuple[UUID | None, UUID | None], at: datetime) -> UUID:
    """Keep a whole letter and tell the person, in the current transaction. ``by``: who decided, and the second official.

    What it holds is asked once more by the database (`remedies_letter_is_whole`, `remedies_letter_two_names`).
    """
    letter_id = new_id(at)
    assert draft.dated_on is not None
    missing = frozenset(lacking(draft))
    models.Letter.objects.create(
        person_id=row.person_id,
        letter_id=letter_id,
        case_id=row.case_id,
        kind=draft.kind.value,
        number=draft.number,
        dated_on=draft.dated_on,
        needs=[need.value for need in NEEDS[draft.kind] if need not in missing],
        decider=by[0],
        second=by[1],
        organisation_id=row.organisation_id,
        sealed=sealed.seal(row.person_id, letter_place(letter_id), _said(draft)),
    )
    outbox.tell(person_id=row.person_id, kind=LETTER, subject_kind=OF_A_LETTER, subject_id=letter_id, at=at)
    return letter_id


def _said(draft: LetterDraft) -> dict[str, object]:
    return {
        "about": draft.about,
        "result": draft.result,
        "reason": draft.reason,
        "evidence": list(draft.evidence),
        "laws": list(draft.laws),
        "office": draft.office,
        "contact": draft.contact,
        "changed": draft.changed,
        "told": None if draft.told is None else list(draft.told),
        "remedies": [
            {"kind": one.kind.value, "where": one.where, "last_on": one.last_on.isoformat() if one.last_on else ""}
            for one in draft.remedies
        ],
        "statement_offered": draft.statement_offered,
        "certificate": draft.certificate,
        "counted_from": draft.counted_from.isoformat() if draft.counted_from else "",
    }


def office_name(organisation_id: UUID) -> str:
    """The name of an office as it stands on paper."""
    for one in offices.organisations(closed=True):
        if one.id == organisation_id:
            return one.name_zh
    return str(settings.CHENGXIN_OFFICE["zh"])
