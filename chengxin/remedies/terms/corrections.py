"""Correction and recall; the review of entries that may have the same fault; and whether something may come back (F9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.parties import (
    AGREEING,
    ANSWERING,
    CASEWORKER,
    CLOCK,
    CONTEST,
    DISAGREEING,
    LAPSING,
    OFFICE,
    PROPOSING,
    SECOND,
    SUPPLIER,
)
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, Effect, Guard, Outcome, Step, Workflow


class What(StrEnum):
    """What became of an entry that somebody was told of. Stored."""

    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    REPAIRED = "repaired"
    BACK = "back"
    """Two people let it back; as it stands by now it is read by asking again."""
    CORRECTED = "corrected"
    """Its source supplied another version; it is read by asking again, for a purpose of one's own."""


@dataclass(frozen=True, slots=True)
class ToldOf:
    """A recipient was told of what became of an entry. ``version``: its newest then; ``awaited``: in a case that is open."""

    organisation_id: UUID
    what: What
    version: int
    at: datetime
    acknowledged_at: datetime | None
    awaited: bool


class CorrectionState(StrEnum):
    """It takes effect in the transaction that opens the case; what remains is that everybody who had the old version knows."""

    NEW = "new"
    EFFECTIVE = "effective"
    LISTED = "listed"
    ACKNOWLEDGED = "acknowledged"


_C = CorrectionState
_RIGHTED: Final = (Effect.RECALL_VERSIONS, Effect.SWEEP_SIBLINGS, Effect.TELL)

CORRECTION: Final = Workflow(
    code="correction",
    states=CorrectionState,
    basis="个人信息保护法 46",
    closed={_C.ACKNOWLEDGED: Outcome.FOR},
    steps=(
        *(
            Step(
                _C.NEW,
                act,
                _C.EFFECTIVE,
                OFFICE,
                guards=(Guard.REASON,),
                effects=(effect, *_RIGHTED),
                starts=(Matter.RECIPIENT_ACKNOWLEDGES,),
            )
            for act, effect in ((Act.CORRECT, Effect.CORRECT), (Act.WITHDRAW, Effect.WITHDRAW))
        ),
        # something else put it right: another case, or its source
        Step(
            _C.NEW,
            Act.RECALL,
            _C.EFFECTIVE,
            OFFICE,
            guards=(Guard.REASON,),
            effects=(Effect.RECALL_VERSIONS,),
            starts=(Matter.RECIPIENT_ACKNOWLEDGES,),
        ),
        *(
            Step(state, Act.ACKNOWLEDGE, state, frozenset({Who.RECIPIENT}), effects=(Effect.RECEIPT,))
            for state in (_C.EFFECTIVE, _C.LISTED)
        ),
        *(
            Step(
                state,
                Act.ACKNOWLEDGE_LAST,
                _C.ACKNOWLEDGED,
                frozenset({Who.RECIPIENT, Who.CASEWORKER}),
                guards=(Guard.ALL_ACKNOWLEDGED, Guard.LETTER_COMPLETE),
                effects=(Effect.SEND_LETTER,),
                stops=(Matter.RECIPIENT_ACKNOWLEDGES,),
            )
            for state in (_C.EFFECTIVE, _C.LISTED)
        ),
        Step(
            _C.EFFECTIVE,
            Act.LAPSE,
            _C.LISTED,
            CLOCK,
            guards=LAPSING,
            effects=(Effect.LIST_PUBLICLY, Effect.TELL_CHIEF),
            terms=(Matter.RECIPIENT_ACKNOWLEDGES,),
        ),
    ),
)


class SiblingState(StrEnum):
    """A review that nobody asked for: another entry was proven wrong, and this one may be for the same cause."""

    NEW = "new"
    REVIEWED = "reviewed"
    PROPOSED = "proposed"
    REMOVED = "removed"
    RESTORING = "restoring"
    RIGHTED = "righted"
    CLEARED = "cleared"


_B = SiblingState
_REVIEW: Final = (Matter.SIBLING_REVIEW,)

