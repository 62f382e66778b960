"""The fast form of screening equals the plain one on every row."""

from __future__ import annotations

import json
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.rows import Cells, RowMaker
from chengxin.collection.screening import compile_plan, lanes, memory, oddities, screen
from chengxin.collection.terms import Reason, Verdict
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.clocks import add_months
from chengxin.kernel.documents import check_character
from tests.rules.collection.screened import LAST_DAY, SUPPLIER, TODAY, both, context, frame_of, items, right_row

# One item of each shape: fields, natural key, age rule, class and end of display differ.
SHAPES = (
    "penalty",
    "licence",
    "court_defaulter",
    "wage_arrears_list",
    "honour_state",
    "trader_registration",
    "commitment",
)


@pytest.mark.parametrize("code", SHAPES)
def test_messy_rows(code: str) -> None:
    item = items()[code]
    rows = list(RowMaker(item, SUPPLIER, TODAY, seed=11, mess=0.7).rows(250))
    verdicts = set()
    for plain, fast in both(item, rows):
        assert fast == plain
        verdicts.add(plain["verdict"])
    assert {0, 2} <= verdicts


def test_a_real_instance_refuses_numbers_of_nobody_in_both_forms() -> None:
    item = items()["penalty"]
    rows = list(RowMaker(item, SUPPLIER, TODAY, seed=5, mess=0.5).rows(60))
    for plain, fast in both(item, rows, context(item, practice=False)):
        assert fast == plain
        assert plain["verdict"] == Verdict.REFUSED


def test_a_practice_instance_refuses_numbers_of_regions_that_exist_in_both_forms() -> None:
    item = items()["penalty"]
    first17 = ("11010119800101001", "65010119800101001", "99010119800101001", "00010119800101001")
    numbers = [one + check_character(one) for one in first17]
    others = [("02", "E12345678"), ("03", "H12345678"), ("04", "12345678"), ("02", "PRACTICE000017")]
    kinds = [("01", number) for number in numbers] + others
    rows = [right_row(item, CF_XDR_ZJLX=kind, CF_XDR_ZJHM=n, CX_CSRQ="1980-01-01") for kind, n in kinds]
    here, real = both(item, rows), both(item, rows, context(item, practice=False))
    for plain, fast in here + real:
        assert fast == plain
    of_practice = [n.startswith(("00", "PRACTICE")) for _, n in kinds]
    assert [plain["reason"] != Reason.NUMBER_NOT_OF_PRACTICE for plain, _ in here] == of_practice
    assert [plain["reason"] == Reason.NUMBER_OF_PRACTICE for plain, _ in real] == of_practice


def number_with(birth: str) -> str:
    """A number whose check digit is right, whatever stands in the place of the birth date."""
    first17 = f"000101{birth}123"
    return first17 + check_character(first17)


def test_the_edges_of_ages_and_days() -> None:
    """The day before, the day itself and the day after every limit, in both forms."""
    item, decided, act = items()["penalty"], date(2026, 6, 10), date(2024, 2, 29)
    days = [
        *(add_months(act, -12 * 18) + timedelta(days=n) for n in (-2, -1, 0, 1)),
        *(add_months(decided, -12 * 25) + timedelta(days=n) for n in (-2, -1, 0, 1)),
        *(TODAY + timedelta(days=n) for n in (-1, 0, 1)),
    ]
    births = [f"{day:%Y%m%d}" for day in days] + [
        "20050229",
        "20040229",
        "19000229",
        "20000229",
        "19990431",
        "20000332",
        "18400101",
    ]
    rows = [
        right_row(
            item, CF_XDR_ZJHM=number_with(birth), CX_XWRQ=act_on, CF_JDRQ=decided.isoformat(), CX_SDRQ="2026-06-11"
        )
        for birth in births
        for act_on in (act.isoformat(), None)
    ]
    found = both(item, rows)
    for plain, fast in found:
        assert fast == plain
    assert {Reason.UNDER_AGE, Reason.ACT_DATE_MISSING, Reason.NUMBER_BIRTH_DATE_IN_FUTURE} <= {
        plain["reason"] for plain, _ in found
    }
    limits = [
        right_row(item, **{name: (day + timedelta(days=n)).isoformat()})
        for name, day in (("CF_JDRQ", TODAY), ("CX_SDRQ", TODAY), ("CX_XWRQ", decided), ("CX_ZZRQ", decided))
        for n in (-1, 0, 1)
    ]
    for plain, fast in both(item, limits):
        assert fast == plain


