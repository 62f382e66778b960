"""Machine clients: what may be registered, by whom, for how long, and what a registration is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.offices.rules.bases import LEAST_POWER, TWO_PEOPLE
from chengxin.offices.rules.mandates import figure_on
from chengxin.offices.terms import (
    CLIENT_DAYS,
    CLIENT_WORKFLOW,
    KEY_BYTES,
    OF_SUPPLYING_CLIENTS,
    ClientAct,
    ClientStanding,
    ClientState,
    Permission,
    Reason,
    Tier,
)


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A machine client somebody wants to register. ``public_key`` None: one that signs nothing."""

    organisation_active: bool
    tier: Tier
    public_key: bytes | None
    may_ask: bool
    may_supply: bool
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What a registration's worth depends on."""

    state: ClientState
    organisation_active: bool
    suspended: bool
    starts_on: date
    ends_on: date


def may_propose(facts: ProposalFacts, today: date) -> Decision:
    """Whether a registration may be proposed: of a kind that does something, for a year at most (个人信息保护法 51(四))."""
    if not facts.organisation_active:
        return Refused(Reason.ORGANISATION_CLOSED, LEAST_POWER)
    if not facts.may_ask and not facts.may_supply:
        return Refused(Reason.CLIENT_DOES_NOTHING, LEAST_POWER)
    if facts.may_supply and facts.tier is Tier.ASKER:
        return Refused(Reason.ASKER_SUPPLIES_NOTHING, LEAST_POWER)
    if facts.public_key is not None and len(facts.public_key) != KEY_BYTES:
        return Refused(Reason.CLIENT_KEY_INVALID, "RFC 8032")
    if facts.ends_on < facts.starts_on:
        return Refused(Reason.DATES_OUT_OF_ORDER, LEAST_POWER)
    if facts.starts_on < today:
        return Refused(Reason.STARTS_IN_THE_PAST, LEAST_POWER)
    most = figure_on(CLIENT_DAYS, facts.starts_on).days
    if facts.ends_on > facts.starts_on + timedelta(days=most):
        return Refused(Reason.CLIENT_TOO_LONG, LEAST_POWER, {"days": most})
    return ALLOWED


def may_act_on_client(
    act: ClientAct, facts: ClientFacts, *, actor_id: UUID, proposed_by: UUID, today: date
) -> Decision:
    """Whether a step is open to this person: ending to one at once, approving to a second one while it could still work."""
    if next_client_state(facts.state, act) is None:
        return Refused(Reason.WRONG_STATE, LEAST_POWER, {"state": facts.state.value, "act": act.value})
    if act is ClientAct.END:
        return ALLOWED
    if actor_id == proposed_by:
        return Refused(Reason.SECOND_PERSON_NEEDED, TWO_PEOPLE)
    if not facts.organisation_active:
        return Refused(Reason.ORGANISATION_CLOSED, LEAST_POWER)
    return Refused(Reason.CLIENT_OVER, LEAST_POWER) if facts.ends_on < today else ALLOWED


def next_client_state(state: ClientState, act: ClientAct) -> ClientState | None:
    """The state that follows; None where there is no such step."""
    return CLIENT_WORKFLOW.get((state, act))


def open_client_acts(state: ClientState) -> tuple[ClientAct, ...]:
    """The acts a state leaves open, in the order of `ClientAct`."""
    return tuple(act for act in ClientAct if (state, act) in CLIENT_WORKFLOW)


def client_standing(facts: ClientFacts, on: date) -> ClientStanding:
    """What a registration is worth on a day, first and last day included; what was decided comes before the calendar."""
    if facts.state is not ClientState.APPROVED:
        return ClientStanding(facts.state.value)
    if not facts.organisation_active:
        return ClientStanding.ORGANISATION_CLOSED
    if on > facts.ends_on:
        return ClientStanding.EXPIRED
    if on < facts.starts_on:
        return ClientStanding.NOT_STARTED
    return ClientStanding.SUSPENDED if facts.suspended else ClientStanding.IN_FORCE


def may_as_client(worth: ClientStanding, permission: Permission, *, may_supply: bool, own: bool) -> Decision:
    """Whether a machine may do a thing itself: only for its own organisation, and only what supplying takes.

    A suspension stops its asking alone: what an office owes is supplied all the same.
    """
    if worth not in (ClientStanding.IN_FORCE, ClientStanding.SUSPENDED):
        return Refused("client_not_in_force", LEAST_POWER)
    if not may_supply or permission not in OF_SUPPLYING_CLIENTS:
        return Refused(Reason.PERMISSION_MISSING, LEAST_POWER, {"permission": permission.value})
    return ALLOWED if own else Refused(Reason.OUT_OF_REACH, LEAST_POWER)
