"""Laws, articles, clauses and local regulations that the catalogue rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.catalogue.terms.words import Claim, Mark


@dataclass(frozen=True, slots=True)
class BasisRef:
    """A law and one article of it, both as text: `("会计法", "47")`; "37-1" is 第三十七条之一."""

    law: str
    article: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One row of the table of laws. `article` "*" speaks of the whole law; `in_force_until` is the first day on which
    it is no longer in force, None where no end is known. `refused` is the clause of a law whose every decision touches
    what is never collected (治安管理处罚法, 宗教事务条例); `purposes_only`: somebody may ask under it, and no row may cite it."""

    law: str
    article: str
    in_force_from: date | None
    in_force_until: date | None
    source: str
    mark: Mark
    refused: str | None = None
    purposes_only: bool = False


class BasisStanding(StrEnum):
    """Answer of the legal gate for one law and article on one day. All but `in_force` mean quarantine (F10)."""

    IN_FORCE = "in_force"
    REFUSED = "refused"
    NOT_YET = "not_yet"
    REPEALED = "repealed"
    UNKNOWN_LAW = "unknown_law"
    UNKNOWN_ARTICLE = "unknown_article"


@dataclass(frozen=True, slots=True)
class Clause:
    """A matter that is never collected: its stable code, the law it rests on and a sentence in both languages."""

    code: str
    zh: str
    en: str
    law: str


@dataclass(frozen=True, slots=True)
class Regulation:
    """A local regulation that a city's own items rest on (立法法 81: enacted by the city, approved by the province)."""

    title: str
    enacting_organ: str
    enacted_on: date
    approving_organ: str
    approved_on: date
    in_force_from: date
    in_force_until: date | None
    articles: tuple[str, ...]
    claim: Claim


@dataclass(frozen=True, slots=True)
class Citation:
    """A law, and the article if one is named, as read from a supplier's free text."""

    law: str
    article: str | None
