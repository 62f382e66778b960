"""Words of sealed looks: an order of silence, which rests on a law that the catalogue names, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.kernel.errors import NotFound


class SealState(StrEnum):
    """How an order stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class SealUnknown(NotFound):
    """There is no such order, or it is not within your reach."""

    code = "seal_unknown"


@dataclass(frozen=True, slots=True)
class SealView:
    """An order as the two organisations that made it read it: law, case, days, people. It names no person looked at."""

    uid: UUID
    organisation_id: UUID
    case_ref: str
    law: str
    article: str
    asked_by: UUID
    asked_at: datetime
    reason: str
    starts_on: date
    ends_on: date
    state: SealState
    decided_by: UUID | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class SealCount:
    """How many orders were approved in a month under one article: all that the public is told, and that."""

    month: date
    law: str
    article: str
    orders: int
