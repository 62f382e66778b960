"""What other rooms are shown of editions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.catalogue.terms.editions import Edition
from chengxin.catalogue.terms.words import Level, Source


class EditionState(StrEnum):
    """What two people decided about an edition."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition as its keepers see it. `digest` is hexadecimal; `unconfirmed` the weak sources nobody confirmed yet."""

    uid: UUID
    level: Level
    code: str
    zh: str
    en: str
    official: bool
    items: int
    digest: str
    in_force_from: date
    in_force_until: date | None
    state: EditionState
    proposed_at: datetime
    proposed_by: UUID
    approved_at: datetime | None
    approved_by: UUID | None
    unconfirmed: tuple[Source, ...]
    edition: Edition
