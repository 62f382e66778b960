"""Words of watching operators: their looks as the rules know them, and what a rule raised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from chengxin.access.terms.reviews import WatchRule


@dataclass(frozen=True, slots=True)
class OperatorLook:
    """One question of an operator and what became of it. ``person`` tells two looks at the same person from looks at two, and
    nothing else; None where nobody is held under the number. ``look`` None: nobody's log holds it."""

    at: datetime
    purpose: str
    case_ref: str
    person: UUID | None
    outcome: str
    look: UUID | None


@dataclass(frozen=True, slots=True)
class OperatorFacts:
    """What the rules know of one operator on a day. ``hours``: how many questions by day and hour, ninety days back;
    ``today``: questions of the day, the newest first, as many as a review lists; ``stopped``: those of the last seven days that
    tried the own document or named no open case; ``again``: answered looks of thirty days at persons seen several times."""

    hours: Mapping[tuple[date, int], int]
    today: Sequence[OperatorLook]
    stopped: Sequence[OperatorLook]
    again: Sequence[OperatorLook]


@dataclass(frozen=True, slots=True)
class CaseEnd:
    """What became of a case that an operator looked for: when it was last looked in, and whether it came to an end."""

    ref: str
    last_look_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Raised:
    """What a rule asks a supervisor to see. ``about`` makes it the same finding the next day; ``looks``: the looks concerned."""

    rule: WatchRule
    about: str
    figures: Mapping[str, int | str]
    looks: tuple[OperatorLook, ...]
