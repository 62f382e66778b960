"""Single cells: what was typed, what is meant, what is wrong with it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.catalogue.terms import CodeValue, FieldRole, FieldSpec, FieldType
from chengxin.collection.rules.cells import (
    EDGE,
    KEY_PLAIN,
    key_text,
    read_code,
    read_decimal,
    read_identifier,
    read_integer,
    read_org_code,
    read_text,
    trimmed,
)
from chengxin.collection.rules.dates import read_day
from chengxin.collection.terms import Note, Reason


def spec(kind: FieldType = FieldType.TEXT, **known: object) -> FieldSpec:
    return FieldSpec(code="A", element="x", zh="甲", en="a", type=kind, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-03-02",
            "2026/3/2",
            "20260302",
            "2026年3月2日",
            "2026.3.2",
            "2026-3-02",
            "2026年03月02日",
            "2026年3月2",
        ),
        *(
            "２０２６－０３－０２",
            "２０２６年３月２日",
            "2026 - 03 - 02",
            "2026年 3月 2日",
            "2026．3．2",
            "2026\u20103\u20102",
        ),
        *("2026-03-02 00:00:00", "2026/3/2 14:05", "2026-03-02T09:30:00.5", "\u20682026-03-02\u2069"),
    ],
)
def test_dates_in_five_forms(text: str) -> None:
    assert read_day(text) == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(
            (text, Reason.DATE_UNREADABLE)
            for text in ("3/2/2026", "2026-3", "202632", "2026/3-2", "二〇二六年三月二日", "26-3-2", "长期")
        ),
        *(
            (text, Reason.DATE_IMPOSSIBLE)
            for text in ("2026-02-30", "2026-13-01", "20260231", "1899-12-31", "2026-00-01")
        ),
        *((text, Reason.DATE_IS_SERIAL_NUMBER) for text in ("46083", "46083.5", "４６０８３")),
    ],
)
def test_dates_that_are_not_guessed(text: str, reason: Reason) -> None:
    assert read_day(text) is reason


@given(st.dates(date(1900, 1, 1), date(9999, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    y, m, d = f"{day.year:04}", day.month, day.day
    for text in (day.isoformat(), f"{y}/{m}/{d}", f"{y}{m:02}{d:02}", f"{y}年{m}月{d}日", f"{y}.{m}.{d}"):
        assert read_day(text) == day


def test_blanks_are_cut_at_the_ends_only() -> None:
    assert trimmed("\u3000 甲 乙\t\xa0") == ("甲 乙", Note.BLANKS_TRIMMED)
    assert trimmed("甲") == ("甲", None)
    assert trimmed(f"{EDGE}") == (None, None)
    assert trimmed(None) == (None, None)


@pytest.mark.parametrize("text", ["NULL", " null ", "/", "——", "无", "暂无", "\u200b", "\ufeff\u200b"])
def test_words_that_say_nothing_are_empty(text: str) -> None:
    assert trimmed(text) == (None, Note.READ_AS_EMPTY)


def test_a_longer_text_that_begins_with_such_a_word_is_kept() -> None:
    assert trimmed("无证经营")[0] == "无证经营"


def test_texts() -> None:
    assert read_text("甲" * 5, spec(length=5)).value == "甲" * 5
    long = read_text("甲" * 6, spec(length=5))
    assert (long.fault, long.detail) == (Reason.CELL_TOO_LONG, "5")
    assert read_text("甲\ufffd", spec()).fault is Reason.TEXT_DAMAGED
    assert read_identifier("1.10101E+17", spec()).fault is Reason.NUMBER_LOST_DIGITS
    assert read_identifier("云市监罚〔2026〕17号", spec()).value == "云市监罚〔2026〕17号"


WAN = spec(FieldType.DECIMAL, length=18, scale=6, unit="wan_yuan")


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.2", "0.2"), ("0.200000", "0.2"), ("000.20", "0.2"), ("３", "3"), ("0", "0"), ("5.000", "5")],
)
def test_figures(text: str, value: str) -> None:
    cell = read_decimal(text, WAN)
    assert cell.value == value
    assert (cell.note is None) == (text == value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(
            (text, Reason.FIGURE_UNREADABLE)
            for text in ("3,000", "1 000", "(3)", "3²", "-1", "1e3", "0.2万元", ".5", "5.", "二", "1.2.3")
        ),
        ("0.1234567", Reason.FIGURE_TOO_MANY_DECIMALS),
        ("1234567890123", Reason.FIGURE_TOO_LARGE),
    ],
)
def test_figures_refused(text: str, reason: Reason) -> None:
    assert read_decimal(text, WAN).fault is reason


def test_figures_without_a_unit_keep_to_their_own_column() -> None:
    hours = spec(FieldType.DECIMAL, length=6, scale=1, unit="hours")
    assert read_decimal("12.5", hours).value == "12.5"
    assert read_decimal("12.55", hours).detail == "1"
    assert read_decimal("123456", hours).detail == "5"
    assert read_decimal("(3)", hours).fault is Reason.FIGURE_UNREADABLE
    assert read_integer("００7", spec(FieldType.INTEGER, length=3)).value == "7"
    assert read_integer("1.0", spec(FieldType.INTEGER)).fault is Reason.FIGURE_UNREADABLE


CODES = (
    CodeValue("01", "身份证", "identity card", aliases=("居民身份证",)),
    CodeValue("02", "护照", "passport"),
    CodeValue("09", "旧证", "old", refused="public_security_penalty"),
    CodeValue("99", "另一种", "other", refused="never_heard_of"),
)


@pytest.mark.parametrize("text", ["01", "1", "０１", "身份证", "居民 身份证", "Identity Card", "IDENTITYCARD"])
def test_codes_by_any_spelling(text: str) -> None:
    cell = read_code(text, spec(FieldType.CODE, codes=CODES))
    assert cell.value == "01"
    assert (cell.note is None) == (text == "01")


def test_codes_refused() -> None:
    lists = spec(FieldType.CODE, codes=CODES)
    unknown = read_code("03", lists)
    assert unknown.fault is Reason.CODE_UNKNOWN
    assert unknown.detail == "01 身份证; 02 护照"
    assert read_code("旧证", lists).fault is Reason.PUBLIC_SECURITY_PENALTY
    assert read_code("99", lists).fault is Reason.VALUE_REFUSED
    assert read_code("01;02", lists).fault is Reason.CODE_UNKNOWN
    assert read_code("0²", lists).fault is Reason.CODE_UNKNOWN, "a raised figure is no digit of the code"


def test_several_codes_in_one_cell() -> None:
    lists = spec(FieldType.CODE, codes=CODES, many=True)
    assert read_code("护照；01; 01", lists).value == "01;02"
    assert read_code("护照;", lists).value == "02"
    assert read_code("护照;x", lists).fault is Reason.CODE_UNKNOWN
    assert read_code("护照;旧证", lists).fault is Reason.PUBLIC_SECURITY_PENALTY
    assert read_code(";", lists).fault is Reason.CODE_UNKNOWN


def test_codes_of_organisations() -> None:
    column = spec(role=FieldRole.DECIDER_CODE)
    assert read_org_code("91350100m000100y43", column).value == "91350100M000100Y43"
    assert read_org_code("91350100M000100Y44", column).fault is Reason.ORG_CODE_WRONG_CHECK_CHARACTER
    assert read_org_code("9135", column).fault is Reason.ORG_CODE_WRONG_LENGTH
    assert read_org_code("91350100MO00100Y43", column).fault is Reason.ORG_CODE_WRONG_CHARACTERS
    assert read_org_code("9.1E+17", column).fault is Reason.NUMBER_LOST_DIGITS


def test_one_decision_has_one_key() -> None:
    forms = ("云市监罚〔2026〕17号", "云市监罚[2026]17号", "云市监罚（２０２６）１７ 号", "云市监罚【2026】17号")
    assert {key_text(form) for form in forms} == {"云市监罚〔2026〕17号"}
    assert key_text("云市监罚〔2026〕18号") not in {key_text(form) for form in forms}


@pytest.mark.parametrize("sign", ["²", "₂", "②", "⑵", "⒉", "½", "㍚", "𝟐", "٢"])
def test_a_sign_is_no_figure_of_a_decisions_number(sign: str) -> None:
    """Else 17² and 172 were one decision, and the second row a change of the first."""
    marked = key_text(f"云市监罚〔2026〕17{sign}号")
    assert sign in marked
    assert marked != key_text("云市监罚〔2026〕172号")
    assert marked == key_text(f"云市监罚（2026）１７{sign} 号")


@given(st.from_regex(KEY_PLAIN, fullmatch=True))
def test_plain_keys_are_their_own_form(text: str) -> None:
    assert key_text(text.rstrip("\n")) == text.rstrip("\n")
