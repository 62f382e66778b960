"""Decisions about mandates: who may be given one, until when, and whether one works at a moment. By the clock alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused, first_refusal
from chengxin.persons.terms import PROOFS, MandateFacts, MandateKind, MandateStanding, Scope

if TYPE_CHECKING:
    from datetime import datetime

OF_AGE: Final = 18
"""民法典 17."""

LONGEST_YEARS: Final = {MandateKind.HELPER: 1, MandateKind.GUARDIAN: 5}
"""民法典 165 asks for a period and names none: a year is this product's own. So are five for a ruling: then it is shown again."""

OFFERS_A_DAY: Final = 10
"""Codes for helpers that one person makes in a day: no one needs more."""

BY_AGREEMENT: Final = "民法典 165"
BY_LAW: Final = "民法典 27"
BY_RULING: Final = "民法典 28"


def comes_of_age_on(born_on: date) -> date:
    """The day from whose first second in Shanghai on somebody is 18 (民法典 17).

    That day is the 18th birthday itself. Counting 周岁 from the day after it is a reading of the criminal courts in favour of an
    accused; here it would lengthen another's power over an adult by a day. Who was born on 29 February comes of age on 28
    February: a year without the corresponding day has the last day of the month in its place (民法典 202).
    """
    return _years_after(born_on, OF_AGE)


def ends_on(facts: MandateFacts) -> date | None:
    """The first day on which a mandate is over: the day asked for, and never later than its kind allows. None: not known."""
    latest = _latest(facts)
    known = [day for day in (facts.ends_on, latest) if day is not None]
    return min(known) if known else None


def may_be_given(facts: MandateFacts, today: date) -> Decision:
    """Whether such a mandate may come to be today (民法典 17, 18, 27, 28, 161, 165)."""
    return first_refusal(
        _not_for_oneself(facts),
        _known_of_both(facts),
        _proven(facts),
        _ends(facts, today),
    )


def is_in_force(standing: MandateStanding, at: datetime) -> Decision:
    """Whether a mandate works at a moment: confirmed by another, not ended, begun, and its last day not over in Shanghai.

    A parent's is measured anew by the child's birth date, whatever end was written down.
    """
    facts, day = standing.facts, shanghai_day(at)
    over = Refused("mandate_over", "民法典 173")
    if standing.confirmed_at is None or standing.confirmed_at > at:
        return Refused("mandate_unconfirmed", BY_LAW)
    if standing.ended_at is not None and standing.ended_at <= at:
        return over
    if facts.kind is MandateKind.PARENT and facts.born_on is None:
        return Refused("birth_date_unknown_of_child", BY_LAW)
    first_over = ends_on(facts)
    if first_over is None or not facts.starts_on <= day < first_over:
        return over
    return ALLOWED


def covers(standing: MandateStanding, scope: Scope, at: datetime) -> Decision:
    """Whether a mandate lets its holder do this at a moment."""
    decision = is_in_force(standing, at)
    if isinstance(decision, Refused):
        return decision
    return ALLOWED if scope in standing.facts.scopes else Refused("mandate_other_scope", BY_AGREEMENT)


def may_offer(lately: int, *, acts_for_another: bool) -> Decision:
    """Whether a person may make a helper's code: their own act, a mandate is not passed on (民法典 169)."""
    if acts_for_another:
        return Refused("mandate_not_passed_on", "民法典 169")
    return (
        Refused("mandate_codes_used", BY_AGREEMENT, {"most": str(OFFERS_A_DAY)}) if lately >= OFFERS_A_DAY else ALLOWED
    )


def only_oneself(*, acts_for_another: bool) -> Decision:
    """What nobody does for another: their account, where they want to be told (民法典 161)."""
    return Refused("mandate_never_covers", "民法典 161") if acts_for_another else ALLOWED


def _not_for_oneself(facts: MandateFacts) -> Decision:
    return Refused("mandate_for_oneself", "民法典 161") if facts.principal == facts.holder else ALLOWED


def _known_of_both(facts: MandateFacts) -> Decision:
    """A parent's child is a child; whoever acts for another is of age (民法典 17, 18)."""
    if facts.kind is MandateKind.PARENT:
        if facts.born_on is None:
            return Refused("birth_date_unknown_of_child", BY_LAW)
        if facts.starts_on >= comes_of_age_on(facts.born_on):
            return Refused("child_of_age", "民法典 17", {"day": comes_of_age_on(facts.born_on).isoformat()})
    if facts.holder_born_on is not None and facts.starts_on < comes_of_age_on(facts.holder_born_on):
        return Refused("holder_under_age", "民法典 18")
    return ALLOWED


def _proven(facts: MandateFacts) -> Decision:
    if Scope.READ not in facts.scopes:
        return Refused("mandate_without_reading", BY_AGREEMENT)
    if facts.proof not in PROOFS[facts.kind]:
        return Refused("mandate_other_proof", BY_RULING if facts.kind is MandateKind.GUARDIAN else BY_LAW)
    if facts.kind is not MandateKind.HELPER and not facts.proof_number.strip():
        return Refused("mandate_proof_number_missing", BY_RULING if facts.kind is MandateKind.GUARDIAN else BY_LAW)
    return ALLOWED


def _ends(facts: MandateFacts, today: date) -> Decision:
    basis = {MandateKind.PARENT: BY_LAW, MandateKind.GUARDIAN: BY_RULING, MandateKind.HELPER: BY_AGREEMENT}[facts.kind]
    if facts.ends_on is None:
        return Refused("mandate_end_missing", basis)
    if facts.ends_on <= max(facts.starts_on, today):
        return Refused("mandate_end_past", basis)
    latest = _latest(facts)
    if latest is not None and facts.ends_on > latest:
        return Refused("mandate_too_long", basis, {"day": (latest - timedelta(days=1)).isoformat()})
    return ALLOWED


def _latest(facts: MandateFacts) -> date | None:
    """The first day on which a mandate of this kind is over at the latest; None where nothing says."""
    found = []
    if facts.kind in LONGEST_YEARS:
        found.append(_years_after(facts.starts_on, LONGEST_YEARS[facts.kind]))
    if facts.born_on is not None and (
        facts.kind is MandateKind.PARENT
        or (facts.kind is MandateKind.GUARDIAN and facts.starts_on < comes_of_age_on(facts.born_on))
    ):
        # who was a minor when it began decides anew when of age
        found.append(comes_of_age_on(facts.born_on))
    return min(found) if found else None


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # 29 February: the last day of the month stands for the day that is missing (民法典 202)
        return day.replace(year=day.year + years, day=28)
