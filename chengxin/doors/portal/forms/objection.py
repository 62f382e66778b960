"""The questions of an objection."""

from __future__ import annotations

from typing import ClassVar

from chengxin.doors.portal.forms.questions import QuestionForm, own_words, radios
from chengxin.doors.wording import Language, text

MINE = "mine"
NOT_ME = "not_me"
ENDED = "should_have_ended"
"""Not its content is contested, but its period."""
WRONG_ADVERSE = (
    "facts_wrong",
    "figures_wrong",
    "class_wrong",
    "performed",
    ENDED,
    "not_served",
    "other_wrong",
)
"""What may be wrong with an adverse entry: stable codes, kept as the reason of the mark."""
WRONG_OTHER = ("facts_wrong", "figures_wrong", ENDED, "other_wrong")


def about_choices(codes: tuple[str, ...], language: Language) -> list[tuple[str, str]]:
    """What an objection may say, in words."""
    return [(code, text(f"resident.about.{code}.word", language)) for code in codes]


class WhoForm(QuestionForm):
    """Is the entry about you?"""

    topic: ClassVar[str] = "resident.objection"

    who = radios()


class WhatForm(QuestionForm):
    """What is wrong? The choices are those that make sense for this entry."""

    topic: ClassVar[str] = "resident.objection"

    what = radios()


class WordsForm(QuestionForm):
    """Their own words; they owe none."""

    topic: ClassVar[str] = "resident.objection"

    words = own_words()
