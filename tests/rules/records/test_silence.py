"""Silence takes an entry out on its day, by the date alone, and two people alone bring it back (decision 10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given

from chengxin.kernel.days import shanghai_day
from chengxin.records.rules.silence import lapses_on
from chengxin.records.terms import MarkKind, MarkView
from tests.records import CLOCKS, DAY_1, day, mark_on, term_stories

OBJECTED, MOVED = MarkKind.OBJECTED, MarkKind.CLOCK_MOVED
READMITTED, WITHDRAWN, FROZEN = MarkKind.READMITTED, MarkKind.WITHDRAWN, MarkKind.FROZEN


def test_without_a_term_nothing_lapses() -> None:
    assert lapses_on([]) is None
    assert lapses_on([mark_on(1, OBJECTED), mark_on(1, FROZEN)]) is None


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([(1, MOVED, 10)], 10),
        # the clock moved before its day: the newest term counts, to either side, and none stops it
        ([(1, MOVED, 10), (5, MOVED, 20)], 20),
        ([(1, MOVED, 10), (5, MOVED, 7)], 7),
        ([(1, MOVED, 10), (5, MOVED, None)], None),
        ([(1, MOVED, 10), (9, MOVED, 20)], 20),
        # on its day it is too late
        ([(1, MOVED, 10), (10, MOVED, 20)], 10),
        ([(1, MOVED, 10), (12, MOVED, None)], 10),
        # ended before its day, or on it
        ([(1, MOVED, 10), (9, MOVED, None)], None),
        ([(1, MOVED, 10), (10, MOVED, None)], 10),
        ([(1, MOVED, 10), (5, MOVED, 20), (15, MOVED, None)], None),
        # two people bring it back, whether the objection ended before or not
        ([(1, MOVED, 10), (12, READMITTED, None)], None),
        ([(1, MOVED, 10), (10, READMITTED, None)], None),
        ([(1, MOVED, 10), (11, MOVED, None), (12, READMITTED, None)], None),
        ([(1, MOVED, 10), (12, READMITTED, None), (13, MOVED, None)], None),
        # a readmission of something else takes nothing from a term that still runs
        ([(1, MOVED, 10), (2, WITHDRAWN, None), (9, READMITTED, None)], 10),
        # readmitted, contested again, and again nobody answers
        ([(1, MOVED, 10), (12, READMITTED, None), (13, MOVED, None), (14, MOVED, 30)], 30),
        ([(1, MOVED, 10), (12, READMITTED, None), (13, MOVED, 30)], 30),
        # contested again while it is out: it has been out since the first day
        ([(1, MOVED, 10), (11, MOVED, None), (12, MOVED, 30)], 10),
        ([(5, MOVED, 20)], 20),
        ([(1, MOVED, 10), (3, MOVED, None), (5, MOVED, 20)], 20),
        # taken in late, so that the term was over before anybody wrote it down
        ([(20, MOVED, 10)], 10),
        ([(20, MOVED, 10), (20, READMITTED, None)], None),
    ],
)
def test_what_each_story_comes_to(told: list[tuple[int, MarkKind, int | None]], found: int | None) -> None:
    marks = [mark_on(on, kind, until) for on, kind, until in told]
    assert lapses_on(marks) == (None if found is None else day(found))


def test_the_day_of_a_mark_is_the_day_in_shanghai() -> None:
    """16:00 UTC is midnight there: an answer a second before it is in time."""
    midnight = datetime(DAY_1.year, DAY_1.month, DAY_1.day, tzinfo=UTC) + timedelta(days=8, hours=16)
    set_going = mark_on(1, MOVED, 10)
    in_time = MarkView(MOVED, midnight - timedelta(microseconds=1), "x", uuid4(), None, CLOCKS[0])
    assert lapses_on([set_going, in_time]) is None
    assert lapses_on([set_going, replace(in_time, at=midnight)]) == day(10)


def test_each_clock_runs_for_itself() -> None:
    first, other = (mark_on(1, MOVED, until, clock=clock) for until, clock in zip((10, 15), CLOCKS, strict=True))
    assert lapses_on([first, other]) == day(10)
    assert lapses_on([first, other, mark_on(5, MOVED, None)]) == day(15)
    assert lapses_on([first, other, mark_on(5, MOVED, None, clock=CLOCKS[1])]) == day(10)
    assert lapses_on([first, other, mark_on(12, READMITTED)]) == day(15), "the other clock still runs"
    assert lapses_on([first, other, mark_on(12, READMITTED), mark_on(16, READMITTED)]) is None


@given(term_stories())
def test_once_out_it_stays_out_until_two_people_say_so(marks: list[MarkView]) -> None:
    for place, mark in enumerate(marks):
        on = shanghai_day(mark.at)
        before, after = lapses_on(marks[:place]), lapses_on(marks[: place + 1])
        if mark.kind is READMITTED:
            assert after is None or after > on, "what two people let back is back at once"
        elif before is not None and before <= on:
            assert after is not None
            assert after <= before
        elif mark.kind is not MOVED:
            assert after == before, "nothing else moves a term"
