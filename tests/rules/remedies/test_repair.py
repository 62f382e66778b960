"""From when repair may be asked for, with which papers, and every reason why not yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.catalogue.facade import merged_files, repair_from, shipped_files
from chengxin.catalogue.terms import ActClass
from chengxin.kernel.decisions import Refused, is_allowed
from chengxin.remedies.rules.repair import (
    may_ask_repair,
    parse_repair,
    repair_outlook,
    shipped_repair,
)
from chengxin.remedies.terms.clocks import LawDataBroken
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.repair_periods import PaperPlace, RepairBook, RepairFacts
from chengxin.remedies.terms.workflows import Asked
from tests.rules.remedies.cases import toml_says

BOOK = shipped_repair()
TEXT = (files("chengxin.remedies") / "data" / "repair.toml").read_text("utf-8")
DECIDED = date(2026, 5, 6)
SERIOUS = RepairFacts(
    item="penalty_consumer",
    act_class=ActClass.SERIOUS,
    decided_on=DECIDED,
    by_edition=date(2027, 5, 6),
    shown=True,
    display_until=date(2029, 5, 6),
)


def why(facts: RepairFacts, today: date, confirmed: frozenset[str] = frozenset()) -> list[tuple[str, object]]:
    return [(one.reason, one.data.get("on")) for one in repair_outlook(facts, today, BOOK, confirmed).why_not]


@pytest.mark.parametrize(
    ("act_class", "first"),
    [(ActClass.MINOR, "2026-05-06"), (ActClass.GENERAL, "2026-08-06"), (ActClass.SERIOUS, "2027-05-06")],
)
def test_each_class_has_its_first_day(act_class: ActClass, first: str) -> None:
    day = date.fromisoformat(first)
    facts = replace(SERIOUS, act_class=act_class, by_edition=date(2029, 1, 1))
    outlook = repair_outlook(facts, DECIDED, BOOK)
    assert (outlook.earliest, outlook.rule) == (day, act_class.word)
    assert is_allowed(may_ask_repair(facts, day, BOOK))
    if day > DECIDED:
        assert why(facts, day - timedelta(days=1)) == [(Reason.REPAIR_TOO_EARLY, first)]


def test_the_earliest_of_all_rules_counts() -> None:
    """F15: a city that shortened the period, and a sector whose list ends sooner, both win for the person."""
    city = replace(SERIOUS, by_edition=date(2026, 11, 6))
    assert repair_outlook(city, DECIDED, BOOK).rule == "edition"
    listed = replace(SERIOUS, item="wage_arrears_list")
    assert repair_outlook(listed, DECIDED, BOOK).rule == "edition"
    mended = replace(listed, corrected_on=date(2026, 6, 1))
    outlook = repair_outlook(mended, DECIDED, BOOK)
    assert (outlook.earliest, outlook.rule) == (date(2026, 12, 1), "wage_arrears_list")
    assert outlook.basis.startswith("拖欠农民工工资")


def test_a_rule_holds_from_its_day() -> None:
    assert repair_outlook(replace(SERIOUS, by_edition=date(2030, 1, 1)), date(2026, 3, 31), BOOK).rule == "edition"
    assert repair_outlook(replace(SERIOUS, by_edition=date(2030, 1, 1)), date(2026, 4, 1), BOOK).rule == "serious"


def test_the_table_agrees_with_the_shipped_edition() -> None:
    """Item by item and class by class: the table never gives a later day than the edition, but for what it does not know."""
    edition = merged_files(shipped_files().values())
    compared = 0
    for item in edition.items.values():
        for act_class in item.display:
            if not item.is_adverse or act_class is ActClass.NONE:
                continue
            by_edition = repair_from(item, act_class, DECIDED)
            facts = replace(SERIOUS, item=item.code, act_class=act_class, by_edition=by_edition)
            assert repair_outlook(facts, DECIDED, BOOK).earliest <= by_edition
            compared += 1
    assert compared > 20
    assert {*BOOK.items, *BOOK.courts} <= set(edition.items)


def test_what_is_shown_to_nobody_needs_no_repair() -> None:
    for facts, today in (
        (replace(SERIOUS, shown=False), DECIDED),
        (SERIOUS, date(2029, 5, 6)),
        (replace(SERIOUS, item="court_defaulter", shown=False), DECIDED),
    ):
        assert why(facts, today) == [(Reason.NOTHING_TO_REPAIR, None)]
    assert why(SERIOUS, date(2029, 5, 5)) == []


def test_it_is_said_that_an_entry_ends_before_it_could_be_repaired() -> None:
    short = replace(SERIOUS, display_until=date(2027, 5, 6))
    outlook = repair_outlook(short, DECIDED, BOOK)
    assert (outlook.by_itself, outlook.ends_on) == (True, date(2027, 5, 6))
    assert not repair_outlook(replace(short, display_until=date(2027, 5, 7)), DECIDED, BOOK).by_itself
    assert not repair_outlook(replace(short, display_until=None), DECIDED, BOOK).by_itself


def test_a_courts_list_is_the_courts() -> None:
    decision = may_ask_repair(replace(SERIOUS, item="court_defaulter"), date(2028, 1, 1), BOOK)
    assert isinstance(decision, Refused)
    assert (decision.reason, decision.basis) == (
        Reason.REPAIRED_BY_COURT,
        "最高人民法院关于公布失信被执行人名单信息的若干规定 10",
    )


def test_a_bar_that_nobody_has_read_bars_nobody() -> None:
    false = replace(SERIOUS, false_on=date(2026, 6, 1))
    today = date(2027, 6, 1)
    assert why(false, today) == []
    assert why(false, today, frozenset({"order_58"})) == [(Reason.REPAIR_BARRED, "2029-06-01")]
    assert why(false, date(2029, 5, 6) - timedelta(days=1), frozenset({"order_58"})) == [
        (Reason.REPAIR_BARRED, "2029-06-01")
    ]
    longer = replace(false, display_until=None)
    assert why(longer, date(2029, 6, 1), frozenset({"order_58"})) == []
    assert [code for code, _ in why(false, DECIDED, frozenset({"order_58"}))] == [
        Reason.REPAIR_TOO_EARLY,
        Reason.REPAIR_BARRED,
    ]


def test_two_papers_and_no_more_and_what_an_office_holds_is_fetched() -> None:
    day = date(2027, 5, 6)
    nothing = repair_outlook(SERIOUS, day, BOOK)
    assert (nothing.to_bring, nothing.to_fetch, nothing.why_not) == ((Asked.PERFORMANCE, Asked.COMMITMENT), (), ())
    paid = replace(SERIOUS, performance=PaperPlace.WITH_AN_OFFICE)
    assert (repair_outlook(paid, day, BOOK).to_bring, repair_outlook(paid, day, BOOK).to_fetch) == (
        (Asked.COMMITMENT,),
        (Asked.PERFORMANCE,),
    )
    ready = replace(SERIOUS, performance=PaperPlace.HERE, commitment=PaperPlace.HERE)
    assert (repair_outlook(ready, day, BOOK).to_bring, repair_outlook(ready, day, BOOK).to_fetch) == ((), ())


@settings(max_examples=150, deadline=None, database=None)
@given(
    act_class=st.sampled_from([ActClass.MINOR, ActClass.GENERAL, ActClass.SERIOUS]),
    decided=st.dates(date(2026, 4, 1), date(2030, 1, 1)),
    later=st.integers(0, 1200),
    corrected=st.none() | st.integers(0, 400),
    item=st.sampled_from(["penalty_consumer", "wage_arrears_list"]),
)
def test_a_paper_more_or_a_day_later_never_takes_the_right_away(
    act_class: ActClass, decided: date, later: int, corrected: int | None, item: str
) -> None:
    facts = RepairFacts(item, act_class, decided, decided + timedelta(days=366), shown=True)
    mended = replace(facts, corrected_on=None if corrected is None else decided + timedelta(days=corrected))
    today = decided + timedelta(days=later)
    assert repair_outlook(mended, today, BOOK).earliest <= repair_outlook(facts, today, BOOK).earliest
    if is_allowed(may_ask_repair(mended, today, BOOK)):
        assert is_allowed(may_ask_repair(mended, today + timedelta(days=1), BOOK))


FAULTS = {
    "a class missing": ('code = "minor"', 'code = "small"', "class minor: missing; class small: unknown_value"),
    "working days": (
        '{n = 3, unit = "months"}',
        '{n = 3, unit = "working_days"}',
        "class general, length: not_a_period",
    ),
    "a key nobody knows": (
        'counts_from = "correction"',
        'counted = "correction"',
        "item wage_arrears_list, counts_from: missing; item wage_arrears_list, counted: unknown_key",
    ),
    "a table nobody knows": ("[[bar]]", "[[ban]]", "ban: unknown_key"),
    "no length": ('length = {n = 1, unit = "years"}\n', "", "class serious, length: missing"),
    "another book's word for no time": ('"at once"', '"same day"', "class minor, length: wrong_kind (wanted=dict)"),
    "not TOML": (
        "[[court]]",
        "[[court]",
        "file: not_toml (what={toml}); class general: missing; class minor: missing; class serious: missing",
    ),
    **{
        f"a key nobody knows in {where}": (
            f'code = "{where.split()[1]}"',
            f'code = "{where.split()[1]}"\nsinse = 1',
            f"{where}, sinse: unknown_key",
        )
        for where in (
            "source order_58",
            "class minor",
            "item wage_arrears_list",
            "court court_defaulter",
            "bar false_papers",
        )
    },
}


@pytest.mark.parametrize(("old", "new", "told"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_table_does_not_load(old: str, new: str, told: str) -> None:
    assert TEXT.count(old) == 1
    with pytest.raises(LawDataBroken) as broken:
        parse_repair(TEXT.replace(old, new))
    told = told.replace("{toml}", toml_says(TEXT.replace(old, new)))
    assert broken.value.data == {"file": "repair.toml", "count": told.count("; ") + 1, "faults": told}


def test_a_table_may_bar_nobody_and_a_rule_may_end() -> None:
    until = TEXT[: TEXT.index("[[bar]]")].replace('code = "serious"', 'code = "serious"\nuntil = 2027-01-01')
    book = parse_repair(until)
    assert dict(book.bars) == {}
    assert book.classes["serious"].until == date(2027, 1, 1)
    assert repair_outlook(replace(SERIOUS, by_edition=date(2030, 1, 1)), date(2027, 1, 1), book).rule == "edition"


def test_a_rule_that_does_not_hold_stands_in_no_others_way() -> None:
    """Of classes and items, and of bars, each is looked at by itself."""
    tomorrow = date(2026, 6, 2)
    later = replace(BOOK.classes["serious"], since=tomorrow)
    mended = replace(SERIOUS, item="wage_arrears_list", corrected_on=date(2026, 6, 1))
    book = replace(BOOK, classes={**BOOK.classes, "serious": later})
    assert repair_outlook(mended, date(2026, 6, 1), book).rule == "wage_arrears_list"
    bar, sure = BOOK.bars["false_papers"], frozenset({"order_58"})
    two = replace(BOOK, bars={"first": replace(bar, code="first", since=date(2030, 1, 1)), bar.code: bar})
    false = replace(SERIOUS, false_on=date(2026, 6, 1))
    today = date(2027, 6, 1)

    def barred(facts: RepairFacts, book: RepairBook) -> list[str]:
        return [one.reason for one in repair_outlook(facts, today, book, sure).why_not]

    assert barred(false, two) == [Reason.REPAIR_BARRED]
    assert barred(false, replace(BOOK, bars={"first": two.bars["first"]})) == []
    assert barred(SERIOUS, BOOK) == []
