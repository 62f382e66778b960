"""Steps that say why: the reason, and a refusal of the house said in the form, with nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from chengxin.doors.portal.errors import in_words
from chengxin.doors.portal.forms.base import PortalForm
from chengxin.foundation.database import in_transaction
from chengxin.kernel.errors import ChengxinError

T = TypeVar("T")

REASON_LENGTH = 500


class RefusableForm(PortalForm):
    """A form that says why the house refused what was asked with it."""

    def say(self, error: ChengxinError, field: str | None = None) -> None:
        """Put a refusal beside the field it is about, or above the form: what happened and what to do."""
        told = in_words(error, self.language)
        between = "" if self.language == "zh" else " "
        self.add_error(field, ValidationError(f"{told.what}{between}{told.do}", code=told.code))


class ActForm(RefusableForm):
    """Why somebody does a thing; forms that ask more derive from it."""

    topic: ClassVar[str] = "act"

    reason = forms.CharField(max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def why(self) -> str:
        return str(self.cleaned_data["reason"])


class ChoiceActForm(ActForm):
    """The same with choices that the request decides: ``choices`` names a field and gives its values and words."""

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered


def attempted(form: RefusableForm, act: Callable[[], T], *, field: str | None = None, at_once: bool = True) -> T | None:
    """What the action gives, done whole or not at all; None where it was refused: then the form says so.

    ``at_once``: False for an action that opens its own transactions and takes long between them.
    """
    try:
        with in_transaction() if at_once else nullcontext():
            return act()
    except ChengxinError as error:
        form.say(error, field)
        return None
