"""The questions of an objection."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from chengxin.doors.portal.forms.questions import Choices, QuestionForm, own_words, radios
from chengxin.doors.wording import Language, text

MINE = "mine"
NOT_ME = "not_me"
FREEZE = "freeze"
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
    """Their own words; they owe none. What is not adverse is frozen where they ask for it alone: adverse entries are at once.

    The choices hold ``freeze`` where it is asked.
    """

    topic: ClassVar[str] = "resident.objection"

    words = own_words()
    freeze = forms.BooleanField(required=False)

    def __init__(self, *args: Any, choices: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, choices=choices, **kwargs)
        if FREEZE not in (choices or {}):
            del self.fields[FREEZE]

    @property
    def answers(self) -> dict[str, str]:
        """The words, and whether they asked for it."""
        given = self.cleaned_data
        return {"words": given["words"], FREEZE: FREEZE if given.get(FREEZE) else ""}
