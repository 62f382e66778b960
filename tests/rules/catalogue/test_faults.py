"""`catalogue check` tells every fault at once, each in both languages with the line it is on."""

from __future__ import annotations

import re

import pytest

from chengxin.catalogue.queries.files import check_files
from chengxin.catalogue.rules.faults import SENTENCES
from tests.rules.catalogue.files import HERE, changed, edition, faults_of, shipped_text, texts
from tests.rules.catalogue.test_purposes import CASES as PURPOSE_CASES
from tests.rules.catalogue.test_seals import CASES as SEAL_CASES

SMALL = dict(texts("innocent"))["students"]
NATIONAL = shipped_text("national")
CITY = shipped_text("yunchuan")

# (code, what is changed in which text, into what); the fault has to stand on the line of the change, or on `line`'s
SMALL_CASES = [
    ("missing_key", "    category: 11\n", "", "- code: test_item"),
    ("unknown_key", "optout: true", "optout: true\n    secret: 1", "secret: 1"),
    ("double_key", "    category: 11\n", "    category: 11\n    category: 12\n", "category: 12"),
    ("bad_value", "nature: good", "nature: bad", ""),
    ("bad_value", "suppliers: [civil_affairs]", "suppliers: [somebody]", ""),
    ("bad_date", "in_force_from: 2026-06-01", "in_force_from: 2026-02-30", ""),
    ("bad_number", "category: 11", "category: 14", ""),
    ("bad_period", "{period: 6m", "{period: 6w", ""),
    ("bad_code", "code: test_item", "code: Test", ""),
    ("bad_code", "{code: LYDWDM", "{code: '1X'", ""),
    ("wrong_shape", "suppliers: [civil_affairs]", "suppliers: civil_affairs", ""),
    ("wrong_shape", "zh: 测试目录\n", "zh: [测试目录]\n", ""),
    ("unknown_name", 'codes: [{value: "01", zh: 身份证, en: resident identity card}]', "codes: nothing", ""),
    ("element_unknown", "element: source.code", "element: source.colour", ""),
    ("element_disagrees", "element: source.code,", "element: source.code, type: date,", ""),
    ("element_disagrees", "element: source.code,", "element: source.code, role: content,", ""),
    ("forbidden", "en: code of the source", "en: blood type", ""),
    ("role_missing", "{code: LYDWDM, element: source.code", "{code: LYDWDM, element: list.name", "fields:"),
    ("role_twice", "{code: LYDWDM, element: source.code", "{code: LYDWDM, element: source.name", "fields:"),
    ("role_optional", "length: 18, required: always", "length: 18", ""),
    ("length_missing", "en: code of the source, length: 18", "en: code of the source", ""),
    ("length_over", "length: 18", "length: 6000", ""),
    ("codes_missing", '        codes: [{value: "01", zh: 身份证, en: resident identity card}]\n', "", "- code: ZJLX"),
    ("codes_not_expected", "en: code of the source,", "en: code of the source, many: true,", ""),
    (
        "spelling_twice",
        'codes: [{value: "01", zh: 身份证, en: resident identity card}]',
        'codes: [{value: "01", en: a}, {value: "02", en: b, aliases: ["01"]}]',
        "- code: ZJLX",
    ),
    ("condition_wrong", "length: 18, required: always", "length: 18, required: {when: {field: XM, values: [a]}}", ""),
    ("ours_prefix", "{code: LYDWDM", "{code: CX_DM", ""),
    ("key_field_unknown", "natural_key: [RDRQ]", "natural_key: [RDRQ, NN]", ""),
    ("double_code", "{code: LYDWDM", "{code: LYDW", "{code: LYDW, element: source.code"),
    ("class_wrong", "fixed_class: none", "fixed_class: serious", ""),
    ("display_missing", "display: {none: {", "display: {minor: {", ""),
    ("display_surplus", "display: {none: {", "display: {minor: {", ""),
    ("display_endless", "{none: {max: 1y, ", "{none: {", ""),
    ("display_over_ceiling", "{max: 1y", "{max: 6y", ""),
    ("display_reversed", "{max: 1y", "{min: 2y, max: 1y", ""),
    ("basis_unknown", 'article: "101"', 'article: "1"', ""),
    ("basis_refused", 'law: 慈善法, article: "101"', 'law: 宗教事务条例, article: "1"', ""),
    ("basis_missing", 'basis: [{law: 慈善法, article: "101"}]', "basis: []", ""),
    ("good_without_choice", "    optout: true\n", "    optout: false\n", ""),
    (
        "publication_not_ordered",
        "    optout: true\n",
        '    optout: true\n    publication: law_orders\n    publication_basis: [{law: 慈善法, article: "101"}]\n',
        "publication: law_orders",
    ),
    ("sharing_without_law", "    optout: true\n", "    optout: true\n    sharing: by_law\n", "sharing: by_law"),
    ("claim_source_unknown", "{max: 1y, source: own", "{max: 1y, source: other", ""),
    (
        "dates_reversed",
        "in_force_from: 2026-06-01",
        "in_force_from: 2026-06-01\n  in_force_until: 2026-06-01",
        "in_force_until",
    ),
    ("level_wrong", "    optout: true\n", "    optout: true\n    slot: local_honour\n", "slot: local_honour"),
    ("age_rule_wrong", "    optout: true\n", "    optout: true\n    age_rule: court\n", "age_rule: court"),
    ("nature_wrong", "element: honour.reason", "element: penalty.content", "- code: QT"),
    ("not_yaml", "nature: good", "nature: [good", "fixed_class"),
]
NATIONAL_CASES = [
    (
        "display_over_ceiling",
        "    general: {min: 3m, max: 1y, source: o36",
        "    general: {min: 3m, max: 13m, source: o36",
    ),
    ("display_over_ceiling", "    minor: {max: 3m, ", "    minor: {max: 4m, "),
    (
        "display_over_ceiling",
        "    serious: {min: 1y, max: 3y, source: o36",
        "    serious: {min: 1y, max: 4y, source: o36",
    ),
    ("display_endless", "    minor: {max: 3m, source", "    minor: {source"),
    ("retention_over", "adverse: {period: 2y", "adverse: {period: 25m"),
]


