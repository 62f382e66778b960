"""The catalogue for everybody: every item in plain words, its templates, and what is never collected."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client

from chengxin.catalogue import facade as catalogue
from chengxin.foundation import clock
from chengxin.kernel.days import shanghai_day
from tests.doors.in_force import shipped_editions
from tests.doors.offering import shown
from tests.making import make_organisation


@pytest.fixture(scope="module", autouse=True)
def _catalogue(_a_city_of_its_own: None) -> None:
    shipped_editions()
    make_organisation(name="云川市市场监督管理局", at=clock.now())


def english() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def test_everybody_sees_every_item_and_what_is_never_collected() -> None:
    page = shown(Client(), "/catalogue/")
    edition = catalogue.edition_on(shanghai_day(clock.now()))
    assert len(edition.items) > 40
    assert all(item.zh in page for item in edition.items.values())
    assert all(clause.zh in page for clause in catalogue.CLAUSES.values())
    assert "不是官方公布的文本" in page


@pytest.mark.parametrize("client", [Client, english])
def test_every_item_has_its_page(client: type[Client]) -> None:
    edition, someone = catalogue.edition_on(shanghai_day(clock.now())), client()
    for code, item in edition.items.items():
        page = shown(someone, f"/catalogue/{code}/")
        assert all(ref.law in page for ref in item.basis)
        assert all(
            spec.code in page for spec in item.fields if spec.element != "remark" and "display" not in spec.element
        )


def test_an_item_says_periods_suppliers_and_who_may_see_it() -> None:
    code = _penalty()
    page = shown(Client(), f"/catalogue/{code}/")
    for words in (
        "3 个月",
        "9 个月",
        "2 年",
        "市场监督管理部门",
        "云川市市场监督管理局",
        "本人，随时，全部内容",
        "7 个工作日内报送",
    ):
        assert words in page, words
    other = shown(english(), f"/catalogue/{code}/")
    for words in ("3 months", "9 months", "2 years", "Market regulation", "the person, at any time"):
        assert words.lower() in other.lower(), words


def _penalty() -> str:
    edition = catalogue.edition_on(shanghai_day(clock.now()))
    return next(code for code, item in edition.items.items() if "CF_WSH" in item.by_code and item.is_open)


def test_items_are_found_by_name_code_and_law() -> None:
    assert "找到 1 项" in shown(Client(), "/catalogue/?q=court_defaulter")
    assert "找到 0 项" in shown(Client(), "/catalogue/?q=没有这样的事")
    law = shown(Client(), "/catalogue/?q=民事诉讼法")
    assert "司法裁判及执行信息" in law
    assert "永远不收的" not in law


def test_the_templates_can_be_had_by_anybody() -> None:
    code = _penalty()
    csv = Client().get(f"/catalogue/{code}/template.csv")
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert b"CF_WSH" in csv.content
    assert csv.headers["Content-Disposition"] == f'attachment; filename="{code}.csv"'
    assert Client().get(f"/catalogue/{code}/template.xlsx").content.startswith(b"PK")
    assert Client().get(f"/catalogue/{code}/template.exe").status_code == HTTPStatus.NOT_FOUND


def test_an_item_that_is_not_in_the_catalogue_is_said_not_to_be() -> None:
    answer = Client().get("/catalogue/NO-SUCH-ITEM/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "目录里没有这一项" in answer.content.decode()
