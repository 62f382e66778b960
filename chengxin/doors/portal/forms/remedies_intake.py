"""What an office writes down when it takes a case in; and what a recipient says when it acknowledges."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from chengxin.doors.portal.forms.acting import ActForm
from chengxin.doors.portal.forms.identity import DocumentForm
from chengxin.doors.wording import Language, text
from chengxin.remedies.terms.cases import Channel
from chengxin.remedies.terms.desks import Brought
from chengxin.remedies.terms.workflows import Act

CHANNELS = (Channel.COUNTER, Channel.TELEPHONE, Channel.PAPER)
WISHES = ("objection", "not_me", "repair", "statement", "reconsideration", "lawsuit", "complaint")
"""What somebody may want who does not come by web; ``not_me`` is an objection to the identity."""


OUTSIDE: Final = {"reconsideration": Act.TELL_RECONSIDERATION, "lawsuit": Act.TELL_LAWSUIT}
"""What somebody tells who has gone to an organ or a court already."""
_WORKFLOWS: Final = {"not_me": "objection", **dict.fromkeys(OUTSIDE, "appeal")}


class IntakeForm(DocumentForm):
    """Who it is, what they want, about which decision, in whose words."""

    topic: ClassVar[str] = "desk.intake"

    channel = forms.ChoiceField(widget=forms.RadioSelect)
    name = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
    wish = forms.ChoiceField(widget=forms.RadioSelect)
    decision = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    filing = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    filed_on = forms.DateField(required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    words = forms.CharField(max_length=50_000, widget=forms.Textarea(attrs={"rows": 8}))
    field_order = ("channel", "kind", "number", "name", "wish", "decision", "filing", "filed_on", "words")

    def __init__(self, *args: Any, language: Language, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, language=language, at=at, **kwargs)
        # why is in the words themselves; the journal keeps the code
        del self.fields["reason"]
        for name, codes in (("channel", CHANNELS), ("wish", WISHES)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(str(code), text(f"desk.intake.{name}_{code}", language)) for code in codes]

    def clean(self) -> dict[str, Any]:
        """Whoever tells of a remedy outside shows what it was filed under, and when."""
        given = super().clean() or self.cleaned_data
        if given.get("wish") in OUTSIDE and not given.get("filing", "").strip():
            self.add_error("filing", ValidationError("filing", code="required"))
        if given.get("wish") in OUTSIDE and not given.get("filed_on") and "filed_on" not in self.errors:
            self.add_error("filed_on", ValidationError("filed_on", code="required"))
        return given

    def brought(self) -> Brought:
        """What is taken in."""
        given = self.cleaned_data
        not_theirs = given["wish"] == "not_me"
        return Brought(
            kind=given["kind"],
            number=given["number"],
            name=given["name"],
            workflow=_WORKFLOWS.get(given["wish"], given["wish"]),
            act=OUTSIDE.get(given["wish"], Act.SUBMIT),
            filing=given["filing"],
            on=given["filed_on"],
            channel=Channel(given["channel"]),
            words=given["words"],
            decision=given["decision"],
            not_theirs=not_theirs,
        )


class AcknowledgeForm(ActForm):
    """What the recipient did with what it had been shown."""

    topic: ClassVar[str] = "desk.recall"
