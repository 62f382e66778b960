"""The questions of a request for repair: nothing beyond the two papers has a place to be asked for."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from chengxin.doors.portal.forms.questions import CodedForm, QuestionForm, own_words, radios, short_words

PAPER = "paper"
OFFICE = "office"
TYPED = "typed"


class DoneForm(QuestionForm):
    """What was done to perform the decision."""

    topic: ClassVar[str] = "resident.repair"

    words = own_words(required=True)


class PerformanceForm(CodedForm):
    """Where the proof that it is done lies: with the person, or with an office, from which it is fetched."""

    topic: ClassVar[str] = "resident.repair"
    codes: ClassVar = {"performance": ("resident.repair.performance_is", (PAPER, OFFICE))}

    performance = radios()
    holder = short_words(required=False)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("performance") == OFFICE and not cleaned.get("holder", "").strip():
            self.add_error("holder", forms.ValidationError("holder", code="required"))
        return cleaned


class CommitmentForm(CodedForm):
    """How the commitment is given: written here, or on paper."""

    topic: ClassVar[str] = "resident.repair"
    codes: ClassVar = {"commitment": ("resident.repair.commitment_is", (TYPED, PAPER))}

    commitment = radios()


class PromiseForm(QuestionForm):
    """The commitment in words; ours may be taken or changed."""

    topic: ClassVar[str] = "resident.repair"

    promise = own_words(required=True)
