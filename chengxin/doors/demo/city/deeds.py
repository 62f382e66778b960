"""Themes of decided facts, read from `deeds.yaml`: which deed a row tells of, and its blanks filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chengxin.doors.demo.city.dice import Dice

FILE = Path(__file__).with_name("deeds.yaml")
_OTHER_NAMES: Mapping[str, str] = {
    "city_honest_citizen": "honour",
    "city_volunteering": "volunteering",
    "volunteer_service": "volunteering",
    "charity_donation": "donation",
    "city_commitment": "commitment",
}
"""Items that share the themes of a kind."""


@cache
def _content() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return content


def themes(item: str) -> Sequence[Mapping[str, Any]]:
    """The themes of an item; KeyError for an item this city has no files of."""
    found: Sequence[Mapping[str, Any]] = _content()[_OTHER_NAMES.get(item, item)]
    return found


def words(name: str) -> Sequence[str]:
    """`places`, `shops` or `firms` of the city."""
    found: Sequence[str] = _content()[name]
    return found


def filled(text: str, dice: Dice, *, yuan: int) -> str:
    """A theme's text with its blanks filled in."""
    return text.format(place=dice.of(words("places")), shop=dice.of(words("shops")), n=dice.between(2, 30), yuan=yuan)
