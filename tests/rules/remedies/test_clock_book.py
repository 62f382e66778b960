"""The book of clocks: what ships, and that a faulty one does not load, with every fault named at once."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from chengxin.access.terms.reviews import REVIEW_DAYS, ReviewKind
from chengxin.catalogue.terms import Mark
from chengxin.kernel.clocks import Length, Unit
from chengxin.kernel.remedies import LAWSUIT, RECONSIDERATION
from chengxin.remedies.rules.clock_book import parse_clocks, shipped_clocks
from chengxin.remedies.rules.clocks import clocks_holding, sources_to_confirm
from chengxin.remedies.terms.clocks import (
    EVERYWHERE,
    Brings,
    ExtensionRule,
    Fault,
    LawDataBroken,
    Matter,
    PausedBy,
    PauseRule,
)
from chengxin.remedies.terms.words import Who
from tests.rules.remedies.cases import toml_says

BOOK = shipped_clocks()
TODAY = date(2026, 11, 22)
TEXT = (files("chengxin.remedies") / "data" / "clocks.toml").read_text("utf-8")


def test_every_matter_has_a_clock_today_but_one_that_nothing_of_ours_waits_for() -> None:
    silent = {matter for matter in Matter if not clocks_holding(BOOK, matter, TODAY)}
    # the court's list binds courts; its sources are excerpts, and a person's term from an excerpt is not told as law
    assert silent == {Matter.COURT_REVIEW_REQUEST}
    assert clocks_holding(BOOK, Matter.COURT_REVIEW_REQUEST, TODAY, confirmed=frozenset({"court_rule"}))


@pytest.mark.parametrize(
    ("code", "length", "law"),
    [
        ("objection_platform_shenzhen", Length(1, Unit.WORKING_DAYS), "深圳经济特区社会信用条例 50"),
        ("objection_supplier_shenzhen", Length(2, Unit.WORKING_DAYS), "深圳经济特区社会信用条例 51"),
        ("objection_answer_henan", Length(3, Unit.WORKING_DAYS), "河南省社会信用条例 41"),
        ("objection_answer_sourced_shandong", Length(7, Unit.WORKING_DAYS), "山东省社会信用条例 39"),
        ("repair_acceptance_o36", Length(3, Unit.WORKING_DAYS), "信用修复管理办法 "),
        ("repair_result_o36", Length(10, Unit.WORKING_DAYS), "信用修复管理办法 "),
        ("removal_after_source_henan", Length(1, Unit.WORKING_DAYS), "河南省社会信用条例 42"),
        ("court_correction", Length(15, Unit.DAYS), "最高人民法院关于公布失信被执行人名单信息的若干规定 12"),
        ("office_check", Length(10, Unit.WORKING_DAYS), "政务数据共享条例 26"),
        ("reconsideration", Length(60, Unit.DAYS), "行政复议法 20"),
        ("lawsuit", Length(6, Unit.MONTHS), "行政诉讼法 46"),
        ("lawsuit_after_reconsideration", Length(15, Unit.DAYS), "行政诉讼法 45"),
        ("silent_office", Length(2, Unit.MONTHS), "行政诉讼法 47"),
    ],
)
def test_a_clock_is_as_long_as_its_law_says(code: str, length: Length, law: str) -> None:
    clock = BOOK.clocks[code]
    assert (clock.length, f"{clock.law} {clock.article}") == (length, law)


def test_the_book_agrees_with_what_other_rooms_count_by() -> None:
    assert BOOK.clocks["reconsideration"].length == RECONSIDERATION
    assert BOOK.clocks["lawsuit"].length == LAWSUIT
    assert BOOK.clocks["complaint_look"].length == Length(REVIEW_DAYS[ReviewKind.UNRECOGNISED], Unit.WORKING_DAYS)


def test_what_is_not_read_in_full_is_shown_to_the_operator() -> None:
    assert {source.code for source in sources_to_confirm(BOOK)} == {"o36", "o36_unseen", "court_rule", "guangzhou"}
    for clock in BOOK.clocks.values():
        assert clock.source in BOOK.sources
        assert clock.words.zh
        assert clock.words.en
        assert clock.article or clock.law in {"本平台规则", "信用修复管理办法", "信用广州异议办理指南"}


def test_silence_of_an_office_takes_no_right_and_no_clock_of_ours_lengthens_a_wait() -> None:
    for clock in BOOK.clocks.values():
        assert clock.brings is not Brings.RIGHT_ENDS or clock.side == "person"
        if clock.side == "office" and clock.taken and clock.extension:
            assert not clock.extension.used or clock.extension.told_before
        if clock.side == "office" and clock.pause:
            assert not clock.pause.used
    used = {code for code, clock in BOOK.clocks.items() if clock.taken and clock.extension and clock.extension.used}
    assert used == {"objection_supplier_shenzhen"}


def test_what_the_platform_binds_itself_to_is_the_shortest_known_anywhere() -> None:
    """F15, over the whole country: of the clocks of an office in one matter, none known is shorter than one taken."""
    size = {Unit.WORKING_DAYS: 1.4, Unit.DAYS: 1.0, Unit.MONTHS: 30.0, Unit.YEARS: 365.0}
    for matter in Matter:
        of_offices = [clock for clock in BOOK.clocks.values() if clock.matter is matter and clock.side == "office"]
        days = {one.code: one.length.n * size[one.length.unit] if one.length else 0.0 for one in of_offices}
        taken = [days[one.code] for one in of_offices if one.taken]
        # the one exception: a term of three days in one city would begin at another moment than ours does
        known = [days[one.code] for one in of_offices if one.code != "repair_decision_shenzhen"]
        assert not taken or min(taken) == min(known), matter


SOUND = """
[[source]]
code = "law"
zh = "法"
en = "a law"
mark = "B"

