"""What makes somebody fit to ask, and what stops them: training, own document, machine clients, suspensions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from chengxin.kernel.decisions import ALLOWED, Decision, Refused
from chengxin.offices.rules import (
    ClientFacts,
    ProposalFacts,
    SuspensionFacts,
    TrainingFacts,
    client_standing,
    counts,
    may_act_on_client,
    may_lift,
    may_propose,
    may_record_document,
    may_record_training,
    may_reply,
    may_suspend,
    next_client_state,
    open_client_acts,
    suspension_standing,
    training_ends_at,
)
from chengxin.offices.terms import ClientAct, ClientStanding, ClientState, Reason, SuspensionStanding, Tier

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
DAY = timedelta(days=1)
HEAD, OTHER, HOLDER = UUID(int=1), UUID(int=2), UUID(int=3)


def reason_of(decision: Decision) -> str:
    assert isinstance(decision, Refused)
    assert decision.basis
    return decision.reason


TRAINING = TrainingFacts(HEAD, HOLDER, True, passed_on=TODAY, valid_until=TODAY + 365 * DAY)


def test_a_training_is_recorded_and_each_fault_alone_refuses_it() -> None:
    assert may_record_training(TRAINING, TODAY) == ALLOWED
    faults = {
        Reason.OWN_TRAINING: replace(TRAINING, official_id=HEAD),
        Reason.OFFICIAL_DISMISSED: replace(TRAINING, official_active=False),
        Reason.TRAINING_NOT_PASSED_YET: replace(TRAINING, passed_on=TODAY + DAY),
        Reason.DATES_OUT_OF_ORDER: replace(TRAINING, valid_until=TODAY - DAY),
        Reason.TRAINING_TOO_LONG: replace(TRAINING, valid_until=TODAY + 366 * DAY),
    }
    for reason, facts in faults.items():
        assert reason_of(may_record_training(facts, TODAY)) == reason


def test_a_training_counts_through_its_last_day_in_shanghai() -> None:
    assert [counts(TODAY, TODAY + DAY, TODAY + n * DAY) for n in (-1, 0, 1, 2)] == [False, True, True, False]
    assert training_ends_at(TODAY) == datetime(2026, 3, 2, 16, tzinfo=UTC)


def test_an_own_document_is_recorded_by_another() -> None:
    assert may_record_document(HEAD, HOLDER, official_active=True) == ALLOWED
    assert reason_of(may_record_document(HOLDER, HOLDER, official_active=True)) == Reason.OWN_DOCUMENT_BY_ANOTHER
    assert reason_of(may_record_document(HEAD, HOLDER, official_active=False)) == Reason.OFFICIAL_DISMISSED


PROPOSAL = ProposalFacts(True, Tier.ASKER, bytes(32), True, False, TODAY, TODAY + 365 * DAY)


def test_a_client_is_proposed_and_each_fault_alone_refuses_it() -> None:
    assert may_propose(PROPOSAL, TODAY) == ALLOWED
    assert may_propose(replace(PROPOSAL, public_key=None), TODAY) == ALLOWED
    assert may_propose(replace(PROPOSAL, tier=Tier.SUPPLIER, may_supply=True), TODAY) == ALLOWED
    faults = {
        Reason.ORGANISATION_CLOSED: replace(PROPOSAL, organisation_active=False),
        Reason.CLIENT_DOES_NOTHING: replace(PROPOSAL, may_ask=False),
        Reason.ASKER_SUPPLIES_NOTHING: replace(PROPOSAL, may_supply=True),
        Reason.CLIENT_KEY_INVALID: replace(PROPOSAL, public_key=bytes(31)),
        Reason.DATES_OUT_OF_ORDER: replace(PROPOSAL, ends_on=TODAY - DAY),
        Reason.STARTS_IN_THE_PAST: replace(PROPOSAL, starts_on=TODAY - DAY),
        Reason.CLIENT_TOO_LONG: replace(PROPOSAL, ends_on=TODAY + 366 * DAY),
    }
    for reason, facts in faults.items():
        assert reason_of(may_propose(facts, TODAY)) == reason


CLIENT = ClientFacts(ClientState.PROPOSED, True, False, TODAY, TODAY + 9 * DAY)
LIFE = {
    (ClientState.PROPOSED, ClientAct.APPROVE): ClientState.APPROVED,
    (ClientState.PROPOSED, ClientAct.END): ClientState.ENDED,
    (ClientState.APPROVED, ClientAct.END): ClientState.ENDED,
}


@pytest.mark.parametrize(("state", "act"), list(product(ClientState, ClientAct)))
def test_a_client_takes_the_steps_of_its_life_and_no_other(state: ClientState, act: ClientAct) -> None:
    decision = may_act_on_client(act, replace(CLIENT, state=state), actor_id=OTHER, proposed_by=HEAD, today=TODAY)
    assert next_client_state(state, act) is LIFE.get((state, act))
    assert (act in open_client_acts(state)) is ((state, act) in LIFE)
    if (state, act) in LIFE:
        assert decision == ALLOWED
    else:
        assert reason_of(decision) == Reason.WRONG_STATE


def test_approving_takes_a_second_person_and_ending_one() -> None:
    def approve(facts: ClientFacts, by: UUID = OTHER) -> Decision:
        return may_act_on_client(ClientAct.APPROVE, facts, actor_id=by, proposed_by=HEAD, today=TODAY)

    assert reason_of(approve(CLIENT, by=HEAD)) == Reason.SECOND_PERSON_NEEDED
    assert reason_of(approve(replace(CLIENT, organisation_active=False))) == Reason.ORGANISATION_CLOSED
    assert reason_of(approve(replace(CLIENT, ends_on=TODAY - DAY))) == Reason.CLIENT_OVER
    assert approve(replace(CLIENT, ends_on=TODAY)) == ALLOWED
    assert may_act_on_client(ClientAct.END, CLIENT, actor_id=HEAD, proposed_by=HEAD, today=TODAY) == ALLOWED


def test_what_a_client_is_worth() -> None:
    approved = replace(CLIENT, state=ClientState.APPROVED)
    assert client_standing(CLIENT, TODAY) is ClientStanding.PROPOSED
    assert client_standing(replace(CLIENT, state=ClientState.ENDED), TODAY) is ClientStanding.ENDED
    assert client_standing(replace(approved, organisation_active=False), TODAY) is ClientStanding.ORGANISATION_CLOSED
    assert client_standing(replace(approved, suspended=True), TODAY) is ClientStanding.SUSPENDED
    days = {TODAY - DAY: "not_started", TODAY: "in_force", TODAY + 9 * DAY: "in_force", TODAY + 10 * DAY: "expired"}
    assert {day: client_standing(approved, day).value for day in days} == days


STOP = SuspensionFacts(HOLDER, HEAD, NOON, NOON + 9 * DAY, replied=False, lifted_at=None)


def test_access_is_suspended_and_each_fault_alone_refuses_it() -> None:
    def suspend(
        by: UUID = HEAD, notice: str = "越权查询", *, for_days: float = 90, of: UUID | None = HOLDER
    ) -> Decision:
        return may_suspend(actor_id=by, official_id=of, notice=notice, at=NOON, ends_at=NOON + for_days * DAY)

    assert suspend() == ALLOWED
    assert suspend(of=None) == ALLOWED
    assert reason_of(suspend(by=HOLDER)) == Reason.OWN_SUSPENSION
    assert reason_of(suspend(notice=" ")) == Reason.NOTICE_MISSING
    assert reason_of(suspend(for_days=0)) == Reason.DATES_OUT_OF_ORDER
    assert reason_of(suspend(for_days=90.001)) == Reason.SUSPENSION_TOO_LONG


def test_a_suspension_ends_by_the_clock() -> None:
    second = timedelta(seconds=1)
    assert suspension_standing(STOP, NOON) is SuspensionStanding.RUNNING
    assert suspension_standing(STOP, STOP.ends_at - second) is SuspensionStanding.RUNNING
    assert suspension_standing(STOP, STOP.ends_at) is SuspensionStanding.OVER
    lifted = replace(STOP, lifted_at=NOON + DAY)
    assert suspension_standing(lifted, NOON + DAY - second) is SuspensionStanding.RUNNING
    assert suspension_standing(lifted, NOON + DAY) is SuspensionStanding.LIFTED


def test_it_is_answered_once_while_it_runs_by_another_than_who_imposed_it() -> None:
    assert may_reply(STOP, actor_id=HOLDER, at=NOON) == ALLOWED
    assert may_reply(STOP, actor_id=OTHER, at=NOON) == ALLOWED
    assert reason_of(may_reply(STOP, actor_id=HEAD, at=NOON)) == Reason.OWN_SUSPENSION
    assert reason_of(may_reply(replace(STOP, replied=True), actor_id=HOLDER, at=NOON)) == Reason.SUSPENSION_REPLIED
    assert reason_of(may_reply(STOP, actor_id=HOLDER, at=STOP.ends_at)) == Reason.SUSPENSION_OVER


def test_it_is_lifted_by_a_third() -> None:
    assert may_lift(STOP, actor_id=OTHER, at=NOON) == ALLOWED
    assert reason_of(may_lift(STOP, actor_id=HEAD, at=NOON)) == Reason.SECOND_PERSON_NEEDED
    assert reason_of(may_lift(STOP, actor_id=HOLDER, at=NOON)) == Reason.OWN_SUSPENSION
    assert reason_of(may_lift(STOP, actor_id=OTHER, at=STOP.ends_at)) == Reason.SUSPENSION_OVER
