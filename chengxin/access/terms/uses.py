"""Words of a use: what an asker decided on an answer, where that weighed against the person (charter 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from chengxin.access.terms.looks import LookView

MOST_SIGNS: Final = 100
"""Length of a decision's number."""


@dataclass(frozen=True, slots=True)
class UseReport:
    """What an asker reports. The person is named by document as in a question, the answer by its look: together they find it.

    ``decision``: the number of the asker's decision; ``decided_on``: its day.
    """

    kind: str
    number: str
    look: UUID
    decision: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class UseView:
    """A use as its person reads it: who decided what, on which answer. ``entries``: uid and version of what was answered."""

    uid: UUID
    look: LookView
    entries: frozenset[tuple[UUID, int]]
    organisation_id: UUID
    decision: str
    decided_on: date
    at: datetime
