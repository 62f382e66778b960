"""A person's answer to a request for consent: what may be shown, and for how long. Nothing is chosen beforehand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms

from chengxin.access.terms.consent import Choice, ConsentView
from chengxin.doors.portal.forms.base import PortalForm
from chengxin.doors.wording import text

ONCE = "once"
A_WEEK = 7


class ConsentForm(PortalForm):
    """``items``: (code, name) of what was asked; ``longest``: days that a consent for this purpose may last."""

    topic = "resident.consent"

    chosen = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    how_long = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, items: list[tuple[str, str]], longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen, how_long = self.fields["chosen"], self.fields["how_long"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        assert isinstance(how_long, forms.ChoiceField)
        chosen.choices = items
        if not items:
            # whether name and number belong together is all that is asked
            del self.fields["chosen"]
        days = [day for day in (A_WEEK, longest) if day <= longest]
        how_long.choices = [(ONCE, text("resident.consent.once", self.language))] + [
            (str(day), text("resident.consent.for_days", self.language, count=day)) for day in dict.fromkeys(days)
        ]

    def choice(self, consent: ConsentView, at: datetime) -> Choice:
        """What was chosen, of what was asked."""
        scope = {item: consent.asked[item] for item in self.cleaned_data.get("chosen", ())}
        how_long = self.cleaned_data["how_long"]
        if how_long == ONCE:
            return Choice(scope, True, None)
        return Choice(scope, False, at + timedelta(days=int(how_long)))
