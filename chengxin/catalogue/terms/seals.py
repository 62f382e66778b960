"""Silence: a law that orders looks of a case kept from their persons for a time (charter 5; 个人信息保护法 18, 35)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from chengxin.catalogue.terms.bases import BasisRef
from chengxin.catalogue.terms.words import Claim, Words

LONGEST_SILENCE_DAYS: Final = 180
"""No law may be written with more: the database keeps no look sealed for longer."""


@dataclass(frozen=True, slots=True)
class SealSpec:
    """One article under which silence may be asked for. Immutable; `line` is where its edition file names it.

    `organs`: kinds of organisation, or unified social credit codes, that may rest on it; `days` the most of one order; `says`:
    what it orders, and how the figure was read. Its days in force are those of its article in the table of laws.
    """

    code: str
    zh: str
    en: str
    basis: BasisRef
    organs: tuple[str, ...]
    days: int
    says: Words
    claim: Claim
    line: int = field(default=0, compare=False)

    def is_for(self, org_code: str, org_kind: str) -> bool:
        """Whether this organisation may rest on it."""
        return org_code in self.organs or org_kind in self.organs
