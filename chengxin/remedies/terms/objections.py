"""Objection: against an entry, its identity, its period, a use, a look, a demand to show one's report.

The platform checks itself first, then asks the source; silence takes the entry out of every output (charter 7).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.parties import (
    AGREEING,
    ANSWERING,
    CASEWORKER,
    CHIEF,
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


class ObjectionState(StrEnum):
    """``removed``: out of every output by silence; ``restoring``: still out, and somebody proposes to let it back."""

    NEW = "new"
    CHECKING = "checking"
    FORWARDED = "forwarded"
    EXTENDED = "extended"
    HEARD = "heard"
    ADMITTED = "admitted"
    PROPOSED = "proposed"
    REMOVED = "removed"
    RESTORING = "restoring"
    UPHELD = "upheld"
    REJECTED = "rejected"
    TAKEN_BACK = "taken_back"


_S = ObjectionState
_ANSWER: Final = (Matter.OBJECTION_ANSWER, Matter.OBJECTION_ANSWER_SOURCED)
_OWED: Final = (Matter.OBJECTION_STILL_OWED,)
"""Silence takes the entry out and answers nobody: what is owed still has a day, of this platform's own."""
_ALL: Final = (Matter.OBJECTION_PLATFORM, Matter.OBJECTION_SUPPLIER, *_ANSWER, *_OWED)
_OPEN: Final = (_S.CHECKING, _S.FORWARDED, _S.EXTENDED, _S.HEARD, _S.PROPOSED)
_TAKES_WORDS: Final = (*_OPEN, _S.REMOVED, _S.RESTORING, _S.ADMITTED)
"""Nothing that is said while a case is open is sent back."""
_RIGHTED: Final = (Effect.CORRECT, Effect.RECALL_VERSIONS, Effect.SWEEP_SIBLINGS)
_FREED: Final = (Effect.UNMARK, Effect.UNFREEZE)
_LAPSES: Final = {
    _S.CHECKING: (Matter.OBJECTION_PLATFORM,),
    _S.FORWARDED: (Matter.OBJECTION_SUPPLIER, Matter.OBJECTION_ANSWER_SOURCED),
    _S.EXTENDED: (Matter.OBJECTION_SUPPLIER, Matter.OBJECTION_ANSWER_SOURCED),
    _S.HEARD: _ANSWER,
    _S.PROPOSED: _ANSWER,
}
_PAPER_LEADS_TO: Final = {_S.PROPOSED: _S.HEARD, _S.RESTORING: _S.REMOVED}
"""A new paper is read before anybody agrees."""

