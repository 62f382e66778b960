"""Words of a complaint that nobody put a name to: what it is about, what its writer is handed, what an office reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.kernel.errors import NotFound


class UnnamedUnknown(NotFound):
    """No complaint has this number and this word."""

    code = "unnamed_unknown"


class Concern(StrEnum):
    """What a complaint is about."""

    OFFICIAL = "official"
    LATE = "late"
    MISUSE = "misuse"
    NOT_RECOGNISED = "not_recognised"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class UnnamedReceipt:
    """What its writer is handed, once. ``word`` is kept nowhere here: who loses it cannot ask again."""

    number: str
    word: str
    received_at: datetime
    due_on: date


@dataclass(frozen=True, slots=True)
class UnnamedLine:
    """One in a list. ``office``: which organisation it is about, where that was said; ``due_on``: the last day to answer."""

    uid: UUID
    number: str
    concern: Concern
    office: UUID | None
    received_at: datetime
    due_on: date
    answered_at: datetime | None
    founded: bool | None


@dataclass(frozen=True, slots=True)
class UnnamedComplaint:
    """One with what was said, and the answer (empty until there is one)."""

    line: UnnamedLine
    words: str
    answer: str