def test_the_final_day_in_both_forms() -> None:
    item, served = items()["penalty"], date(2026, 3, 4)
    last = LAST_DAY(served)
    days = {"CF_JDRQ": "2026-03-02", "CX_XWRQ": "2026-01-02", "CX_SDRQ": served.isoformat()}
    rows = [right_row(item, **days, CX_ZZRQ=(last + timedelta(days=n)).isoformat()) for n in (-1, 0, 1)]
    for plain, fast in both(item, rows):
        assert fast == plain


@pytest.mark.parametrize("code", SHAPES)
def test_the_end_of_keeping_in_both_forms(code: str) -> None:
    item = items()[code]
    rows = list(RowMaker(item, SUPPLIER, TODAY, seed=21, mess=0).rows(40))
    known = [context(item, today=TODAY + timedelta(days=days)) for days in (0, 200, 700, 1_500, 9_000)]
    found = [pair for one in known for pair in both(item, rows, one)]
    for plain, fast in found:
        assert fast == plain
    told = {fault.reason for plain, _ in found for fault in plain["faults"]}
    assert Reason.KEPT_NO_LONGER in told


def test_the_days_of_the_law_in_both_forms() -> None:
    item = items()["penalty"]
    rows = [
        right_row(item, CF_YJ=law, CX_XWRQ=act, CF_JDRQ="2026-08-20", CX_SDRQ="2026-08-21")
        for law in ("《环境影响评价法》第二十条", "《生态环境法典》第一百条", "治安管理处罚法")
        for act in ("2026-08-14", "2026-08-15", "2026-08-16", "bad", None)
    ]
    found = both(item, rows)
    for plain, fast in found:
        assert fast == plain
    assert {Reason.LAW_REPEALED, Reason.LAW_NOT_YET_IN_FORCE, Reason.LAW_REFUSED} <= {
        fault.reason for plain, _ in found for fault in plain["faults"]
    }


def test_a_stated_display_end_that_is_right_needs_no_note_in_either_form() -> None:
    item = items()["penalty"]
    row = right_row(item, CF_JDRQ="2026-03-02", CX_XWRQ="2026-01-02", CX_SDRQ="2026-03-04", CX_XWDJ="general")
    rows = [{**row, "CF_GSJZQ": end} for end in ("2027-03-02", "2027-03-03", "2027-03-01", "bad", None)]
    found = both(item, rows)
    for plain, fast in found:
        assert fast == plain
    assert [bool(plain["notes"]) for plain, _ in found] == [False, True, True, True, False]


@pytest.mark.parametrize("block", [1, 8, 61])
def test_where_blocks_of_bytes_end_changes_nothing(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oddities, "_BLOCK", block)
    item = items()["penalty"]
    odd = ["\ufffd", '"', "\\", "\x01", "wife", "FAM\u0131LY", "\u212aIN", "事"]
    rows = [right_row(item, CF_SY="事实" * n + text + "完" * (n % 3)) for n in range(12) for text in odd]
    for plain, fast in both(item, rows):
        assert fast == plain


ODD = st.text(
    st.sampled_from(
        "0123456789０１２Xx年月日-/.．－／〔〕[]（）;；、。 \u3000\t\n\r\x01\x85\u200b\ufeff\ufffd\"\\'{}eE+*某无法律《》第条"
        "患有妻子族糖尿病信仰职业防治医疗保障基金wifeWIFEıſKʼ·•張张𠮷😀\u2028国家企业Ａｂ"
    ),
    max_size=14,
)
CELLS = st.one_of(
    ODD,
    st.none(),
    st.sampled_from(
        [
            "2026-03-02",
            "2026/3/2",
            "20260302",
            "2026年3月2日",
            "2026.3.2",
            "2026-02-29",
            "2024-02-29 00:00:00",
            "46083",
            "9999-12-31",
            "2026-11-22",
            "01",
            "1",
            "５",
            "罚款;警告",
            "行政拘留",
            "simplified",
            "0.20",
            "000",
            "3²",
            "３",
            "1.1E+17",
            "NULL",
            "—",
            "00010119900101001X",
            "110101194912310020",
            "81000019900101123X",
            "E12345678",
            "91350100M000100Y43",
            "《中华人民共和国食品安全法》第三条、《环境影响评价法》第二十条",
            "治安管理处罚法",
            "《食品安全法》第一百二十四条，当事人患有糖尿病",
            "宗教事务条例第五条",
            "长" * 70,
            "长" * 300,
        ]
    ),
)