SIBLING: Final = Workflow(
    code="sibling",
    states=SiblingState,
    basis="个人信息保护法 8",
    closed={_B.RIGHTED: Outcome.FOR, _B.CLEARED: Outcome.AGAINST},
    steps=(
        Step(
            _B.NEW,
            Act.SWEEP_IN,
            _B.REVIEWED,
            OFFICE,
            guards=(Guard.REASON,),
            effects=(Effect.FREEZE, Effect.TELL),
            starts=_REVIEW,
        ),
        *(
            Step(
                state,
                Act.UPHOLD,
                _B.RIGHTED,
                OFFICE,
                guards=(Guard.REASON, Guard.LETTER_COMPLETE),
                effects=(Effect.CORRECT, Effect.RECALL_VERSIONS, Effect.UNFREEZE, Effect.SEND_LETTER),
                stops=_REVIEW,
            )
            for state in (_B.REVIEWED, _B.PROPOSED, _B.REMOVED, _B.RESTORING)
        ),
        Step(_B.REVIEWED, Act.PROPOSE_AGAINST, _B.PROPOSED, CASEWORKER, guards=PROPOSING),
        Step(_B.PROPOSED, Act.DISAGREE, _B.REVIEWED, SECOND, guards=DISAGREEING),
        Step(
            _B.PROPOSED,
            Act.AGREE,
            _B.CLEARED,
            SECOND,
            guards=AGREEING,
            effects=(Effect.UNFREEZE, Effect.SEND_LETTER),
            starts=CONTEST,
            stops=_REVIEW,
        ),
        *(
            Step(
                state,
                Act.LAPSE,
                _B.REMOVED,
                CLOCK,
                guards=LAPSING,
                effects=(Effect.HIDE, Effect.TELL, Effect.TELL_CHIEF),
                terms=_REVIEW,
            )
            for state in (_B.REVIEWED, _B.PROPOSED)
        ),
        Step(_B.REMOVED, Act.PROPOSE_AGAINST, _B.RESTORING, CASEWORKER, guards=(*PROPOSING, Guard.CERTIFIED)),
        Step(_B.RESTORING, Act.DISAGREE, _B.REMOVED, SECOND, guards=DISAGREEING),
        Step(
            _B.RESTORING,
            Act.AGREE,
            _B.CLEARED,
            SECOND,
            guards=(*AGREEING, Guard.CERTIFIED),
            effects=(Effect.READMIT, Effect.UNFREEZE, Effect.SEND_LETTER),
            starts=CONTEST,
            stops=_REVIEW,
        ),
    ),
)


class ReadmissionState(StrEnum):
    """What objection or repair removed stays out, unless two people let it back for a certified reason (F9)."""

    NEW = "new"
    ASKED = "asked"
    PROPOSED = "proposed"
    BACK = "back"
    OUT = "out"


_R = ReadmissionState
_DECISION: Final = (Matter.READMISSION_DECISION,)

READMISSION: Final = Workflow(
    code="readmission",
    states=ReadmissionState,
    basis="F9",
    closed={_R.BACK: Outcome.AGAINST, _R.OUT: Outcome.FOR},
    steps=(
        Step(
            _R.NEW,
            Act.ASK_BACK,
            _R.ASKED,
            SUPPLIER,
            guards=(Guard.REASON, Guard.CERTIFIED),
            effects=(Effect.TELL,),
            starts=_DECISION,
        ),
        Step(_R.ASKED, Act.PROPOSE_AGAINST, _R.PROPOSED, CASEWORKER, guards=(*PROPOSING, Guard.CERTIFIED)),
        Step(_R.PROPOSED, Act.DISAGREE, _R.ASKED, SECOND, guards=DISAGREEING),
        Step(
            _R.PROPOSED,
            Act.AGREE,
            _R.BACK,
            SECOND,
            guards=(*AGREEING, Guard.CERTIFIED),
            # an objection that was taken back after silence had left its freeze
            effects=(Effect.READMIT, Effect.UNFREEZE, Effect.SEND_LETTER, Effect.TELL),
            starts=CONTEST,
            stops=_DECISION,
        ),
        *(
            Step(
                state,
                Act.KEEP_OUT,
                _R.OUT,
                CASEWORKER | SECOND,
                guards=ANSWERING,
                effects=(Effect.SEND_LETTER,),
                stops=_DECISION,
            )
            for state in (_R.ASKED, _R.PROPOSED)
        ),
        *(
            Step(
                state,
                Act.LAPSE,
                _R.OUT,
                CLOCK,
                guards=LAPSING,
                effects=(Effect.TELL, Effect.SEND_LETTER),
                terms=_DECISION,
                stops=_DECISION,
            )
            for state in (_R.ASKED, _R.PROPOSED)
        ),
    ),
)