def _line(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.mark.parametrize(
    ("code", "before", "after", "at"), SMALL_CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(SMALL_CASES)]
)
def test_fault_and_its_line(code: str, before: str, after: str, at: str) -> None:
    text = changed(SMALL, before, after)
    expected = _line(text, at or after.strip().splitlines()[0])
    found = [fault for fault in faults_of(text) if fault.code == code]
    assert [fault.line for fault in found if fault.line == expected], (expected, faults_of(text))


@pytest.mark.parametrize(
    ("code", "before", "after"), NATIONAL_CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(NATIONAL_CASES)]
)
def test_periods_of_adverse_items_have_ceilings(code: str, before: str, after: str) -> None:
    assert code in {fault.code for fault in faults_of(changed(NATIONAL, before, after))}


def test_adverse_items_need_age_document_and_what_screening_asks() -> None:
    text = NATIONAL.replace(
        "    decision_of_one: true\n    sharing: on_consent",
        "    minimum_age: 16\n    document_needed: false\n    sharing: on_consent",
    )
    text = changed(
        text, "fields: [penalty_national, class_and_procedure, act_on, birth, service]", "fields: [penalty_national]"
    )
    found = {(fault.code, fault.en) for fault in faults_of(text)}
    assert {"age_too_low", "document_needed"} <= {code for code, _ in found}
    for role in ("act_on", "birth_date", "served_on", "final_on", "act_class", "class_basis", "procedure"):
        assert ("role_missing", f"Item penalty has no field with the role {role}.") in found


def test_all_faults_at_once() -> None:
    text = changed(SMALL, "nature: good", "nature: bad")
    text = changed(text, "category: 11", "category: 99")
    text = changed(text, "in_force_from: 2026-06-01", "in_force_from: soon")
    assert {"bad_value", "bad_number", "bad_date"} <= {fault.code for fault in faults_of(text)}


def test_double_items() -> None:
    item = SMALL[SMALL.index("  - code: test_item") :]
    assert "double_code" in {fault.code for fault in faults_of(SMALL + item)}


def test_an_empty_file_and_one_that_is_not_there() -> None:
    assert [fault.code for fault in faults_of("")] == ["empty_file"]
    assert [fault.code for fault in faults_of("- 1\n")] == ["wrong_shape"]
    assert [fault.code for fault in check_files([HERE / "nowhere.yaml"])] == ["not_a_file"]


