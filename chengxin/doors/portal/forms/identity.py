"""What identity officers and erasure officers fill in about a person who stands before them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from chengxin.doors.portal.forms.acting import ActForm
from chengxin.doors.wording import Language, reason, text
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.documents import DocumentKind, check_document


class DocumentForm(ActForm):
    """A document: its kind and number, checked as intake checks them."""

    kind = forms.ChoiceField(widget=forms.RadioSelect)
    number = forms.CharField(
        max_length=64, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, *args: Any, language: Language, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        self.at = at
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [
            (one.value, text(f"resident.processing.kinds.kind_{one.value}", language)) for one in DocumentKind
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "kind" in cleaned and "number" in cleaned:
            cleaned["number"], fault = check_number(cleaned["kind"], cleaned["number"], self.at, self.language)
            if fault is not None:
                self.add_error("number", fault)
        return cleaned


def check_number(kind: str, number: str, at: datetime, language: Language) -> tuple[str, ValidationError | None]:
    """A document's number as intake writes it, and in words what is wrong with it."""
    found = check_document(DocumentKind(kind), number, today=shanghai_day(at))
    code = found.reason.value if found.reason else ""
    if not code and found.practice != settings.CHENGXIN_PRACTICE:
        code = "number_not_of_practice" if settings.CHENGXIN_PRACTICE else "number_of_practice"
    if not code:
        return found.number, None
    told = reason(code, language)
    return found.number, ValidationError(f"{told.what} {told.do}", code=code)


class CounterForm(DocumentForm):
    """Who stands at the counter, and why they get a code."""

    topic: ClassVar[str] = "counter"

    name = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
    field_order = ("kind", "number", "name", "reason")


class ErasureForm(DocumentForm):
    """Whose erasure is asked for."""

    topic: ClassVar[str] = "erasures"

    field_order = ("kind", "number", "reason")


class OpenForm(ActForm):
    """Why a held row is opened."""

    topic: ClassVar[str] = "quarantine.open"


class DecideForm(ActForm):
    """What becomes of a held row; ``opened_for``: why it was opened, kept while a mistake is mended."""

    topic: ClassVar[str] = "quarantine.decide"

    RELEASE = "release"
    SEND_BACK = "send_back"

    opened_for = forms.CharField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(widget=forms.RadioSelect)
    field_order = ("outcome", "reason", "opened_for")

    def __init__(self, *args: Any, language: Language, held_for: str, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        key = held_for if held_for in {"name_disagrees", "identity_change"} else "content"
        self._offer(text(f"quarantine.release.{key}", language))

    def say_it_moves(self) -> None:
        """Whatever the row is held for, to accept it takes the decision from another person: the choice says so."""
        self._offer(text("quarantine.release.identity_change", self.language))

    def _offer(self, release: str) -> None:
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [(self.RELEASE, release), (self.SEND_BACK, text("quarantine.send_back", self.language))]
