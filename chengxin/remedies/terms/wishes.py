"""What a person wishes besides: more time from the deciding body (申请延期), and their own statement (自主解释)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.parties import (
    AGREEING,
    CASEWORKER,
    CLOCK,
    CONTEST,
    DISAGREEING,
    INTAKE,
    LAPSING,
    PERSON,
    PROPOSING,
    SECOND,
    SUPPLIER,
)
from chengxin.remedies.terms.workflows import Act, Effect, Guard, Outcome, Step, Workflow


class MoreTimeState(StrEnum):
    """``unanswered``: the deciding body let its term pass, and owes the answer still. Until it grants more, its own day holds."""

    NEW = "new"
    ASKED = "asked"
    PROPOSED = "proposed"
    UNANSWERED = "unanswered"
    GRANTED = "granted"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


_M = MoreTimeState
_ANSWER: Final = (Matter.MORE_TIME_ANSWER,)
_OPEN: Final = (_M.ASKED, _M.PROPOSED, _M.UNANSWERED)

MORE_TIME: Final = Workflow(
    code="more_time",
    states=MoreTimeState,
    basis="行政处罚法 66",
    closed={_M.GRANTED: Outcome.FOR, _M.REFUSED: Outcome.AGAINST, _M.TAKEN_BACK: Outcome.NEITHER},
    steps=(
        Step(
            _M.NEW,
            Act.SUBMIT,
            _M.ASKED,
            INTAKE,
            effects=(Effect.RECEIPT, Effect.TELL),
            starts=_ANSWER,
        ),
        *(Step(state, Act.JOIN, state, INTAKE, effects=(Effect.RECEIPT,)) for state in _OPEN),
        *(
            Step(state, Act.ADD_PAPER, _M.ASKED if state is _M.PROPOSED else state, INTAKE, effects=(Effect.RECEIPT,))
            for state in _OPEN
        ),
        *(
            Step(
                state,
                Act.GRANT,
                _M.GRANTED,
                SUPPLIER | SECOND,
                guards=(Guard.REASON, Guard.LETTER_COMPLETE),
                effects=(Effect.SEND_LETTER,),
                stops=_ANSWER,
            )
            for state in _OPEN
        ),
        *(
            Step(state, Act.PROPOSE_AGAINST, _M.PROPOSED, SUPPLIER, guards=PROPOSING)
            for state in (_M.ASKED, _M.UNANSWERED)
        ),
        Step(_M.PROPOSED, Act.DISAGREE, _M.ASKED, SECOND, guards=DISAGREEING),
        Step(
            _M.PROPOSED,
            Act.AGREE,
            _M.REFUSED,
            SECOND,
            guards=AGREEING,
            effects=(Effect.SEND_LETTER,),
            starts=CONTEST,
            stops=_ANSWER,
        ),
        Step(
            _M.ASKED,
            Act.LAPSE,
            _M.UNANSWERED,
            CLOCK,
            guards=LAPSING,
            effects=(Effect.TELL, Effect.TELL_CHIEF),
            terms=_ANSWER,
        ),
        *(
            Step(state, Act.TAKE_BACK, _M.TAKEN_BACK, PERSON, effects=(Effect.SEND_LETTER,), stops=_ANSWER)
            for state in _OPEN
        ),
    ),
)


class StatementState(StrEnum):
    """It stands from the moment it is written. Only what it says about other people may be covered, by two officials."""

    NEW = "new"
    STANDING = "standing"
    PROPOSED = "proposed"
    MASKED = "masked"
    TAKEN_BACK = "taken_back"


_T = StatementState
_MASKING: Final = (Matter.STATEMENT_MASKING,)

STATEMENT: Final = Workflow(
    code="statement",
    states=StatementState,
    basis="征信业管理条例 16",
    closed={_T.TAKEN_BACK: Outcome.NEITHER},
    steps=(
        *(
            Step(
                state,
                Act.WRITE,
                _T.STANDING,
                INTAKE,
                effects=(Effect.SHOW_BESIDE, Effect.RECEIPT),
                stops=(*_MASKING, *CONTEST),
            )
            for state in (_T.NEW, _T.STANDING, _T.PROPOSED, _T.MASKED)
        ),
        Step(
            _T.STANDING,
            Act.PROPOSE_AGAINST,
            _T.PROPOSED,
            CASEWORKER,
            guards=(*PROPOSING, Guard.OTHERS_ALONE),
            effects=(Effect.TELL,),
            starts=_MASKING,
        ),
        Step(_T.PROPOSED, Act.DISAGREE, _T.STANDING, SECOND, guards=DISAGREEING, stops=_MASKING),
        Step(
            _T.PROPOSED,
            Act.AGREE,
            _T.MASKED,
            SECOND,
            guards=AGREEING,
            effects=(Effect.MASK, Effect.SEND_LETTER),
            starts=CONTEST,
            stops=_MASKING,
        ),
        Step(
            _T.PROPOSED,
            Act.LAPSE,
            _T.STANDING,
            CLOCK,
            guards=LAPSING,
            effects=(Effect.TELL_CHIEF,),
            stops=_MASKING,
            terms=_MASKING,
        ),
        *(
            Step(
                state,
                Act.TAKE_BACK,
                _T.TAKEN_BACK,
                PERSON,
                effects=(Effect.HIDE_BESIDE, Effect.SEND_LETTER),
                stops=(*_MASKING, *CONTEST),
            )
            for state in (_T.STANDING, _T.PROPOSED, _T.MASKED)
        ),
    ),
)
