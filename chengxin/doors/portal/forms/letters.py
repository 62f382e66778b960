"""What the post did with letters: their numbers, one day for all of them, and why."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from chengxin.doors.portal.forms.acting import ActForm

MOST = 500
"""Letters noted at once: a day's receipts, and not more than one request can do."""


class LettersForm(ActForm):
    """Numbers as a scanner or a list gives them: one a line."""

    topic = "post"

    numbers = forms.CharField(widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "code"}))
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_numbers(self) -> list[UUID]:
        """Each number once, in the order given."""
        words = self.cleaned_data["numbers"].split()
        if len(words) > MOST:
            raise ValidationError("", code="too_many", params={"most": MOST})
        found: dict[UUID, None] = {}
        wrong = []
        for word in words:
            try:
                found[UUID(word)] = None
            except ValueError:
                wrong.append(word[:40])
        if wrong:
            raise ValidationError("", code="wrong", params={"words": " ".join(wrong[:5])})
        return list(found)
