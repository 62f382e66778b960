"""Mandates: what one is worth on a day, who may grant one, and every further step of its life."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.offices.rules.bases import LEAST_POWER, TWO_PEOPLE
from chengxin.offices.terms import (
    REAPPROVAL_DAYS,
    SEATS,
    SOLE_ROLES,
    WORKFLOW,
    Figure,
    MandateAct,
    MandateState,
    Reason,
    Role,
    Standing,
    Tier,
)


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """What a mandate's worth depends on. ``reapproval_due_on`` is None until it is approved."""

    role: Role
    state: MandateState
    starts_on: date
    ends_on: date
    reapproval_due_on: date | None


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """A mandate somebody wants to grant. ``held_roles``: roles of the official's live mandates in those days."""

    granted_by: UUID
    official_id: UUID
    official_active: bool
    organisation_active: bool
    tier: Tier
    role: Role
    starts_on: date
    ends_on: date
    held_roles: frozenset[Role]
    same_held: bool


@dataclass(frozen=True, slots=True)
class ActFacts:
    """Somebody wants to act on a mandate. ``granted_by`` is None for a founding one."""

    actor_id: UUID
    official_id: UUID
    granted_by: UUID | None
    suspended_by: UUID | None
    mandate: MandateFacts


def standing(facts: MandateFacts, on: date) -> Standing:
    """What a mandate is worth on a day. The calendar works by itself: no job ends a mandate."""
    if facts.state is not MandateState.APPROVED:
        return Standing(facts.state.value)
    return _by_calendar(facts, on)


def _by_calendar(facts: MandateFacts, on: date) -> Standing:
    """First and last day are included; a mandate that was never approved cannot have lapsed."""
    if on > facts.ends_on:
        return Standing.EXPIRED
    if facts.reapproval_due_on is not None and on > facts.reapproval_due_on:
        return Standing.LAPSED
    if on < facts.starts_on:
        return Standing.NOT_STARTED
    return Standing.IN_FORCE


_WHY_NOT: Mapping[Standing, Reason] = MappingProxyType(
    {worth: Reason(f"mandate_{worth.value}") for worth in Standing if worth is not Standing.IN_FORCE}
)


def not_in_force(worth: Standing) -> Refused:
    """The refusal of an act under a mandate that does not work."""
    return Refused(_WHY_NOT[worth], LEAST_POWER)


def may_grant(facts: GrantFacts, today: date) -> Decision:
    """Whether a mandate may be proposed: not to oneself, in a fitting office, in days that make sense, once."""
    if facts.granted_by == facts.official_id:
        return Refused(Reason.OWN_MANDATE, TWO_PEOPLE)
    if not facts.official_active:
        return Refused(Reason.OFFICIAL_DISMISSED, LEAST_POWER)
    if not facts.organisation_active:
        return Refused(Reason.ORGANISATION_CLOSED, LEAST_POWER)
    if facts.tier not in SEATS[facts.role]:
        return Refused(Reason.ROLE_NOT_SEATED_HERE, LEAST_POWER, {"role": facts.role.value, "tier": facts.tier.value})
    if facts.ends_on < facts.starts_on:
        return Refused(Reason.DATES_OUT_OF_ORDER, LEAST_POWER)
    if facts.starts_on < today:
        return Refused(Reason.STARTS_IN_THE_PAST, LEAST_POWER)
    if facts.same_held:
        return Refused(Reason.MANDATE_OVERLAPS, LEAST_POWER)
    if stands_alone(facts.role, facts.held_roles):
        return Refused(Reason.ROLE_STANDS_ALONE, LEAST_POWER, {"role": facts.role.value})
    return ALLOWED


def stands_alone(role: Role, held: Iterable[Role]) -> bool:
    """Whether a role cannot be joined to those already held: nobody audits their own acts."""
    others = {other for other in held if other is not role}
    return bool(others) and (role in SOLE_ROLES or not others.isdisjoint(SOLE_ROLES))


_GIVES_POWER = frozenset({MandateAct.APPROVE, MandateAct.RESUME, MandateAct.REAPPROVE})


def may_act(act: MandateAct, facts: ActFacts, at: datetime) -> Decision:
    """Whether an act on a mandate is open to this person now.

    What takes power away is open to one person at once. What gives it is closed to its holder, needs a second person
    where a first one decided, and cannot bring back what the calendar has ended.
    """
    if next_state(facts.mandate.state, act) is None:
        return Refused(Reason.WRONG_STATE, LEAST_POWER, {"state": facts.mandate.state.value, "act": act.value})
    if act not in _GIVES_POWER:
        return ALLOWED
    if facts.actor_id == facts.official_id:
        return Refused(Reason.OWN_MANDATE, TWO_PEOPLE)
    first = {MandateAct.APPROVE: facts.granted_by, MandateAct.RESUME: facts.suspended_by}.get(act)
    if facts.actor_id == first:
        return Refused(Reason.SECOND_PERSON_NEEDED, TWO_PEOPLE)
    worth = _by_calendar(facts.mandate, shanghai_day(at))
    return not_in_force(worth) if worth in {Standing.EXPIRED, Standing.LAPSED} else ALLOWED


def next_state(state: MandateState, act: MandateAct) -> MandateState | None:
    """The state that follows; None where the workflow has no such step."""
    return WORKFLOW.get((state, act))


def open_acts(state: MandateState) -> tuple[MandateAct, ...]:
    """The acts a state leaves open, in the order of `MandateAct`: the buttons of a page."""
    return tuple(act for act in MandateAct if (state, act) in WORKFLOW)


def figure_on(figures: Sequence[Figure], on: date) -> Figure:
    """The figure in force on a day; raises LookupError for a day before the first."""
    started = [figure for figure in figures if figure.in_force_from <= on]
    if not started:
        raise LookupError(f"no figure was in force on {on.isoformat()}")
    return max(started, key=lambda figure: figure.in_force_from)


def reapproval_due_on(confirmed_on: date, figures: Sequence[Figure] = REAPPROVAL_DAYS) -> date:
    """The last day a mandate works without being confirmed anew."""
    return confirmed_on + timedelta(days=figure_on(figures, confirmed_on).days)
