"""The life of batches, held rows and recalls: the tables are complete, and each refusal has its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from uuid import uuid4

import pytest

from chengxin.collection.rules.batches import (
    IntakeFacts,
    RecallFacts,
    is_capped,
    may_act,
    may_ask_recall,
    may_decide_held,
    may_decide_recall,
    may_receive,
    may_retry,
    open_acts,
)
from chengxin.collection.terms.batches import (
    CLOSED_STATES,
    HELD_WORKFLOW,
    OPEN_STATES,
    WORKFLOW,
    BatchAct,
    BatchState,
    HeldAct,
    HeldState,
    Problem,
    RecallAct,
    RecallState,
)
from chengxin.collection.terms.figures import FIGURES, figures_on
from chengxin.kernel.decisions import ALLOWED, Refused, is_allowed

FIGURE = figures_on(date(2026, 3, 2))


@pytest.mark.parametrize(("state", "act"), [*product(BatchState, BatchAct)])
def test_an_act_is_allowed_exactly_where_the_table_says(state: BatchState, act: BatchAct):
    assert is_allowed(may_act(state, act)) == ((state, act) in WORKFLOW)
    assert (act in open_acts(state)) == ((state, act) in WORKFLOW)


def test_every_state_can_be_reached_and_nothing_follows_a_closed_one():
    assert {*WORKFLOW.values(), BatchState.DRAFT} == set(BatchState)
    assert {state for state in BatchState if not open_acts(state)} == CLOSED_STATES
    assert CLOSED_STATES | OPEN_STATES | {BatchState.DRAFT} == set(BatchState)


def test_from_every_open_state_a_batch_can_be_answered_or_cancelled():
    reach = {state: {state} for state in BatchState}
    for _ in BatchState:
        for (state, _act), following in WORKFLOW.items():
            reach[state] |= reach[following]
    assert all(reach[state] >= CLOSED_STATES for state in OPEN_STATES)


@pytest.mark.parametrize(("state", "act"), [*product(HeldState, HeldAct)])
def test_a_held_row_is_decided_exactly_where_the_table_says(state: HeldState, act: HeldAct):
    assert is_allowed(may_decide_held(state, act)) == ((state, act) in HELD_WORKFLOW)


def test_a_recall_takes_another_person():
    asked, other = uuid4(), uuid4()
    assert may_decide_recall(RecallFacts(RecallState.ASKED, asked, other), RecallAct.APPROVE) == ALLOWED
    refused = may_decide_recall(RecallFacts(RecallState.ASKED, asked, asked), RecallAct.APPROVE)
    assert isinstance(refused, Refused)
    assert refused.reason == "second_person_needed"
    decided = may_decide_recall(RecallFacts(RecallState.APPROVED, asked, other), RecallAct.REFUSE)
    assert isinstance(decided, Refused)
    assert decided.reason == "wrong_state"


def test_only_a_closed_batch_with_something_in_the_ledger_is_recalled():
    assert may_ask_recall(BatchState.ANSWERED, 1) == ALLOWED
    assert not is_allowed(may_ask_recall(BatchState.ANSWERED, 0))
    assert not is_allowed(may_ask_recall(BatchState.SCREENING, 5))


def test_past_the_cap_another_person_lets_it_go_on():
    sender, other = uuid4(), uuid4()
    assert may_retry(Problem.DISK_FULL, sender, sender) == ALLOWED
    assert may_retry(Problem.MISMATCHES_CAPPED, sender, other) == ALLOWED
    assert not is_allowed(may_retry(Problem.MISMATCHES_CAPPED, sender, sender))


def test_the_cap_is_the_larger_of_its_two_figures():
    assert not is_capped(FIGURE.mismatches_a_day, 0, FIGURE)
    assert is_capped(FIGURE.mismatches_a_day + 1, 0, FIGURE)
    assert not is_capped(200, 10_000, FIGURE)
    assert is_capped(201, 10_000, FIGURE)


GOOD = IntakeFacts(True, True, True, 0, 0, 1_000, 2**40)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"item_known": False}, "item_unknown"),
        ({"item_open": False}, "item_closed"),
        ({"supplies": False}, "not_your_item"),
        ({"mismatches": 51}, "mismatches_capped"),
        ({"free_bytes": 4_000 + FIGURE.room_floor - 1}, "disk_full"),
        ({"free_bytes": FIGURE.room_floor - 1, "size": None}, "disk_full"),
    ],
)
def test_a_file_is_not_taken(change: dict, reason: str):
    assert may_receive(GOOD, FIGURE) == ALLOWED
    refused = may_receive(replace(GOOD, **change), FIGURE)
    assert isinstance(refused, Refused)
    assert refused.reason == reason


def test_figures_are_dated_and_the_newest_counts():
    days = [one.in_force_from for one in FIGURES]
    assert days == sorted(set(days))
    assert figures_on(max(days)).in_force_from == max(days)
