"""What is filled in about a look: by its person, who does not recognise it, and by whoever reviews it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms

from chengxin.access.terms.reviews import Finding, ReviewView, Suspending, Whom
from chengxin.doors.portal.forms.acting import ActForm, RefusableForm
from chengxin.doors.wording import text

WORDS_LENGTH = 500
TERMS = (7, 30, 90)
"""Days for which access may be suspended at once."""


class NotRecognisedForm(RefusableForm):
    """What the person wants to say to it; nothing has to be said."""

    topic: ClassVar[str] = "resident.not_recognised"

    words = forms.CharField(required=False, max_length=WORDS_LENGTH, widget=forms.Textarea(attrs={"rows": 4}))


class ReviewForm(ActForm):
    """A finding, what the person is told, and with misuse whose access stops and for how long."""

    topic: ClassVar[str] = "reviews.decide"

    finding = forms.ChoiceField(widget=forms.RadioSelect)
    told = forms.CharField(max_length=WORDS_LENGTH, widget=forms.Textarea(attrs={"rows": 4}))
    whom = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    days = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    notice = forms.CharField(required=False, max_length=WORDS_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("finding", "told", "reason", "whom", "days", "notice")

    def __init__(self, *args: Any, review: ReviewView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whom = [one for one in Whom if one is Whom.ORGANISATION or review.official_id or review.client_id]
        choices = {
            "finding": [(one.value, text(f"reviews.finding.{one.value}", self.language)) for one in Finding],
            "whom": [(one.value, text(f"reviews.whom.{one.value}", self.language)) for one in whom],
            "days": [(str(one), text("reviews.decide.for_days", self.language, count=one)) for one in TERMS],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("finding") == Finding.MISUSE:
            for name in ("whom", "days", "notice"):
                if name in cleaned and not cleaned[name].strip():
                    self.add_error(name, forms.ValidationError(name, code="required"))
        return cleaned

    @property
    def found(self) -> Finding:
        return Finding(self.cleaned_data["finding"])

    def suspending(self, at: datetime) -> Suspending | None:
        """What goes with misuse; whatever was filled in beside another finding is left aside."""
        given = self.cleaned_data
        if self.found is not Finding.MISUSE:
            return None
        return Suspending(Whom(given["whom"]), at + timedelta(days=int(given["days"])), given["notice"].strip())
