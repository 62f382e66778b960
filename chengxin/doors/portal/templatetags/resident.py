"""The tags of a person's own pages. Loaded everywhere, no ``{% load %}``."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from chengxin.doors import wording
from chengxin.doors.portal.presenters.around import Said
from chengxin.kernel.days import shanghai_day

register = template.Library()

_CHINESE: Final = re.compile(
    "[\u3000-\u303f\uff00-\uffef]*[\u3400-\u9fff]"
    "(?:[\u3000-\u303f\u3400-\u9fff\uff00-\uffef0-9A-Za-z]*[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])*"
)
"""A run of Chinese with the figures inside it: an address, a document's number, a law with its article."""


def marked(words: str, language: wording.Language) -> SafeString:
    """Escaped words in the page's language; what is Chinese in an English sentence is marked as such."""
    escaped = str(conditional_escape(words))
    if language == "en":
        escaped = _CHINESE.sub(lambda run: f'<span lang="zh-Hans">{run[0]}</span>', escaped)
    return mark_safe(escaped)  # noqa: S308 -- escaped above, and the marks are ours


@register.simple_tag(takes_context=True)
def mixed(context: Context, words: object) -> SafeString:
    """``{% mixed line %}``: a sentence that holds names, laws or addresses as they were given."""
    return marked(str(words), context["language"])


@register.simple_tag
def said(value: Said | None) -> SafeString:
    """Words of a file, marked as Chinese where the page is English. Nothing for None."""
    if value is None:
        return SafeString("")
    return (
        format_html('<span lang="zh-Hans">{}</span>', value.words) if value.foreign else format_html("{}", value.words)
    )


@register.simple_tag(takes_context=True)
def tell(context: Context, key: str, **params: object) -> SafeString:
    """A sentence that holds days and words of a file: days become ``<time>``, words of a file keep their language."""
    language: wording.Language = context["language"]
    parts = {name: _part(value, language) for name, value in params.items()}
    sentence = wording.text(key, language, **{name: f"\x00{name}\x00" for name in params})
    told = str(marked(sentence, language))
    for name, part in parts.items():
        told = told.replace(f"\x00{name}\x00", part)
    return mark_safe(told)  # noqa: S308 -- the sentence and every part were escaped by themselves


def _part(value: object, language: wording.Language) -> str:
    if isinstance(value, Said):
        return str(said(value))
    if isinstance(value, date):
        machine = shanghai_day(value) if isinstance(value, datetime) else value
        words = wording.date_in_words(value, language)
        return format_html('<time datetime="{}" class="nowrap">{}</time>', machine.isoformat(), words)
    return str(marked(str(value), language))


@register.simple_tag(takes_context=True)
def about_word(context: Context, code: str) -> str:
    """What an objection says, from its stable code."""
    language: wording.Language = context["language"]
    return wording.text(f"resident.about.{code}.word", language)
