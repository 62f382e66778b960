"""What an entry is shown with: its item, its offices, the day, the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chengxin.catalogue.terms import AgeRule, BasisRef, Item
from chengxin.doors.wording import Language, text
from chengxin.kernel.days import Holidays
from chengxin.offices.terms import OrganisationView

NEUTRAL, GOOD, ADVERSE = 0, 1, 2
"""``EntryView.nature`` as the ledger stores it."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words for a reader. ``foreign``: Chinese words of a file on an English page, so that a reading voice knows."""

    words: str
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """Everything a presenter needs beside the entry. ``item`` is None where no edition names it any more; ``decider`` is
    None where the deciding body is no organisation of ours."""

    item: Item | None
    supplier: OrganisationView | None
    decider: OrganisationView | None
    office: OrganisationView | None
    today: date
    holidays: Holidays
    language: Language

    def say(self, key: str, **params: object) -> str:
        """A sentence of the residents' pages in the reader's language."""
        return text(f"resident.{key}", self.language, **params)

    @property
    def of_a_court(self) -> bool:
        """Whether the entry mirrors a court's list: its court decides on it, not an administrative body."""
        return self.item is not None and self.item.age_rule is AgeRule.COURT


def name_of(office: OrganisationView | None, language: Language) -> str:
    """An organisation's name in the reader's language; empty where there is none."""
    if office is None:
        return ""
    return office.name_zh if language == "zh" or not office.name_en else office.name_en


def as_given(words: str, language: Language) -> Said:
    """Words as a file gives them: Chinese ones are marked as such on an English page."""
    return Said(words, language == "en" and any("\u3400" <= sign <= "\u9fff" for sign in words))


def basis_in_words(basis: BasisRef, language: Language) -> str:
    """``《会计法》第47条``, ``《个人信息保护法》 art. 67``; article ``37-1`` is 第37条之一."""
    head, _, tail = basis.article.partition("-")
    if language == "zh":
        after = f"之{'一二三四五六七八九十'[int(tail) - 1]}" if tail.isdecimal() and 0 < int(tail) <= 10 else ""
        return f"《{basis.law}》第{head}条{after}"
    return f"《{basis.law}》 art. {basis.article}"
