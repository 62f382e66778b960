"""What a notice tells of where it tells of no entry: a case, an account, a look, a mandate; and who did it, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from chengxin.access import facade as access
from chengxin.doors.portal.presenters.around import name_of
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.wording import Language, date_in_words, text
from chengxin.foundation.outbox import NoticeView
from chengxin.persons import facade as persons
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case

OF_A_LOOK: Final = frozenset({access.LOOKED_IN_EMERGENCY, access.LOOK_REVIEWED})
OF_MANDATES: Final = frozenset({persons.MANDATE_BEGUN, persons.MANDATE_ENDED})
OF_NO_ENTRY: Final = frozenset({persons.ACCOUNT_BOUND, access.CONSENT_ASKED}) | OF_A_LOOK | OF_MANDATES
"""Kinds of notice about something else than an entry: they say who did it."""

OF_MATTERS: Final = frozenset({remedies.OF_A_CASE, remedies.OF_A_LETTER})
"""What a notice about a case tells of: the case that moved, or its letter."""


def case_of_notice(notice: NoticeView, at: datetime) -> Case | None:
    """The case that a notice tells of, in the transaction of its person; None where it tells of none, or it is gone."""
    if notice.subject_kind == remedies.OF_A_CASE:
        return remedies.case_told(notice.person_id, notice.subject_id, at=at)
    if notice.subject_kind == remedies.OF_A_LETTER:
        return remedies.case_of_letter(notice.person_id, notice.subject_id, at=at)
    return None


def doer_of(notice: NoticeView, surroundings: Surroundings, language: Language) -> str:
    """Who did what a notice about no entry tells of: the counter that gave a code, the asker of a consent, whose look it was."""
    if notice.kind == access.CONSENT_ASKED:
        asked = (one for one in access.consents_of(notice.person_id) if one.consent_id == notice.subject_id)
        return next((name_of(surroundings.organisation(one.organisation_id), language) for one in asked), "")
    if notice.kind in OF_A_LOOK:
        review = access.review_told(notice.person_id, notice.subject_id)
        return name_of(surroundings.organisation(review.organisation_id), language) if review else ""
    if notice.kind in OF_MANDATES:
        return mandate_in_words(notice, language, surroundings.at)
    if notice.kind != persons.ACCOUNT_BOUND:
        return ""
    through = access.bound_through(notice.person_id, at=notice.made_at)
    office = surroundings.organisation(through) if through else None
    return name_of(office, language) if office else text("resident.notice.a_counter", language)


def mandate_in_words(notice: NoticeView, language: Language, at: datetime) -> str:
    """Who acts for whom, as what, until when; for either side's letter, in their own transaction."""
    mandate = persons.mandate_told(notice.person_id, notice.subject_id, at=at)
    if mandate is None:
        return ""
    return text(
        "resident.notice.mandate_words",
        language,
        holder=persons.name_of_person(mandate.holder),
        principal=persons.name_of_person(mandate.principal),
        kind=text(f"mandate.kind.{mandate.kind.value}", language),
        day=date_in_words(mandate.last_on, language),
    )
