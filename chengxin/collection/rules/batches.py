"""Decisions on batches, held rows and recalls: which act may follow, and what stops a file from being taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from chengxin.collection.terms.batches import (
    CLOSED_STATES,
    HELD_WORKFLOW,
    RECALL_WORKFLOW,
    WORKFLOW,
    BatchAct,
    BatchState,
    HeldAct,
    HeldState,
    Problem,
    RecallAct,
    RecallState,
)
from chengxin.collection.terms.figures import CollectionFigures, figures_on
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import ALLOWED, Decision, Refused

State = TypeVar("State", bound=StrEnum)
Act = TypeVar("Act", bound=StrEnum)


def may_act(state: BatchState, act: BatchAct) -> Decision:
    """Whether the act may be done to a batch in this state."""
    return _may(WORKFLOW, state, act)


def file_ends_at(state: BatchState, at: datetime) -> datetime:
    """When the file of a batch that comes into a state is destroyed: every sealed file ends, whatever becomes of its batch."""
    figures = figures_on(shanghai_day(at))
    over = state in CLOSED_STATES or state is BatchState.STOPPED
    return at + timedelta(days=figures.file_days if over else figures.open_days)


def open_acts(state: BatchState) -> tuple[BatchAct, ...]:
    """The acts that may follow, in their fixed order: what a page offers as buttons."""
    return tuple(act for act in BatchAct if (state, act) in WORKFLOW)


def may_decide_held(state: HeldState, act: HeldAct) -> Decision:
    """Whether the act may be done to a quarantined row in this state."""
    return _may(HELD_WORKFLOW, state, act)


@dataclass(frozen=True, slots=True)
class RecallFacts:
    """What the decision on a recall may know. ``read`` rows and no other can be taken back."""

    state: RecallState
    asked_by: UUID
    decided_by: UUID


def may_decide_recall(facts: RecallFacts, act: RecallAct) -> Decision:
    """Whether this person may agree to or refuse a recall that another asked for (F9)."""
    allowed = _may(RECALL_WORKFLOW, facts.state, act)
    if isinstance(allowed, Refused):
        return allowed
    if facts.asked_by == facts.decided_by:
        return Refused("second_person_needed", "F9")
    return ALLOWED


def may_ask_recall(state: BatchState, accepted: int) -> Decision:
    """Whether a batch can be recalled: it is closed, and something of it stands in the ledger."""
    if state not in {BatchState.ANSWERED, BatchState.CANCELLED}:
        return Refused("batch_not_closed", "F9", {"state": state.value})
    if not accepted:
        return Refused("nothing_to_recall", "F9")
    return ALLOWED


def may_retry(problem: Problem, sent_by: UUID, asked_by: UUID | None) -> Decision:
    """Whether this person may let a stopped batch go on. Past the cap on names asked about, its sender may not (F9)."""
    if problem is Problem.MISMATCHES_CAPPED and sent_by == asked_by:
        return Refused("second_person_needed", "F9")
    return ALLOWED


def is_capped(mismatches: int, rows: int, figures: CollectionFigures) -> bool:
    """Whether a clerk has asked about so many names today that no more are answered (F9).

    ``rows`` were screened for the clerk today, of which ``mismatches`` gave another name than the one known for the number.
    """
    return mismatches > max(figures.mismatches_a_day, rows * figures.mismatches_per_thousand // 1000)


@dataclass(frozen=True, slots=True)
class IntakeFacts:
    """What the decision on taking a file may know. ``size`` is None where the sender does not say it."""

    item_known: bool
    item_open: bool
    supplies: bool
    mismatches: int
    rows: int
    size: int | None
    free_bytes: int


def may_receive(facts: IntakeFacts, figures: CollectionFigures) -> Decision:
    """Whether a file of this item may be taken from this supplier now."""
    if not facts.item_known:
        return Refused("item_unknown", "F10")
    if not facts.item_open:
        return Refused("item_closed", "F10")
    if not facts.supplies:
        return Refused("not_your_item", "F10")
    if is_capped(facts.mismatches, facts.rows, figures):
        return Refused("mismatches_capped", "F9")
    needed = (facts.size or 0) * figures.room_factor + figures.room_floor
    if facts.free_bytes < needed:
        return Refused("disk_full", "F9", {"needed": needed})
    return ALLOWED


def _may(workflow: Mapping[tuple[State, Act], State], state: State, act: Act) -> Decision:
    if (state, act) in workflow:
        return ALLOWED
    return Refused("wrong_state", "workflow", {"state": state.value, "act": act.value})
