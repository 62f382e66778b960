"""Which last days are told with a step; and the mark of the law that days are counted by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chengxin.kernel.clocks import Deadline, Length, Unit
from chengxin.kernel.days import Holidays
from chengxin.remedies.rules.counted import law_mark
from chengxin.remedies.rules.told import told_with
from chengxin.remedies.rules.workflows import WORKFLOWS, Law, as_it_stands
from chengxin.remedies.terms.appeals import APPEAL, AppealState
from chengxin.remedies.terms.clocks import ClockBook, Matter
from chengxin.remedies.terms.workflows import Act, CaseEvent, Workflow
from tests.rules.remedies.cases import LAW, noon

MONDAY = date(2026, 4, 20)
ANOTHER = LAW.book.clocks["objection_platform_shenzhen"]


@pytest.mark.parametrize("flow", WORKFLOWS.values(), ids=lambda flow: flow.code)
def test_the_clocks_that_a_step_sets_going_are_told_with_it_and_no_other(flow: Workflow) -> None:
    """But for the next term of a chain of silence, which repair alone has."""
    ahead = {("repair", Act.SUBMIT), ("repair", Act.ADD_PAPER)}
    for step in flow.steps:
        told = told_with(flow, step, MONDAY, LAW)
        more = {Matter.REPAIR_DECISION} if (flow.code, step.act) in ahead and step.starts else set()
        assert set(told) == {*step.starts, *more}
        if step.source is flow.first:
            event = CaseEvent(step.act, noon("2026-04-20"), next(iter(step.who)))
            clocks = as_it_stands(flow, [event], noon("2026-04-20"), LAW).clocks
            assert {one.clock.matter: one.due for one in clocks} == {matter: told[matter] for matter in step.starts}


def test_the_second_term_of_a_chain_runs_from_the_end_of_the_first() -> None:
    flow = WORKFLOWS["repair"]
    assert told_with(flow, flow.table[flow.first, Act.SUBMIT], MONDAY, LAW) == {
        Matter.REPAIR_ACCEPTANCE: Deadline(date(2026, 4, 23), provisional=False),
        Matter.REPAIR_RESULT: Deadline(date(2026, 5, 7), provisional=False),
        Matter.REPAIR_DECISION: Deadline(date(2026, 5, 7), provisional=False),
    }


def test_the_next_court_s_term_runs_from_the_day_on_the_ruling() -> None:
    step = APPEAL.table[AppealState.PROPOSED, Act.AGREE]
    told = told_with(APPEAL, step, date(2026, 5, 11), LAW, on=date(2026, 5, 6))
    assert told == {Matter.LAWSUIT_AFTER_RECONSIDERATION: Deadline(date(2026, 5, 21), provisional=False)}


def test_a_commitment_is_asked_after_on_the_day_that_its_person_named_and_never_later_than_ours() -> None:
    flow = WORKFLOWS["commitment"]
    step, matter = flow.table[flow.first, Act.PROMISE], Matter.COMMITMENT_FOLLOW_UP
    ours = told_with(flow, step, MONDAY, LAW)[matter]
    for by, due in (
        (date(2026, 4, 22), Deadline(date(2026, 4, 22), provisional=False)),
        (ours.day.replace(year=ours.day.year + 1), ours),
        (None, ours),
    ):
        assert told_with(flow, step, MONDAY, LAW, by=by) == {matter: due}
    # of what names no such day nothing is asked after
    submit = WORKFLOWS["objection"]
    first = submit.table[submit.first, Act.SUBMIT]
    assert told_with(submit, first, MONDAY, LAW, by=MONDAY) == told_with(submit, first, MONDAY, LAW)


def test_the_mark_of_the_law_is_another_wherever_a_day_could_be() -> None:
    def of_clock(**changes: Any) -> Law:
        clock = replace(ANOTHER, **changes)
        return replace(LAW, book=ClockBook({**LAW.book.clocks, ANOTHER.code: clock}, LAW.book.sources))

    year = LAW.holidays.years[2026]
    fewer = replace(year, off=year.off - {max(year.off - set(year.statutory))})
    laws = [
        LAW,
        replace(LAW, places=frozenset({"河南"})),
        replace(LAW, confirmed=frozenset({"court_rule"})),
        replace(LAW, holidays=Holidays({**LAW.holidays.years, 2026: fewer})),
        of_clock(length=Length(2, Unit.WORKING_DAYS)),
        of_clock(until=date(2027, 1, 1)),
        of_clock(taken=False),
        of_clock(side="person"),
    ]
    marks = [law_mark(one) for one in laws]
    assert len(set(marks)) == len(laws)
    assert {len(one) for one in marks} == {16}
    # words decide on no day
    assert law_mark(of_clock(words=LAW.book.clocks["lawsuit"].words, article="99")) == marks[0]
