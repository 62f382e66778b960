"""The parts pages are made of: words, days, amounts, questions, errors, statuses."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.template import Context, Template

from chengxin.doors.portal.forms.base import PortalForm
from chengxin.doors.wording import size_in_words, span_in_words

AT = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)


def shown(template: str, language: str = "zh", **more: Any) -> str:
    return Template(template).render(Context({"language": language, "request": SimpleNamespace(at=AT), **more}))


class Sample(PortalForm):
    """Borrows the words of another form; fields without words of their own keep what the field says."""

    topic = "signin.bind"

    code = forms.CharField()
    name = forms.CharField(required=False, max_length=3)
    way = forms.ChoiceField(label="way", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    sure = forms.BooleanField(label="sure")
    file = forms.FileField(label="file")
    on = forms.DateField(label="on", required=False)


@pytest.mark.parametrize(
    ("template", "zh", "en"),
    [
        ("{% day d %}", "2026年3月2日", "2 March 2026"),
        ("{% day m %}", "2026年3月2日", "2 March 2026"),
        ("{% moment m %}", "2026年3月2日 01:30", "2 March 2026, 01:30"),
        ("{% how_far d %}", "今天", "today"),
        ("{% how_far later %}", "还有 1 天", "in 1 day"),
        ("{% how_far before %}", "2 天前", "2 days ago"),
        ("{% yuan amount %}", "3,000 元", "3,000 yuan"),
        ("{% wan wan %}", "3,000.50 元", "3,000.50 yuan"),
        ("{{ n|grouped }}", "1,234,567", "1,234,567"),
        ("{% either a b %}", "甲", "A"),
        ('{% say "frame.pages.here" page=1 pages=2 %}', "第 1 页，共 2 页", "Page 1 of 2"),
        ('{% reason "own_mandate" as why %}{{ why.do }}', "请另一位负责人办理。", "Ask another head to do it."),
    ],
)
def test_values_read_as_people_read_them(template: str, zh: str, en: str) -> None:
    """A moment late in the UTC day is the next day in the city."""
    values = {
        "d": date(2026, 3, 2),
        "m": AT,
        "later": date(2026, 3, 3),
        "before": date(2026, 2, 28),
        "amount": Decimal(3000),
        "wan": Decimal("0.30005"),
        "n": 1234567,
        "a": "甲",
        "b": "A",
    }
    for language, words in (("zh", zh), ("en", en)):
        assert re.sub(r"<[^>]+>", "", shown(template, language, **values)) == words


def test_what_fills_a_sentence_is_escaped() -> None:
    page = shown('{% say "frame.run_by" office=office %}', office="<script>alert(1)</script>")
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_chinese_in_an_english_sentence_is_marked_and_in_a_chinese_one_is_not() -> None:
    line = "Under 《食品安全法》第125条 by <云川市>, 000-12310."
    assert shown("{% mixed line %}", "en", line=line) == (
        'Under <span lang="zh-Hans">《食品安全法》第125条</span> by &lt;<span lang="zh-Hans">云川市</span>&gt;, 000-12310.'
    )
    assert shown("{% mixed line %}", line=line) == "Under 《食品安全法》第125条 by &lt;云川市&gt;, 000-12310."
    told = '{% tell "resident.notice.talk_to" office="Centre" contact="云龙大街1号" %}'
    assert 'Centre, <span lang="zh-Hans">云龙大街1号</span>.' in shown(told, "en")


def test_a_status_is_word_shape_and_colour() -> None:
    page = shown('{% status "account.app.in_use" "good" %}')
    assert 'class="status good"' in page
    assert '<span aria-hidden="true">✓</span> 已启用' in page
    with pytest.raises(KeyError):
        shown('{% status_word "word" "rainbow" %}')


def test_a_question_has_label_hint_error_and_says_so_to_a_reader() -> None:
    form = Sample({"name": "long name"}, language="zh")
    code = shown("{% field form.code 'code-field' %}", form=form)
    assert '<label for="id_code">绑定码' in code
    assert 'id="id_code-hint"' in code
    assert 'aria-describedby="id_code-hint id_code-error"' in code
    assert 'aria-invalid="true"' in code
    assert "请填写“绑定码”。" in code
    assert " required" not in code, "the browser's own bubbles speak another language than the page"
    name = shown("{% field form.name %}", form=form)
    assert "（可以不填）" in name
    assert "“给自己起一个登录名”太长了" in name


def test_radios_are_a_group_with_a_legend_and_no_answer_in_advance() -> None:
    page = shown("{% field form.way %}", language="en", form=Sample({}, language="en"))
    assert "<legend>way</legend>" in page
    assert page.count('type="radio"') == 2
    assert "checked" not in page
    assert "Choose one answer for “way”." in page


def test_each_mistake_links_to_its_input() -> None:
    form = Sample({"on": "31 February"}, {"file": SimpleUploadedFile("a.csv", b"")}, language="en")
    page = shown("{% error_summary form %}", language="en", form=form)
    assert re.findall(r'href="#(\w+)"', page) == ["id_code", "id_way_0", "id_sure", "id_file", "id_on"]
    assert "This file is empty" in page
    assert "“on” is not a day that exists" in page


def test_a_form_that_was_not_sent_has_no_mistakes() -> None:
    assert shown("{% error_summary form %}", form=Sample(language="zh")).strip() == ""


def test_a_file_is_dropped_into_a_marked_place() -> None:
    assert '<div class="drop"><input type="file"' in shown("{% field form.file %}", form=Sample(language="zh"))


def test_pages_lead_on_and_back() -> None:
    paginator = Paginator(range(50), 20)
    middle = shown("{% pages page 'state=open' %}", page=paginator.page(2))
    assert 'rel="prev" href="?page=1&amp;state=open"' in middle
    assert "第 2 页，共 3 页" in middle
    assert shown("{% pages page %}", page=Paginator(range(5), 20).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("done", "of", "finished", "percent"), [(0, 0, False, 0), (1, 3, False, 33), (3, 3, False, 99), (3, 3, True, 100)]
)
def test_progress_is_full_only_when_it_is_finished(done: int, of: int, finished: bool, percent: int) -> None:
    template = "{% progress done of '/b/' finished %}"
    page = shown(template, done=done, of=of, finished=finished)
    assert f'value="{percent}"' in page
    assert ("hx-get" in page) is not finished
    assert ('href="/b/"' in page) is not finished, "without a script, a link"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (812, "812 B"), (3_400, "3.4 KB"), (120_000_000, "120 MB"), (1_200_000_000, "1.2 GB")],
)
def test_sizes(size: int, words: str) -> None:
    assert size_in_words(size) == words


@pytest.mark.parametrize(
    ("span", "zh", "en"),
    [
        (timedelta(seconds=0.4), "0 秒", "0 seconds"),
        (timedelta(seconds=61), "1 分钟 1 秒", "1 minute 1 second"),
        (timedelta(days=2, hours=3, minutes=9), "2 天 3 小时", "2 days 3 hours"),
    ],
)
def test_spans(span: timedelta, zh: str, en: str) -> None:
    assert (span_in_words(span, "zh"), span_in_words(span, "en")) == (zh, en)
