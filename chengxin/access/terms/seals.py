"""Words of sealed looks: the laws that order silence, for how long at most, and an order that rests on one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
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
class SealLaw:
    """A law that orders a look kept from its person for a time. ``days`` is the most of one order; ``organs``: kinds of
    organisation that may rest on it; ``until`` the first day on which it no longer stands."""

    code: str
    law: str
    article: str
    organs: frozenset[str]
    days: int
    in_force_from: date
    until: date | None
    source: str
    confidence: str

    def stands(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.in_force_from <= day and (self.until is None or day < self.until)


SEAL_LAWS: Final[tuple[SealLaw, ...]] = (
    SealLaw(
        code="criminal_inquiry",
        law="刑事诉讼法",
        article="152",
        organs=frozenset({"public_security", "procuratorate"}),
        days=90,
        in_force_from=date(2018, 10, 26),
        until=None,
        source="152 (4): 有关单位和个人应当配合，并对有关情况予以保密; 151: an order lasts three months. "
        "个人信息保护法 18 and 35 leave such silence to laws and administrative regulations alone. "
        "90 days is the shorter reading of three months",
        confidence="M",
    ),
)
"""What may be rested on. A law that is not here seals nothing; one that is repealed gets its day, and is never taken out."""


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
