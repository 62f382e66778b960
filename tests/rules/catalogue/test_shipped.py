"""The shipped editions: sound, unofficial, wide enough, and with the national templates to the letter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chengxin.catalogue.queries.laws import shipped_laws
from chengxin.catalogue.rules.bases import basis_ref_known
from chengxin.catalogue.rules.checking import PUBLICATION_CLAUSES, check
from chengxin.catalogue.rules.codec import edition_from_json, edition_to_json
from chengxin.catalogue.rules.confirming import may_come_in_force, sources_to_confirm
from chengxin.catalogue.terms import (
    ActClass,
    AgeRule,
    FieldRole,
    Item,
    ItemStatus,
    Mark,
    Nature,
    Publication,
    Reason,
    RequiredKind,
    Sharing,
)
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.decisions import ALLOWED, Refused
from tests.rules.catalogue.files import edition, shipped

NATIONAL = edition("national")
PENALTY = """CF_XDR_MC 200 CF_XDR_LB 16 CF_XDR_ZJLX 64 CF_XDR_ZJHM 64 CF_WSH 128 CF_WFXW 2000 CF_SY 5000 CF_YJ 2048 CF_CFLB 255
CF_NR 4000 CF_NR_FK 18 CF_NR_WFFF 18 CF_NR_ZKDX 200 CF_JDRQ - CF_YXQ - CF_GSJZQ - CF_CFJG 200 CF_CFJGDM 18 CF_SJLY 200 CF_SJLYDM
18 BZ 512"""
LICENCE = """XK_XDR_MC 200 XK_XDR_LB 16 XK_XDR_ZJLX 64 XK_XDR_ZJHM 64 XK_XKWS 64 XK_WSH 64 XK_XKLB 256 XK_XKZS 64 XK_XKBH 64
XK_NR 4000 XK_JDRQ - XK_YXQZ - XK_YXQZI - XK_XKJG 200 XK_XKJGDM 18 XK_ZT 1 XK_LYDW 200 XK_LYDWDM 18 BZ 512"""
CLOSED = """consumption_limit futures_note appraisal_member tax_compliance labour_market_record marriage_false_papers
social_insurance_list finance_list rail_air_list telecom_fraud_list nursery_ban_list charity_manager"""
PUBLISHED = """penalty_tourism penalty_film penalty_work_safety penalty_groundwater penalty_ozone penalty_wildlife penalty_vaccine
penalty_plant_variety penalty_pesticide penalty_consumer"""
EXTRA = "CX_XWDJ CX_DJYJ CX_CXLX CX_XWRQ CX_CSRQ CX_SDRQ CX_SDFS CX_SDHZ CX_ZZRQ"


def _told(item: Item) -> Iterator[str]:
    for spec in item.fields:
        if not spec.ours:
            yield f"{spec.code} {spec.length or '-'}"


@pytest.mark.parametrize("name", ["national", "yunchuan"])
def test_no_faults(name: str) -> None:
    upper = NATIONAL if name == "yunchuan" else None
    assert check(shipped(name), shipped_laws(), upper) == ()


def test_wide_enough_and_closed_where_it_must_be() -> None:
    assert sum(item.is_open for item in NATIONAL.items.values()) >= 40
    assert {code for code, item in NATIONAL.items.items() if item.status is ItemStatus.CLOSED} == set(CLOSED.split())


@pytest.mark.parametrize(("code", "template"), [("penalty", PENALTY), ("licence", LICENCE)])
def test_national_templates_are_unchanged(code: str, template: str) -> None:
    pairs = template.split()
    expected = [f"{field} {length}" for field, length in zip(pairs[::2], pairs[1::2], strict=True)]
    assert list(_told(NATIONAL.items[code])) == expected


def test_sector_penalties_share_the_template() -> None:
    sector = [item for code, item in NATIONAL.items.items() if code.startswith("penalty_")]
    assert len(sector) == 32
    assert all(item.fields == NATIONAL.items["penalty"].fields for item in sector)


def test_columns_of_ours() -> None:
    penalty = NATIONAL.items["penalty"]
    assert [spec.code for spec in penalty.fields if spec.ours] == EXTRA.split()
    assert penalty.procedures_refused == ("simplified",)
    detention = penalty.by_code["CF_CFLB"].spellings["行政拘留"]
    assert detention.refused == "public_security_penalty"
    for code in ("CF_NR_FK", "CF_NR_WFFF"):
        spec = penalty.by_code[code]
        assert (spec.scale, spec.unit, spec.required.kind) == (6, "wan_yuan", RequiredKind.WHEN)
    assert penalty.field_of(FieldRole.COMPUTED_IGNORED) == penalty.by_code["CF_GSJZQ"]
    assert penalty.field_of(FieldRole.REMARK_REFUSED) == penalty.by_code["BZ"]


def test_court_rows_come_without_age_and_sex() -> None:
    court = NATIONAL.items["court_defaulter"]
    codes = [spec.code for spec in court.fields]
    assert not {"age", "sexy", "sex"} & set(codes)
    assert court.age_rule is AgeRule.COURT
    assert court.fixed_class is ActClass.SERIOUS
    assert court.display[ActClass.SERIOUS].maximum is not None
    assert court.display[ActClass.SERIOUS].maximum.months == 36
    reasons = court.field_of(FieldRole.COURT_REASON)
    assert reasons is not None
    assert [code.value for code in reasons.codes] == [str(number) for number in range(1, 11)]


def test_published_only_where_a_clause_orders_it() -> None:
    published = {code: item for code, item in NATIONAL.items.items() if item.publication is Publication.LAW_ORDERS}
    assert set(published) == set(PUBLISHED.split())
    assert all(item.publication_basis in PUBLICATION_CLAUSES for item in published.values())


def test_every_item_has_what_law_asks() -> None:
    table = shipped_laws()
    for item in NATIONAL.items.values():
        assert item.zh
        assert item.en
        assert item.field_of_work.zh
        assert item.suppliers
        assert all(basis_ref_known(table, ref) for ref in item.basis)
        assert item.basis
        assert item.display
        assert item.claim.mark in Mark
        if item.nature is Nature.ADVERSE:
            assert item.minimum_age >= 18
            assert item.document_needed
        if item.nature is Nature.GOOD:
            assert item.optout
        if item.category in (4, 8, 13) and item.code != "professional_title":
            assert item.sharing is Sharing.NONE


@pytest.mark.parametrize("name", ["national", "yunchuan"])
def test_stored_form_gives_the_same_edition(name: str) -> None:
    plain = edition_to_json(edition(name))
    assert edition_from_json(plain) == edition(name)
    assert canonical_json(edition_to_json(edition_from_json(plain))) == canonical_json(plain)


def test_production_asks_for_each_weak_source_by_name() -> None:
    table = shipped_laws()
    weak = {source.code for source in sources_to_confirm(NATIONAL, table)}
    assert {"o36", "n424", "national_list", "court_rule", "order_45", "sector_lists", "dates"} <= weak
    assert "statutes" not in weak
    refused = may_come_in_force(NATIONAL, table, weak - {"o36"}, practice=False)
    assert isinstance(refused, Refused)
    assert refused.reason == Reason.SOURCES_UNCONFIRMED
    assert refused.data["sources"] == "o36"
    assert may_come_in_force(NATIONAL, table, weak, practice=False) is ALLOWED
    assert may_come_in_force(NATIONAL, table, (), practice=True) is ALLOWED
