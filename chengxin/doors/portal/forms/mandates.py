"""Forms of mandates: a helper's code, made and typed; what two people show at a counter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms

from chengxin.doors.portal.forms.acting import ActForm, RefusableForm
from chengxin.doors.portal.forms.identity import check_number
from chengxin.doors.wording import Language, text
from chengxin.kernel.documents import DocumentKind
from chengxin.persons import facade as persons
from chengxin.persons.terms import MandateKind, Proof, Scope

_BLANK = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
_CHOSEN = (Scope.REMEDIES, Scope.CONSENT)
"""What is chosen; reading is part of every mandate."""


class ScopedForm(RefusableForm):
    """What another may do, and until when."""

    scopes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    last_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        offer(self, "scopes", [(one.value, text(f"mandate.scope.{one.value}", language)) for one in _CHOSEN])

    @property
    def wanted(self) -> frozenset[Scope]:
        return frozenset({Scope.READ, *map(Scope, self.cleaned_data["scopes"])})

    @property
    def ends_on(self) -> date | None:
        """The first day on which it is over."""
        last_on: date | None = self.cleaned_data["last_on"]
        return None if last_on is None else last_on + timedelta(days=1)


class OfferForm(ScopedForm):
    """What a helper may do, and until when."""

    topic: ClassVar[str] = "mandate.offer"


class CodeForm(RefusableForm):
    """The code somebody was given."""

    topic: ClassVar[str] = "mandate.code"

    code = forms.CharField(max_length=64, widget=_BLANK)


class TwoPeopleForm(ActForm):
    """Two people at a counter: the one for whom another acts, and the one who acts."""

    topic: ClassVar[str] = "mandate.counter"

    principal_kind = forms.ChoiceField(widget=forms.RadioSelect)
    principal_number = forms.CharField(max_length=64, widget=_BLANK)
    principal_name = forms.CharField(max_length=100, widget=_BLANK)
    holder_kind = forms.ChoiceField(widget=forms.RadioSelect)
    holder_number = forms.CharField(max_length=64, widget=_BLANK)
    holder_name = forms.CharField(max_length=100, widget=_BLANK)
    field_order = (
        "principal_kind", "principal_number", "principal_name", "holder_kind", "holder_number", "holder_name",
        "kind", "scopes", "last_on", "proof", "proof_number", "reason",
    )  # fmt: skip

    def __init__(self, *args: Any, language: Language, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        self.at = at
        kinds = [(one.value, text(f"resident.processing.kinds.kind_{one.value}", language)) for one in DocumentKind]
        for side in ("principal", "holder"):
            offer(self, f"{side}_kind", kinds)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for side in ("principal", "holder"):
            if f"{side}_kind" in cleaned and f"{side}_number" in cleaned:
                number, told = check_number(cleaned[f"{side}_kind"], cleaned[f"{side}_number"], self.at, self.language)
                if told is not None:
                    self.add_error(f"{side}_number", told)
                cleaned[f"{side}_number"] = number
        return cleaned

    def named(self, side: str) -> persons.Named:
        """One of the two, as they were seen."""
        given = self.cleaned_data
        return persons.Named(given[f"{side}_kind"], given[f"{side}_number"], given[f"{side}_name"])


class NoteForm(TwoPeopleForm, ScopedForm):
    """What the two showed: as what one acts for the other, for what, until when, on which proof."""

    kind = forms.ChoiceField(widget=forms.RadioSelect)
    last_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), required=False)
    proof = forms.ChoiceField(widget=forms.RadioSelect)
    proof_number = forms.CharField(max_length=100, widget=_BLANK)

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        offer(self, "kind", [(one.value, text(f"mandate.kind.{one.value}", language)) for one in MandateKind])
        proofs = [one for one in Proof if one is not Proof.OWN_ACT]
        offer(self, "proof", [(one.value, text(f"mandate.proof.{one.value}", language)) for one in proofs])


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Put words of the wording into a field of choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
