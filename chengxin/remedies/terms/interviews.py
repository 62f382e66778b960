"""Interview (诚信约谈) and commitment (信用承诺): nobody has to come, nobody has to promise, and nothing follows from a no."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.parties import (
    AGREEING,
    CLOCK,
    CONTEST,
    DISAGREEING,
    LAPSING,
    OFFICE,
    PERSON,
    PROPOSING,
    SECOND,
)
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, Effect, Guard, Outcome, Step, Workflow


class InterviewState(StrEnum):
    """From the invitation, with its reason and the person's rights, to minutes that both sides sign."""

    NEW = "new"
    INVITED = "invited"
    AGREED = "agreed"
    HELD = "held"
    SIGNED = "signed"
    FOLLOWED_UP = "followed_up"
    UNSIGNED = "unsigned"
    DECLINED = "declined"
    UNANSWERED = "unanswered"
    CANCELLED = "cancelled"


_I = InterviewState
_ANSWER: Final = (Matter.INTERVIEW_ANSWER,)
_LETTER: Final = (Effect.SEND_LETTER,)
_CLOSING: Final = (Guard.REASON, Guard.LETTER_COMPLETE)

INTERVIEW: Final = Workflow(
    code="interview",
    states=InterviewState,
    basis="个人信息保护法 17",
    closed=dict.fromkeys((_I.FOLLOWED_UP, _I.UNSIGNED, _I.DECLINED, _I.UNANSWERED, _I.CANCELLED), Outcome.NEITHER),
    steps=(
        Step(
            _I.NEW,
            Act.INVITE,
            _I.INVITED,
            OFFICE,
            guards=(Guard.REASON, Guard.RIGHTS_TOLD),
            effects=(Effect.TELL,),
            starts=_ANSWER,
        ),
        Step(_I.INVITED, Act.ACCEPT, _I.AGREED, PERSON, effects=(Effect.TELL,), stops=_ANSWER),
        *(
            Step(state, Act.DECLINE, _I.DECLINED, PERSON, effects=_LETTER, stops=_ANSWER)
            for state in (_I.INVITED, _I.AGREED)
        ),
        *(
            Step(state, Act.CANCEL, _I.CANCELLED, OFFICE, guards=_CLOSING, effects=_LETTER, stops=_ANSWER)
            for state in (_I.INVITED, _I.AGREED)
        ),
        Step(
            _I.INVITED,
            Act.LAPSE,
            _I.UNANSWERED,
            CLOCK,
            guards=LAPSING,
            effects=_LETTER,
            stops=_ANSWER,
            terms=_ANSWER,
        ),
        Step(_I.AGREED, Act.HOLD, _I.HELD, OFFICE, guards=(Guard.RIGHTS_TOLD, Guard.MINUTES), effects=(Effect.TELL,)),
        Step(
            _I.HELD,
            Act.SIGN,
            _I.HELD,
            PERSON | OFFICE,
            guards=(Guard.MINUTES_READ,),
            effects=(Effect.RECEIPT,),
        ),
        Step(
            _I.HELD,
            Act.SIGN_LAST,
            _I.SIGNED,
            PERSON | OFFICE,
            guards=(Guard.MINUTES_READ, Guard.BOTH_SIGNED),
            effects=(Effect.RECEIPT, Effect.TELL),
        ),
        Step(_I.HELD, Act.CLOSE_UNSIGNED, _I.UNSIGNED, OFFICE, guards=_CLOSING, effects=_LETTER),
        Step(_I.SIGNED, Act.FOLLOW_UP, _I.FOLLOWED_UP, OFFICE, guards=_CLOSING, effects=_LETTER),
    ),
)


class CommitmentState(StrEnum):
    """A commitment is the person's own act; what they report as kept counts as kept unless two people find otherwise in time.

    ``proposed``: a finding of not kept, of what nobody reported yet; ``contested``: of what its person reported as kept.
    """

    NEW = "new"
    MADE = "made"
    REPORTED = "reported"
    PROPOSED = "proposed"
    CONTESTED = "contested"
    FULFILLED = "fulfilled"
    BROKEN = "broken"
    TAKEN_BACK = "taken_back"


_P = CommitmentState
_CHECK: Final = (Matter.COMMITMENT_CHECK,)
_FOLLOW_UP: Final = (Matter.COMMITMENT_FOLLOW_UP,)
"""By the day that its person named the office asks how it stands; nothing follows from the day alone."""
_FINDINGS: Final = {_P.MADE: _P.PROPOSED, _P.REPORTED: _P.CONTESTED}
"""State -> the state in which a finding of not kept waits for the second; who disagrees leads back."""

COMMITMENT: Final = Workflow(
    code="commitment",
    states=CommitmentState,
    basis="charter 7",
    closed={_P.FULFILLED: Outcome.FOR, _P.BROKEN: Outcome.AGAINST, _P.TAKEN_BACK: Outcome.NEITHER},
    steps=(
        Step(_P.NEW, Act.PROMISE, _P.MADE, PERSON, effects=(Effect.RECEIPT,), starts=_FOLLOW_UP),
        *(
            Step(
                state,
                Act.REPORT,
                _P.REPORTED,
                PERSON,
                effects=(Effect.RECEIPT, Effect.TELL),
                starts=_CHECK,
                stops=_FOLLOW_UP,
            )
            for state in (_P.MADE, _P.PROPOSED)
        ),
        *(
            Step(
                state,
                Act.CONFIRM,
                _P.FULFILLED,
                OFFICE | frozenset({Who.SECOND}),
                guards=(Guard.LETTER_COMPLETE,),
                effects=_LETTER,
                stops=(*_CHECK, *_FOLLOW_UP),
            )
            for state in (_P.MADE, _P.REPORTED, _P.PROPOSED, _P.CONTESTED)
        ),
        *(
            Step(
                state,
                Act.LAPSE,
                _P.FULFILLED,
                CLOCK,
                guards=LAPSING,
                effects=(Effect.SEND_LETTER, Effect.TELL_CHIEF),
                stops=_CHECK,
                terms=_CHECK,
            )
            for state in (_P.REPORTED, _P.CONTESTED)
        ),
        *(
            Step(state, Act.PROPOSE_AGAINST, target, OFFICE, guards=PROPOSING, effects=(Effect.TELL,))
            for state, target in _FINDINGS.items()
        ),
        *(Step(state, Act.DISAGREE, back, SECOND, guards=DISAGREEING) for back, state in _FINDINGS.items()),
        *(
            Step(
                state,
                Act.AGREE,
                _P.BROKEN,
                SECOND,
                guards=AGREEING,
                effects=_LETTER,
                starts=CONTEST,
                stops=(*_CHECK, *_FOLLOW_UP),
            )
            for state in _FINDINGS.values()
        ),
        *(
            Step(state, Act.TAKE_BACK, _P.TAKEN_BACK, PERSON, effects=_LETTER, stops=(*_CHECK, *_FOLLOW_UP))
            for state in (_P.MADE, _P.REPORTED, _P.PROPOSED, _P.CONTESTED)
        ),
    ),
)