A_SLOT = "{zh: 甲, en: a, category: 1, nature: good, display: shown_2y, retention: short, elements: []}"
CITY_CASES = [
    ("basis_not_local", 'basis: [{law: 云川市社会信用条例, article: "23"}]', 'basis: [{law: 慈善法, article: "101"}]'),
    ("regulation_unapproved", "approved_on: 2025-11-27", "approved_on: 2025-07-27"),
    ("regulation_unapproved", "approving_organ: 云岭省人民代表大会常务委员会", 'approving_organ: ""'),
    ("basis_unknown", 'articles: ["18", "19", "23"]', 'articles: ["18", "19"]'),
    ("slot_unknown", "    slot: local_commitment", "    slot: local_penalty"),
    (
        "slot_exceeded",
        "    none: {max: 2y, source: city, mark: own}\n\nretentions",
        "    none: {max: 4y, source: city, mark: own}\n\nretentions",
    ),
    ("slot_exceeded", "nature: neutral", "nature: good"),
    ("narrows_unknown", "  penalty_film:", "  penalty_films:"),
    ("widened", "serious: {min: 1y, max: 2y", "serious: {min: 1y, max: 40m"),
    ("widened", "general: {min: 3m, max: 9m", "general: {min: 4m, max: 9m"),
    ("widened", "retention: {period: 1y", "retention: {period: 3y"),
    ("widened", "minimum_age: 20", "minimum_age: 17"),
    ("widened", "suppliers: [film]", "suppliers: [film, tax]"),
    ("widened", "fields_drop: [CF_YXQ]", "fields_drop: [CF_WSH]"),
    # what sends a row of a detention or of an organisation back, and what other columns lean on
    ("widened", "fields_drop: [CF_YXQ]", "fields_drop: [CF_CFLB]"),
    ("widened", "fields_drop: [CF_YXQ]", "fields_drop: [CF_XDR_LB]"),
    ("key_field_unknown", "fields_drop: [CF_YXQ]", "fields_drop: [CF_NONE]"),
    ("widened", "  court_defaulter:\n", "  tax_compliance:\n    status: open\n  court_defaulter:\n"),
    ("widened", "  court_defaulter:\n", "  volunteer_records:\n    status: open\n  court_defaulter:\n"),
    ("upper_missing", "based_on: national-2026-unofficial", "based_on: national-2030"),
    (
        "level_wrong",
        "\nitems:\n",
        f"\nslots: {{x: {A_SLOT}}}\nitems:\n",
    ),
]


@pytest.mark.parametrize(("code", "before", "after"), CITY_CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CITY_CASES)])
def test_a_city_can_only_narrow_and_fill_slots(code: str, before: str, after: str) -> None:
    upper = edition("national")
    if "volunteer_records" in after:
        code = "narrows_unknown"
    assert faults_of(CITY, upper) == ()
    text = changed(CITY, before, after)
    assert code in {fault.code for fault in faults_of(text, upper)}


def test_a_slot_takes_no_more_items_than_it_says() -> None:
    one = CITY[CITY.index("  - code: city_honest_citizen") : CITY.index("  - code: city_volunteering")]
    more = "".join(one.replace("city_honest_citizen", f"city_honour_{number}") for number in range(9))
    assert "slot_full" in {fault.code for fault in faults_of(CITY + more, edition("national"))}


def test_a_national_edition_has_neither_narrowings_nor_local_law() -> None:
    text = NATIONAL + "\nnarrow: {penalty: {minimum_age: 20}}\n"
    assert "level_wrong" in {fault.code for fault in faults_of(text)}


def test_every_sentence_is_said_in_both_languages() -> None:
    for code, (zh, en) in SENTENCES.items():
        assert re.search("[一-龥]", zh), code
        assert not re.search("[一-龥]", en), code


def test_every_fault_is_tried_here() -> None:
    tried = {case[0] for case in (*SMALL_CASES, *NATIONAL_CASES, *CITY_CASES, *PURPOSE_CASES, *SEAL_CASES)}
    also = {"age_too_low", "document_needed", "empty_file", "not_a_file", "slot_full", "narrows_unknown"}
    also |= {"purpose_unknown", "purpose_not_local"}
    assert set(SENTENCES) == tried | also


def test_check_files_finds_the_national_edition_beside_the_city() -> None:
    from chengxin.catalogue.queries.files import shipped_files

    assert check_files(shipped_files().values()) == []
    assert check_files([shipped_files()["yunchuan"]]) == []
