"""What two officials may cover of a statement: other people's passages, word for word, never all of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.kernel.decisions import Refused
from chengxin.records.rules.covering import COVER, covered

SAID = "罚款我已经交了。\n当天看店的是邻居贺小满，她不知道要标价。\n贺小满可以作证。"


@pytest.mark.parametrize(
    ("passages", "found"),
    [
        (("邻居贺小满",), SAID.replace("邻居贺小满", COVER)),
        # wherever it stands
        (("贺小满",), SAID.replace("贺小满", COVER)),
        # one within the other, and two that overlap, are one
        (("贺小满", "邻居贺小满"), SAID.replace("邻居贺小满", COVER).replace("贺小满", COVER)),
        (("邻居贺", "贺小满，她"), SAID.replace("邻居贺小满，她", COVER)),
        ((" 邻居贺小满 ", ""), SAID.replace("邻居贺小满", COVER)),
        ((), Refused("cover_nothing_named", "个人信息保护法 6")),
        (("", "  "), Refused("cover_nothing_named", "个人信息保护法 6")),
        (("邻居 贺小满",), Refused("cover_not_word_for_word", "个人信息保护法 6", {"passage": "邻居 贺小满"})),
        (tuple(SAID.split("\n")), Refused("cover_leaves_nothing", "个人信息保护法 6")),
        ((SAID,), Refused("cover_leaves_nothing", "个人信息保护法 6")),
    ],
)
def test_passages_are_covered_word_for_word_and_never_all(passages: tuple[str, ...], found: str | Refused) -> None:
    assert covered(SAID, passages) == found


@given(st.text("甲乙丙。\n", max_size=12), st.lists(st.text("甲乙丙。\n", max_size=3), max_size=4))
def test_what_is_left_is_their_own_words_in_their_order(text: str, passages: list[str]) -> None:
    found = covered(text, passages)
    if isinstance(found, Refused):
        return
    assert not any(one.strip() in found for one in passages if one.strip())
    reached = 0
    for piece in found.split(COVER):
        at = text.index(piece, reached)
        reached = at + len(piece)
    assert text.startswith(found.split(COVER)[0])
    assert text.endswith(found.split(COVER)[-1])
