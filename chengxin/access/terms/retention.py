"""Words of how long looks are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

LEAST_YEARS: Final = 5
"""Below this the database lets nobody delete a look, whatever the file says."""

MOST_YEARS: Final = 30


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """A law that asks for looks to be kept so many years at least, from its day on."""

    law: str
    article: str
    in_force_from: date
    years: int
    source: str
    mark: str
