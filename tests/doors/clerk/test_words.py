"""Reasons in the words of a clerk's page and of the answer: with their detail, and without one that rows do not share."""

from __future__ import annotations

import pytest

from chengxin.doors.answers import what_to_do
from chengxin.doors.portal.presenters.batches import reason_line


@pytest.mark.parametrize(
    ("code", "detail", "zh", "en"),
    [
        ("cell_too_long", "200", "文字超过 200 个字符。", "The text is longer than 200 characters."),
        ("cell_too_long", "", "文字太长。", "The text is too long."),
        ("code_unknown", "", "填的内容不在代码表里。", "This is not one of the values of the list."),
    ],
)
def test_a_reason_is_said_with_its_detail_and_stands_without_one(code: str, detail: str, zh: str, en: str) -> None:
    told = what_to_do(code, "penalty_content", detail)
    assert told[0].startswith(zh)
    assert told[1].startswith(en)
    assert "…" not in "".join(told)
    assert "{" not in "".join(told)


def test_a_count_of_rows_names_no_detail_they_do_not_share() -> None:
    line = reason_line("cell_missing_here", "", 3, None, "zh")
    assert line.what == "按这一行别的列的内容，这一格必填。"
    assert "…" not in line.do
