"""Repair: two papers, one window, free; display, sharing and restriction end together. Silence decides for the person.

Who decided the matter decides on its repair (谁认定、谁修复): its source accepts, repairs, or proposes to refuse, and another
official agrees. The platform takes the source's place where that was silent, and in the person's favour alone.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.parties import (
    AGREEING,
    ANSWERING,
    CLOCK,
    CONTEST,
    DISAGREEING,
    INTAKE,
    LAPSING,
    OFFICE,
    PERSON,
    PROPOSING,
    SECOND,
    SUPPLIER,
)
from chengxin.remedies.terms.workflows import Act, Effect, Guard, Outcome, Step, Workflow


class RepairState(StrEnum):
    """``removed``: nobody answered in time, so the entry is out of every output until two people let it back."""

    NEW = "new"
    FILED = "filed"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    REMOVED = "removed"
    RESTORING = "restoring"
    REPAIRED = "repaired"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


_S = RepairState
_FROM_RECEIPT: Final = (Matter.REPAIR_ACCEPTANCE, Matter.REPAIR_RESULT)
_RESULT: Final = (Matter.REPAIR_DECISION, Matter.REPAIR_RESULT)
_ALL: Final = (*_FROM_RECEIPT, Matter.REPAIR_DECISION)
_BRINGS: Final = INTAKE | SUPPLIER
"""A paper comes from the person, or is fetched by the source or the platform from the office that holds it."""
_READ: Final = (Guard.PAPERS_OPENED, Guard.NOTHING_BEYOND_LAW)
"""Whoever refuses has read all that was handed in, and refuses for nothing that may not be asked."""

REPAIR: Final = Workflow(
    code="repair",
    states=RepairState,
    basis="国办发〔2025〕22号",
    closed={_S.REPAIRED: Outcome.FOR, _S.REFUSED: Outcome.AGAINST, _S.TAKEN_BACK: Outcome.NEITHER},
    steps=(
        Step(
            _S.NEW,
            Act.SUBMIT,
            _S.FILED,
            INTAKE,
            guards=(Guard.MAY_BE_REPAIRED,),
            effects=(Effect.FETCH_PAPERS, Effect.RECEIPT, Effect.TELL),
            starts=_FROM_RECEIPT,
        ),
        *(
            Step(state, Act.JOIN, state, INTAKE, effects=(Effect.RECEIPT,))
            for state in (_S.FILED, _S.WAITING, _S.ACCEPTED, _S.PROPOSED, _S.REMOVED, _S.RESTORING)
        ),
        Step(
            _S.FILED,
            Act.ASK_PAPERS,
            _S.WAITING,
            SUPPLIER,
            guards=(Guard.REASON, Guard.NOTHING_BEYOND_LAW, Guard.FETCHED, Guard.ASKED_ONCE),
            effects=(Effect.TELL,),
            stops=_FROM_RECEIPT,
        ),
        Step(_S.WAITING, Act.ADD_PAPER, _S.FILED, _BRINGS, effects=(Effect.RECEIPT,), starts=_FROM_RECEIPT),
        *(
            Step(state, Act.ADD_PAPER, target, _BRINGS, effects=(Effect.RECEIPT,))
            for state, target in (
                (_S.FILED, _S.FILED),
                (_S.ACCEPTED, _S.ACCEPTED),
                (_S.PROPOSED, _S.ACCEPTED),
                (_S.REMOVED, _S.REMOVED),
                (_S.RESTORING, _S.REMOVED),
            )
        ),
        Step(
            _S.FILED,
            Act.ACCEPT,
            _S.ACCEPTED,
            SUPPLIER,
            effects=(Effect.TELL,),
            starts=(Matter.REPAIR_DECISION,),
            stops=(Matter.REPAIR_ACCEPTANCE,),
        ),
        Step(
            _S.FILED,
            Act.LAPSE,
            _S.ACCEPTED,
            CLOCK,
            guards=LAPSING,
            effects=(Effect.TELL, Effect.TELL_CHIEF),
            starts=(Matter.REPAIR_DECISION,),
            stops=(Matter.REPAIR_ACCEPTANCE,),
            terms=(Matter.REPAIR_ACCEPTANCE,),
        ),
        *(
            Step(
                state,
                Act.REPAIR,
                _S.REPAIRED,
                who,
                guards=ANSWERING,
                effects=(Effect.REPAIR, Effect.RECALL_VERSIONS, Effect.SEND_LETTER, Effect.TELL),
                stops=_ALL,
            )
            for state, who in (
                (_S.FILED, SUPPLIER),
                (_S.ACCEPTED, SUPPLIER),
                (_S.PROPOSED, SUPPLIER | SECOND),
                (_S.REMOVED, OFFICE),
                (_S.RESTORING, OFFICE | SECOND),
            )
        ),
        *(
            Step(
                state,
                Act.PROPOSE_AGAINST,
                _S.PROPOSED,
                SUPPLIER,
                guards=(*PROPOSING, *_READ),
                stops=(Matter.REPAIR_ACCEPTANCE,),
            )
            for state in (_S.FILED, _S.ACCEPTED)
        ),
        Step(_S.PROPOSED, Act.DISAGREE, _S.ACCEPTED, SECOND, guards=DISAGREEING),
        Step(
            _S.PROPOSED,
            Act.AGREE,
            _S.REFUSED,
            SECOND,
            guards=(*AGREEING, *_READ),
            effects=(Effect.SEND_LETTER, Effect.TELL),
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
                terms=_RESULT,
            )
            for state in (_S.ACCEPTED, _S.PROPOSED)
        ),
        Step(
            _S.REMOVED,
            Act.PROPOSE_AGAINST,
            _S.RESTORING,
            SUPPLIER,
            guards=(*PROPOSING, *_READ, Guard.CERTIFIED),
        ),
        Step(_S.RESTORING, Act.DISAGREE, _S.REMOVED, SECOND, guards=DISAGREEING),
        Step(
            _S.RESTORING,
            Act.AGREE,
            _S.REFUSED,
            SECOND,
            guards=(*AGREEING, *_READ, Guard.CERTIFIED),
            effects=(Effect.READMIT, Effect.UNFREEZE, Effect.SEND_LETTER, Effect.TELL),
            starts=CONTEST,
            stops=_ALL,
        ),
        *(
            Step(state, Act.TAKE_BACK, _S.TAKEN_BACK, PERSON, effects=(Effect.SEND_LETTER,), stops=_ALL)
            for state in (_S.FILED, _S.WAITING, _S.ACCEPTED, _S.PROPOSED, _S.REMOVED, _S.RESTORING)
        ),
    ),
)
