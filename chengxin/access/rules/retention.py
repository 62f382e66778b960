"""How long looks are kept: the longest that a law asks for, and from which day they may go."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from chengxin.access.terms.retention import LEAST_YEARS, MOST_YEARS, RetentionRule
from chengxin.kernel.clocks import add_months
from chengxin.kernel.days import day_starts_at

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEYS = frozenset(RetentionRule.__slots__)
_MARKS = frozenset("ABCM")


def parse_retention(text: str) -> tuple[RetentionRule, ...]:
    """The rules in a text of the form of ``data/retention.toml``. Raises ValueError for any that is not whole."""
    tables: dict[str, list[dict[str, Any]]] = tomllib.loads(text)
    if set(tables) != {"rule"}:
        raise ValueError("a list of rules, and nothing beside it")
    return tuple(_rule(given) for given in tables["rule"])


def _rule(given: dict[str, Any]) -> RetentionRule:
    if set(given) != _KEYS:
        raise ValueError(f"keys of a rule: {sorted(_KEYS)}, not {sorted(given)}")
    rule = RetentionRule(**given)
    said = all(isinstance(word, str) and word for word in (rule.law, rule.article, rule.source))
    if not said or rule.mark not in _MARKS or type(rule.in_force_from) is not date:
        raise ValueError(f"a rule has its law, day, source and mark: {given}")
    if type(rule.years) is not int or not LEAST_YEARS <= rule.years <= MOST_YEARS:
        raise ValueError(f"years from {LEAST_YEARS} to {MOST_YEARS}: {given}")
    return rule


@cache
def shipped_retention() -> tuple[RetentionRule, ...]:
    """The rules that come with this release."""
    return parse_retention((files("chengxin.access") / "data" / "retention.toml").read_text("utf-8"))


def years_kept(rules: Iterable[RetentionRule], today: date) -> int:
    """How many years looks are kept: the most that a rule in force asks for, and never fewer than the database's least."""
    return max((rule.years for rule in rules if rule.in_force_from <= today), default=LEAST_YEARS)


def due_before(rules: Iterable[RetentionRule], today: date) -> datetime:
    """Looks of before this moment are past their day. The day of the look does not count, the last day does (民法典 201, 202)."""
    return day_starts_at(add_months(today, -12 * years_kept(rules, today)))
