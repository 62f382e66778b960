"""Words of reviews: what makes somebody else look again at a look, until when, what may be found, what its person is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from chengxin.kernel.errors import Conflict, NotFound


class ReviewKind(StrEnum):
    """Why a look is reviewed."""

    EMERGENCY = "emergency"
    """Somebody looked without a case, under a purpose that names an emergency law."""
    UNRECOGNISED = "unrecognised"
    """Its person does not recognise it."""
    WATCH = "watch"
    """A rule over the operator's own behaviour asks for it."""


class WatchRule(StrEnum):
    """What of an operator's own behaviour makes a supervisor look. Nothing about kin, addresses or fame of anybody."""

    VOLUME = "volume"
    HOURS = "hours"
    OWN_DOCUMENT = "own_document"
    NO_CASE = "no_case"
    SAME_PERSON = "same_person"
    NO_DECISION = "no_decision"


class Finding(StrEnum):
    """What a review found. Words, and no degree."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    MISUSE = "misuse"


class Whom(StrEnum):
    """Whose access a finding of misuse suspends, at once and everywhere."""

    OPERATOR = "operator"
    ORGANISATION = "organisation"


REVIEW_DAYS: Final[Mapping[ReviewKind, int]] = MappingProxyType(
    {ReviewKind.EMERGENCY: 2, ReviewKind.UNRECOGNISED: 5, ReviewKind.WATCH: 10}
)
"""Working days within which it is decided, our own figures: no law names one, and each is told to whoever waits for it."""


class ReviewUnknown(NotFound):
    """There is no such review, or it is not within your reach."""

    code = "review_unknown"


class ReviewDecided(Conflict):
    """This review was decided a moment ago."""

    code = "review_decided"


class LookUnknown(NotFound):
    """There is no such look at your file."""

    code = "look_unknown"


@dataclass(frozen=True, slots=True)
class Suspending:
    """What goes with a finding of misuse: who is suspended, until when, and what they are told."""

    whom: Whom
    ends_at: datetime
    notice: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review as its supervisor reads it: the operator and the look, and of the person nothing but their own words.

    ``rule`` and ``figures`` go with WATCH alone; ``about`` is how many looks it concerns; ``finding`` None: not decided.
    """

    uid: UUID
    id: UUID
    kind: ReviewKind
    rule: WatchRule | None
    organisation_id: UUID
    official_id: UUID | None
    client_id: UUID | None
    purpose: str
    case_ref: str
    why: str
    looked_at: datetime | None
    figures: Mapping[str, int | str]
    raised_at: datetime
    due_on: date
    finding: Finding | None
    told: str
    decided_at: datetime | None
    decided_by: UUID | None
    about: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReviewOfLook:
    """How the review of one of their looks stands, for its person. ``told`` and ``finding`` once it is decided."""

    look: UUID
    review_id: UUID
    kind: ReviewKind
    organisation_id: UUID
    raised_at: datetime
    due_on: date
    words: str
    finding: Finding | None
    told: str
    decided_at: datetime | None
