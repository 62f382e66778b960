"""A complaint without a name: what about, whom, in own words. Nothing is asked of who writes; and the office's answer."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms

from chengxin.doors.portal.forms.acting import ActForm, RefusableForm
from chengxin.doors.wording import text
from chengxin.remedies.terms.unnamed import Concern

_OFF: dict[str, str] = {"autocomplete": "off", "spellcheck": "false"}


class ComplaintForm(RefusableForm):
    """What is complained of. ``offices``: uid and name of each that may be chosen."""

    topic: ClassVar[str] = "complain.form"

    concern = forms.ChoiceField(widget=forms.RadioSelect)
    office = forms.ChoiceField(required=False)
    words = forms.CharField(max_length=50_000, widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}))

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        concern, office = self.fields["concern"], self.fields["office"]
        assert isinstance(concern, forms.ChoiceField)
        assert isinstance(office, forms.ChoiceField)
        concern.choices = [(one.value, text(f"complain.concern.{one.value}", self.language)) for one in Concern]
        office.choices = [("", text("complain.form.no_office", self.language)), *offices]

    def about(self) -> tuple[Concern, UUID | None]:
        """What it is about, and the uid of the office where one was chosen."""
        given = self.cleaned_data
        return Concern(given["concern"]), UUID(given["office"]) if given["office"] else None


class FollowForm(RefusableForm):
    """The number and the word of a receipt."""

    topic: ClassVar[str] = "complain.follow"

    number = forms.CharField(max_length=40, widget=forms.TextInput(attrs=_OFF))
    word = forms.CharField(max_length=40, widget=forms.TextInput(attrs=_OFF))


class ComplaintAnswerForm(ActForm):
    """Whether it is founded, the answer that its writer reads, and why: for the journal."""

    topic: ClassVar[str] = "complain.answer"

    founded = forms.ChoiceField(widget=forms.RadioSelect)
    answer = forms.CharField(max_length=50_000, widget=forms.Textarea(attrs={"rows": 8}))
    field_order = ("founded", "answer", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        founded = self.fields["founded"]
        assert isinstance(founded, forms.ChoiceField)
        founded.choices = [(one, text(f"complain.answer.founded_{one}", self.language)) for one in ("yes", "no")]
