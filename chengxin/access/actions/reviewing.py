"""Raising and deciding reviews of looks: break-glass, "I do not recognise this", and what the rules over operators saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chengxin.access.actions.reading import require_own
from chengxin.access.models import Look, Review, ReviewLook
from chengxin.access.queries.reviews import REVIEW_LOOKS, review_view, review_whole
from chengxin.access.rules import reviewing as rules
from chengxin.access.terms.reviews import (
    Finding,
    LookUnknown,
    ReviewDecided,
    ReviewKind,
    ReviewUnknown,
    ReviewView,
    Suspending,
    WatchRule,
    Whom,
)
from chengxin.foundation import journal, outbox
from chengxin.foundation.database import as_person, in_transaction, working_off
from chengxin.foundation.holidays import holidays_here
from chengxin.kernel.decisions import require
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission
from chengxin.persons.terms import Scope as MandateScope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor

LOOKED_IN_EMERGENCY: Final = "emergency_look"
LOOK_REVIEWED: Final = "look_reviewed"
OF_A_REVIEW: Final = "look_review"
"""Kinds of notice about a look, and what they tell of."""


@dataclass(frozen=True, slots=True)
class ReviewedLook:
    """A look that a review is about: whose file, which look, and when its person may know of it (None: at once)."""

    person_id: UUID
    look: UUID
    opens_at: datetime | None = None
    words: str = ""


def ask_about_look(*, actor: Actor, person_id: UUID, uid: UUID, words: str, at: datetime, reason: str) -> UUID:
    """A person does not recognise a look at their file: another official of the platform reviews it within five working days.

    Returns the review's uid. Raises LookUnknown, Refusal, ReasonNamesSomebody for words with a number in them.
    """
    require_own(actor, person_id, MandateScope.REMEDIES, at=at)
    if journal.names_somebody(words, at=at):
        raise journal.ReasonNamesSomebody()
    with as_person(person_id):
        look = Look.objects.filter(person_id=person_id, uid=uid).first()
        if look is None or (look.opens_at is not None and look.opens_at > at):
            raise LookUnknown()
        before = Review.objects.filter(kind=ReviewKind.UNRECOGNISED, about=str(uid)).exists()
        require(rules.may_ask_about(own=look.actor_kind == "person" and not look.role, asked_before=before))
        review = raised(
            ReviewKind.UNRECOGNISED,
            about=str(uid),
            operator=(look.organisation_id or _lead(), look.official_id, look.client_id),
            purpose=look.purpose,
            case_ref=look.case_ref,
            why=look.reason,
            looked_at=look.at,
            looks=[ReviewedLook(person_id, uid, look.opens_at, words.strip())],
            at=at,
        )
        assert review is not None
        journal.record(
            actor, "ask_about_look", "look_review", review.uid, at=at, reason=reason,
            organisation_id=review.organisation_id,
        )  # fmt: skip
        return review.uid


def note_emergency(*, actor: Actor, look: ReviewedLook, purpose: str, at: datetime, reason: str) -> UUID:
    """Somebody broke the glass: the person is told at once, and another official reviews it within two working days.

    In the transaction of the look, whose person is set on the connection. Returns the review's uid.
    """
    assert actor.organisation_id is not None
    review = raised(
        ReviewKind.EMERGENCY,
        about=str(look.look),
        operator=(actor.organisation_id, actor.official_id, actor.client_id),
        purpose=purpose,
        why=reason.strip(),
        looked_at=at,
        looks=[look],
        at=at,
    )
    assert review is not None
    journal.record(
        actor, "break_glass", "look_review", review.uid, at=at, reason=reason, organisation_id=actor.organisation_id
    )
    _tell(look.person_id, LOOKED_IN_EMERGENCY, review.id, at)
    return review.uid


def decide_review(
    *,
    actor: Actor,
    uid: UUID,
    finding: Finding,
    told: str,
    suspending: Suspending | None,
    at: datetime,
    reason: str,
) -> ReviewView:
    """Close a review; its persons are told ``told``, and misuse suspends in the same act. Needs REVIEW_LOOKS in reach.

    Raises ReviewUnknown, ReviewDecided, Refusal for the looker themself, ReasonNamesSomebody for words with a number in them.
    """
    if journal.names_somebody(told, at=at):
        raise journal.ReasonNamesSomebody()
    with in_transaction():
        row = Review.objects.select_for_update(no_key=True).filter(uid=uid).first()
        if row is None:
            raise ReviewUnknown()
        offices.require_permission(actor, Permission.REVIEW_LOOKS, at, organisation_id=row.organisation_id)
        require(rules.may_decide(review_view(row), actor.official_id, finding, told, suspending))
        decided = Review.objects.filter(id=row.id, finding="").update(
            finding=finding, told=told.strip(), decided_at=at, decided_by=actor.official_id
        )
        if not decided:
            raise ReviewDecided()
        journal.record(
            actor, f"review_{finding.value}", "look_review", uid, at=at, reason=reason,
            organisation_id=row.organisation_id,
        )  # fmt: skip
        if suspending is not None:
            _suspend(actor, row, suspending, at, reason)
        _tell_all(row.id, at)
        return review_whole(Review.objects.get(id=row.id))


def raised(
    kind: ReviewKind,
    *,
    about: str,
    operator: tuple[UUID, UUID | None, UUID | None],
    looks: Sequence[ReviewedLook],
    at: datetime,
    rule: WatchRule | None = None,
    purpose: str = "",
    case_ref: str = "",
    why: str = "",
    looked_at: datetime | None = None,
    figures: Mapping[str, int | str] | None = None,
) -> Review | None:
    """A review of this operator's looks (organisation, official, client), in the current transaction; None where the same was
    raised before."""
    organisation_id, official_id, client_id = operator
    row = Review(
        id=new_id(at),
        uid=new_uid(),
        kind=kind,
        rule=rule or "",
        about=about,
        organisation_id=organisation_id,
        official_id=official_id,
        client_id=client_id,
        purpose=purpose,
        case_ref=case_ref,
        why=why,
        looked_at=looked_at,
        figures=dict(figures or {}),
        raised_at=at,
        due_on=rules.review_due_on(kind, at, holidays_here()),
    )
    if Review.objects.bulk_create([row], ignore_conflicts=True) and not Review.objects.filter(id=row.id).exists():
        return None
    with working_off(REVIEW_LOOKS):
        ReviewLook.objects.bulk_create(
            ReviewLook(
                id=new_id(at),
                review_id=row.id,
                person_id=one.person_id,
                look_uid=one.look,
                opens_at=one.opens_at,
                words=one.words,
            )
            for one in looks
        )
    return row


def forget_person(person_id: UUID) -> None:
    """Take a person out of the lists of reviews, in the transaction of their erasure; what was found of the operator stays."""
    with working_off(REVIEW_LOOKS):
        ReviewLook.objects.filter(person_id=person_id).delete()


def _tell_all(review_id: UUID, at: datetime) -> None:
    """Tell each person once. Of a look that a law keeps sealed, its page tells when it opens."""
    with working_off(REVIEW_LOOKS):
        rows = ReviewLook.objects.filter(review_id=review_id).values_list("person_id", "opens_at")
        persons = sorted({person for person, opens_at in rows if opens_at is None or opens_at <= at})
    for person_id in persons:
        with as_person(person_id):
            _tell(person_id, LOOK_REVIEWED, review_id, at)


def _tell(person_id: UUID, kind: str, review_id: UUID, at: datetime) -> None:
    outbox.tell(person_id=person_id, kind=kind, subject_kind=OF_A_REVIEW, subject_id=review_id, at=at)


def _suspend(actor: Actor, row: Review, suspending: Suspending, at: datetime, reason: str) -> None:
    operator = suspending.whom is Whom.OPERATOR
    offices.suspend_access(
        actor=actor,
        organisation_id=None if operator else row.organisation_id,
        official_id=row.official_id if operator else None,
        client_id=row.client_id if operator else None,
        ends_at=suspending.ends_at,
        notice=suspending.notice,
        at=at,
        reason=reason,
    )


def _lead() -> UUID:
    """Whose the platform's own looks are."""
    return next(one.id for one in offices.organisations() if one.parent_id is None)
