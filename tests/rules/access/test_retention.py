"""How long looks are kept: the longest that a law in force asks for, and never fewer years than the database holds to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chengxin.access.rules.retention import due_before, parse_retention, shipped_retention, years_kept
from chengxin.access.terms.retention import LEAST_YEARS
from chengxin.kernel.days import day_starts_at

TODAY = date(2026, 6, 1)
RULE = """
[[rule]]
law = "某条例"
article = "20"
in_force_from = 2018-01-01
years = 10
source = "read"
mark = "A"
"""


def test_the_longest_holds_and_the_shipped_one_is_ten_years() -> None:
    shipped = shipped_retention()
    assert years_kept(shipped, TODAY) == 10
    assert due_before(shipped, TODAY) == day_starts_at(date(2016, 6, 1))
    assert {(one.law, one.article, one.years) for one in shipped} == {
        ("浙江省公共信用信息管理条例", "20", 10),
        ("深圳经济特区社会信用条例", "45", 5),
    }


def test_a_rule_counts_from_its_day_and_none_leaves_the_least() -> None:
    (rule,) = parse_retention(RULE)
    assert years_kept([rule], date(2017, 12, 31)) == LEAST_YEARS
    assert years_kept([rule, replace(rule, years=7)], date(2018, 1, 1)) == 10
    assert years_kept([], TODAY) == LEAST_YEARS


def test_the_day_of_the_look_does_not_count_and_the_last_one_does() -> None:
    (rule,) = parse_retention(RULE)
    assert due_before([rule], date(2028, 2, 29)) == day_starts_at(date(2018, 2, 28))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("years = 10", "years = 4"),
        ("years = 10", "years = 31"),
        ("years = 10", "years = true"),
        ("years = 10", 'years = "10"'),
        ("in_force_from = 2018-01-01", 'in_force_from = "2018-01-01"'),
        ('source = "read"', 'source = ""'),
        ('mark = "A"', 'mark = "own"'),
        ('mark = "A"\n', ""),
        ('mark = "A"', 'mark = "A"\nnote = "x"'),
        ("[[rule]]", "[[rules]]"),
    ],
)
def test_what_is_not_whole_is_refused(before: str, after: str) -> None:
    assert parse_retention(RULE)
    with pytest.raises(ValueError, match=r"rule|year"):
        parse_retention(RULE.replace(before, after))
