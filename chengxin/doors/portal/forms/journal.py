"""What an auditor looks for: a day, an office, an act."""

from __future__ import annotations

from typing import Any

from django import forms

from chengxin.doors.portal.forms.base import PortalForm
from chengxin.doors.wording import text


class JournalForm(PortalForm):
    """All three go into the address, so that a look can be repeated."""

    topic = "journal"

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    office = forms.ChoiceField(required=False)
    act = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", text("journal.every_office", self.language)), *offices]
