from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.kernel.days import MomentWithoutZone
from chengxin.kernel.moments import LanguageUnknown, as_utc, day_in_words, moment_in_words
from chengxin.kernel.money import BadAmount, format_wan_as_yuan, format_yuan, parse_wan, wan_to_yuan, yuan_to_wan

QUICK = settings(max_examples=80, deadline=None, database=None)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("0.2", "2000.00"), ("0.000001", "0.01"), ("０．３", "3000.00"), (" 12 ", "120000.00"), ("0", "0.00")],
)
def test_an_amount_is_read_exactly(text: str, yuan: str) -> None:
    assert str(wan_to_yuan(parse_wan(text))) == yuan


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not_a_number"),
        ("-1", "not_a_number"),
        ("+1", "not_a_number"),
        ("1,000", "not_a_number"),
        ("1 000", "not_a_number"),
        ("1e3", "not_a_number"),
        (".5", "not_a_number"),
        ("5.", "not_a_number"),
        ("0.2万", "not_a_number"),
        ("NaN", "not_a_number"),
        ("٣", "not_a_number"),
        ("3²", "not_a_number"),
        ("3½", "not_a_number"),
        ("③", "not_a_number"),
        ("0.0000001", "too_many_decimals"),
        ("1234567890123", "too_large"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(text: str, why: str) -> None:
    with pytest.raises(BadAmount) as refused:
        parse_wan(text)
    assert refused.value.data["why"] == why


@QUICK
@given(st.integers(0, 10**18 - 1))
def test_fen_survive_the_way_there_and_back(millionths: int) -> None:
    wan = Decimal(millionths).scaleb(-6)
    assert parse_wan(f"{wan:f}") == wan
    assert wan_to_yuan(wan) * 100 == millionths
    assert yuan_to_wan(wan_to_yuan(wan)) == wan


def test_parts_of_a_fen_are_refused() -> None:
    with pytest.raises(BadAmount):
        yuan_to_wan(Decimal("0.001"))


@pytest.mark.parametrize(
    ("yuan", "chinese", "english"),
    [
        ("3000", "3,000 元", "3,000 yuan"),
        ("3000.5", "3,000.50 元", "3,000.50 yuan"),
        ("0.01", "0.01 元", "0.01 yuan"),
        ("1234567", "1,234,567 元", "1,234,567 yuan"),
    ],
)
def test_amounts_in_words(yuan: str, chinese: str, english: str) -> None:
    assert format_yuan(Decimal(yuan), "zh-hans") == chinese
    assert format_yuan(Decimal(yuan), "en") == english


def test_an_amount_of_the_template_in_words() -> None:
    assert format_wan_as_yuan(parse_wan("0.3"), "zh") == "3,000 元"


def test_days_and_moments_in_words() -> None:
    day = date(2026, 3, 2)
    assert day_in_words(day, "zh-hans") == "2026年3月2日"
    assert day_in_words(day, "en") == "2 March 2026"
    assert day_in_words(date(2026, 12, 31), "en-GB") == "31 December 2026"
    moment = datetime(2026, 3, 2, 16, 5, tzinfo=UTC)
    assert moment_in_words(moment, "zh_CN") == "2026年3月3日 00:05"
    assert moment_in_words(moment, "en") == "3 March 2026, 00:05"


def test_a_moment_is_not_a_day_and_no_other_language_is_spoken() -> None:
    with pytest.raises(TypeError):
        day_in_words(datetime(2026, 3, 2, tzinfo=UTC), "en")
    with pytest.raises(LanguageUnknown):
        day_in_words(date(2026, 3, 2), "fr")


def test_moments_are_made_utc_or_refused() -> None:
    east = datetime(2026, 3, 2, 8, tzinfo=timezone(timedelta(hours=8)))
    assert as_utc(east) == datetime(2026, 3, 2, tzinfo=UTC)
    assert as_utc(east).tzinfo is UTC
    with pytest.raises(MomentWithoutZone):
        as_utc(datetime(2026, 3, 2))  # noqa: DTZ001 - the fault under test
