"""Citations read out of free words, and the gate that tests a law at the act and at the decision."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.catalogue.queries.laws import shipped_laws
from chengxin.catalogue.rules import bases
from chengxin.catalogue.rules.citations import chinese_number, parse_citations
from chengxin.catalogue.rules.clauses import CLAUSES
from chengxin.catalogue.terms import BasisStanding, Citation, Mark
from tests.rules.catalogue.files import edition

TABLE = shipped_laws()
OLD, NEW = date(2026, 8, 14), date(2026, 8, 15)
ENVIRONMENT = (
    "环境保护法 环境影响评价法 海洋环境保护法 大气污染防治法 水污染防治法 土壤污染防治法 固体废物污染环境防治法"
    " 噪声污染防治法 放射性污染防治法 清洁生产促进法"
)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十七", 17),
        ("二十", 20),
        ("一百零七", 107),
        ("一百一十三", 113),
        ("一千二百四十二", 1242),
        ("124", 124),
        ("２８", 28),
        ("一二四", 124),
    ],
)
def test_chinese_numerals(words: str, number: int) -> None:
    assert chinese_number(words) == number


@pytest.mark.parametrize("words", ["", "甲", "一甲"])
def test_what_is_no_numeral(words: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        chinese_number(words)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "依据《中华人民共和国食品安全法》第一百二十四条第一款第（一）项、第28条，《刑法》第三十七条之一",
            [("食品安全法", "124"), ("食品安全法", "28"), ("刑法", "37-1")],
        ),
        ("《广告法（2021年修正）》", [("广告法", None)]),
        ("依据食品安全法第十条作出", [("食品安全法", "10")]),
        ("依据食品安全法实施条例第十条", [("食品安全法实施条例", "10")]),
        ("《会计法》第四十七条、《会计法》第四十七条", [("会计法", "47")]),
        ("按有关规定", []),
    ],
)
def test_citations(text: str, found: list[tuple[str, str | None]]) -> None:
    assert parse_citations(text, TABLE.names) == tuple(Citation(*one) for one in found)


@given(st.text(alphabet="《》第条一二十百之、法例中华人民共和国12 （）款", max_size=40))
def test_reading_citations_never_fails(text: str) -> None:
    for citation in parse_citations(text, TABLE.names):
        assert citation.law


@pytest.mark.parametrize("law", ENVIRONMENT.split())
def test_the_ten_environment_laws_ended(law: str) -> None:
    assert bases.law_standing(TABLE, law, OLD) is BasisStanding.IN_FORCE
    assert bases.law_standing(TABLE, law, NEW) is BasisStanding.REPEALED


def test_an_item_may_rest_on_the_old_law_and_on_the_new() -> None:
    item = edition("national").items["penalty_environmental_report"]
    assert bases.item_standing(TABLE, item, OLD) is BasisStanding.IN_FORCE
    assert bases.item_standing(TABLE, item, NEW) is BasisStanding.IN_FORCE
    assert bases.item_standing(TABLE, item, date(2018, 1, 1)) is BasisStanding.NOT_YET


def test_an_article_has_days_of_its_own() -> None:
    assert bases.standing(TABLE, "中华人民共和国会计法", "47", date(2024, 6, 30)) is BasisStanding.NOT_YET
    assert bases.standing(TABLE, "会计法", "47", date(2024, 7, 1)) is BasisStanding.IN_FORCE
    assert bases.standing(TABLE, "会计法", "999", date(2024, 7, 1)) is BasisStanding.UNKNOWN_ARTICLE
    assert bases.standing(TABLE, "某某法", "1", date(2024, 7, 1)) is BasisStanding.UNKNOWN_LAW
    assert bases.law_standing(TABLE, "金融领域严重失信主体名单管理暂行办法", NEW) is BasisStanding.UNKNOWN_LAW


@pytest.mark.parametrize(
    ("text", "days", "standing"),
    [
        ("《食品安全法》第一百二十四条", [OLD, NEW], "in_force"),
        ("《食品安全法》第一百二十四条、《云川市行政处罚裁量基准》", [OLD], "in_force"),
        ("《云川市行政处罚裁量基准》", [OLD], "unknown_law"),
        ("按有关规定处理", [OLD], "unknown_law"),
        ("《水污染防治法》第八十三条", [OLD, OLD], "in_force"),
        ("《水污染防治法》第八十三条", [OLD, NEW], "repealed"),
        ("《食品安全法》第十条、《水污染防治法》第八十三条", [NEW], "repealed"),
        ("《生态环境法典》第一千条", [OLD, NEW], "not_yet"),
        ("《食品安全法》、《治安管理处罚法》第四十九条", [NEW], "refused"),
        ("《宗教事务条例》第六十三条", [NEW], "refused"),
    ],
)
def test_what_a_row_cites(text: str, days: list[date], standing: str) -> None:
    assert bases.citations_standing(TABLE, text, days).value == standing


def test_the_shipped_table_is_sound() -> None:
    assert len(TABLE.laws) > 200
    for row in TABLE.rows:
        assert row.source in TABLE.sources
        assert row.refused is None or row.refused in CLAUSES
        assert row.mark in (Mark.A, Mark.B, Mark.C, Mark.M)
    for law, _ in TABLE.articles:
        assert law in TABLE.laws


def test_faults_of_a_table_of_laws() -> None:
    text = """sources: {s: {title: {zh: 甲, en: a}, mark: A}}
laws:
  - {law: 甲法, from: 2020-01-01, until: 2019-01-01, source: s, mark: A}
  - {law: 甲法, from: 2020-13-01, source: none, mark: A, oops: 1}
"""
    _, faults = bases.load_laws("laws.yaml", text)
    assert {(fault.line, fault.code) for fault in faults} == {
        (3, "dates_reversed"),
        (4, "double_code"),
        (4, "bad_date"),
        (4, "claim_source_unknown"),
        (4, "unknown_key"),
    }


def test_a_row_rests_on_no_law_that_is_for_purposes_alone() -> None:
    """Somebody may ask under it; a row that cites it stays where it was before anybody might."""
    day = date(2026, 6, 1)
    assert bases.standing(TABLE, "刑事诉讼法", "54", day) is BasisStanding.IN_FORCE
    for text in ("《刑事诉讼法》第五十四条", "依据刑事诉讼法第五十四条", "《中华人民共和国刑事诉讼法》"):
        assert bases.citations_standing(TABLE, text, [day]) is BasisStanding.UNKNOWN_LAW
    assert bases.citations_standing(TABLE, "《会计法》、《刑事诉讼法》", [day]) is BasisStanding.IN_FORCE
