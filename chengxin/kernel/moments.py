"""Moments are aware and UTC inside the house; days and moments for people are written as people write them."""

from datetime import UTC, date, datetime
from typing import TypeAlias

from chengxin.kernel.days import SHANGHAI, MomentWithoutZone
from chengxin.kernel.errors import BadInput

Moment: TypeAlias = datetime
"""An aware datetime in UTC; `as_utc` makes one and refuses what has no zone."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class LanguageUnknown(BadInput):
    """Texts for people exist in Chinese and in English only."""

    code = "language_unknown"


def as_utc(moment: datetime) -> Moment:
    """The same moment in UTC; raises `MomentWithoutZone` for a naive one."""
    if moment.utcoffset() is None:
        raise MomentWithoutZone()
    return moment.astimezone(UTC)


def is_chinese(language: str) -> bool:
    """True for zh and its variants, false for en and its variants; raises `LanguageUnknown` for any other tag."""
    primary = language.lower().replace("_", "-").split("-")[0]
    if primary not in ("zh", "en"):
        raise LanguageUnknown(language=language)
    return primary == "zh"


def day_in_words(day: date, language: str) -> str:
    """`2026年3月2日` or `2 March 2026`. A datetime is refused: which day it is depends on the place."""
    if isinstance(day, datetime):
        raise TypeError("a day is needed, not a moment: use shanghai_day first")
    if is_chinese(language):
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_in_words(moment: datetime, language: str) -> str:
    """Day and minute in Shanghai: `2026年3月2日 14:05` or `2 March 2026, 14:05`."""
    local = as_utc(moment).astimezone(SHANGHAI)
    between = " " if is_chinese(language) else ", "
    return f"{day_in_words(local.date(), language)}{between}{local:%H:%M}"
