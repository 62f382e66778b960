"""Why an office takes an entry back."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class TakenBack(StrEnum):
    """What the office says of an entry that it takes back. Stored in the entry's mark: never rename one."""

    WRONG = "wrong"
    """It was wrong when it was handed in: a fact, an amount, a period, a person."""
    ENDED = "ended"
    """It was right, and no longer stands: the decision was changed, revoked, found unlawful or void (行政处罚法 48)."""


REMOVED: Final = "removed_at_source"
"""What the mark says of an entry that a row of its source deletes; the source's code follows."""
WRONGLY_LISTED: Final = "9"
"""The courts' code of deletion for who should not have been listed, or not so (法释〔2017〕7号 12)."""
