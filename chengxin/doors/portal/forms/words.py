"""Labels, hints and errors of a form, from its topic in the wording: one convention for our forms and for allauth's.

With ``form.topic = "send"`` the field ``item`` is called ``send.item``, hinted by ``send.item_hint``; its error of code
``required`` reads ``send.item_required``, else ``form.choice_required`` (for a ChoiceField), else ``form.required``, else the
error's own text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.boundfield import BoundField

from chengxin.doors.wording import Language, has, text


@dataclass(frozen=True)
class Mistake:
    """One thing to mend: where (id of the input, or None for the form as a whole) and what."""

    field_id: str | None
    sentence: str


def topic_of(form: forms.BaseForm) -> str:
    return getattr(form, "topic", "")


def label_of(bound: BoundField, language: Language) -> str:
    key = f"{topic_of(bound.form)}.{bound.name}"
    return text(key, language) if has(key) else str(bound.label)


def hint_of(bound: BoundField, language: Language) -> str:
    key = f"{topic_of(bound.form)}.{bound.name}_hint"
    return text(key, language) if has(key) else str(bound.help_text or "")


def errors_of(bound: BoundField, language: Language) -> list[str]:
    """The sentences of a field's errors, in the order they were found."""
    found = bound.form.errors.as_data().get(bound.name, [])
    label = label_of(bound, language)
    kind = type(bound.field).__name__.removesuffix("Field").lower()
    topic = topic_of(bound.form)
    return [_sentence(error, (f"{topic}.{bound.name}", f"form.{kind}"), label, language) for error in found]


def mistakes_of(form: forms.BaseForm, language: Language) -> Iterator[Mistake]:
    """All errors of a form: those of the whole first, then field by field in the order of the page.

    A sentence that stands at several fields names each, so that no two lines look the same.
    """
    for error in form.errors.as_data().get(NON_FIELD_ERRORS, []):
        yield Mistake(None, _sentence(error, (f"{topic_of(form)}.form",), "", language))
    said = [(bound, sentence) for bound in form for sentence in errors_of(bound, language)]
    counted = Counter(sentence for _, sentence in said)
    for bound, sentence in said:
        several = counted[sentence] > 1
        named = (
            text("form.of_field", language, label=label_of(bound, language), sentence=sentence) if several else sentence
        )
        yield Mistake(_first_input(bound), named)


def _first_input(bound: BoundField) -> str:
    """The id to jump to: of a group of radios or boxes the first one's."""
    many = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if many else str(bound.auto_id)


def _sentence(error: ValidationError, stems: tuple[str, ...], label: str, language: Language) -> str:
    """The first sentence there is: ``<stem>_<code>`` for each stem, ``form.<code>``, the error's own text."""
    for key in (*(f"{stem}_{error.code}" for stem in stems), f"form.{error.code}"):
        if error.code and has(key):
            return text(key, language, **{**(error.params or {}), "label": label})
    return " ".join(error.messages)
