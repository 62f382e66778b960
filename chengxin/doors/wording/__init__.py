"""Every sentence this product says to a person, in Chinese and English, and how dates and amounts are said."""

from __future__ import annotations

from chengxin.doors.wording.sentences import (
    LANGUAGES,
    Language,
    ReasonText,
    Sentence,
    WordingFault,
    has,
    reason,
    sentences,
    text,
)
from chengxin.doors.wording.spoken import (
    date_in_words,
    days_between,
    size_in_words,
    span_in_words,
    time_in_words,
)

__all__ = [
    "LANGUAGES",
    "Language",
    "ReasonText",
    "Sentence",
    "WordingFault",
    "date_in_words",
    "days_between",
    "has",
    "reason",
    "sentences",
    "size_in_words",
    "span_in_words",
    "text",
    "time_in_words",
]
