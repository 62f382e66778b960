"""An operator's corrections of law data: what nobody had read, by who read it; what was read, by a release alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest

from chengxin.catalogue.terms import Mark
from chengxin.kernel.clocks import Length, Unit
from chengxin.kernel.days import shipped_holidays
from chengxin.remedies.rules.clock_book import corrected, shipped_clocks
from chengxin.remedies.rules.clocks import clocks_holding, sources_to_confirm
from chengxin.remedies.rules.counted import law_mark
from chengxin.remedies.rules.repair import (
    may_ask_repair,
    repair_corrected,
    repair_outlook,
    repair_to_confirm,
    shipped_repair,
)
from chengxin.remedies.rules.workflows import Law
from chengxin.remedies.terms.clocks import LawDataBroken, Matter
from chengxin.remedies.terms.reasons import Reason
from tests.rules.remedies.cases import toml_says
from tests.rules.remedies.test_repair import DECIDED, SERIOUS

CLOCKS = shipped_clocks()
CLOCKS_TEXT = (files("chengxin.remedies") / "data" / "clocks.toml").read_text("utf-8")
REPAIR = shipped_repair()

READ = """
[[source]]
code = "o36_read"
zh = "信用修复管理办法全文"
en = "NDRC Order 36 of 2025, the whole text"
mark = "A"
"""


def row_of(of: str, **changes: object) -> str:
    """A clock of the shipped file as text, with changes."""
    found = next(one for one in CLOCKS_TEXT.split("[[clock]]") if f'code = "{of}"' in one)
    for key, value in changes.items():
        found = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", found)
    return f"[[clock]]{found.split('[[')[0]}"


def test_what_nobody_had_read_is_corrected_by_who_read_it() -> None:
    weak = next(one for one in CLOCKS.clocks.values() if one.source == "o36" and one.length is not None)
    own = READ + row_of(weak.code, source='"o36_read"', mark='"A"', length='{n = 7, unit = "days"}')
    book = corrected(CLOCKS, own)
    assert (book.clocks[weak.code].length, book.clocks[weak.code].mark) == (Length(7, Unit.DAYS), Mark.A)
    others = {code: clock for code, clock in book.clocks.items() if code != weak.code}
    assert others == {code: clock for code, clock in CLOCKS.clocks.items() if code != weak.code}


def test_a_term_of_another_place_is_added() -> None:
    own = READ + row_of(
        "objection_platform_shenzhen",
        code='"objection_platform_ours"',
        reach='"云川"',
        taken="false",
        source='"o36_read"',
    )
    book = corrected(CLOCKS, own)
    assert book.clocks["objection_platform_ours"].reach == "云川"
    assert len(book.clocks) == len(CLOCKS.clocks) + 1


@pytest.mark.parametrize(
    ("code", "changes", "fault"),
    [
        ("objection_platform_shenzhen", {"length": '{n = 30, unit = "days"}'}, "read_in_the_law (mark=A)"),
        ("repair_result_o36", {"length": '{n = 30, unit = "days"}'}, "corrects_unread (mark=B)"),
        (
            "repair_result_o36",
            {"matter": '"objection_platform"', "source": '"o36_read"', "mark": '"A"'},
            "corrects_unread (mark=A)",
        ),
    ],
)
def test_nobody_corrects_what_was_read_or_with_what_was_not(code: str, changes: dict[str, str], fault: str) -> None:
    with pytest.raises(LawDataBroken) as broken:
        corrected(CLOCKS, READ + row_of(code, **changes))
    assert broken.value.data == {"file": "CHENGXIN_CLOCKS", "count": 1, "faults": f"clock {code}: {fault}"}


CONFIRMED = """
[[confirmed]]
code = "court_rule"
by = "李法务"
on = 2026-05-06
read = "最高人民法院公报"
"""


def test_a_source_that_somebody_compared_with_the_official_text_counts_for_the_person() -> None:
    book = corrected(CLOCKS, CONFIRMED)
    assert clocks_holding(CLOCKS, Matter.COURT_REVIEW_REQUEST, DECIDED) == ()
    (clock,) = clocks_holding(book, Matter.COURT_REVIEW_REQUEST, DECIDED, confirmed=frozenset(book.confirmations))
    said = book.confirmations[clock.source]
    assert (said.by, said.on, said.read) == ("李法务", date(2026, 5, 6), "最高人民法院公报")
    assert {one.code for one in sources_to_confirm(CLOCKS)} - {one.code for one in sources_to_confirm(book)} == {
        "court_rule"
    }
    marks = {law_mark(Law(one, shipped_holidays(), confirmed=frozenset(one.confirmations))) for one in (CLOCKS, book)}
    assert len(marks) == 2
    national = replace(clock, taken=True, reach="全国")
    assert (national.promised(frozenset()), national.promised(frozenset(), frozenset({"court_rule"}))) == (True, False)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("court_rule", "statutes"), "confirmed statutes: nothing_to_confirm (mark=A)"),
        (("court_rule", "nobody"), "confirmed nobody, code: unknown_value (value=nobody)"),
        (('by = "李法务"', ""), "confirmed court_rule, by: missing"),
        (("on = 2026-05-06", 'on = "today"'), "confirmed court_rule, on: wrong_kind (wanted=date)"),
    ],
)
def test_a_confirmation_says_who_read_what_when_and_where(change: tuple[str, str], fault: str) -> None:
    with pytest.raises(LawDataBroken) as broken:
        corrected(CLOCKS, CONFIRMED.replace(*change))
    assert broken.value.data["faults"] == fault


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[ban]]", "ban: unknown_key"),
        ("[[source]", "file: not_toml (what={toml})"),
        ("clock = 1", "clock: wrong_kind (wanted=tables)"),
        (READ + "sinse = 1", "source o36_read, sinse: unknown_key"),
        (
            READ + row_of("repair_result_o36", side='"bank"', source='"o36_read"', mark='"A"'),
            "clock repair_result_o36, side: unknown_value (value=bank)",
        ),
    ],
)
def test_a_correction_that_is_no_law_data_is_refused_as_the_shipped_file_would_be(text: str, told: str) -> None:
    with pytest.raises(LawDataBroken) as broken:
        corrected(CLOCKS, text)
    assert broken.value.data["faults"] == told.replace("{toml}", toml_says(text))


def correction(table: str, code: str, length: str = '{n = 2, unit = "years"}', mark: str = "A") -> str:
    """A row that says something else than the shipped one."""
    counted = 'counts_from = "decision"\n' if table in ("class", "item") else ""
    lasts = f"length = {length}\n" if table != "court" else ""
    return f"""{READ}
