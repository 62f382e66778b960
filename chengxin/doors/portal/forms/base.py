"""The forms of our own pages: their words come from the wording, never from the code."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from chengxin.doors.portal.forms.words import hint_of, label_of
from chengxin.doors.wording import Language


class PortalForm(forms.Form):
    """A form whose labels, hints and errors stand under ``topic`` in the wording (see ``forms.words``)."""

    topic: ClassVar[str]
    # our own error summary speaks, in the page's language, not the browser's bubbles
    use_required_attribute = False

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.language: Language = language
        for bound in self:
            bound.field.label = label_of(bound, language)
            bound.field.help_text = hint_of(bound, language)
