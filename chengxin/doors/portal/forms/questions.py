"""One question a page: forms whose answers are kept as text until the request is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from chengxin.doors.portal.forms.acting import RefusableForm
from chengxin.doors.wording import text

Choices = Mapping[str, list[tuple[str, str]]]
"""Field -> the values that may be chosen, with their words."""

SHORT = 200


class QuestionForm(RefusableForm):
    """One question, rarely two that belong together. ``choices``: what may be chosen, where the request decides it."""

    def __init__(self, *args: Any, choices: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (choices or {}).items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = offered

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, field by field."""
        return {name: str(value) for name, value in self.cleaned_data.items()}


class CodedForm(QuestionForm):
    """A question whose answers are codes with a word each. ``codes``: field -> group of wording and codes."""

    codes: ClassVar[Mapping[str, tuple[str, tuple[str, ...]]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (group, codes) in self.codes.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(code, text(f"{group}.{code}", self.language)) for code in codes]


class CheckForm(RefusableForm):
    """The check before sending: it asks nothing, and says why the house refused."""

    topic: ClassVar[str] = "resident.ask"


def own_words(*, required: bool = False) -> forms.CharField:
    """A person's own words, as long as they like."""
    return forms.CharField(required=required, widget=forms.Textarea(attrs={"rows": 8}))


def short_words(*, required: bool = True) -> forms.CharField:
    """A name or a number."""
    return forms.CharField(required=required, max_length=SHORT, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def own_day(*, required: bool = True) -> forms.DateField:
    """A day, as it stands on a paper or as a person means it."""
    return forms.DateField(required=required, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


def radios() -> forms.ChoiceField:
    return forms.ChoiceField(widget=forms.RadioSelect)