[[{table}]]
code = "{code}"
law = "信用修复管理办法"
article = "12"
{counted}{lasts}source = "o36_read"
mark = "{mark}"
since = 2026-04-01
"""


def test_what_nobody_had_read_is_corrected_by_who_read_it_and_counts_from_then_on() -> None:
    book = repair_corrected(REPAIR, correction("class", "serious", '{n = 6, unit = "months"}'))
    outlook = repair_outlook(SERIOUS, DECIDED, book)
    assert (outlook.earliest, outlook.basis) == (date(2026, 11, 6), "信用修复管理办法 12")
    assert {code: one for code, one in book.classes.items() if code != "serious"} == {
        code: one for code, one in REPAIR.classes.items() if code != "serious"
    }
    # never later than the edition says: of every rule the earliest day counts (F15)
    longer = repair_corrected(REPAIR, correction("class", "serious", '{n = 9, unit = "years"}'))
    assert repair_outlook(SERIOUS, DECIDED, longer).earliest == SERIOUS.by_edition
    read = repair_corrected(REPAIR, correction("bar", "false_papers"))
    false = replace(SERIOUS, false_on=date(2026, 6, 1), by_edition=DECIDED)
    assert may_ask_repair(false, date(2027, 6, 1), read).reason is Reason.REPAIR_BARRED  # type: ignore[union-attr]
    assert "order_58" in {one.code for one in repair_to_confirm(REPAIR)} - {one.code for one in repair_to_confirm(read)}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (correction("class", "general", mark="B"), "class general: corrects_unread (mark=B)"),
        (correction("bar", "late_papers", mark="C"), "bar late_papers: corrects_unread (mark=C)"),
        (correction("class", "huge"), "class huge: unknown_value"),
        (
            correction("item", "wage_arrears_list", '"same day"'),
            "item wage_arrears_list, length: wrong_kind (wanted=dict)",
        ),
        (correction("clock", "x"), "clock: unknown_key"),
        ("[[class]", "file: not_toml (what={toml})"),
        (READ + "sinse = 1", "source o36_read, sinse: unknown_key"),
    ],
)
def test_a_correction_must_have_been_read_and_be_law_data(text: str, fault: str) -> None:
    with pytest.raises(LawDataBroken) as broken:
        repair_corrected(REPAIR, text)
    assert broken.value.data == {
        "file": "CHENGXIN_REPAIR",
        "count": 1,
        "faults": fault.replace("{toml}", toml_says(text)),
    }


def test_what_was_read_is_corrected_by_a_release_alone() -> None:
    read = repair_corrected(REPAIR, correction("class", "general"))
    with pytest.raises(LawDataBroken) as broken:
        repair_corrected(read, correction("class", "general", '{n = 1, unit = "years"}'))
    assert broken.value.data["faults"] == "class general: read_in_the_law (mark=A)"
