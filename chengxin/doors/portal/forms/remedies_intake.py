"""What an office writes down when it takes a case in; and what a recipient says when it acknowledges."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from chengxin.doors.portal.forms.acting import ActForm
from chengxin.doors.portal.forms.identity import DocumentForm
from chengxin.doors.wording import Language, text
from chengxin.remedies.terms.cases import Channel
from chengxin.remedies.terms.desks import Brought

CHANNELS = (Channel.COUNTER, Channel.TELEPHONE, Channel.PAPER)
WISHES = ("objection", "not_me", "repair", "statement", "complaint")
"""What somebody may want who does not come by web; ``not_me`` is an objection to the identity."""


class IntakeForm(DocumentForm):
    """Who it is, what they want, about which decision, in whose words."""

    topic: ClassVar[str] = "desk.intake"

    channel = forms.ChoiceField(widget=forms.RadioSelect)
    name = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
    wish = forms.ChoiceField(widget=forms.RadioSelect)
    decision = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    words = forms.CharField(max_length=50_000, widget=forms.Textarea(attrs={"rows": 8}))
    field_order = ("channel", "kind", "number", "name", "wish", "decision", "words")

    def __init__(self, *args: Any, language: Language, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, language=language, at=at, **kwargs)
        # why is in the words themselves; the journal keeps the code
        del self.fields["reason"]
        for name, codes in (("channel", CHANNELS), ("wish", WISHES)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(str(code), text(f"desk.intake.{name}_{code}", language)) for code in codes]

    def brought(self) -> Brought:
        """What is taken in."""
        given = self.cleaned_data
        not_theirs = given["wish"] == "not_me"
        return Brought(
            kind=given["kind"],
            number=given["number"],
            name=given["name"],
            workflow="objection" if not_theirs else given["wish"],
            channel=Channel(given["channel"]),
            words=given["words"],
            decision=given["decision"],
            not_theirs=not_theirs,
        )


class AcknowledgeForm(ActForm):
    """What the recipient did with what it had been shown."""

    topic: ClassVar[str] = "desk.recall"
