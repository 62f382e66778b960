"""What an office writes down when it takes a case in; and what a recipient says when it acknowledges."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from chengxin.doors.portal.forms.acting import ActForm, RefusableForm
from chengxin.doors.portal.forms.identity import DocumentForm
from chengxin.doors.portal.forms.questions import own_day, own_words, radios, short_words
from chengxin.doors.wording import Language, text
from chengxin.remedies.terms.cases import AboutKind, Channel
from chengxin.remedies.terms.desks import Brought
from chengxin.remedies.terms.workflows import Act

CHANNELS = (Channel.COUNTER, Channel.TELEPHONE, Channel.PAPER)
WISHES = (
    "objection",
    "not_me",
    "period",
    "use",
    "look",
    "demand",
    "repair",
    "more_time",
    "statement",
    "reconsideration",
    "lawsuit",
    "complaint",
)
"""What somebody may want who does not come by web: all that the web takes."""
OBJECTIONS: Final = {
    "not_me": AboutKind.IDENTITY,
    "period": AboutKind.PERIOD,
    "use": AboutKind.USE,
    "look": AboutKind.LOOK,
    "demand": AboutKind.DEMAND,
}
"""What an objection contests that is not the content of an entry."""
OF_SOMEBODY: Final = frozenset({"use", "look", "demand"})
"""Which office it was belongs to it."""
OUTSIDE: Final = {"reconsideration": Act.TELL_RECONSIDERATION, "lawsuit": Act.TELL_LAWSUIT}
"""What somebody tells who has gone to an organ or a court already."""
_WORKFLOWS: Final = {**dict.fromkeys(OBJECTIONS, "objection"), **dict.fromkeys(OUTSIDE, "appeal")}


class IntakeForm(DocumentForm):
    """Who it is, what they want, about which decision, in whose words."""

    topic: ClassVar[str] = "desk.intake"

    channel = forms.ChoiceField(widget=forms.RadioSelect)
    name = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
    wish = forms.ChoiceField(widget=forms.RadioSelect)
    decision = short_words(required=False)
    by = short_words(required=False)
    seen_on = own_day(required=False)
    filing = short_words(required=False)
    filed_on = own_day(required=False)
    words = own_words(required=True)
    field_order = (
        "channel", "kind", "number", "name", "wish", "decision", "by", "seen_on", "filing", "filed_on", "words",
    )  # fmt: skip

    def __init__(self, *args: Any, language: Language, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, language=language, at=at, **kwargs)
        # why is in the words themselves; the journal keeps the code
        del self.fields["reason"]
        for name, codes in (("channel", CHANNELS), ("wish", WISHES)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(str(code), text(f"desk.intake.{name}_{code}", language)) for code in codes]

    def clean(self) -> dict[str, Any]:
        """Whoever tells of a remedy outside shows its number and its day; whoever contests a look says whose it was."""
        given = super().clean() or self.cleaned_data
        if given.get("wish") in OF_SOMEBODY and not given.get("by", "").strip():
            self.add_error("by", ValidationError("by", code="required"))
        if given.get("wish") in OUTSIDE and not given.get("filing", "").strip():
            self.add_error("filing", ValidationError("filing", code="required"))
        if given.get("wish") in OUTSIDE and not given.get("filed_on") and "filed_on" not in self.errors:
            self.add_error("filed_on", ValidationError("filed_on", code="required"))
        return given

    def brought(self) -> Brought:
        """What is taken in."""
        given = self.cleaned_data
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
            about=OBJECTIONS.get(given["wish"], AboutKind.ENTRY),
            by=given["by"],
            seen_on=given["seen_on"],
        )


class WhichForm(RefusableForm):
    """Which of those that may be meant."""

    topic: ClassVar[str] = "desk.which"

    found = radios()

    def __init__(self, *args: Any, language: Language, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        field = self.fields["found"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class AcknowledgeForm(ActForm):
    """What the recipient did with what it had been shown."""

    topic: ClassVar[str] = "desk.recall"
