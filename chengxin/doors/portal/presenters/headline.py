"""What an entry is, in a few words: the penalty and its amount, the honour's name, the licence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chengxin.catalogue.terms import Item
from chengxin.doors.portal.presenters.around import Said
from chengxin.doors.portal.presenters.field import by_element, codes_of, value_in_words
from chengxin.doors.wording import Language

TELLING = (
    "honour.name",
    "title.name",
    "trader.name",
    "volunteer.project",
    "donation.project",
    "paper.name",
    "licence.certificate",
    "licence.content",
    "court.performance",
    "commitment.kind",
    "list.name",
    "act.kind",
)
"""Meanings that tell an entry from others of its item, the most telling first."""
LONGEST = 40
FINE = "罚款"


def headline(item: Item | None, content: Mapping[str, Any], language: Language) -> Said | None:
    """A few words, or None where the item's name says all there is."""
    penalty = by_element(item, content, "penalty.kind")
    if penalty is not None:
        return _penalty(item, content, language)
    for element in TELLING:
        found = by_element(item, content, element)
        if found is not None:
            return _short(value_in_words(*found, language))
    return None


def _penalty(item: Item | None, content: Mapping[str, Any], language: Language) -> Said | None:
    found, fine = by_element(item, content, "penalty.kind"), by_element(item, content, "penalty.fine")
    if found is None:
        return None
    parts = []
    for kind in codes_of(*found):
        word = kind.zh if language == "zh" else kind.en
        amount = value_in_words(*fine, language).words if fine and kind.value == FINE else ""
        parts.append(f"{word} {amount}".strip())
    said = ("、" if language == "zh" else ", ").join(parts)
    return Said(said if language == "zh" else said[:1].upper() + said[1:])


def _short(said: Said) -> Said:
    return said if len(said.words) <= LONGEST else Said(said.words[:LONGEST].rstrip() + "……", said.foreign)