OBJECTION: Final = Workflow(
    code="objection",
    states=ObjectionState,
    basis="个人信息保护法 46",
    closed={_S.UPHELD: Outcome.FOR, _S.REJECTED: Outcome.AGAINST, _S.TAKEN_BACK: Outcome.NEITHER},
    steps=(
        Step(
            _S.NEW,
            Act.SUBMIT,
            _S.CHECKING,
            INTAKE,
            effects=(Effect.MARK, Effect.FREEZE, Effect.RECEIPT, Effect.TELL),
            starts=(Matter.OBJECTION_PLATFORM, *_ANSWER),
        ),
        *(Step(state, Act.JOIN, state, INTAKE, effects=(Effect.RECEIPT,)) for state in _TAKES_WORDS),
        *(
            Step(state, Act.ADD_PAPER, _PAPER_LEADS_TO.get(state, state), INTAKE, effects=(Effect.TELL,))
            for state in (*_OPEN, _S.REMOVED, _S.RESTORING)
        ),
        # whoever did not know the number: marked and frozen from here on, by the clocks of the day on which it came in
        *(
            Step(
                state,
                Act.FIND,
                _PAPER_LEADS_TO.get(state, state),
                INTAKE,
                guards=(Guard.STILL_TO_FIND,),
                effects=(Effect.MARK, Effect.FREEZE, Effect.TELL),
            )
            for state in (*_OPEN, _S.REMOVED, _S.RESTORING)
        ),
        *(
            Step(state, Act.TAKE_BACK, _S.TAKEN_BACK, PERSON, effects=(*_FREED, Effect.SEND_LETTER), stops=_ALL)
            for state in _OPEN
        ),
        # what silence has taken out stays out, also where its person asks for no answer any more
        *(
            Step(state, Act.TAKE_BACK, _S.TAKEN_BACK, PERSON, effects=(Effect.UNMARK, Effect.SEND_LETTER), stops=_ALL)
            for state in (_S.REMOVED, _S.RESTORING)
        ),
        Step(
            _S.CHECKING,
            Act.FORWARD,
            _S.FORWARDED,
            CASEWORKER,
            effects=(Effect.TELL,),
            starts=(Matter.OBJECTION_SUPPLIER,),
            stops=(Matter.OBJECTION_PLATFORM, Matter.OBJECTION_ANSWER),
        ),
        Step(
            _S.CHECKING,
            Act.SKIP_SUPPLIER,
            _S.HEARD,
            CASEWORKER,
            guards=(Guard.NOBODY_TO_ASK, Guard.REASON),
            stops=(Matter.OBJECTION_PLATFORM, Matter.OBJECTION_ANSWER_SOURCED),
        ),
        Step(
            _S.FORWARDED,
            Act.EXTEND,
            _S.EXTENDED,
            CHIEF,
            guards=(Guard.REASON, Guard.EXTENSION_ALLOWED),
            effects=(Effect.TELL,),
            extends=Matter.OBJECTION_SUPPLIER,
        ),
        *(
            Step(
                state,
                Act.STAND_BY,
                _S.HEARD,
                SUPPLIER,
                guards=(Guard.IMPARTIAL, Guard.PAPERS_OPENED, Guard.REASON),
                effects=(Effect.TELL,),
                stops=(Matter.OBJECTION_SUPPLIER,),
            )
            for state in (_S.FORWARDED, _S.EXTENDED)
        ),
        *(
            Step(
                state,
                Act.ADMIT,
                _S.ADMITTED,
                SUPPLIER,
                guards=(Guard.PAPERS_OPENED, Guard.REASON),
                effects=(*_RIGHTED, Effect.TELL),
                stops=(Matter.OBJECTION_SUPPLIER,),
            )
            for state in (_S.FORWARDED, _S.EXTENDED, _S.HEARD, _S.PROPOSED, _S.REMOVED, _S.RESTORING)
        ),
        *(
            Step(
                state,
                Act.UPHOLD,
                _S.UPHELD,
                CASEWORKER | SECOND,
                guards=ANSWERING,
                effects=(*_RIGHTED, *_FREED, Effect.SEND_LETTER),
                stops=_ALL,
            )
            for state in (*_OPEN, _S.REMOVED, _S.RESTORING)
        ),
        Step(
            _S.ADMITTED,
            Act.UPHOLD,
            _S.UPHELD,
            CASEWORKER | SECOND,
            guards=ANSWERING,
            effects=(*_FREED, Effect.SEND_LETTER),
            stops=_ALL,
        ),
        Step(_S.HEARD, Act.PROPOSE_AGAINST, _S.PROPOSED, CASEWORKER, guards=PROPOSING),
        Step(_S.PROPOSED, Act.DISAGREE, _S.HEARD, SECOND, guards=DISAGREEING),
        Step(
            _S.PROPOSED,
            Act.AGREE,
            _S.REJECTED,
            SECOND,
            guards=(*AGREEING, Guard.PAPERS_OPENED),
            effects=(*_FREED, Effect.SEND_LETTER, Effect.TELL),
            starts=CONTEST,
            stops=_ALL,
        ),
        *(
            Step(
                state,
                Act.LAPSE,
                _S.REMOVED,
                CLOCK,
                guards=LAPSING,
                effects=(Effect.HIDE, Effect.TELL, Effect.TELL_CHIEF),
                starts=_OWED,
                terms=terms,
            )
            for state, terms in _LAPSES.items()
        ),
        Step(_S.REMOVED, Act.PROPOSE_AGAINST, _S.RESTORING, CASEWORKER, guards=(*PROPOSING, Guard.CERTIFIED)),
        Step(_S.RESTORING, Act.DISAGREE, _S.REMOVED, SECOND, guards=DISAGREEING),
        Step(
            _S.RESTORING,
            Act.AGREE,
            _S.REJECTED,
            SECOND,
            guards=(*AGREEING, Guard.PAPERS_OPENED, Guard.CERTIFIED),
            effects=(Effect.READMIT, *_FREED, Effect.SEND_LETTER, Effect.TELL),
            starts=CONTEST,
            stops=_ALL,
        ),
    ),
)
