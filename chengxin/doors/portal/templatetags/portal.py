"""The tags of our templates: sentences, days, amounts, and the parts a page is made of. Loaded everywhere, no ``{% load %}``."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chengxin.doors import wording
from chengxin.doors.portal.forms.words import errors_of, hint_of, label_of, mistakes_of
from chengxin.doors.wording import Language
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.money import format_wan_as_yuan, format_yuan

register = template.Library()

TONES = {"good": "✓", "warn": "▲", "open": "●", "quiet": "○", "ended": "■"}
"""Tone of a status -> its shape. The word beside it says the same, and so does the colour."""


def _language(context: Context) -> Language:
    language: Language = context["language"]
    return language


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, **params: object) -> str:
    """``{% say "home.title" city=city %}``: the sentence in the page's language, escaped."""
    return wording.text(key, _language(context), **params)


@register.simple_tag(takes_context=True)
def reason(context: Context, code: str, **params: object) -> wording.ReasonText:
    """``{% reason code as why %}{{ why.what }} {{ why.do }}``."""
    return wording.reason(code, _language(context), **params)


@register.simple_tag(takes_context=True)
def either(context: Context, zh: object, en: object) -> object:
    """Of a thing that has its own two names (an office, an item), the one in the page's language."""
    return zh if _language(context) == "zh" else en


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | datetime) -> SafeString:
    """``<time>`` with the day in words; of a moment, the city's day."""
    machine = shanghai_day(value) if isinstance(value, datetime) else value
    words = wording.date_in_words(value, _language(context))
    return format_html('<time datetime="{}" class="nowrap">{}</time>', machine.isoformat(), words)


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime) -> SafeString:
    """``<time>`` with day and minute in words, on the city's clock."""
    words = wording.time_in_words(value, _language(context))
    return format_html('<time datetime="{}" class="nowrap">{}</time>', value.isoformat(timespec="seconds"), words)


@register.simple_tag(takes_context=True)
def how_far(context: Context, value: date) -> str:
    """``in 3 days``, counted from the request's day."""
    return wording.days_between(shanghai_day(context["request"].at), value, _language(context))


@register.simple_tag(takes_context=True)
def yuan(context: Context, amount: Decimal) -> str:
    return format_yuan(amount, _language(context))


@register.simple_tag(takes_context=True)
def wan(context: Context, amount: Decimal) -> str:
    """An amount that a template gives in 万元, as people read it, in yuan."""
    return format_wan_as_yuan(amount, _language(context))


@register.filter
def size(value: int) -> str:
    return wording.size_in_words(value)


@register.filter
def grouped(value: int) -> str:
    """``12,345``: the same in both languages."""
    return f"{value:,}"


@register.simple_tag(takes_context=True)
def status(context: Context, key: str, tone: str, **params: object) -> SafeString:
    """``{% status "records.status.in_force" "good" %}``: word, shape and colour; tones: good, warn, open, quiet, ended."""
    word = wording.text(key, _language(context), **params)
    return status_word(word, tone)


@register.simple_tag
def status_word(word: str, tone: str) -> SafeString:
    """The same for a word that comes with the data (an item's class, a role)."""
    return format_html('<span class="status {}"><span aria-hidden="true">{}</span> {}</span>', tone, TONES[tone], word)


@register.simple_tag
def words_for(form: forms.BaseForm, topic: str) -> str:
    """Give a form that is not ours (allauth's) its topic in the wording. Prints nothing."""
    form.topic = topic  # type: ignore[attr-defined]
    form.use_required_attribute = False
    return ""


@register.inclusion_tag("portal/parts/field.html", takes_context=True)
def field(context: Context, bound: BoundField, look: str = "", autocomplete: str = "") -> dict[str, Any]:
    """One question: label, hint, error, input. ``look``: ``short`` or ``code-field`` for the input's width."""
    language = _language(context)
    widget = bound.field.widget
    # several inputs, each with its own label, under one legend
    many = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    hint, errors = hint_of(bound, language), errors_of(bound, language)
    described = [f"{bound.auto_id}-hint"] * bool(hint) + [f"{bound.auto_id}-error"] * bool(errors)
    attrs: dict[str, Any] = {"placeholder": False}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if errors:
        attrs["aria-invalid"] = "true"
    if autocomplete:
        attrs["autocomplete"] = autocomplete
    return {
        "bound": bound,
        "language": language,
        "kind": "radio" if many else getattr(widget, "input_type", "text"),
        "label": label_of(bound, language),
        "hint": hint,
        "errors": errors,
        "described": " ".join(described),
        "input": "" if many else bound.as_widget(attrs=attrs),
        "look": look,
    }


@register.inclusion_tag("portal/parts/mistakes.html", takes_context=True)
def error_summary(context: Context, form: forms.BaseForm) -> dict[str, Any]:
    """What is to be mended, at the top of the page, each line a link to its input. Nothing where nothing is wrong."""
    language = _language(context)
    return {"language": language, "mistakes": list(mistakes_of(form, language)) if form.is_bound else []}


@register.inclusion_tag("portal/parts/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any], query: str = "") -> dict[str, Any]:
    """Previous and next of a Django ``Page``; ``query``: further parameters, already encoded."""
    return {"language": _language(context), "page": page, "query": f"&{query}" if query else ""}


@register.inclusion_tag("portal/parts/progress.html", takes_context=True)
def progress(context: Context, done: int, of: int, address: str, finished: bool = False) -> dict[str, Any]:
    """A bar that renews itself every two seconds by htmx from ``address``, and by a link without a script."""
    percent = 100 if finished else min(99, done * 100 // of) if of else 0
    return {
        "language": _language(context), "done": done, "of": of, "percent": percent,
        "address": address, "finished": finished,
    }  # fmt: skip


@register.simple_tag
def htmx() -> SafeString:
    """The script that renews a part of a page; only pages that have such a part load it."""
    return format_html('<script src="{}" defer></script>', static("django_htmx/htmx-2.min.js"))


@register.simple_tag
def address_if(name: str) -> str:
    """The address of a named page, or nothing where this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
