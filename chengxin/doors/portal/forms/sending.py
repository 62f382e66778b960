"""What clerks fill in: files, headings, single rows, recalls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from chengxin.catalogue.terms import FieldRole, FieldSpec, FieldType, Item
from chengxin.collection.terms import TakenBack
from chengxin.doors.portal.forms.acting import REASON_LENGTH, ActForm, RefusableForm
from chengxin.doors.portal.forms.base import PortalForm
from chengxin.doors.portal.forms.office import day_input
from chengxin.doors.portal.presenters.catalogue import field_name
from chengxin.doors.wording import Language, reason, text

LONG = 200
"""Texts that may be longer than this are typed into a box of several lines."""
NOT_ASKED = frozenset({FieldRole.REMARK_REFUSED, FieldRole.COMPUTED_IGNORED})


class Streamed(forms.FileField):
    """A file that is none of Django's business: it is read as it arrives (``portal.uploads``)."""

    def clean(self, data: object, initial: object = None) -> None:
        return None


class SendForm(ActForm):
    """A file of an item, and why it is sent."""

    topic: ClassVar[str] = "send.file"

    file = Streamed(widget=forms.FileInput(attrs={"accept": ".csv,.jsonl,.ndjson,.xlsx"}))
    # what the browser sends after the file is never waited for, so that a refusal can be said before a gigabyte
    field_order = ("reason", "file")

    def say_missing_file(self) -> None:
        """No file was chosen: said beside the field, with whatever else is wrong."""
        self.add_error("file", ValidationError("missing", code="missing_file"))


