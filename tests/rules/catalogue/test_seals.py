"""Laws of silence: written in a national edition alone, on an article, for a time; until confirmed they seal nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chengxin.catalogue.queries.laws import shipped_laws
from chengxin.catalogue.rules.bases import LawTable
from chengxin.catalogue.rules.codec import edition_from_json, edition_to_json
from chengxin.catalogue.rules.confirming import may_come_in_force, sources_to_confirm
from chengxin.catalogue.rules.differing import differences
from chengxin.catalogue.rules.sealing import holds
from chengxin.catalogue.terms import LONGEST_SILENCE_DAYS, BasisRef, ChangeKind, Mark
from chengxin.kernel.decisions import ALLOWED
from tests.rules.catalogue.files import changed, edition, faults_of, shipped_text

NATIONAL, TEXT, TABLE = edition("national"), shipped_text("national"), shipped_laws()
LAW = NATIONAL.seals["criminal_inquiry"]
DAY = date(2026, 6, 1)
CONFIRMED = {LAW.claim.source}

CASES = [
    ("seal_for_nobody", "    organs: [public_security, procuratorate]", "    organs: []"),
    ("bad_value", "    organs: [public_security, procuratorate]", "    organs: [police]"),
    ("basis_unknown", 'basis: {law: 刑事诉讼法, article: "152"}', 'basis: {law: 刑事诉讼法, article: "153"}'),
    ("bad_number", "    days: 90\n    says", "    days: 181\n    says"),
    ("bad_number", "    days: 90\n    says", "    days: 0\n    says"),
    ("seal_without_law", "    source: silence_reading\n    mark: M", "    source: silence_reading\n    mark: own"),
    ("bad_code", "- code: criminal_inquiry", "- code: Criminal"),
]


@pytest.mark.parametrize(("code", "before", "after"), CASES, ids=[f"{one[0]}-{n}" for n, one in enumerate(CASES)])
def test_a_law_of_silence_out_of_bounds_is_told(code: str, before: str, after: str) -> None:
    assert code in {fault.code for fault in faults_of(changed(TEXT, before, after))}


def test_the_same_is_not_written_twice_and_a_city_writes_none() -> None:
    section = TEXT[TEXT.index("\n  - code: criminal_inquiry") :]
    assert "double_code" in {fault.code for fault in faults_of(TEXT + section)}
    city = (
        shipped_text("yunchuan") + "\nseals:" + section.replace("silence_reading\n    mark: M", "city\n    mark: own")
    )
    assert "level_wrong" in {fault.code for fault in faults_of(city, NATIONAL)}


def test_what_is_shipped_is_short_and_from_memory() -> None:
    for law in NATIONAL.seals.values():
        assert 0 < law.days <= LONGEST_SILENCE_DAYS == 180, "the database bounds every seal at 180 days"
        assert law.organs
        assert law.claim.mark is Mark.M


@pytest.mark.parametrize(
    ("confirmed", "day", "stands"),
    [
        (CONFIRMED, DAY, True),
        (set(), DAY, False),
        ({"statutes", "dates", "emergency_reading"}, DAY, False),
        (CONFIRMED, date(2018, 10, 25), False),
    ],
    ids=["confirmed", "by nobody", "another source", "before its law"],
)
def test_until_somebody_confirmed_it_by_name_it_seals_nothing(confirmed: set[str], day: date, stands: bool) -> None:
    assert holds(LAW, TABLE, confirmed, day) is stands


def test_a_law_of_silence_ends_with_its_article() -> None:
    key = (LAW.basis.law, LAW.basis.article)
    ended = replace(TABLE.articles[key], in_force_until=DAY)
    assert not holds(LAW, LawTable(TABLE.laws, {**TABLE.articles, key: ended}, TABLE.sources), CONFIRMED, DAY)


def test_the_source_of_its_article_is_asked_for_too() -> None:
    key = (LAW.basis.law, LAW.basis.article)
    weak = replace(TABLE.articles[key], source="dates", mark=Mark.M)
    table = LawTable(TABLE.laws, {**TABLE.articles, key: weak}, TABLE.sources)
    assert not holds(LAW, table, CONFIRMED, DAY)
    assert holds(LAW, table, CONFIRMED | {"dates"}, DAY)


def test_production_asks_for_its_source_by_name() -> None:
    weak = {source.code for source in sources_to_confirm(NATIONAL, TABLE)}
    assert LAW.claim.source in weak
    assert may_come_in_force(NATIONAL, TABLE, weak - CONFIRMED, practice=False) is not ALLOWED


def test_stored_and_read_back_and_absent_in_what_was_stored_before() -> None:
    stored = edition_to_json(NATIONAL)
    assert edition_from_json(stored).seals == NATIONAL.seals
    del stored["seals"]
    assert edition_from_json(stored).seals == {}


DIFFERENCES = [
    ("seal_days", {"days": 91}, ChangeKind.WIDENED),
    ("seal_days", {"days": 30}, ChangeKind.NARROWED),
    ("organs", {"organs": ("public_security",)}, ChangeKind.NARROWED),
    ("organs", {"organs": ("public_security", "court")}, ChangeKind.WIDENED),
    ("seal_basis", {"basis": BasisRef("刑事诉讼法", "54")}, ChangeKind.WIDENED),
    ("name", {"zh": "保密"}, ChangeKind.REWORDED),
]


@pytest.mark.parametrize(
    ("attribute", "change", "kind"), DIFFERENCES, ids=[f"{d[0]}-{n}" for n, d in enumerate(DIFFERENCES)]
)
def test_a_changed_law_of_silence_says_whether_more_is_kept(
    attribute: str, change: dict[str, Any], kind: ChangeKind
) -> None:
    (found,) = differences(NATIONAL, replace(NATIONAL, seals={LAW.code: replace(LAW, **change)}))
    assert (found.item, found.attribute, found.kind) == (LAW.code, attribute, kind)


def test_one_that_comes_or_goes_is_told() -> None:
    without = replace(NATIONAL, seals={})
    for before, after, kind in ((without, NATIONAL, ChangeKind.ADDED), (NATIONAL, without, ChangeKind.REMOVED)):
        (found,) = differences(before, after)
        assert (found.kind, found.item, found.attribute) == (kind, LAW.code, "seal")
