"""The two questions of an objection, and its answer as it is sent."""

from __future__ import annotations

from typing import Any

from django import forms

from chengxin.doors.portal.forms.base import PortalForm
from chengxin.doors.wording import Language, text

MINE = "mine"
NOT_ME = "not_me"
WRONG_ADVERSE = (
    "facts_wrong",
    "figures_wrong",
    "class_wrong",
    "performed",
    "should_have_ended",
    "not_served",
    "other_wrong",
)
"""What may be wrong with an adverse entry: stable codes, kept as the reason of the mark."""
WRONG_OTHER = ("facts_wrong", "figures_wrong", "should_have_ended", "other_wrong")


def _choices(codes: tuple[str, ...], language: Language) -> list[tuple[str, str]]:
    return [(code, text(f"resident.about.{code}.word", language)) for code in codes]


class WhoForm(PortalForm):
    """Is the entry about you?"""

    topic = "resident.objection"

    who = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        choice = self.fields["who"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = _choices((MINE, NOT_ME), language)


class WhatForm(PortalForm):
    """What is wrong? ``codes``: the answers that make sense for this entry."""

    topic = "resident.objection"

    what = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, language: Language, codes: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        choice = self.fields["what"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = _choices(codes, language)
