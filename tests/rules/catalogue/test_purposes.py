"""Purposes: what an asker may be told is written in an edition, within what its items share, and never for some uses."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import Any

import pytest

from chengxin.catalogue.rules.codec import edition_from_json, edition_to_json
from chengxin.catalogue.rules.differing import differences
from chengxin.catalogue.rules.differing_purposes import told
from chengxin.catalogue.rules.merging import Dated, merge
from chengxin.catalogue.terms import (
    ChangeKind,
    Edition,
    FieldRole,
    Frequency,
    ItemStatus,
    Mark,
    Narrowing,
    Operation,
    PurposeSpec,
    Sharing,
)
from tests.rules.catalogue.files import changed, edition, faults_of, shipped_text

NATIONAL, CITY = edition("national"), edition("yunchuan")
NATIONAL_TEXT, CITY_TEXT = shipped_text("national"), shipped_text("yunchuan")

A_PURPOSE = """
purposes:
  - code: city_query
    zh: 核对守信市民称号
    en: Whether the title of honest citizen is held
    told: {zh: 您申请优惠并同意核对。, en: You asked for a benefit and agreed.}
    askers: [culture_tourism]
    basis: consent
    items: {city_honest_citizen: [RY_MC, RDRQ]}
    operations: [look_up]
    ground_days: 30
    frequency: {times: 3, days: 30}
    source: city
    mark: own
