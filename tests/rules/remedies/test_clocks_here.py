"""What holds here: the law of a place and the sources an operator confirmed reach every clock; and one clock, run whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from chengxin.catalogue.terms import Mark
from chengxin.kernel.clocks import Deadline, Length, Side, Unit
from chengxin.remedies.rules.clocks import clocks_holding, run_clock, start_clock
from chengxin.remedies.rules.letters import remedy_ends
from chengxin.remedies.rules.notices import announced_until
from chengxin.remedies.rules.told import told_with
from chengxin.remedies.rules.workflows import WORKFLOWS, Law, as_it_stands
from chengxin.remedies.terms.clocks import (
    EVERYWHERE,
    ClockBook,
    Extension,
    ExtensionRule,
    Matter,
    NoClockHolds,
    Pause,
    PausedBy,
    PauseRule,
    RunningClock,
)
from chengxin.remedies.terms.objections import OBJECTION, ObjectionState
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act
from tests.rules.remedies.cases import LAW, event, noon

BOOK, TABLE = LAW.book, LAW.holidays
MONDAY = date(2026, 3, 2)
SUPPLIER = BOOK.clocks["objection_supplier_shenzhen"]


def law_of(matter: Matter, *places: str, confirmed: frozenset[str] = frozenset()) -> Law:
    """Beside the national term one of 河南, twice as long, and one of a guide that nobody has read, three times as long."""
    (national,) = clocks_holding(BOOK, matter, MONDAY)
    assert national.length is not None
    n, unit = national.length.n, national.length.unit
    local = replace(national, code="local", reach="河南", length=Length(2 * n, unit))
    told = replace(national, code="told", source="guide", mark=Mark.C, length=Length(3 * n, unit))
    clocks = {one.code: one for one in (*BOOK.clocks.values(), local, told)}
    return Law(ClockBook(clocks, BOOK.sources), TABLE, frozenset(places), confirmed)


GUIDE = frozenset({"guide"})
HERE = [((), frozenset[str](), 0), (("河南",), frozenset[str](), 1), ((), GUIDE, 2), (("河南",), GUIDE, 2)]
"""Places, sources confirmed, and which of the three ends counts: the person has the longest that holds."""


@pytest.mark.parametrize(("places", "confirmed", "longest"), HERE)
@pytest.mark.parametrize(
    ("matter", "ends"),
    [
        (Matter.RECONSIDERATION, ("2026-05-06", "2026-06-30", "2026-08-31")),
        (Matter.LAWSUIT, ("2026-09-02", "2027-03-02", "2027-09-09")),
        (Matter.ANNOUNCED_SERVICE, ("2026-04-01", "2026-05-06", "2026-06-01")),
    ],
)
def test_the_person_has_the_longest_term_that_holds_here_wherever_it_is_told(
    matter: Matter, ends: tuple[str, ...], places: tuple[str, ...], confirmed: frozenset[str], longest: int
) -> None:
    law = law_of(matter, *places, confirmed=confirmed)
    end = date.fromisoformat(ends[longest])
    running = start_clock(law.book, matter, MONDAY, TABLE, on=MONDAY, places=law.places, confirmed=law.confirmed)
    codes = (matter.value, "local", "told")
    assert (running.clock.code, running.started_on, running.due.day) == (codes[longest], MONDAY, end)
    # the others that hold gave way, the longest of them first
    assert set(running.also) == {
        clock.code for clock in clocks_holding(law.book, matter, MONDAY, law.places, confirmed)
    } - {codes[longest]}
    if matter is Matter.ANNOUNCED_SERVICE:
        assert announced_until(MONDAY, law).day == end
        return
    # told is the earliest day of that same term: 2 September 2027, whose year has no notice yet
    told = min(end, date(2027, 9, 2)) if longest == 2 and matter is Matter.LAWSUIT else end
    assert remedy_ends(matter, MONDAY, law).day == running.said.day == told
    said = ((Act.SUBMIT, Who.PERSON), (Act.SKIP_SUPPLIER, Who.CASEWORKER), (Act.PROPOSE_AGAINST, Who.CASEWORKER))
    rejected = [event(act, "2026-03-02", who) for act, who in (*said, (Act.AGREE, Who.SECOND))]
    standing = as_it_stands(WORKFLOWS["objection"], rejected, noon("2026-03-02"), law)
    assert [one.due.day for one in standing.clocks if one.clock.matter is matter] == [end]
    agreed = OBJECTION.table[ObjectionState.PROPOSED, Act.AGREE]
    assert told_with(OBJECTION, agreed, MONDAY, law)[matter].day == end


def test_of_two_that_end_on_one_day_the_first_of_the_book_counts() -> None:
    for code in ("objection_supplier_shenzhen", "reconsideration"):
        clock = BOOK.clocks[code]
        book = ClockBook({"z": replace(clock, code="z"), "a": replace(clock, code="a")}, BOOK.sources)
        running = start_clock(book, clock.matter, MONDAY, TABLE, on=MONDAY)
        assert (running.clock.code, running.also) == ("z", ("a",))


def test_a_clock_holds_from_its_first_day_to_the_day_before_its_end() -> None:
    clock = replace(SUPPLIER, taken=False, since=MONDAY, until=date(2026, 3, 4))
    here = frozenset({"深圳"})
    assert [day for day in range(1, 6) if clock.holds(date(2026, 3, day), here)] == [2, 3]
    assert not clock.holds(MONDAY, frozenset({"河南"}))


@pytest.mark.parametrize(("on", "paused", "due"), [(2, 1, "2026-09-03"), (3, 0, "2026-09-02")])
def test_an_obstacle_on_the_last_day_itself_is_in_the_way_and_one_after_it_is_not(
    on: int, paused: int, due: str
) -> None:
    day = date(2026, 9, on)
    running = run_clock(BOOK.clocks["lawsuit"], MONDAY, TABLE, on=day, pauses=(Pause(PausedBy.OBSTACLE, day, day),))
    assert (running.paused_days, running.due.day) == (paused, date.fromisoformat(due))


def test_a_book_stays_as_it_was_read() -> None:
    clocks, sources = dict(BOOK.clocks), dict(BOOK.sources)
    book = ClockBook(clocks, sources)
    clocks.clear()
    sources.clear()
    assert book == BOOK
    assert {type(book.clocks), type(book.sources)} == {MappingProxyType}


def test_it_is_said_for_which_matter_and_day_no_clock_holds() -> None:
    with pytest.raises(NoClockHolds) as broken:
        start_clock(BOOK, Matter.REPAIR_ACCEPTANCE, date(2026, 3, 31), TABLE, on=MONDAY)
    assert broken.value.data == {"matter": "repair_acceptance", "day": "2026-03-31"}


def test_a_clock_without_time_ends_on_the_day_it_begins() -> None:
    clock = BOOK.clocks["appeal_result_taken"]
    assert run_clock(clock, MONDAY, TABLE, on=MONDAY) == RunningClock(
        clock, MONDAY, Deadline(MONDAY, provisional=False)
    )


GRANTED = Extension(date(2026, 12, 17), Who.CHIEF, told=True)
TEN = ExtensionRule(Length(10, Unit.WORKING_DAYS), Who.CHIEF, times=2, told_before=True, used=True)


@pytest.mark.parametrize(
    ("side", "extensions", "due", "extended"),
    [
        ("office", 0, Deadline(date(2026, 12, 18), provisional=False), 0),
        ("person", 0, Deadline(date(2026, 12, 18), provisional=False), 0),
        # past the last notice the office's end is the earliest that can be and the person's the latest (F15)
        ("office", 1, Deadline(date(2027, 1, 1), provisional=True), 1),
        ("person", 1, Deadline(date(2027, 1, 11), provisional=True), 1),
        ("office", 2, Deadline(date(2027, 1, 11), provisional=True), 2),
        ("office", 3, Deadline(date(2027, 1, 11), provisional=True), 2),  # twice, says its rule
        ("office", 4, Deadline(date(2027, 1, 11), provisional=True), 2),
    ],
)
def test_an_extension_runs_on_from_the_end_for_its_side_and_as_often_as_its_law_says(
    side: Side, extensions: int, due: Deadline, extended: int
) -> None:
    clock = replace(SUPPLIER, side=side, extension=TEN)
    running = run_clock(clock, date(2026, 12, 16), TABLE, on=date(2027, 3, 1), extensions=(GRANTED,) * extensions)
    assert running == RunningClock(clock, date(2026, 12, 16), due, extended)


def test_where_the_notices_stand_an_extended_end_is_certain() -> None:
    chief = Extension(date(2026, 3, 4), Who.CHIEF, told=True)
    running = run_clock(SUPPLIER, MONDAY, TABLE, on=date(2026, 3, 4), extensions=(chief,))
    assert running == RunningClock(SUPPLIER, MONDAY, Deadline(date(2026, 3, 9), provisional=False), 1)


@pytest.mark.parametrize(("side", "due"), [("office", date(2027, 2, 1)), ("person", date(2027, 2, 16))])
def test_past_the_last_notice_a_clock_is_counted_for_its_side(side: Side, due: date) -> None:
    clock = replace(SUPPLIER, side=side, length=Length(10, Unit.WORKING_DAYS))
    assert run_clock(clock, date(2027, 1, 22), TABLE, on=date(2027, 1, 22)).due == Deadline(due, provisional=True)
    # a rule of pauses changes nothing where nothing stood in the way
    free = replace(clock, length=Length(11, Unit.DAYS), pause=PauseRule(PausedBy.OBSTACLE, used=True))
    without = replace(free, pause=None)
    assert (
        run_clock(free, date(2027, 1, 22), TABLE, on=MONDAY).due
        == run_clock(without, date(2027, 1, 22), TABLE, on=MONDAY).due
    )


@pytest.mark.parametrize(
    ("changes", "promised"),
    [
        ({}, True),  # Shenzhen's law, taken on by this platform
        ({"reach": "河南"}, False),  # where it is the law
        ({"reach": EVERYWHERE}, False),
        ({"reach": EVERYWHERE, "mark": Mark.C}, True),  # nobody has read it
        ({"reach": "河南", "mark": Mark.C}, False),
        ({"taken": False}, False),
        ({"mark": Mark.OWN}, False),  # its own words say so already
    ],
)
def test_a_term_that_binds_nobody_here_is_told_as_this_platforms_promise(
    changes: dict[str, Any], promised: bool
) -> None:
    assert replace(SUPPLIER, **changes).promised(frozenset({"河南"})) is promised
