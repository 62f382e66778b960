"""Suspensions of access: who may impose, answer and lift one, and what one is worth at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.offices.rules.bases import SECURITY, TWO_PEOPLE
from chengxin.offices.rules.mandates import figure_on
from chengxin.offices.terms import SUSPENSION_DAYS, Reason, SuspensionStanding


@dataclass(frozen=True, slots=True)
class SuspensionFacts:
    """A suspension as it stands. ``official_id``: the official it is of, None for an organisation's or a machine's."""

    official_id: UUID | None
    suspended_by: UUID
    from_at: datetime
    ends_at: datetime
    replied: bool
    lifted_at: datetime | None


def may_suspend(*, actor_id: UUID, official_id: UUID | None, notice: str, at: datetime, ends_at: datetime) -> Decision:
    """Whether access may be suspended: not one's own, with words for those it is of, with an end within the maximum."""
    if actor_id == official_id:
        return Refused(Reason.OWN_SUSPENSION, TWO_PEOPLE)
    if not notice.strip():
        return Refused(Reason.NOTICE_MISSING, SECURITY)
    if ends_at <= at:
        return Refused(Reason.DATES_OUT_OF_ORDER, SECURITY)
    most = figure_on(SUSPENSION_DAYS, shanghai_day(at)).days
    if ends_at - at > timedelta(days=most):
        return Refused(Reason.SUSPENSION_TOO_LONG, SECURITY, {"days": most})
    return ALLOWED


def suspension_standing(facts: SuspensionFacts, at: datetime) -> SuspensionStanding:
    """What a suspension is worth at a moment; no job ends it. It works from its first moment up to its end."""
    if facts.lifted_at is not None and facts.lifted_at <= at:
        return SuspensionStanding.LIFTED
    return SuspensionStanding.OVER if facts.ends_at <= at else SuspensionStanding.RUNNING


def may_reply(facts: SuspensionFacts, *, actor_id: UUID, at: datetime) -> Decision:
    """Whether the suspended side may still reply: while it runs, once, and not who imposed it."""
    if suspension_standing(facts, at) is not SuspensionStanding.RUNNING:
        return Refused(Reason.SUSPENSION_OVER, SECURITY)
    if facts.replied:
        return Refused(Reason.SUSPENSION_REPLIED, SECURITY)
    return Refused(Reason.OWN_SUSPENSION, TWO_PEOPLE) if actor_id == facts.suspended_by else ALLOWED


def may_lift(facts: SuspensionFacts, *, actor_id: UUID, at: datetime) -> Decision:
    """Whether it may be lifted early: while it runs, by another than who imposed it and not by who it is of."""
    if suspension_standing(facts, at) is not SuspensionStanding.RUNNING:
        return Refused(Reason.SUSPENSION_OVER, SECURITY)
    if actor_id == facts.suspended_by:
        return Refused(Reason.SECOND_PERSON_NEEDED, TWO_PEOPLE)
    return Refused(Reason.OWN_SUSPENSION, TWO_PEOPLE) if actor_id == facts.official_id else ALLOWED
