"""What an inquirer fills in: a case, a question about the owner of one document, an emergency. Nothing is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from chengxin.access.terms.asking import Question
from chengxin.access.terms.uses import MOST_SIGNS
from chengxin.catalogue.terms import Operation, PurposeSpec
from chengxin.doors.portal.errors import in_words
from chengxin.doors.portal.forms.acting import REASON_LENGTH, ActForm
from chengxin.doors.portal.forms.identity import DocumentForm
from chengxin.doors.portal.forms.office import day_input
from chengxin.doors.wording import Language, text
from chengxin.foundation import journal

REF_LENGTH = 64
MOST_PERSONS = 10_000


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def purpose_choices(purposes: Sequence[PurposeSpec], language: Language) -> list[tuple[str, str]]:
    """Purposes by the names that the catalogue gives them."""
    return [(one.code, one.zh if language == "zh" else one.en) for one in purposes]


class OpenCaseForm(ActForm):
    """A case: its own number at this office, what for, about how many people at most, why."""

    topic: ClassVar[str] = "inquiry.open"

    ref = forms.CharField(max_length=REF_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    purpose = forms.ChoiceField(widget=forms.RadioSelect)
    persons_most = forms.IntegerField(min_value=1, max_value=MOST_PERSONS)
    field_order = ("ref", "purpose", "persons_most", "reason")

    def __init__(self, *args: Any, purposes: Sequence[PurposeSpec], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "purpose", purpose_choices(purposes, self.language))


class CloseCaseForm(ActForm):
    """What became of a case."""

    topic: ClassVar[str] = "inquiry.close"


class QuestionForm(DocumentForm):
    """One question about the owner of a document. ``purposes``: those that may be chosen; one alone is not asked about."""

    topic: ClassVar[str] = "inquiry.question"

    asks_why: ClassVar[bool] = False
    """Elsewhere the case, or the person's consent, is the reason."""

    purpose = forms.ChoiceField(widget=forms.RadioSelect)
    operation = forms.ChoiceField(widget=forms.RadioSelect)
    name = forms.CharField(
        max_length=100, required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    field_order = ("purpose", "operation", "kind", "number", "name", "reason")

    def __init__(self, *args: Any, purposes: Sequence[PurposeSpec], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purposes = {one.code: one for one in purposes}
        self.operations = [one for one in Operation if any(one in spec.operations for spec in purposes)]
        _offer(self, "purpose", purpose_choices(purposes, self.language))
        _offer(
            self,
            "operation",
            [(one.value, text(f"inquiry.operation.{one.value}", self.language)) for one in self.operations],
        )
        if not self.asks_why:
            del self.fields["reason"]
        if len(self.purposes) == 1:
            del self.fields["purpose"]
        if len(self.operations) == 1:
            del self.fields["operation"]
        if Operation.VERIFY not in self.operations:
            del self.fields["name"]

    @property
    def spec(self) -> PurposeSpec:
        """The purpose that was chosen, or the only one."""
        return self.purposes[self.cleaned_data.get("purpose") or next(iter(self.purposes))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        operation = cleaned.get("operation") or self.operations[0].value
        if operation == Operation.VERIFY and "name" in cleaned and not cleaned["name"].strip():
            self.add_error("name", forms.ValidationError("name", code="required"))
        return cleaned

    def question(self, *, case_ref: str = "") -> Question:
        """What was asked, as the room of looks takes it."""
        given = self.cleaned_data
        operation = Operation(given.get("operation") or self.operations[0])
        return Question(
            purpose=self.spec.code,
            operation=operation,
            kind=given["kind"],
            number=given["number"],
            name=given.get("name", "") if operation is Operation.VERIFY else "",
            case_ref=case_ref,
            reason=given.get("reason", ""),
        )


class EmergencyForm(QuestionForm):
    """A question without a case, under an emergency law: the reason is written out."""

    topic: ClassVar[str] = "inquiry.emergency"
    asks_why: ClassVar[bool] = True

    reason = forms.CharField(min_length=10, max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 4}))

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if journal.names_somebody(reason, at=self.at):
            told = in_words(journal.ReasonNamesSomebody(), self.language)
            raise forms.ValidationError(f"{told.what} {told.do}", code=told.code)
        return reason


class ConsentRequestForm(DocumentForm):
    """A request for consent to somebody at the desk: for which purpose, whose document, and their name."""

    topic: ClassVar[str] = "inquiry.consent"

    purpose = forms.ChoiceField(widget=forms.RadioSelect)
    name = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
    field_order = ("purpose", "kind", "number", "name", "reason")

    def __init__(self, *args: Any, purposes: Sequence[PurposeSpec], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "purpose", purpose_choices(purposes, self.language))


class UseForm(DocumentForm):
    """A decision against the person that rests on an answer: on which, its number and day, whose document."""

    topic: ClassVar[str] = "inquiry.use"

    look = forms.UUIDField(widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
    decision = forms.CharField(max_length=MOST_SIGNS, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    decided_on = forms.DateField(widget=day_input())
    field_order = ("look", "kind", "number", "decision", "decided_on", "reason")


class SealForm(ActForm):
    """An order of silence over the looks of one case: under which law, until when, why."""

    topic: ClassVar[str] = "seals.ask"

    law = forms.ChoiceField(widget=forms.RadioSelect)
    ends_on = forms.DateField(widget=day_input())
    field_order = ("law", "ends_on", "reason")

    def __init__(self, *args: Any, laws: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "law", laws)