class HeadingsForm(PortalForm):
    """For each heading of the file the field it means: one to be chosen, or none of ours."""

    topic: ClassVar[str] = "send.headings"

    CHOOSE = "?"
    IGNORE = "-"

    def __init__(
        self,
        *args: Any,
        language: Language,
        item: Item,
        headings: Sequence[str],
        mapping: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, language=language, **kwargs)
        self.headings = dict(zip((f"h{n}" for n in range(len(headings))), headings, strict=True))
        choices = [
            (self.CHOOSE, text("send.headings.choose", language)),
            (self.IGNORE, text("send.headings.ignore", language)),
            *((spec.code, _named(spec, language)) for spec in item.fields if spec.role not in NOT_ASKED),
        ]
        unasked = [spec for spec in item.fields if spec.role in NOT_ASKED]
        for name, heading in self.headings.items():
            known = mapping.get(heading)
            # a column of ours that nobody is asked for stays what it is: its own heading offers it
            kept = [(spec.code, _named(spec, language)) for spec in unasked if spec.code == known]
            self.fields[name] = forms.ChoiceField(
                choices=[*choices, *kept],
                label=heading,
                initial=self.CHOOSE if known is None else known or self.IGNORE,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: dict[str, str] = {}
        for name, heading in self.headings.items():
            chosen = cleaned.get(name, self.CHOOSE)
            if chosen == self.CHOOSE:
                self._fault(name, "open", heading=heading)
            elif chosen != self.IGNORE and chosen in seen:
                self._fault(name, "twice", heading=heading, other=seen[chosen])
            else:
                seen[chosen] = heading
        return cleaned

    def _fault(self, name: str, code: str, **params: str) -> None:
        self.add_error(name, ValidationError(text(f"send.headings_form.{code}", self.language, **params), code=code))

    def mapping(self) -> dict[str, str]:
        """Heading -> field code, "" for a column of no use here."""
        return {
            heading: "" if self.cleaned_data[name] == self.IGNORE else self.cleaned_data[name]
            for name, heading in self.headings.items()
        }


def _named(spec: FieldSpec, language: Language) -> str:
    return text(f"send.headings.{'needed' if spec.is_required else 'free'}", language, name=field_name(spec, language))


class RowForm(RefusableForm):
    """One row of an item, a question a column. The rules are screening's own: it is asked before anything is sent."""

    topic: ClassVar[str] = "send.row"

    def __init__(self, *args: Any, language: Language, item: Item, given: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        self.specs = {spec.code: spec for spec in item.fields if spec.role not in NOT_ASKED}
        for code, spec in self.specs.items():
            self.fields[code] = _asked(spec, language, given.get(code, ""))

    def full_clean(self) -> None:
        """What must be filled is screening's to say, in the words of the answer; the page only marks it."""
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        for code, spec in self.specs.items():
            self.fields[code].required = spec.is_required

    def cells(self) -> dict[str, str]:
        """Field code -> cell; several values of a list are parted by a semicolon."""
        found = {code: self.cleaned_data.get(code) or "" for code in self.specs}
        return {code: ";".join(value) if isinstance(value, list) else str(value) for code, value in found.items()}

    def fault(self, code: str, field: str, detail: str) -> None:
        """Put what screening found beside its question."""
        told = reason(code, self.language, detail=detail)
        between = "" if self.language == "zh" else " "
        place = field if field in self.fields else None
        self.add_error(place, ValidationError(f"{told.what}{between}{told.do}", code=code))


WITHDRAW: Final = "withdraw"
"""The second step: what was looked up is taken back."""


class DecisionForm(RefusableForm):
    """By what one decision of an item is known: its number, the body that took it, its person where it has several.

    ``because`` and ``reason`` are asked once the entry is found, and are then needed.
    """

    topic: ClassVar[str] = "send.decision"

    def __init__(self, *args: Any, language: Language, item: Item, given: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        codes = [*item.natural_key]
        if not item.decision_of_one:
            roles = (FieldRole.DOCUMENT_KIND, FieldRole.DOCUMENT_NUMBER)
            codes += [spec.code for role in roles if (spec := item.field_of(role)) is not None]
        self.specs = {code: item.by_code[code] for code in codes}
        for code, spec in self.specs.items():
            self.fields[code] = _asked(spec, language, given.get(code, ""))
        self.fields["because"] = forms.ChoiceField(
            required=self.data.get("step") == WITHDRAW,
            widget=forms.RadioSelect,
            choices=_why_back(language),
            label=text("send.withdraw.because", language),
            help_text=text("send.withdraw.because_hint", language),
        )
        self.fields["reason"] = forms.CharField(
            required=False,
            max_length=REASON_LENGTH,
            widget=forms.Textarea(attrs={"rows": 3}),
            label=text("send.decision.reason", language),
            help_text=text("send.decision.reason_hint", language),
        )

    def cells(self) -> dict[str, str]:
        """Field code -> cell."""
        return {code: str(self.cleaned_data.get(code) or "") for code in self.specs}

    @property
    def why(self) -> str:
        return str(self.cleaned_data.get("reason") or "")


def _why_back(language: Language) -> list[tuple[str, str]]:
    return [(one.value, text(f"send.withdraw.because_{one.value}", language)) for one in TakenBack]


def _asked(spec: FieldSpec, language: Language, given: str) -> forms.Field:
    zh = language == "zh"
    known: dict[str, Any] = {
        "required": spec.is_required,
        "label": field_name(spec, language),
        "help_text": spec.help_zh if zh else spec.help_en,
        "initial": given,
    }
    if spec.type is FieldType.CODE and spec.codes:
        codes = [(one.value, one.zh if zh else one.en) for one in spec.codes if one.refused is None]
        if spec.many:
            known["initial"] = given.split(";") if given else []
            known["help_text"] = text("send.row.several", language)
            return forms.MultipleChoiceField(choices=codes, widget=forms.CheckboxSelectMultiple, **known)
        return forms.ChoiceField(choices=[("", text("send.row.choose", language)), *codes], **known)
    if spec.type is FieldType.DATE:
        return forms.CharField(widget=day_input(), **known)
    if spec.type is FieldType.TEXT and (spec.length or 0) > LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **known)
    mode = {"inputmode": "decimal"} if spec.type in {FieldType.DECIMAL, FieldType.INTEGER} else {}
    return forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "off", **mode}), **known)


class WithdrawForm(ActForm):
    """One row of a batch that its office takes back."""

    topic: ClassVar[str] = "send.withdraw"

    row = forms.IntegerField(min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    because = forms.ChoiceField(widget=forms.RadioSelect)
    field_order = ("row", "because", "reason")

    def __init__(self, *args: Any, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        because = self.fields["because"]
        assert isinstance(because, forms.ChoiceField)
        because.choices = _why_back(language)
