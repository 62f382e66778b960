"""What a person fills in beside objection and repair: more time, an appeal told, a complaint, and acts on a case of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError

from chengxin.doors.portal.forms.acting import RefusableForm
from chengxin.doors.portal.forms.questions import CodedForm, QuestionForm, own_day, own_words, radios, short_words
from chengxin.doors.portal.forms.sending import Streamed
from chengxin.foundation import clock
from chengxin.kernel.days import shanghai_day
from chengxin.remedies.terms.cases import PaperKind

RECONSIDERATION = "reconsideration"
LAWSUIT = "lawsuit"
OF_PERSONS = (PaperKind.EVIDENCE, PaperKind.PERFORMANCE, PaperKind.COMMITMENT)
"""Kinds of paper that a person hands in."""


def not_to_come(on: date) -> date:
    """The day, where it is not after today."""
    if on > shanghai_day(clock.now()):
        raise ValidationError("to_come", code="to_come")
    return on


class MoreTimeForm(QuestionForm):
    """What cannot be done in time, why, and until when it can."""

    topic: ClassVar[str] = "resident.more_time"

    words = own_words(required=True)


class StatementForm(QuestionForm):
    """What the person says beside the entry, in their own words."""

    topic: ClassVar[str] = "resident.statement"

    words = own_words(required=True)


class WhereForm(CodedForm):
    """Where the decision was contested."""

    topic: ClassVar[str] = "resident.appeal"
    codes: ClassVar = {"where": ("resident.appeal.where_is", (RECONSIDERATION, LAWSUIT))}

    where = radios()


class FilingForm(QuestionForm):
    """What shows that it was filed, and with whom."""

    topic: ClassVar[str] = "resident.appeal"

    filing = short_words()
    organ = short_words(required=False)


class TakenInForm(QuestionForm):
    """On which day it was taken in there: the terms of an organ and of a court run from it."""

    topic: ClassVar[str] = "resident.appeal"

    filed_on = own_day()

    def clean_filed_on(self) -> date:
        """What was taken in was so by today."""
        return not_to_come(self.cleaned_data["filed_on"])


class ComplaintForm(QuestionForm):
    """What went wrong, in their own words."""

    topic: ClassVar[str] = "resident.complaint"

    words = own_words(required=True)


class CommitForm(QuestionForm):
    """What somebody promises, in their own words."""

    topic: ClassVar[str] = "resident.commitment"

    words = own_words(required=True)


class ByForm(QuestionForm):
    """By which day they mean to have kept it: today at the earliest."""

    topic: ClassVar[str] = "resident.commitment"

    by = own_day()

    def clean_by(self) -> date:
        """A day that has gone by promises nothing."""
        by: date = self.cleaned_data["by"]
        if by < shanghai_day(clock.now()):
            raise ValidationError("past", code="past")
        return by


class DoForm(RefusableForm):
    """One act on a case of one's own. ``asks``: which of its fields this act has."""

    topic: ClassVar[str] = "resident.do"

    found = radios()
    filing = short_words()
    filed_on = own_day()
    reason = own_words()

    def __init__(
        self,
        *args: object,
        asks: tuple[str, ...],
        needs: tuple[str, ...] = (),
        choices: Sequence[tuple[str, str]] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        found = self.fields["found"]
        assert isinstance(found, forms.ChoiceField)
        found.choices = list(choices)
        for name in list(self.fields):
            if name not in asks:
                del self.fields[name]
            else:
                self.fields[name].required = name in needs

    def clean_filed_on(self) -> date:
        """What was taken in was so by today."""
        return not_to_come(self.cleaned_data["filed_on"])


class PaperForm(CodedForm):
    """A paper: what it is, and the file, which comes last and is read as it arrives (``portal.uploads``)."""

    topic: ClassVar[str] = "resident.paper"
    codes: ClassVar = {"kind": ("resident.paper.kind_is", tuple(kind.value for kind in OF_PERSONS))}

    kind = radios()
    file = Streamed(widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}))

    def say_missing_file(self) -> None:
        """Nothing was chosen."""
        self.add_error("file", ValidationError("file", code="required"))
