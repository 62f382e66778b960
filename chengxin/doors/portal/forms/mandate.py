"""The form for choosing a mandate."""

from __future__ import annotations

from typing import Any

from django import forms

from chengxin.doors.portal.forms.base import PortalForm


class MandateForm(PortalForm):
    """One of the mandates held; ``choices``: uid and words of each."""

    topic = "account.mandate"

    mandate = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mandate"].choices = choices  # type: ignore[attr-defined]
