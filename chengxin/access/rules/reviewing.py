"""Who reviews a look, until when, and what a finding takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chengxin.access.terms.reviews import REVIEW_DAYS, Finding, ReviewKind, Whom
from chengxin.kernel.clocks import Length, Unit, ends_on
from chengxin.kernel.days import Holidays, shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.access.terms.reviews import ReviewView, Suspending

_EXPLAINED: Final = "个人信息保护法 48"
_SECURITY: Final = "个人信息保护法 51"


def review_due_on(kind: ReviewKind, raised_at: datetime, holidays: Holidays) -> date:
    """The last day of a review: working days from the day after, the office's clock (民法典 201, 203; F15)."""
    length = Length(REVIEW_DAYS[kind], Unit.WORKING_DAYS)
    return ends_on(shanghai_day(raised_at), length, holidays, "office").day


def may_ask_about(*, own: bool, asked_before: bool) -> Decision:
    """Whether a person may say of a look that they do not recognise it: of others' looks, once each (个人信息保护法 48)."""
    if own:
        return Refused("own_look", _EXPLAINED)
    if asked_before:
        return Refused("look_asked_about", _EXPLAINED)
    return ALLOWED


def may_decide(
    review: ReviewView, official_id: UUID | None, finding: Finding, told: str, suspending: Suspending | None
) -> Decision:
    """Whether this official may close the review so: nobody reviews their own look, its person is told something, and misuse
    is what suspends (个人信息保护法 51)."""
    if review.finding is not None:
        return Refused("review_closed", _SECURITY)
    if official_id is None or official_id == review.official_id:
        return Refused("second_person_needed", _SECURITY)
    if not told.strip():
        return Refused("review_tells_nothing", _EXPLAINED)
    if (finding is Finding.MISUSE) is not (suspending is not None):
        return Refused("misuse_suspends", _SECURITY)
    if suspending is not None and suspending.whom is Whom.OPERATOR and not (review.official_id or review.client_id):
        return Refused("nobody_to_suspend", _SECURITY)
    return ALLOWED
