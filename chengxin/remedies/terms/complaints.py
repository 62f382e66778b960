"""Complaint: about an official, a late answer, misuse, "I do not recognise this"; by anyone, without a name if they like."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.parties import (
    AGREEING,
    ANSWERING,
    CHIEF,
    CLOCK,
    CONTEST,
    DISAGREEING,
    INTAKE,
    LAPSING,
    PROPOSING,
    SECOND,
)
from chengxin.remedies.terms.words import FOR_THE_PERSON, Who
from chengxin.remedies.terms.workflows import Act, Effect, Outcome, Step, Workflow


class ComplaintState(StrEnum):
    """``late``: on the public page, the office's own failures first, until it is answered."""

    NEW = "new"
    RECEIVED = "received"
    PROPOSED = "proposed"
    LATE = "late"
    FOUNDED = "founded"
    UNFOUNDED = "unfounded"
    TAKEN_BACK = "taken_back"


_S = ComplaintState
_ANSWER: Final = (Matter.COMPLAINT_ANSWER,)
_FROM_ANYONE: Final = INTAKE | {Who.ANYONE}
_WORKING: Final = frozenset({Who.CASEWORKER}) | CHIEF
_OPEN: Final = (_S.RECEIVED, _S.PROPOSED, _S.LATE)

COMPLAINT: Final = Workflow(
    code="complaint",
    states=ComplaintState,
    basis="个人信息保护法 65",
    closed={_S.FOUNDED: Outcome.FOR, _S.UNFOUNDED: Outcome.AGAINST, _S.TAKEN_BACK: Outcome.NEITHER},
    steps=(
        Step(_S.NEW, Act.SUBMIT, _S.RECEIVED, _FROM_ANYONE, effects=(Effect.RECEIPT, Effect.TELL), starts=_ANSWER),
        *(
            Step(
                state,
                Act.ADD_PAPER,
                _S.RECEIVED if state is _S.PROPOSED else state,
                _FROM_ANYONE,
                effects=(Effect.RECEIPT,),
            )
            for state in _OPEN
        ),
        *(
            Step(
                state,
                Act.UPHOLD,
                _S.FOUNDED,
                _WORKING | SECOND,
                guards=ANSWERING,
                effects=(Effect.SEND_LETTER, Effect.TELL_CHIEF),
                stops=_ANSWER,
            )
            for state in _OPEN
        ),
        *(
            Step(state, Act.PROPOSE_AGAINST, _S.PROPOSED, _WORKING, guards=PROPOSING)
            for state in (_S.RECEIVED, _S.LATE)
        ),
        Step(_S.PROPOSED, Act.DISAGREE, _S.RECEIVED, SECOND, guards=DISAGREEING),
        Step(
            _S.PROPOSED,
            Act.AGREE,
            _S.UNFOUNDED,
            SECOND,
            guards=AGREEING,
            effects=(Effect.SEND_LETTER,),
            starts=CONTEST,
            stops=_ANSWER,
        ),
        Step(
            _S.RECEIVED,
            Act.LAPSE,
            _S.LATE,
            CLOCK,
            guards=LAPSING,
            effects=(Effect.LIST_PUBLICLY, Effect.TELL_CHIEF),
            terms=_ANSWER,
        ),
        *(
            Step(
                state,
                Act.TAKE_BACK,
                _S.TAKEN_BACK,
                FOR_THE_PERSON | {Who.ANYONE},
                effects=(Effect.SEND_LETTER,),
                stops=_ANSWER,
            )
            for state in _OPEN
        ),
    ),
)
