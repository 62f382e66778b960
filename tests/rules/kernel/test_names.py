import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.kernel.masks import mask_name, mask_number
from chengxin.kernel.names import PLAIN_NAME, TRANSLATION, normalise_name

QUICK = settings(max_examples=120, deadline=None, database=None)


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("张三", "张三"),
        (" 张\u3000三 ", "张三"),
        ("张\u00a0三\ufeff\u200b", "张三"),
        ("阿卜杜·热合曼", "阿卜杜·热合曼"),
        ("John  Smith", "johnsmith"),
        ("ＪＯＨＮ　ＳＭＩＴＨ", "johnsmith"),
        ("JOSÉ ÁLVAREZ", "joséálvarez"),
        ("Jose\u0301", "josé"),
        ("İNCİ", "inci"),
        ("⼤山", "大山"),
        ("\uf9b4子", "领子".replace("领", "\u9818")),
        ("\U0002f800", "\u4e3d"),
        ("邊\U000e0100", "邊"),
        ("𠮷野", "𠮷野"),
    ],
)
def test_one_form_for_what_is_typed_differently(raw: str, normal: str) -> None:
    assert normalise_name(raw) == normal


@pytest.mark.parametrize("dot", list("•‧∙⋅・･·．.․●◦。｡ㆍ⸱ᐧ"))
def test_every_dot_is_one_dot(dot: str) -> None:
    assert normalise_name(f"迪丽{dot}热巴") == "迪丽·热巴"
    assert normalise_name(f"迪丽 {dot} 热巴") == "迪丽·热巴"


@pytest.mark.parametrize(
    ("one", "other"), [("后", "後"), ("张三", "張三"), ("叶", "葉"), ("昇", "升"), ("張三", "張叁"), ("阿·依", "阿依")]
)
def test_what_tells_people_apart_stays(one: str, other: str) -> None:
    assert normalise_name(one) != normalise_name(other)


@QUICK
@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(raw: str) -> None:
    once = normalise_name(raw)
    assert normalise_name(once) == once


@QUICK
@given(st.text(st.sampled_from("张三𠮷 ·.ＡaA・\u3000\u200b\u0301e\u1100\u1161가ſßİ⼤\ufe00"), max_size=12))
def test_normalising_twice_changes_nothing_where_it_is_hard(raw: str) -> None:
    once = normalise_name(raw)
    assert normalise_name(once) == once
    assert unicodedata.is_normalized("NFKC", once)


def test_every_plain_character_is_its_own_normal_form() -> None:
    plain = re.compile(PLAIN_NAME)
    letters = [chr(point) for point in (*range(0xD800), *range(0xE000, 0x30000)) if plain.fullmatch(chr(point))]
    assert len(letters) > 80_000
    assert [letter for letter in letters if normalise_name(letter) != letter] == []


def test_the_table_can_be_repeated_by_bulk_code() -> None:
    """One code point becomes one or none: what a column-wise replacement can do."""
    assert all(isinstance(target, int | None) for target in TRANSLATION.values())
    raw = "Ｊｏｈｎ・Smith 张\u200b三"
    by_hand = "".join(
        "" if (target := TRANSLATION.get(ord(letter), ord(letter))) is None else chr(target)
        for letter in unicodedata.normalize("NFKC", raw)
    )
    assert unicodedata.normalize("NFKC", by_hand) == normalise_name(raw) == "john·smith张三"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("司马光", "司马*"),
        ("欧阳", "欧*"),
        ("張三", "張*"),
        ("李", "*"),
        ("", ""),
        ("阿卜杜·热合曼", "阿***"),
        ("John Smith", "J***"),
        ("Li", "L***"),
        ("𠮷野", "𠮷*"),
    ],
)
def test_a_masked_name_shows_the_family_name_at_most(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_a_masked_number_shows_the_first_and_the_last_character() -> None:
    assert mask_number("11010519491231002X") == "1****************X"
    assert mask_number("E12345") == "E****5"
    assert mask_number("12345") == "*****"


@QUICK
@given(st.text("0123456789X", min_size=6, max_size=18))
def test_no_mask_tells_more_than_two_characters(number: str) -> None:
    shown = mask_number(number)
    assert len(shown) == len(number)
    assert sum(character != "*" for character in shown) == 2