@st.composite
def odd_rows(draw: st.DrawFn, code: str) -> list[Cells]:
    item = items()[code]
    maker = RowMaker(item, SUPPLIER, TODAY, seed=draw(st.integers(0, 2**20)), mess=0.5)
    rows = list(maker.rows(draw(st.integers(1, 6))))
    for row in rows:
        for name in draw(st.lists(st.sampled_from([*row, "_extra"]), max_size=4, unique=True)):
            row[name] = draw(CELLS)
    return rows


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["penalty", "court_defaulter", "licence"]).flatmap(lambda c: st.tuples(st.just(c), odd_rows(c))))
def test_any_rows(case: tuple[str, list[Cells]]) -> None:
    code, rows = case
    for plain, fast in both(items()[code], rows):
        assert fast == plain


def test_a_plan_remembers_without_forgetting_what_is_right() -> None:
    """Chunks after the first are judged with what the lanes learnt; the answer is the same as from a new plan."""
    item, known = items()["penalty"], context(items()["penalty"])
    rows = list(RowMaker(item, SUPPLIER, TODAY, seed=3, mess=0.5).rows(300))
    plan = compile_plan(item, known)
    frames = [frame_of(item, rows[start : start + 100]) for start in (0, 100, 200)]
    learnt = [screen(plan, frame).frame for frame in frames]
    assert pl.concat(learnt).equals(pl.concat([screen(compile_plan(item, known), frame).frame for frame in frames]))


def test_forgetting_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "REMEMBERED", 30)
    monkeypatch.setattr(memory, "REMEMBERED", 10)
    item, known = items()["penalty"], context(items()["penalty"])
    rows = list(RowMaker(item, SUPPLIER, TODAY, seed=8, mess=0.5).rows(300))
    plan = compile_plan(item, known)
    frames = [frame_of(item, rows[start : start + 60]) for start in range(0, 300, 60)]
    found = pl.concat([screen(plan, frame).frame for frame in frames])
    assert found.equals(pl.concat([screen(compile_plan(item, known), frame).frame for frame in frames]))


def test_the_content_is_canonical_to_the_byte() -> None:
    item = items()["penalty"]
    odd = ['引号"与\\反斜杠', "换\n行\t制\x01表\x1f", "\u2028行\u2029分", "𠮷😀", "a/b", "\x7f\x80"]
    rows = [right_row(item, CF_SY=f"事实{text}完", CF_WSH=f"文{n}〔2026〕1号{text}") for n, text in enumerate(odd)]
    found = screen(compile_plan(item, context(item)), frame_of(item, rows)).frame
    for row, sent in zip(found.iter_rows(named=True), rows, strict=True):
        content = json.loads(row["content"])
        assert row["content"].encode() == canonical_json(content)
        assert content["CF_SY"] == sent["CF_SY"]
        assert not {"CF_XDR_MC", "CF_XDR_ZJHM", "CF_XDR_ZJLX", "CX_CSRQ", "BZ", "CF_GSJZQ"} & content.keys()


def test_faults_are_told_all_at_once_and_the_row_is_named_by_the_first() -> None:
    item = items()["penalty"]
    row = right_row(item, CF_WSH=None, CF_JDRQ="2026-13-01", CX_CXLX="简易程序", CF_YJ="《某某办法》第一条", BZ="说明")
    plain, fast = both(item, [row])[0]
    assert fast == plain
    found = [fault.reason for fault in plain["faults"]]
    assert found == [
        Reason.SIMPLIFIED_PROCEDURE,
        Reason.REMARK_NOT_ACCEPTED,
        Reason.CELL_MISSING,
        Reason.DATE_IMPOSSIBLE,
        Reason.LAW_UNKNOWN,
    ]
    assert plain["reason"] == Reason.SIMPLIFIED_PROCEDURE
    assert plain["verdict"] == Verdict.REFUSED


def test_missing_columns_are_empty_cells() -> None:
    item = items()["penalty"]
    frame = frame_of(item, [right_row(item)]).drop("_extra", "CF_YXQ", "CX_CSRQ", "CF_NR")
    found = screen(compile_plan(item, context(item)), frame).frame
    assert found["reason"].to_list() == ["cell_missing"]
    assert found["field"].to_list() == ["CF_NR"]


def test_an_empty_frame_is_screened() -> None:
    item = items()["penalty"]
    frame = frame_of(item, [right_row(item)]).clear()
    assert screen(compile_plan(item, context(item)), frame).frame.height == 0
