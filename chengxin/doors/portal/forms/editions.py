"""What catalogue keepers and approvers fill in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from chengxin.doors.portal.forms.acting import ActForm
from chengxin.doors.portal.forms.base import PortalForm
from chengxin.doors.portal.forms.office import day_input

MOST_BYTES = 900_000
"""A whole national edition is a tenth of this; what a form may hold is 1 MB (DATA_UPLOAD_MAX_MEMORY_SIZE)."""


class DraftForm(PortalForm):
    """The text of an edition file, pasted or read from the file itself: the file wins, and its text then stands in the box."""

    topic: ClassVar[str] = "editions.draft"

    file = forms.FileField(required=False, widget=forms.FileInput(attrs={"accept": ".yaml,.yml,text/yaml"}))
    content = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "code"})
    )

    def clean_file(self) -> str | None:
        given: UploadedFile[Any] | None = self.cleaned_data["file"]
        if given is None:
            return None
        if (given.size or 0) > MOST_BYTES:
            raise ValidationError("large", code="large")
        try:
            return bytes(given.read()).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError("encoding", code="encoding") from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["text"] = cleaned.get("file") or cleaned.get("content") or ""
        if not cleaned["text"].strip() and not self.errors:
            self.add_error("content", ValidationError("required", code="required"))
        return cleaned


class ProposeForm(ActForm):
    """When an edition shall begin, and why."""

    topic: ClassVar[str] = "editions.propose"

    content = forms.CharField(strip=False, widget=forms.HiddenInput)
    in_force_from = forms.DateField(widget=day_input())
    field_order = ("content", "in_force_from", "reason")


class ConfirmForm(ActForm):
    """That a source was compared with the official text, and where that was read."""

    topic: ClassVar[str] = "editions.confirm"

    evidence = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ("evidence", "reason")
