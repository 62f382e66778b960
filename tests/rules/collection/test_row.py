"""Whole rows: duty, required cells, order of days, class, law, free text, repeats; by the plain form."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chengxin.catalogue.terms import ActClass, FieldRole, FieldType, ItemStatus
from chengxin.collection.rules.fields import EXTRA, UNREADABLE
from chengxin.collection.rules.repeats import Repeat, repeats
from chengxin.collection.screening import compile_plan, screen
from chengxin.collection.screening.repeats import repeated
from chengxin.collection.terms import HOLDING, Fault, Note, Reason, SupplierFacts, Verdict
from chengxin.kernel.practice import practice_number, practice_org_code
from tests.rules.collection.screened import (
    LAST_DAY,
    SUPPLIER,
    TODAY,
    both,
    context,
    frame_of,
    items,
    judged,
    laws,
    reasons,
    right_row,
)

PENALTY = items()["penalty"]
COURT = items()["court_defaulter"]
LICENCE = items()["licence"]
RNG = random.Random(20)


def number_of(born: date) -> str:
    return practice_number(RNG, born)


def notes(item_code: str, **cells: str | None) -> set[tuple[Note, str | None]]:
    item = items()[item_code]
    return {(note.note, note.field) for note in judged(item, right_row(item, **cells)).notes}


RENUMBERED = {"penalty_network": "2026-01-01", "penalty_unfair_competition": "2025-10-15"}
"""Items whose article has another number since this day, which nobody has confirmed yet."""


@pytest.mark.parametrize("code", [code for code, item in items().items() if item.is_open])
def test_a_right_row_of_every_open_item_is_accepted(code: str) -> None:
    earlier = {"CX_XWRQ": "2025-08-01", "CF_JDRQ": "2025-09-01", "CX_SDRQ": "2025-09-02"} if code in RENUMBERED else {}
    verdict = judged(items()[code], right_row(items()[code], **earlier))
    assert verdict.faults == ()
    assert verdict.verdict is Verdict.ACCEPTED
    assert verdict.values is not None


def test_a_right_penalty_row_in_full() -> None:
    row = right_row(
        PENALTY, CX_XWDJ="一般", CF_JDRQ="2026-03-02", CX_XWRQ="2026-01-15", CX_SDRQ="2026-03-04", CX_ZZRQ="2026-10-01"
    )
    values = judged(PENALTY, row).values
    assert values is not None
    assert values.act_class == ActClass.GENERAL
    assert values.display_until == date(2027, 3, 2)
    assert values.retain_until == date(2029, 3, 2)
    assert values.served_on == date(2026, 3, 4)
    assert values.final_on == date(2026, 10, 1)
    assert values.natural_key == f"{row['CF_WSH']}\x1f{row['CF_CFJGDM']}"
    assert values.number == row["CF_XDR_ZJHM"]
    assert row["CF_XDR_MC"] not in values.content
    assert row["CF_XDR_ZJHM"] not in values.content


def test_closed_items_and_other_suppliers() -> None:
    assert reasons(replace(PENALTY, status=ItemStatus.CLOSED), right_row(PENALTY)) == {(Reason.ITEM_CLOSED, None)}
    stranger = SupplierFacts(SUPPLIER, "nobody")
    assert reasons(PENALTY, right_row(PENALTY), supplier=stranger) == {(Reason.NOT_YOUR_ITEM, None)}


def test_source_must_be_the_supplier_or_an_office_under_it() -> None:
    below = practice_org_code(RNG)
    row = right_row(PENALTY, CF_SJLYDM=below)
    assert reasons(PENALTY, row) == {(Reason.NOT_YOUR_CODE, "CF_SJLYDM")}
    kind = PENALTY.suppliers[0].kind or ""
    assert not reasons(PENALTY, row, supplier=SupplierFacts(SUPPLIER, kind, frozenset({below})))


def test_rows_that_slipped_or_could_not_be_read() -> None:
    assert reasons(PENALTY, right_row(PENALTY, **{EXTRA: "x"})) == {(Reason.TOO_MANY_CELLS, None)}
    assert (Reason.ROW_UNREADABLE, None) in reasons(PENALTY, {EXTRA: UNREADABLE})


@pytest.mark.parametrize("field", [spec.code for spec in PENALTY.fields if spec.is_required])
def test_every_required_cell_is_missed_by_name(field: str) -> None:
    assert (Reason.CELL_MISSING, field) in reasons(PENALTY, right_row(PENALTY, **{field: None}))


def test_cells_required_by_another_cell() -> None:
    assert reasons(PENALTY, right_row(PENALTY, CF_CFLB="警告;罚款", CF_NR_FK=None)) == {
        (Reason.CELL_MISSING_HERE, "CF_NR_FK")
    }
    assert not reasons(PENALTY, right_row(PENALTY, CF_CFLB="警告", CF_NR_FK=None))


def test_what_is_never_taken() -> None:
    assert reasons(PENALTY, right_row(PENALTY, CF_CFLB="行政拘留")) == {(Reason.PUBLIC_SECURITY_PENALTY, "CF_CFLB")}
    assert reasons(PENALTY, right_row(PENALTY, CX_CXLX="当场处罚")) == {(Reason.SIMPLIFIED_PROCEDURE, "CX_CXLX")}
    assert reasons(PENALTY, right_row(PENALTY, CF_XDR_LB="法人")) == {(Reason.NOT_A_PERSON, "CF_XDR_LB")}
    assert reasons(PENALTY, right_row(PENALTY, BZ="已撤销")) == {(Reason.REMARK_NOT_ACCEPTED, "BZ")}
    assert not reasons(PENALTY, right_row(PENALTY, BZ="无"))


# --- days


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"CF_JDRQ": "2026-11-22", "CX_SDRQ": "2026-11-22"}, (Reason.DECIDED_IN_FUTURE, "CF_JDRQ")),
        (
            {"CF_JDRQ": "2026-05-01", "CX_XWRQ": "2026-05-02", "CX_SDRQ": "2026-05-03"},
            (Reason.ACT_AFTER_DECISION, "CX_XWRQ"),
        ),
        (
            {"CF_JDRQ": "2026-05-01", "CX_XWRQ": "2026-04-02", "CX_SDRQ": "2026-04-30"},
            (Reason.SERVED_BEFORE_DECISION, "CX_SDRQ"),
        ),
        ({"CX_SDRQ": "2026-11-22"}, (Reason.SERVED_IN_FUTURE, "CX_SDRQ")),
        ({"CX_ZZRQ": "2000-01-01"}, (Reason.FINAL_BEFORE_DECISION, "CX_ZZRQ")),
    ],
)
def test_days_out_of_order(cells: dict[str, str], fault: tuple[Reason, str]) -> None:
    assert fault in reasons(PENALTY, right_row(PENALTY, **cells))


def test_equal_days_are_in_order() -> None:
    day = TODAY.isoformat()
    born = number_of(date(1980, 1, 2))
    row = right_row(PENALTY, CF_XDR_ZJHM=born, CF_JDRQ=day, CX_XWRQ=day, CX_SDRQ=day, CX_ZZRQ=day)
    assert not reasons(PENALTY, row)


def test_validity() -> None:
    assert reasons(LICENCE, right_row(LICENCE, XK_YXQZ="2026-05-02", XK_YXQZI="2026-05-01")) == {
        (Reason.VALID_TO_BEFORE_FROM, "XK_YXQZI")
    }


def test_the_final_day_is_never_before_the_terms_have_run_out() -> None:
    served = date(2026, 3, 4)
    last = LAST_DAY(served)
    cells = {"CF_JDRQ": "2026-03-02", "CX_XWRQ": "2026-01-02", "CX_SDRQ": served.isoformat()}
    assert last == date(2026, 9, 4)
    for stated, told, moved in (
        (last - timedelta(days=1), last + timedelta(days=1), True),
        (last, last + timedelta(days=1), False),
        (last + timedelta(days=30), last + timedelta(days=30), False),
    ):
        verdict = judged(PENALTY, right_row(PENALTY, **cells, CX_ZZRQ=stated.isoformat()))
        assert verdict.values is not None
        assert verdict.values.final_on == told
        assert (Note.FINAL_DAY_MOVED in {note.note for note in verdict.notes}) is moved


def test_without_a_receipt_service_is_not_proven_and_no_term_runs() -> None:
    row = right_row(PENALTY, CX_SDHZ=None)
    verdict = judged(PENALTY, row)
    assert verdict.values is not None
    assert verdict.values.served_on is None
    assert verdict.values.final_on == date.fromisoformat(row["CX_ZZRQ"] or ""), "as the file has it, and not counted on"
    assert (Note.SERVICE_NOT_PROVEN, "CX_SDHZ") in {(note.note, note.field) for note in verdict.notes}


def test_the_display_end_is_computed() -> None:
    assert (Note.DISPLAY_END_IGNORED, "CF_GSJZQ") in notes("penalty", CF_GSJZQ="2099-12-31")
    assert (Note.DISPLAY_END_IGNORED, "CF_GSJZQ") in notes("penalty", CF_GSJZQ="长期")
    right = judged(PENALTY, right_row(PENALTY)).values
    assert right is not None
    assert right.display_until is not None
    stated = judged(PENALTY, right_row(PENALTY, CF_GSJZQ=right.display_until.isoformat()))
    assert Note.DISPLAY_END_IGNORED not in {note.note for note in stated.notes}
    assert stated.values == right


@pytest.mark.parametrize(
    ("act_class", "decided", "kept_until"),
    [
        ("minor", "2012-06-01", "2014-09-01"),
        ("minor", "2024-08-21", "2026-11-21"),
        ("minor", "2024-08-22", None),
        ("general", "2023-11-21", "2026-11-21"),
        ("general", "2023-11-22", None),
        ("serious", "2022-01-01", None),
    ],
)
def test_what_would_be_kept_no_longer_is_sent_back(act_class: str, decided: str, kept_until: str | None) -> None:
    row = right_row(PENALTY, CX_XWDJ=act_class, CF_JDRQ=decided, CX_XWRQ=decided, CX_SDRQ=decided)
    found = judged(PENALTY, row)
    told = [fault for fault in found.faults if fault.reason is Reason.KEPT_NO_LONGER]
    assert told == ([] if kept_until is None else [Fault(Reason.KEPT_NO_LONGER, "CF_JDRQ", kept_until)])
    assert (found.verdict is Verdict.REFUSED) == (kept_until is not None)


def test_what_was_valid_long_ago_is_kept_no_longer() -> None:
    licence = items()["licence"]
    dates = {
        spec.code for spec in licence.fields if spec.type is FieldType.DATE and spec.role is not FieldRole.BIRTH_DATE
    }
    days = dict.fromkeys(dates, "2012-06-01")
    days[licence.by_role[FieldRole.VALID_TO].code] = "2025-11-21"
    assert Reason.KEPT_NO_LONGER not in {reason for reason, _ in reasons(licence, right_row(licence, **days))}
    days[licence.by_role[FieldRole.VALID_TO].code] = "2025-11-20"
    assert Reason.KEPT_NO_LONGER in {reason for reason, _ in reasons(licence, right_row(licence, **days))}


def test_class() -> None:
    values = judged(PENALTY, right_row(PENALTY, CX_XWDJ=None, CX_DJYJ=None)).values
    assert values is not None
    assert values.act_class == ActClass.MINOR
    assert (Note.CLASS_TAKEN_AS_MINOR, "CX_XWDJ") in notes("penalty", CX_XWDJ=None)
    only_minor = replace(PENALTY, display={ActClass.MINOR: PENALTY.display[ActClass.MINOR]})
    assert (Reason.CLASS_NOT_OF_ITEM, "CX_XWDJ") in reasons(only_minor, right_row(PENALTY, CX_XWDJ="严重"))
    fixed = judged(replace(PENALTY, fixed_class=ActClass.SERIOUS), right_row(PENALTY, CX_XWDJ="轻微"))
    assert fixed.values is not None
    assert fixed.values.act_class == ActClass.SERIOUS
    assert Note.CLASS_FIXED_BY_ITEM in {note.note for note in fixed.notes}
    assert "CX_XWDJ" not in fixed.values.content


# --- law and free text


@pytest.mark.parametrize(
    ("text", "act", "decided", "reason"),
    [
        ("依据有关规定", "2026-01-05", "2026-03-02", Reason.LAW_UNKNOWN),
        ("《某某办法》第三条", "2026-01-05", "2026-03-02", Reason.LAW_UNKNOWN),
        ("《环境影响评价法》第二十条", "2026-08-01", "2026-08-20", Reason.LAW_REPEALED),
        ("《生态环境法典》第一百条", "2026-08-01", "2026-08-20", Reason.LAW_NOT_YET_IN_FORCE),
        ("《生态环境法典》第一百条", "2026-08-15", "2026-08-20", None),
        ("《治安管理处罚法》第二十三条", "2026-01-05", "2026-03-02", Reason.LAW_REFUSED),
    ],
)
def test_the_law_is_tested_at_the_act_and_at_the_decision(
    text: str, act: str, decided: str, reason: Reason | None
) -> None:
    row = right_row(PENALTY, CF_YJ=text, CX_XWRQ=act, CF_JDRQ=decided, CX_SDRQ=decided)
    assert {found for found, _ in reasons(PENALTY, row)} == ({reason} if reason else set())


@pytest.mark.parametrize("code", RENUMBERED)
def test_an_item_must_rest_on_an_article_in_force_at_the_act_and_at_the_decision(code: str) -> None:
    item, turn = items()[code], date.fromisoformat(RENUMBERED[code])
    before, after = (turn - timedelta(days=1)).isoformat(), turn.isoformat()
    served = (turn + timedelta(days=9)).isoformat()
    fields = []
    for act, decided in ((before, before), (before, after), (after, after)):
        row = right_row(item, CX_XWRQ=act, CF_JDRQ=decided, CX_SDRQ=served)
        (plain, fast), *_ = both(item, [row])
        assert fast == plain
        assert {fault.reason for fault in plain["faults"]} <= {Reason.ITEM_BASIS_NOT_IN_FORCE}
        fields.append(plain["field"])
        assert plain["verdict"] == (Verdict.QUARANTINED if plain["faults"] else Verdict.ACCEPTED)
    assert fields == [None, "CF_JDRQ", "CX_XWRQ"]


@pytest.mark.parametrize("code", ["licence", "penalty"])
def test_a_licence_may_be_older_than_the_law_that_orders_it_collected(code: str) -> None:
    item = items()[code]
    begins = min(laws().articles[ref.law, ref.article].in_force_from or date.max for ref in item.basis)
    decided = (begins - timedelta(days=1)).isoformat()
    days = {spec.code: decided for spec in item.fields if spec.role in {FieldRole.DECIDED_ON, FieldRole.VALID_FROM}}
    (plain, fast), *_ = both(item, [right_row(item, **days)])
    assert fast == plain
    held = Reason.ITEM_BASIS_NOT_IN_FORCE in {fault.reason for fault in plain["faults"]}
    assert held == item.is_adverse


def test_forbidden_matter_holds_the_row_and_names_the_clause() -> None:
    verdict = judged(PENALTY, right_row(PENALTY, CF_SY="当事人患有糖尿病"))
    assert verdict.verdict is Verdict.QUARANTINED
    assert [(fault.reason, fault.field, fault.detail) for fault in verdict.faults] == [
        (Reason.FREE_TEXT_FORBIDDEN_MATTER, "CF_SY", "health")
    ]
    assert verdict.values is not None
    assert not reasons(PENALTY, right_row(PENALTY, CF_SY="违反医疗保障基金使用规定，依据传染病防治法处理"))


@pytest.mark.parametrize(
    ("law", "clause"),
    [
        ("《食品安全法》第一百二十四条，当事人患有糖尿病", "health"),
        ("食品安全法第一百二十四条（其妻同案）", "family"),
        ("《宗教事务条例》第五条，当事人信教", "religion"),
        ("《宗教事务条例》第五条、《食品安全法》第三条", None),
        ("依据宗教事务条例第五条", None),
        ("中华人民共和国人口与计划生育法第四十条", None),
        ("《中华人民共和国精神卫生法》第七十三条、《食品安全法》第三条", None),
        ("《传染病防治法》第一条、食品安全法第三条", None),
        ("献血法第十八条", None),
    ],
)
def test_beside_its_laws_a_citation_says_nothing_of_the_person(law: str, clause: str | None) -> None:
    (plain, fast), *_ = both(PENALTY, [right_row(PENALTY, CF_YJ=law)])
    assert fast == plain
    met = [fault.detail for fault in plain["faults"] if fault.reason is Reason.FREE_TEXT_FORBIDDEN_MATTER]
    assert met == ([] if clause is None else [clause])


def test_reasons_that_refuse_rank_before_those_that_hold() -> None:
    ranks = [reason.rank for reason in Reason]
    assert ranks == sorted(ranks)
    assert min(reason.rank for reason in HOLDING) > max(reason.rank for reason in Reason if reason not in HOLDING)


# --- the same decision twice


def test_repeats() -> None:
    assert repeats([("a", 1), ("b", 1), ("a", 1), ("a", 2), ("a", 1)]) == [
        Repeat.FIRST,
        Repeat.FIRST,
        Repeat.SAME,
        Repeat.CONFLICT,
        Repeat.SAME,
    ]


def test_repeats_in_a_frame_equal_the_plain_rule() -> None:
    one, other = right_row(PENALTY, CF_WSH="甲〔2026〕1号"), right_row(PENALTY, CF_WSH="甲〔2026〕2号")
    rows = [
        one,
        other,
        {**one, "CF_WSH": "甲[2026]1号"},
        one,
        {**one, "CF_SY": "别的事实"},
        {**one, "CF_XDR_MC": None},
        other,
    ]
    frame = screen(compile_plan(PENALTY, context(PENALTY)), frame_of(PENALTY, rows)).frame
    assert repeated(frame).to_list() == [0, 0, 2, 1, 2, 0, 1]
    verdicts = [judged(PENALTY, row) for row in rows]
    passed = [verdict.values for verdict in verdicts if verdict.values is not None]
    plain = repeats([(values.natural_key, values) for values in passed])
    assert [kind for kind, verdict in zip(repeated(frame), verdicts, strict=True) if verdict.values] == plain
    assert repeated(frame.head(2)).to_list() == [0, 0]


def test_several_persons_of_one_decision_are_several_entries() -> None:
    listed = items()["wage_arrears_list"]
    first, second = (judged(listed, right_row(listed, MD_ZJHM=number_of(date(1970, 1, 2)))).values for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.natural_key != second.natural_key
    assert first.number in first.natural_key