"""

_LOAN = "      licence: [XK_XKZS, XK_YXQZI, XK_XKJG]"

# (fault, what is changed in the shipped national edition, into what); the fault stands on the line of the change
CASES = [
    ("purpose_refused", "zh: 行政许可审查", "zh: 招聘前背景审查"),
    ("purpose_refused", "zh: 行政许可审查", "zh: 乘坐高铁前核验"),
    ("purpose_refused", "zh: 行政许可审查", "zh: 学校招生资格核验"),
    ("purpose_refused", "zh: 行政许可审查", "zh: 为市民信用评分"),
    ("purpose_refused", "en: Deciding on a licence", "en: Screening of job applicants"),
    ("purpose_refused", "en: Deciding on a licence", "en: Marketing of loans"),
    ("purpose_for_nobody", "askers: [approval]", "askers: []"),
    ("bad_value", "askers: [approval]", "askers: [employer]"),
    (
        "basis_unknown",
        'askers: [science]\n    basis: {law: 国家科学技术奖励条例, article: "33"}',
        'askers: [science]\n    basis: {law: 国家科学技术奖励条例, article: "99"}',
    ),
    ("purpose_over_sharing", "      research_integrity_list: [MD_WSH,", "      work_safety_list: [MD_WSH,"),
    ("purpose_over_sharing", _LOAN, _LOAN.replace("licence", "charity_donation")),
    ("unknown_name", _LOAN, _LOAN.replace("XK_XKZS", "XK_NONE")),
    ("unknown_name", _LOAN, _LOAN.replace("licence", "licences")),
    ("purpose_tells_identity", _LOAN, _LOAN.replace("[", "[XK_XDR_ZJHM, ")),
    ("purpose_of_nothing", "      research_integrity_list: [MD_WSH, MD_SY, MD_LRRQ, MD_JG]\n", "      {}\n"),
    ("purpose_check_whole", "check]\n    question: {zh: 目前没有列入科研", "verify]\n    question: {zh: 目前没有列入科研"),
    ("unknown_name", "    about: [research_integrity_list]", "    about: [work_safety_list]"),
    ("missing_key", "    about: [research_integrity_list]\n", ""),
    ("purpose_consent_alone", "operations: [verify]\n", "operations: [verify]\n    case_needed: true\n"),
    ("purpose_no_emergency", "batch_most: 10000\n", "batch_most: 10000\n    emergency: true\n"),
    ("bad_number", "ground_days: 60", "ground_days: 400"),
    ("bad_number", "batch_most: 10000", "batch_most: 10001"),
    ("bad_number", "frequency: {times: 3, days: 60}", "frequency: {times: 0, days: 60}"),
    ("double_code", "- code: licence_review", "- code: tender_review"),
    ("missing_key", "basis: consent\n    items: {}", "items: {}"),
]  # fmt: skip


def _city(text: str) -> set[str]:
    return {fault.code for fault in faults_of(text, NATIONAL)}


def _fields(purpose: PurposeSpec) -> set[tuple[str, str]]:
    return {(item, field) for item, fields in purpose.items.items() for field in fields}


@pytest.mark.parametrize(("code", "before", "after"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)])
def test_a_purpose_out_of_bounds_is_told(code: str, before: str, after: str) -> None:
    assert not faults_of(NATIONAL_TEXT)
    assert code in {fault.code for fault in faults_of(changed(NATIONAL_TEXT, before, after))}


def test_no_shipped_purpose_tells_who_the_person_is() -> None:
    never = {FieldRole.PERSON_NAME, FieldRole.DOCUMENT_NUMBER, FieldRole.DOCUMENT_KIND, FieldRole.BIRTH_DATE}
    for purpose in NATIONAL.purposes.values():
        for item, fields in purpose.items.items():
            assert not never & {NATIONAL.items[item].by_code[code].role for code in fields}


def test_the_shipped_purposes_without_consent_ask_for_little_and_name_their_law() -> None:
    evidence, rescue = NATIONAL.purposes["criminal_evidence"], NATIONAL.purposes["rescue_on_site"]
    assert evidence.askers == ("public_security", "procuratorate")
    assert (evidence.case_needed, evidence.emergency, rescue.case_needed, rescue.emergency) == (
        True,
        False,
        False,
        True,
    )
    assert rescue.claim.mark is Mark.M, "its article is from memory: production asks for it by name"
    for one in (evidence, rescue):
        assert (one.operations, one.batch_most, len(one.items)) == ({Operation.LOOK_UP}, 0, 1)
    assert _fields(rescue) == {("licence", "XK_XKZS"), ("licence", "XK_YXQZI")}


def test_an_employer_has_no_purpose_in_any_edition() -> None:
    words = ("labour", "government")
    assert not [one.code for one in NATIONAL.purposes.values() if any(one.is_for("", word) for word in words)]


def test_a_city_adds_what_rests_on_consent_and_nothing_else() -> None:
    assert not _city(CITY_TEXT + A_PURPOSE)
    by_law = A_PURPOSE.replace("basis: consent", 'basis: {law: 云川市社会信用条例, article: "23"}')
    assert {"purpose_not_local", "purpose_over_sharing"} <= _city(CITY_TEXT + by_law)
    assert "double_code" in _city(CITY_TEXT + A_PURPOSE.replace("city_query", "licence_review"))
    assert "purpose_unknown" in _city(CITY_TEXT + "\npurposes_drop: [nothing_here]\n")


def test_a_city_drops_a_national_purpose() -> None:
    city = replace(CITY, purposes_dropped=("licence_review",))
    assert "licence_review" not in merge(Dated(NATIONAL), Dated(city)).purposes
    assert "tender_review" in merge(Dated(NATIONAL), Dated(city)).purposes


@pytest.mark.parametrize(
    "narrowing",
    [
        Narrowing("court_defaulter", sharing=Sharing.NONE),
        Narrowing("court_defaulter", status=ItemStatus.CLOSED),
        Narrowing("court_defaulter", sharing=Sharing.ON_CONSENT),
    ],
    ids=["shared with nobody", "closed", "on consent alone"],
)
def test_what_an_item_no_longer_shares_no_purpose_has(narrowing: Narrowing) -> None:
    city = replace(CITY, narrowings={**CITY.narrowings, "court_defaulter": narrowing})
    merged = merge(Dated(NATIONAL), Dated(city))
    assert "licence_review" not in merged.purposes
    kept = merged.purposes["credit_on_consent"]
    assert ("court_defaulter" in kept.items) == (narrowing.sharing is Sharing.ON_CONSENT)
    assert (Operation.CHECK in kept.operations) == (narrowing.sharing is Sharing.ON_CONSENT)
    assert "penalty" in kept.items


def test_a_field_that_a_city_leaves_out_is_left_out_of_the_purpose() -> None:
    narrowing = Narrowing("penalty", fields_dropped=("CF_NR_FK",))
    merged = merge(Dated(NATIONAL), Dated(replace(CITY, narrowings={"penalty": narrowing})))
    before = _fields(merge(Dated(NATIONAL), None).purposes["credit_on_consent"])
    assert before - _fields(merged.purposes["credit_on_consent"]) == {("penalty", "CF_NR_FK")}


def test_a_purpose_by_law_in_a_city_edition_never_holds() -> None:
    smuggled = replace(NATIONAL.purposes["licence_review"], code="smuggled", askers=("bank",))
    city = replace(CITY, purposes={"smuggled": smuggled})
    assert "smuggled" not in merge(Dated(NATIONAL), Dated(city)).purposes


@pytest.mark.parametrize("one", [NATIONAL, CITY], ids=["national", "city"])
def test_stored_and_read_back(one: Edition) -> None:
    assert edition_from_json(edition_to_json(one)).purposes == one.purposes


def test_an_edition_stored_before_purposes_were_known_has_none() -> None:
    stored = edition_to_json(NATIONAL)
    del stored["purposes"], stored["purposes_dropped"]
    assert edition_from_json(stored).purposes == {}


# (attribute, change of the shipped licence_review, what it is)
DIFFERENCES = [
    ("askers", {"askers": ("approval", "court")}, ChangeKind.WIDENED),
    ("askers", {"askers": ("court",)}, ChangeKind.WIDENED),
    ("items", {"items": {"court_defaulter": frozenset({"caseCode", "courtName"})}}, ChangeKind.NARROWED),
    ("items", {"items": {"court_defaulter": frozenset({"caseCode", "duty"})}}, ChangeKind.WIDENED),
    ("operations", {"operations": frozenset({Operation.LOOK_UP})}, ChangeKind.NARROWED),
    ("ground_days", {"ground_days": 61}, ChangeKind.WIDENED),
    ("ground_days", {"ground_days": 59}, ChangeKind.NARROWED),
    ("frequency", {"frequency": Frequency(4, 60)}, ChangeKind.WIDENED),
    ("frequency", {"frequency": Frequency(3, 30)}, ChangeKind.WIDENED),
    ("frequency", {"frequency": Frequency(3, 90)}, ChangeKind.NARROWED),
    ("frequency", {"frequency": Frequency(1, 30)}, ChangeKind.NARROWED),
    ("case_needed", {"case_needed": False}, ChangeKind.WIDENED),
    ("batch_most", {"batch_most": 10}, ChangeKind.WIDENED),
    ("emergency", {"emergency": True}, ChangeKind.WIDENED),
    ("purpose_basis", {"basis": None}, ChangeKind.WIDENED),
    ("question", {"about": ()}, ChangeKind.WIDENED),
    ("name", {"zh": "审批"}, ChangeKind.REWORDED),
]


@pytest.mark.parametrize(
    ("attribute", "change", "kind"), DIFFERENCES, ids=[f"{one[0]}-{n}" for n, one in enumerate(DIFFERENCES)]
)
def test_a_changed_purpose_says_whether_more_may_be_asked(
    attribute: str, change: dict[str, Any], kind: ChangeKind
) -> None:
    before = NATIONAL.purposes["licence_review"]
    after = replace(NATIONAL, purposes={**NATIONAL.purposes, before.code: replace(before, **change)})
    (found,) = differences(NATIONAL, after)
    assert (found.item, found.attribute, found.kind) == (before.code, attribute, kind)


def test_every_attribute_of_a_purpose_is_told() -> None:
    before = NATIONAL.purposes["licence_review"]
    silent = {"code", "claim", "line", "zh", "en", "basis", "rule", "about"}
    assert {field.name for field in dataclasses.fields(before)} - silent <= set(told(before))


def test_a_purpose_that_comes_or_goes_is_told_for_a_city_too() -> None:
    without = replace(NATIONAL, purposes={})
    assert {one.kind for one in differences(NATIONAL, without)} == {ChangeKind.REMOVED}
    assert {one.kind for one in differences(without, NATIONAL)} == {ChangeKind.ADDED}
    dropping = replace(CITY, purposes_dropped=("licence_review",))
    (found,) = differences(CITY, dropping, NATIONAL)
    assert (found.kind, found.item) == (ChangeKind.REMOVED, "licence_review")
