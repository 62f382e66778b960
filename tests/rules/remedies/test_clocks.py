"""Clocks that run: which of several holds, what extends and pauses them, what is left; and the whole calendar by another's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.doors.wording import text
from chengxin.kernel.clocks import Deadline, Length, Unit, ends_on
from chengxin.kernel.days import shipped_holidays
from chengxin.kernel.decisions import ALLOWED, Refused
from chengxin.remedies.rules.clock_book import shipped_clocks
from chengxin.remedies.rules.clocks import clocks_holding, may_extend, run_clock, start_clock, time_left
from chengxin.remedies.terms.clocks import (
    Clock,
    Extension,
    Left,
    LeftWord,
    Matter,
    NoClockHolds,
    Pause,
    PausedBy,
    RunningClock,
)
from chengxin.remedies.terms.words import Who
from tests.rules.remedies.calendars import DAYS, SETTLED, by_calendar, oracle

BOOK = shipped_clocks()
TABLE = shipped_holidays()
ONE = timedelta(days=1)
MONDAY = date(2026, 3, 2)


def started(matter: Matter, day: date = MONDAY, **more: object) -> RunningClock:
    return start_clock(BOOK, matter, day, TABLE, **{"on": day, **more})  # type: ignore[arg-type]


def test_of_several_the_office_has_the_shortest_and_the_others_are_named() -> None:
    """F15: 3 working days of Henan and Shandong before the 5 of Shanghai and Zhejiang, though all of them hold."""
    everywhere = frozenset({"河南", "山东", "上海", "浙江"})
    running = started(Matter.OBJECTION_ANSWER, places=everywhere)
    assert running.clock.code == "objection_answer_henan"
    assert running.due == Deadline(date(2026, 3, 5), provisional=False)
    assert running.also == ("objection_answer_shandong", "objection_answer_shanghai", "objection_answer_zhejiang")


def test_ends_are_compared_and_not_lengths() -> None:
    """20 days are longer than 5 working days but over a Spring Festival that begins the day after."""
    five, few = BOOK.clocks["objection_answer_zhejiang"], BOOK.clocks["objection_answer_credit_reporting"]
    assert five.length == Length(5, Unit.WORKING_DAYS)
    day = date(2026, 2, 14)
    assert run_clock(five, day, TABLE, on=day).due.day == date(2026, 2, 28)
    assert run_clock(few, day, TABLE, on=day).due.day == date(2026, 3, 6)


def test_a_clock_holds_where_and_when_its_law_does() -> None:
    def codes(matter: Matter, day: date, *places: str) -> list[str]:
        return [clock.code for clock in clocks_holding(BOOK, matter, day, frozenset(places))]

    assert codes(Matter.REPAIR_DECISION, MONDAY, "深圳") == ["repair_decision_shenzhen"]
    assert codes(Matter.REPAIR_DECISION, date(2026, 4, 1)) == ["repair_decision_o36"]
    assert codes(Matter.REPAIR_ACCEPTANCE, date(2026, 3, 31)) == []
    with pytest.raises(NoClockHolds):
        started(Matter.REPAIR_ACCEPTANCE, date(2026, 3, 31))


def test_a_persons_term_is_told_as_law_only_where_its_text_was_read() -> None:
    matter = Matter.COURT_REVIEW_REQUEST
    assert not clocks_holding(BOOK, matter, MONDAY)
    (clock,) = clocks_holding(BOOK, matter, MONDAY, confirmed=frozenset({"court_rule"}))
    assert clock.length == Length(10, Unit.DAYS)


CHIEF = Extension(date(2026, 3, 4), Who.CHIEF, told=True)


@pytest.mark.parametrize(
    ("extensions", "due"),
    [
        ((), "2026-03-04"),
        ((CHIEF,), "2026-03-09"),
        ((CHIEF, Extension(date(2026, 3, 9), Who.CHIEF, told=True)), "2026-03-09"),  # once
        ((Extension(date(2026, 3, 4), Who.CASEWORKER, told=True),), "2026-03-04"),
        ((Extension(date(2026, 3, 5), Who.CHIEF, told=True),), "2026-03-04"),  # too late
        ((Extension(date(2026, 3, 4), Who.CHIEF, told=False),), "2026-03-04"),
    ],
)
def test_a_supplier_gets_three_days_more_once_by_a_chief_in_time_and_told(
    extensions: tuple[Extension, ...], due: str
) -> None:
    running = started(Matter.OBJECTION_SUPPLIER, on=date(2026, 3, 20), extensions=extensions)
    assert running.due.day == date.fromisoformat(due)
    assert running.extended == (due == "2026-03-09")


def test_why_a_clock_is_not_extended() -> None:
    ours, theirs = BOOK.clocks["objection_supplier_shenzhen"], BOOK.clocks["objection_answer_zhejiang"]
    due = Deadline(date(2026, 3, 4), provisional=False)

    def why(clock: Clock, extension: Extension, granted: int = 0) -> str | None:
        decision = may_extend(clock, extension, due, granted)
        return decision.reason if isinstance(decision, Refused) else None

    assert may_extend(ours, CHIEF, due, 0) is ALLOWED
    assert why(BOOK.clocks["repair_result_o36"], CHIEF) == "extension_unknown"
    assert why(theirs, CHIEF) == "extension_unknown"  # F15: in the law, and not used
    assert why(ours, CHIEF, 1) == "extended_before"
    assert why(ours, Extension(date(2026, 3, 4), Who.SUPPLIER, told=True)) == "extension_not_by_chief"
    assert why(ours, Extension(date(2026, 3, 5), Who.CHIEF, told=True)) == "extension_too_late"
    assert why(ours, Extension(date(2026, 3, 4), Who.CHIEF, told=False)) == "extension_untold"


def test_an_extension_of_tomorrow_does_not_count_today() -> None:
    assert started(Matter.OBJECTION_SUPPLIER, on=date(2026, 3, 3), extensions=(CHIEF,)).extended == 0
    today = started(Matter.OBJECTION_SUPPLIER, on=date(2026, 3, 4), extensions=(CHIEF,))
    assert (today.extended, today.paused_days) == (1, 0)


def test_what_was_told_stands_for_the_person() -> None:
    early, late = Deadline(date(2026, 3, 3), provisional=True), Deadline(date(2026, 3, 9), provisional=True)
    assert started(Matter.OBJECTION_SUPPLIER, told=early).due == Deadline(date(2026, 3, 3), provisional=False)
    assert started(Matter.OBJECTION_SUPPLIER, told=late).due.day == date(2026, 3, 4)
    assert started(Matter.RECONSIDERATION, told=early).due.day == date(2026, 5, 6)
    assert started(Matter.RECONSIDERATION, told=Deadline(date(2026, 6, 1), provisional=True)).due.day == date(
        2026, 6, 1
    )
    extended = started(
        Matter.OBJECTION_SUPPLIER, told=Deadline(date(2026, 3, 4), False), on=MONDAY + 9 * ONE, extensions=(CHIEF,)
    )
    assert extended.due.day == date(2026, 3, 9)


def test_an_obstacle_stops_the_persons_clock_and_not_the_offices() -> None:
    ten = Pause(PausedBy.OBSTACLE, date(2026, 3, 10), date(2026, 3, 19))
    running = started(Matter.LAWSUIT, on=date(2026, 9, 1), pauses=(ten, ten))
    assert (running.paused_days, running.due.day) == (10, date(2026, 9, 14))  # 2 September and 10 days: a Saturday
    late = Pause(PausedBy.OBSTACLE, date(2026, 9, 1), date(2026, 9, 5))
    assert started(Matter.LAWSUIT, on=date(2026, 9, 9), pauses=(late,)).due.day == date(2026, 9, 7)
    assert (
        started(
            Matter.LAWSUIT, on=date(2026, 12, 1), pauses=(Pause(PausedBy.OBSTACLE, date(2026, 9, 3), None),)
        ).paused_days
        == 0
    )
    before = Pause(PausedBy.OBSTACLE, date(2026, 2, 1), MONDAY)
    assert started(Matter.LAWSUIT, on=MONDAY, pauses=(before,)).paused_days == 0
    testing = Pause(PausedBy.TESTING, date(2026, 3, 3), date(2026, 3, 20))
    assert started(Matter.OBJECTION_ANSWER, on=date(2026, 3, 20), pauses=(testing,)).due.day == date(2026, 3, 5)
    assert started(Matter.LAWSUIT, on=date(2026, 9, 1), pauses=(testing,)).paused_days == 0


def test_an_obstacle_that_still_stands_is_counted_up_to_the_day_asked() -> None:
    open_one = (Pause(PausedBy.OBSTACLE, date(2026, 3, 10), None),)
    days = [
        started(Matter.RECONSIDERATION, on=day, pauses=open_one).paused_days
        for day in (MONDAY, date(2026, 3, 12), date(2026, 3, 31))
    ]
    assert days == [0, 3, 22]


def test_the_same_day_is_the_same_day() -> None:
    running = started(Matter.APPEAL_RESULT_TAKEN)
    assert running.due == Deadline(MONDAY, provisional=False)
    assert not running.is_over(MONDAY)
    assert running.is_over(MONDAY + ONE)


@pytest.mark.parametrize(
    ("today", "left"),
    [
        ("2026-09-28", Left(LeftWord.WORKING_DAYS, 6, provisional=False)),
        ("2026-09-30", Left(LeftWord.WORKING_DAYS, 4, provisional=False)),
        ("2026-10-12", Left(LeftWord.TODAY, 0, provisional=False)),
        ("2026-10-14", Left(LeftWord.OVERDUE, 2, provisional=False)),
    ],
)
def test_what_is_left_is_said_in_working_days_over_a_holiday(today: str, left: Left) -> None:
    running = started(Matter.REPAIR_RESULT, date(2026, 9, 21))
    assert running.due.day == date(2026, 10, 12)
    assert time_left(running, date.fromisoformat(today), TABLE) == left


def test_a_term_in_days_is_left_in_days_and_says_that_it_may_move() -> None:
    running = started(Matter.RECONSIDERATION, date(2026, 12, 1))
    assert time_left(running, date(2027, 1, 1), TABLE) == Left(
        LeftWord.DAYS, (running.said.day - date(2027, 1, 1)).days, True
    )


# ---- against another's calendar ------------------------------------------------------------------------------------

LENGTHS = [
    *(Length(n, Unit.WORKING_DAYS) for n in (1, 2, 3, 5, 7, 10, 30)),
    *(Length(n, Unit.DAYS) for n in (10, 15, 30, 45, 60)),
    *(Length(n, Unit.MONTHS) for n in (1, 2, 3, 6)),
    *(Length(n, Unit.YEARS) for n in (1, 2, 3, 5)),
]


def test_every_start_day_from_2004_on_ends_where_the_other_calendar_says() -> None:
    """Every length of the book, both sides; past the last notice the answer says that it is provisional, and nowhere else."""
    assert {clock.length for clock in BOOK.clocks.values() if clock.length} <= {*LENGTHS, Length(20, Unit.DAYS)}
    differing = [
        (start, length)
        for length in LENGTHS
        for number, start in enumerate(DAYS)
        if (due := ends_on(start, length, TABLE, "office" if number % 2 else "person")).provisional
        is not ((end := oracle(start, length)) is None or end > SETTLED)
        or not (due.provisional or due.day == end)
    ]
    assert differing == []


@settings(max_examples=150, deadline=None, database=None)
@given(st.sampled_from(sorted(BOOK.clocks.values(), key=lambda one: one.code)), st.sampled_from(DAYS))
def test_a_clock_of_the_book_ends_where_the_other_calendar_says(clock: Clock, start: date) -> None:
    due = run_clock(clock, start, TABLE, on=start).due
    end = start if clock.length is None else oracle(start, clock.length)
    assert due.provisional or due.day == end


@settings(max_examples=150, deadline=None, database=None)
@given(
    st.sampled_from([clock for clock in BOOK.clocks.values() if clock.pause and clock.pause.used]),
    st.dates(date(2010, 1, 1), date(2024, 1, 1)),
    st.lists(st.tuples(st.integers(-20, 250), st.integers(0, 30)), max_size=4),
)
def test_a_pause_never_brings_a_persons_end_nearer_and_never_gives_more_than_stood_in_the_way(
    clock: Clock, start: date, obstacles: list[tuple[int, int]]
) -> None:
    pauses = [Pause(PausedBy.OBSTACLE, start + ONE * a, start + ONE * (a + n)) for a, n in obstacles]
    bare = run_clock(clock, start, TABLE, on=start)
    paused = run_clock(clock, start, TABLE, on=start, pauses=pauses)
    stood = {
        pause.first + ONE * n
        for pause in pauses
        for n in range(31)
        if pause.last and pause.first + ONE * n <= pause.last
    }
    assert bare.due.day <= paused.due.day
    assert paused.paused_days <= len(stood)
    counted = (paused.due.day - start).days - len({day for day in stood if start < day <= paused.due.day})
    assert clock.length is not None
    assert counted >= (by_calendar(start, clock.length) - start).days


@pytest.mark.parametrize("word", LeftWord)
def test_what_is_left_has_its_words(word: LeftWord) -> None:
    for count in (1, 4):
        assert text(f"remedies.left.{word.value}", "zh", count=count)
        assert text(f"remedies.left.{word.value}", "en", count=count)
