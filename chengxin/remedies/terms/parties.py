"""Who may take which kind of step; shared by the workflows."""

from __future__ import annotations

from typing import Final

from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.words import FOR_THE_PERSON, Who
from chengxin.remedies.terms.workflows import Guard

PERSON: Final = FOR_THE_PERSON
INTAKE: Final = FOR_THE_PERSON | {Who.CASEWORKER}
"""The person, whoever acts for them, or whichever office took it in at its counter, by telephone or on paper."""
CASEWORKER: Final = frozenset({Who.CASEWORKER})
SUPPLIER: Final = frozenset({Who.SUPPLIER})
OFFICE: Final = frozenset({Who.CASEWORKER, Who.SUPPLIER})
SECOND: Final = frozenset({Who.SECOND})
CHIEF: Final = frozenset({Who.CHIEF})
CLOCK: Final = frozenset({Who.CLOCK})

PROPOSING: Final = (Guard.IMPARTIAL, Guard.REASON)
AGREEING: Final = (Guard.TWO_PEOPLE, Guard.IMPARTIAL, Guard.LETTER_COMPLETE)
"""An answer against the person takes a second, impartial official and a whole letter."""
DISAGREEING: Final = (Guard.TWO_PEOPLE, Guard.REASON)
ANSWERING: Final = (Guard.IMPARTIAL, Guard.REASON, Guard.LETTER_COMPLETE)
CONTEST: Final = (Matter.RECONSIDERATION, Matter.LAWSUIT)
"""The person's own terms against an answer of this house, from the day they have it."""
LAPSING: Final = (Guard.TERM_OVER,)
