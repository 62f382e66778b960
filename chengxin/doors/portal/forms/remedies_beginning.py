"""What an office writes when it begins something of its own: an invitation, or asking an entry back."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError

from chengxin.doors.portal.forms.acting import RefusableForm
from chengxin.doors.portal.forms.sending import Streamed

LONG = 20_000


def _reason() -> forms.CharField:
    return forms.CharField(max_length=LONG, widget=forms.Textarea(attrs={"rows": 8}))


class InviteForm(RefusableForm):
    """Why, when and where; and that the person's rights stand in it."""

    topic: ClassVar[str] = "desk.invite"

    reason = _reason()
    place = forms.CharField(max_length=300)
    rights_told = forms.BooleanField()


class AskBackForm(RefusableForm):
    """Why, and the certificate of the deciding body; the file comes last, so that it is read as it arrives."""

    topic: ClassVar[str] = "desk.ask_back"

    reason = _reason()
    file = Streamed(widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}))

    def say_missing_file(self) -> None:
        """No file was chosen."""
        self.add_error("file", ValidationError("missing", code="missing"))
