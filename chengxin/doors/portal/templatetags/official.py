"""Tags of the pages of officials and of the public. Loaded everywhere, no ``{% load %}``."""

from __future__ import annotations

import re
from datetime import datetime

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chengxin.catalogue.terms import BasisRef
from chengxin.doors import wording
from chengxin.doors.portal.presenters.around import as_given, basis_in_words
from chengxin.doors.portal.templatetags.resident import said
from chengxin.kernel.days import shanghai_day

register = template.Library()

_LAW = re.compile("《[^》]+》")


@register.simple_tag(takes_context=True)
def given(context: Context, words: object) -> SafeString:
    """A name or words that somebody gave, as they stand; Chinese ones are marked as such on an English page."""
    return said(as_given(str(words), context["language"]))


@register.simple_tag(takes_context=True)
def since(context: Context, value: datetime) -> str:
    """``3 days ago``, counted on the city's calendar from the request's day."""
    today = shanghai_day(context["request"].at)
    return wording.days_between(today, shanghai_day(value), context["language"])


@register.simple_tag(takes_context=True)
def say_one(context: Context, before: str, code: object, after: str = "", **params: object) -> str:
    """``{% say_one "office.act" act "button" count=n %}``: the sentence of one code out of a group of them."""
    parts = (before, str(code), after)
    return wording.text(".".join(part for part in parts if part), context["language"], **params)


@register.simple_tag(takes_context=True)
def law(context: Context, basis: BasisRef) -> SafeString:
    """``《会计法》第47条``, ``《会计法》 art. 47`` with the law's name marked as Chinese."""
    told = basis_in_words(basis, context["language"])
    if context["language"] == "zh":
        return format_html("{}", told)
    title = _LAW.search(told)
    assert title is not None
    return format_html('<span lang="zh-Hans">{}</span>{}', title[0], told[title.end() :])
