"""Words of consent: a request to the person, their answer, and what became of it (个人信息保护法 13-16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from chengxin.kernel.errors import NotFound

Scope = Mapping[str, frozenset[str]]
"""Item -> fields."""


class ConsentUnknown(NotFound):
    """The person has no such request."""

    code = "consent_unknown"


class ConsentAct(IntEnum):
    """What was done to a request. Numbers are stored: never re-use one."""

    GIVEN = 1
    REFUSED = 2
    WITHDRAWN = 3
    USED = 4


class ConsentStanding(StrEnum):
    """What a request is worth at a moment."""

    ASKED = "asked"
    LAPSED = "lapsed"
    REFUSED = "refused"
    GIVEN = "given"
    USED = "used"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A request and what became of it. ``given`` is what the person chose, nothing before; ``ends_at`` None and ``once``:
    good for one use; ``receipt``: the signed receipt of the giving, "" before. ``answered_by``, ``withdrawn_by``: the mandate
    by which somebody did so for the person."""

    uid: UUID
    consent_id: UUID
    person_id: UUID
    organisation_id: UUID
    purpose: str
    asked: Scope
    asked_at: datetime
    lapses_at: datetime
    answered_at: datetime | None
    refused: bool
    given: Scope
    once: bool
    ends_at: datetime | None
    withdrawn_at: datetime | None
    used_at: datetime | None
    receipt: str
    answered_by: UUID | None = None
    withdrawn_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person agrees to: some of what was asked, for one use or until a moment."""

    scope: Scope
    once: bool
    ends_at: datetime | None