[[clock]]
code = "answer"
matter = "complaint_answer"
zh = "答复"
en = "answer"
law = "某法"
article = "1"
length = {n = 10, unit = "working_days"}
side = "office"
starts = "receipt"
brings = "public_list"
reach = "全国"
source = "law"
mark = "B"
since = 2020-01-01
"""


EXTENSION = """extension = {length = {n = 1, unit = "days"}, by = "chief", times = 1, told_before = true, used = false}
since ="""


def test_a_sound_file_loads() -> None:
    clock = parse_clocks(SOUND).clocks["answer"]
    assert (clock.reach, clock.mark, clock.taken, clock.until) == (EVERYWHERE, Mark.B, False, None)


def test_a_clock_is_what_its_file_says() -> None:
    rules = EXTENSION.replace("times = 1", "times = 2").replace("n = 1,", "n = 3650,")
    rules = rules.replace(
        "since =", 'pause = {by = "testing", used = false}\nuntil = 2030-01-01\ntaken = true\nsince ='
    )
    clock = parse_clocks(SOUND.replace("since =", rules)).clocks["answer"]
    assert (clock.since, clock.until, clock.taken) == (date(2020, 1, 1), date(2030, 1, 1), True)
    assert clock.extension == ExtensionRule(Length(3650, Unit.DAYS), Who.CHIEF, 2, told_before=True, used=False)
    assert clock.pause == PauseRule(PausedBy.TESTING, used=False)


def test_a_file_may_hold_no_table_of_a_kind() -> None:
    """A law that sets no term is sound."""
    book = parse_clocks(SOUND[: SOUND.index("[[clock]]")])
    assert (list(book.clocks), list(book.sources)) == ([], ["law"])


FAULTS = {
    "a key nobody knows": ("since = 2020-01-01", "since = 2020-01-01\nsinse = 1", "clock answer, sinse: unknown_key"),
    "a table nobody knows": ("[[source]]", "[[sources]]\n[[source]]", "sources: unknown_key"),
    "a key missing": (
        "side = ",
        "sides = ",
        "clock answer, side: missing; clock answer, sides: unknown_key",
    ),
    "another kind": ('article = "1"', "article = 1", "clock answer, article: wrong_kind (wanted=str)"),
    "a moment for a day": (
        "since = 2020-01-01",
        "since = 2020-01-01T00:00:00",
        "clock answer, since: wrong_kind (wanted=date)",
    ),
    "an empty text": ('zh = "答复"', 'zh = " "', "clock answer, zh: empty"),
    "an unknown matter": ('"complaint_answer"', '"score"', "clock answer, matter: unknown_value (value=score)"),
    "an unknown side": ('"office"', '"bank"', "clock answer, side: unknown_value (value=bank)"),
    "a length of nothing": ("n = 10", "n = 0", "clock answer, length: out_of_bounds (n=0)"),
    "true for a number": ("n = 10", "n = true", "clock answer, length, n: wrong_kind (wanted=int)"),
    "an unknown unit": ('"working_days"', '"moons"', "clock answer, length, unit: unknown_value (value=moons)"),
    "an unknown source": ('source = "law"', 'source = "rumour"', "clock answer, source: unknown_value (value=rumour)"),
    "better than its source": (
        'mark = "B"\nsince',
        'mark = "A"\nsince',
        "clock answer, mark: better_than_its_source (value=A)",
    ),
    "our own rule from a law": (
        'mark = "B"\nsince',
        'mark = "own"\nsince',
        "clock answer, mark: better_than_its_source (value=own)",
    ),
    "an end before its start": (
        "since = 2020-01-01",
        "since = 2020-01-01\nuntil = 2020-01-01",
        "clock answer, until: not_after_since",
    ),
    "one code twice": (
        "[[clock]]",
        '[[source]]\ncode = "law"\nzh = "法"\nen = "x"\nmark = "B"\n[[clock]]',
        "source law: code_twice",
    ),
    "an office's pause used": (
        "since =",
        'pause = {by = "testing", used = true}\nsince =',
        "clock answer, pause: office_pause_used",
    ),
    "extended by its person": (
        "since =",
        EXTENSION.replace("chief", "person"),
        "clock answer, extension, by: not_an_official (value=person)",
    ),
    "an office ends a right": ('"public_list"', '"right_ends"', "clock answer, brings: office_ends_a_right"),
    "a person's silence": ('"office"', '"person"', "clock answer, brings: silence_of_the_person"),
    "a person without time": (
        '{n = 10, unit = "working_days"}\nside = "office"',
        '"same day"\nside = "person"',
        "clock answer, length: person_without_time; clock answer, brings: silence_of_the_person",
    ),
    "not TOML": (
        "[[clock]]",
        "[[clock]",
        "file: not_toml (what={toml})",
    ),
    "too long a length": ("n = 10", "n = 3651", "clock answer, length: out_of_bounds (n=3651)"),
    "no source": ('source = "law"\n', "", "clock answer, source: missing"),
    "an unknown mark": ('mark = "B"\nsince', 'mark = "Z"\nsince', "clock answer, mark: unknown_value (value=Z)"),
    "an unknown mark of a source": (
        'mark = "B"\n\n',
        'mark = "Z"\n\n',
        "source law, mark: unknown_value (value=Z); clock answer, mark: better_than_its_source (value=B)",
    ),
    "a code that is no text": ('code = "answer"', "code = 7", "clock 1, code: wrong_kind (wanted=str)"),
    "one table for several": ("[[clock]]", "[clock]", "clock: wrong_kind (wanted=tables)"),
    "numbers for tables": (SOUND, "clock = [1]", "clock: wrong_kind (wanted=tables)"),
    "an unknown end of a person's": (
        'side = "office"\nstarts = "receipt"\nbrings = "public_list"',
        'side = "person"\nstarts = "receipt"\nbrings = "rain"',
        "clock answer, brings: unknown_value (value=rain)",
    ),
    "a pause of working days": (
        'side = "office"\nstarts = "receipt"\nbrings = "public_list"',
        'side = "person"\nstarts = "receipt"\nbrings = "right_ends"\npause = {by = "obstacle", used = true}',
        "clock answer, pause: pause_of_working_days",
    ),
    "a pause by the weather": (
        "since =",
        'pause = {by = "rain", used = false}\nsince =',
        "clock answer, pause, by: unknown_value (value=rain)",
    ),
    "extended by nobody known": (
        "since =",
        EXTENSION.replace("chief", "moon"),
        "clock answer, extension, by: unknown_value (value=moon)",
    ),
    "extended never": (
        "since =",
        EXTENSION.replace("times = 1", "times = 0"),
        "clock answer, extension, times: out_of_bounds (n=0)",
    ),
    "extended once in words": (
        "since =",
        EXTENSION.replace("times = 1", 'times = "once"'),
        "clock answer, extension, times: wrong_kind (wanted=int)",
    ),
    "extended by no time": (
        "since =",
        EXTENSION.replace('{n = 1, unit = "days"}', '"same day"'),
        "clock answer, extension, length: wrong_kind (wanted=dict)",
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_file_does_not_load_and_says_where(old: str, new: str, told: str) -> None:
    assert old in SOUND
    with pytest.raises(LawDataBroken) as broken:
        parse_clocks(SOUND.replace(old, new, 1) if old != 'mark = "B"\nsince' else SOUND.replace(old, new))
    told = told.replace("{toml}", toml_says(SOUND.replace(old, new)))
    assert broken.value.data == {"file": "clocks.toml", "count": told.count("; ") + 1, "faults": told}


def test_a_fault_says_where_it_is_its_code_and_all_that_it_speaks_of() -> None:
    assert str(Fault("clock answer", "code_twice")) == "clock answer: code_twice"
    assert str(Fault("x", "out_of_bounds", {"n": 0, "most": 9})) == "x: out_of_bounds (n=0, most=9)"


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(LawDataBroken) as broken:
        parse_clocks(
            SOUND.replace('"complaint_answer"', '"score"').replace("n = 10", "n = 0").replace('en = "answer"', "")
        )
    assert broken.value.data["count"] == 3
