"""Every read of reviews: for supervisors by the day they are due, for the person beside each look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.access.models import Review, ReviewLook
from chengxin.access.terms.reviews import Finding, ReviewKind, ReviewOfLook, ReviewUnknown, ReviewView, WatchRule
from chengxin.foundation.database import working_off
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from chengxin.foundation.actors import Actor

REVIEW_LOOKS = "access_review_look"


def reviews_for(actor: Actor, at: datetime, *, decided: bool = False, limit: int = 200) -> list[ReviewView]:
    """Reviews within the actor's reach: those that wait, the most pressing first; or those ``decided``, newest first.

    Needs REVIEW_LOOKS.
    """
    offices.require_permission(actor, Permission.REVIEW_LOOKS, at)
    assert actor.organisation_id is not None
    rows = Review.objects.filter(organisation_id__in=offices.organisations_below(actor.organisation_id))
    chosen = rows.exclude(finding="").order_by("-decided_at", "-id") if decided else rows.filter(finding="")
    return [review_view(row) for row in (chosen if decided else chosen.order_by("due_on", "raised_at", "id"))[:limit]]


def review_for(actor: Actor, uid: UUID, at: datetime) -> ReviewView:
    """One review, with the person's own words where they asked. Needs REVIEW_LOOKS in reach; raises ReviewUnknown."""
    row = Review.objects.filter(uid=uid).first()
    if row is None:
        raise ReviewUnknown()
    offices.require_permission(actor, Permission.REVIEW_LOOKS, at, organisation_id=row.organisation_id)
    return review_whole(row)


def review_whole(row: Review) -> ReviewView:
    """A row with what stands on the persons' side of it: how many looks, and their words."""
    with working_off(REVIEW_LOOKS):
        words = list(ReviewLook.objects.filter(review_id=row.id).order_by("id").values_list("words", flat=True))
    return review_view(row, about=len(words), words="\n".join(one for one in words if one))


def reviews_of(person_id: UUID, at: datetime) -> dict[UUID, list[ReviewOfLook]]:
    """Look uid -> how each review of it stands, for its person, who must be set on the connection. Reviews of a look that a law
    keeps sealed are left out until it opens."""
    mine = [
        one
        for one in ReviewLook.objects.filter(person_id=person_id).order_by("id")
        if one.opens_at is None or one.opens_at <= at
    ]
    rows = {row.id: row for row in Review.objects.filter(id__in={one.review_id for one in mine})}
    found: dict[UUID, list[ReviewOfLook]] = {}
    for one in mine:
        found.setdefault(one.look_uid, []).append(_of_look(one, rows[one.review_id]))
    return found


def review_told(person_id: UUID, review_id: UUID) -> ReviewOfLook | None:
    """The review that a notice to this person tells of; None for somebody else's. The person must be set."""
    one = ReviewLook.objects.filter(person_id=person_id, review_id=review_id).order_by("id").first()
    return None if one is None else _of_look(one, Review.objects.get(id=review_id))


def review_view(row: Review, *, about: int = 0, words: str = "") -> ReviewView:
    """A row as the value others are shown."""
    return ReviewView(
        uid=row.uid,
        id=row.id,
        kind=ReviewKind(row.kind),
        rule=WatchRule(row.rule) if row.rule else None,
        organisation_id=row.organisation_id,
        official_id=row.official_id,
        client_id=row.client_id,
        purpose=row.purpose,
        case_ref=row.case_ref,
        why=row.why,
        looked_at=row.looked_at,
        figures=row.figures,
        raised_at=row.raised_at,
        due_on=row.due_on,
        finding=Finding(row.finding) if row.finding else None,
        told=row.told,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        about=about,
        words=words,
    )


def _of_look(one: ReviewLook, row: Review) -> ReviewOfLook:
    return ReviewOfLook(
        look=one.look_uid,
        review_id=row.id,
        kind=ReviewKind(row.kind),
        organisation_id=row.organisation_id,
        raised_at=row.raised_at,
        due_on=row.due_on,
        words=one.words,
        finding=Finding(row.finding) if row.finding else None,
        told=row.told,
        decided_at=row.decided_at,
    )
