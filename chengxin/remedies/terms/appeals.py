"""Reconsideration and court: outside the house. The case carries their dates, keeps the entry to its person, takes the result."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.parties import (
    AGREEING,
    CLOCK,
    DISAGREEING,
    INTAKE,
    LAPSING,
    OFFICE,
    PERSON,
    PROPOSING,
    SECOND,
)
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, Effect, Guard, Outcome, Step, Workflow


class AppealState(StrEnum):
    """``unanswered``: the organ let its term pass, the court is open (行政诉讼法 45). ``confirmed``: ruled against, the next
    term runs and the entry stays with its person. ``ended``: no further remedy was taken."""

    NEW = "new"
    RECONSIDERED = "reconsidered"
    UNANSWERED = "unanswered"
    IN_COURT = "in_court"
    PROPOSED = "proposed"
    PROPOSED_BY_COURT = "proposed_by_court"
    CONFIRMED = "confirmed"
    ANNULLED = "annulled"
    CHANGED = "changed"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"


_S = AppealState
_ORGAN: Final = (Matter.RECONSIDERATION_DECISION,)
_COURT: Final = (Matter.LAWSUIT_FIRST_INSTANCE,)
_NEXT: Final = (Matter.LAWSUIT_AFTER_RECONSIDERATION, Matter.LAWSUIT_APPEAL)
_ALL: Final = (*_ORGAN, *_COURT, *_NEXT, Matter.APPEAL_RESULT_TAKEN)
OUTSIDE_CLOCKS: Final = frozenset({*_ORGAN, *_COURT, *_NEXT})
"""They run from the day that a paper bears, whenever somebody tells us of it: acceptance, filing, service of the ruling."""
_FILED: Final = (Guard.FILED_OUTSIDE, Guard.DATED)
_OUTSIDE: Final = (_S.RECONSIDERED, _S.UNANSWERED, _S.IN_COURT)
_TELLING: Final = INTAKE | {Who.SUPPLIER}
_RULED: Final = {
    _S.PROPOSED: (_S.RECONSIDERED, Matter.LAWSUIT_AFTER_RECONSIDERATION),
    _S.PROPOSED_BY_COURT: (_S.IN_COURT, Matter.LAWSUIT_APPEAL),
}

APPEAL: Final = Workflow(
    code="appeal",
    states=AppealState,
    basis="行政复议法 20",
    closed={
        _S.ANNULLED: Outcome.FOR,
        _S.CHANGED: Outcome.FOR,
        _S.ENDED: Outcome.AGAINST,
        _S.TAKEN_BACK: Outcome.NEITHER,
    },
    steps=(
        Step(
            _S.NEW,
            Act.TELL_RECONSIDERATION,
            _S.RECONSIDERED,
            _TELLING,
            guards=_FILED,
            effects=(Effect.MARK_APPEALED, Effect.RECEIPT, Effect.TELL),
            starts=_ORGAN,
        ),
        Step(
            _S.NEW,
            Act.TELL_LAWSUIT,
            _S.IN_COURT,
            _TELLING,
            guards=_FILED,
            effects=(Effect.MARK_APPEALED, Effect.RECEIPT, Effect.TELL),
            starts=_COURT,
        ),
        *(
            Step(
                state,
                Act.TELL_LAWSUIT,
                _S.IN_COURT,
                _TELLING,
                guards=_FILED,
                effects=(Effect.RECEIPT, Effect.TELL),
                starts=_COURT,
                stops=(*_ORGAN, *_NEXT),
            )
            for state in (_S.RECONSIDERED, _S.UNANSWERED, _S.CONFIRMED)
        ),
        Step(
            _S.RECONSIDERED,
            Act.LAPSE,
            _S.UNANSWERED,
            CLOCK,
            guards=LAPSING,
            effects=(Effect.TELL,),
            starts=(Matter.LAWSUIT_AFTER_RECONSIDERATION,),
            stops=_ORGAN,
            terms=(Matter.RECONSIDERATION_DECISION,),
        ),
        *(
            Step(
                state,
                act,
                target,
                OFFICE | SECOND,
                guards=(Guard.RULING, Guard.LETTER_COMPLETE),
                effects=(effect, Effect.RECALL_VERSIONS, Effect.UNMARK_APPEALED, Effect.SEND_LETTER, Effect.TELL),
                stops=_ALL,
            )
            for state in (*_OUTSIDE, *_RULED, _S.CONFIRMED)
            for act, target, effect in (
                (Act.TAKE_ANNULLED, _S.ANNULLED, Effect.WITHDRAW),
                (Act.TAKE_CHANGED, _S.CHANGED, Effect.CORRECT),
            )
        ),
        *(
            Step(
                state,
                Act.PROPOSE_AGAINST,
                _S.PROPOSED_BY_COURT if state is _S.IN_COURT else _S.PROPOSED,
                OFFICE,
                guards=(*PROPOSING, Guard.RULING, Guard.DATED),
                starts=(Matter.APPEAL_RESULT_TAKEN,),
            )
            for state in _OUTSIDE
        ),
        *(
            Step(state, Act.DISAGREE, back, SECOND, guards=DISAGREEING, stops=(Matter.APPEAL_RESULT_TAKEN,))
            for state, (back, _) in _RULED.items()
        ),
        *(
            Step(
                state,
                Act.AGREE,
                _S.CONFIRMED,
                SECOND,
                guards=(*AGREEING, Guard.RULING),
                effects=(Effect.SEND_LETTER, Effect.TELL),
                starts=(term,),
                stops=(*_ORGAN, *_COURT, Matter.APPEAL_RESULT_TAKEN),
            )
            for state, (_, term) in _RULED.items()
        ),
        Step(
            _S.CONFIRMED,
            Act.LAPSE,
            _S.ENDED,
            CLOCK,
            guards=LAPSING,
            effects=(Effect.UNMARK_APPEALED, Effect.SEND_LETTER),
            stops=_ALL,
            terms=_NEXT,
        ),
        *(
            Step(
                state,
                Act.TAKE_BACK,
                _S.TAKEN_BACK,
                PERSON,
                effects=(Effect.UNMARK_APPEALED, Effect.SEND_LETTER),
                stops=_ALL,
            )
            for state in (*_OUTSIDE, *_RULED, _S.CONFIRMED)
        ),
    ),
)
