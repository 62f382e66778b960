"""Reviews of looks and orders of silence in words: for a supervisor, for the person, for the public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengxin.access.terms import Purpose
from chengxin.access.terms.reviews import Finding, ReviewKind, ReviewOfLook, ReviewView
from chengxin.access.terms.seals import SealState, SealView
from chengxin.catalogue.terms import BasisRef, PurposeSpec
from chengxin.doors.portal.presenters.around import basis_in_words, name_of
from chengxin.doors.wording import Language, text
from chengxin.offices.terms import OrganisationView

FINDING_TONES: Mapping[Finding, str] = {
    Finding.JUSTIFIED: "good",
    Finding.NOT_JUSTIFIED: "warn",
    Finding.MISUSE: "warn",
}
SEAL_TONES: Mapping[SealState, str] = {
    SealState.ASKED: "open",
    SealState.APPROVED: "warn",
    SealState.REFUSED: "ended",
}


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review in words. ``saw``: what the rule saw, in one sentence with its figures; "" where a person or the law asked."""

    uid: UUID
    kind: str
    office: str
    operator: str
    machine: bool
    purpose: str
    case_ref: str
    why: str
    words: str
    saw: str
    looked_at: datetime | None
    raised_at: datetime
    due_on: date
    late: bool
    about: int
    state: str
    tone: str
    told: str
    decided_at: datetime | None
    decided_by: str
    mine: bool
    open: bool


def review_line(
    review: ReviewView,
    *,
    offices: Mapping[UUID, OrganisationView],
    names: Mapping[UUID, str],
    purpose: PurposeSpec | None,
    reader: UUID | None,
    today: date,
    language: Language,
) -> ReviewLine:
    """One review; ``names`` of officials by id, ``reader`` the official who reads it."""
    finding = review.finding
    return ReviewLine(
        uid=review.uid,
        kind=text(f"reviews.kind.{review.kind.value}", language),
        office=name_of(offices.get(review.organisation_id), language),
        operator=names.get(review.official_id, "") if review.official_id else "",
        machine=review.client_id is not None,
        purpose=purpose_in_words(review.purpose, purpose, language),
        case_ref=review.case_ref,
        why=review.why,
        words=review.words,
        saw=text(f"reviews.rule.{review.rule.value}", language, **review.figures) if review.rule else "",
        looked_at=review.looked_at,
        raised_at=review.raised_at,
        due_on=review.due_on,
        late=finding is None and review.due_on < today,
        about=review.about,
        state=text(f"reviews.finding.{finding.value}" if finding else "reviews.waits", language),
        tone=FINDING_TONES[finding] if finding else "open",
        told=review.told,
        decided_at=review.decided_at,
        decided_by=names.get(review.decided_by, "") if review.decided_by else "",
        mine=reader is not None and reader == review.official_id,
        open=finding is None,
    )


@dataclass(frozen=True, slots=True)
class LookReviewLine:
    """A review of one of their looks, as its person reads it: since when, until when, what was found, what they are told."""

    why: str
    due_on: date
    state: str
    tone: str
    told: str
    decided_at: datetime | None
    open: bool


def look_review_line(review: ReviewOfLook, language: Language) -> LookReviewLine:
    """One of them."""
    finding = review.finding
    return LookReviewLine(
        why=text(f"resident.reviewed.{review.kind.value}", language),
        due_on=review.due_on,
        state=text(f"resident.reviewed.{finding.value}" if finding else "resident.reviewed.waits", language),
        tone=FINDING_TONES[finding] if finding else "open",
        told=review.told,
        decided_at=review.decided_at,
        open=finding is None,
    )


def is_asked(reviews: Sequence[ReviewOfLook]) -> bool:
    """Whether the person asked about this look already."""
    return any(one.kind is ReviewKind.UNRECOGNISED for one in reviews)


def purpose_in_words(code: str, purpose: PurposeSpec | None, language: Language) -> str:
    """A purpose of the platform's own, or one of the catalogue; a code that no edition names any more stands for itself."""
    if not code:
        return ""
    if code in set(Purpose):
        return text(f"resident.purpose.{code}", language)
    if purpose is None:
        return code
    return purpose.zh if language == "zh" else purpose.en


@dataclass(frozen=True, slots=True)
class SealLine:
    """An order of silence in words."""

    uid: UUID
    office: str
    case_ref: str
    law: str
    asked_by: str
    asked_at: datetime
    reason: str
    starts_on: date
    ends_on: date
    state: str
    tone: str


def seal_line(
    seal: SealView, offices: Mapping[UUID, OrganisationView], names: Mapping[UUID, str], language: Language
) -> SealLine:
    """One order."""
    return SealLine(
        uid=seal.uid,
        office=name_of(offices.get(seal.organisation_id), language),
        case_ref=seal.case_ref,
        law=basis_in_words(BasisRef(seal.law, seal.article), language),
        asked_by=names.get(seal.asked_by, ""),
        asked_at=seal.asked_at,
        reason=seal.reason,
        starts_on=seal.starts_on,
        ends_on=seal.ends_on,
        state=text(f"seals.state.{seal.state.value}", language),
        tone=SEAL_TONES[seal.state],
    )
