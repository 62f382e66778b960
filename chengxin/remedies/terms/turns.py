"""Whose turn it is in each state of each workflow: what a time line tells first. Complete by test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chengxin.remedies.terms.appeals import AppealState
from chengxin.remedies.terms.cases import Turn
from chengxin.remedies.terms.complaints import ComplaintState
from chengxin.remedies.terms.corrections import CorrectionState, ReadmissionState, SiblingState
from chengxin.remedies.terms.interviews import CommitmentState, InterviewState
from chengxin.remedies.terms.objections import ObjectionState
from chengxin.remedies.terms.repairs import RepairState
from chengxin.remedies.terms.wishes import MoreTimeState, StatementState
from chengxin.remedies.terms.workflows import State

_STATES: Final[Mapping[Turn, tuple[State, ...]]] = {
    Turn.PERSON: (
        RepairState.WAITING,
        InterviewState.INVITED,
        CommitmentState.MADE,
        AppealState.CONFIRMED,
        AppealState.UNANSWERED,
    ),
    Turn.PLATFORM: (
        ObjectionState.CHECKING,
        ObjectionState.HEARD,
        ObjectionState.ADMITTED,
        ObjectionState.REMOVED,
        SiblingState.REVIEWED,
        SiblingState.REMOVED,
        ReadmissionState.ASKED,
        RepairState.REMOVED,
        InterviewState.AGREED,
        InterviewState.HELD,
        InterviewState.SIGNED,
        CommitmentState.REPORTED,
        ComplaintState.RECEIVED,
        ComplaintState.LATE,
    ),
    Turn.SECOND: (
        ObjectionState.PROPOSED,
        ObjectionState.RESTORING,
        SiblingState.PROPOSED,
        SiblingState.RESTORING,
        ReadmissionState.PROPOSED,
        RepairState.PROPOSED,
        RepairState.RESTORING,
        MoreTimeState.PROPOSED,
        StatementState.PROPOSED,
        CommitmentState.PROPOSED,
        CommitmentState.CONTESTED,
        AppealState.PROPOSED,
        AppealState.PROPOSED_BY_COURT,
        ComplaintState.PROPOSED,
    ),
    Turn.SUPPLIER: (
        ObjectionState.FORWARDED,
        ObjectionState.EXTENDED,
        RepairState.FILED,
        RepairState.ACCEPTED,
        MoreTimeState.ASKED,
        MoreTimeState.UNANSWERED,
    ),
    Turn.RECIPIENT: (CorrectionState.EFFECTIVE, CorrectionState.LISTED),
    Turn.OUTSIDE: (AppealState.RECONSIDERED, AppealState.IN_COURT),
}

# members of different enums may be equal as texts, so that a state is known by its enum too
_TURNS: Final = {(type(state), state): turn for turn, states in _STATES.items() for state in states}


def turn_in(state: State) -> Turn:
    """Whose turn it is in a state: nobody's where it is closed, or where a statement simply stands."""
    return _TURNS.get((type(state), state), Turn.NOBODY)
