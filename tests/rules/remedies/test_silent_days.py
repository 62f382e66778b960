"""The day from which silence has an entry out of every output, and a history as it is read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chengxin.remedies.rules.workflows import WORKFLOWS, appealed_to, as_it_stands, let_pass, silent_from, waited_for
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.objections import OBJECTION, ObjectionState
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, CaseEvent, HistoryBroken, Step, Workflow
from tests.rules.remedies.cases import LAW, event, noon

MONDAY = "2026-04-20"  # 21, 22, 23, 24 April are worked; 1 to 5 May are not, 9 May is
SUBMITTED = event(Act.SUBMIT, MONDAY, Who.PERSON)
FORWARDED = event(Act.FORWARD, "2026-04-21", Who.CASEWORKER)
PROPOSED = event(Act.PROPOSE_AGAINST, "2026-05-06", Who.CASEWORKER)
AGREED = event(Act.AGREE, "2026-05-07", Who.SECOND)


def paper(day: str) -> CaseEvent:
    return event(Act.ADD_PAPER, day, Who.PERSON)


@pytest.mark.parametrize(
    ("code", "events", "out_on"),
    [
        ("objection", (), None),
        ("objection", (SUBMITTED,), "2026-04-22"),
        ("objection", (SUBMITTED, paper("2026-04-21")), "2026-04-22"),  # on the last day itself
        ("objection", (SUBMITTED, FORWARDED), "2026-04-24"),
        # out already: what is done after that gives it no new day
        ("objection", (SUBMITTED, paper("2026-04-22")), None),
        ("objection", (SUBMITTED, PROPOSED), None),
        ("objection", (SUBMITTED, PROPOSED, AGREED), None),
        ("objection", (SUBMITTED, event(Act.TAKE_BACK, "2026-04-21", Who.PERSON)), None),
        # the first term brings the acceptance, and only the second takes the entry out
        ("repair", (SUBMITTED,), "2026-05-08"),
        ("repair", (SUBMITTED, paper("2026-04-28")), "2026-05-08"),
        ("repair", (SUBMITTED, event(Act.ASK_PAPERS, "2026-04-22", Who.CASEWORKER)), None),
        ("complaint", (event(Act.SUBMIT, MONDAY, Who.ANYONE),), None),
    ],
)
def test_the_day_from_which_silence_has_the_entry_out(
    code: str, events: tuple[CaseEvent, ...], out_on: str | None
) -> None:
    assert silent_from(WORKFLOWS[code], events, LAW) == (date.fromisoformat(out_on) if out_on else None)


@pytest.mark.parametrize("flow", WORKFLOWS.values(), ids=lambda flow: flow.code)
def test_lapse_upon_lapse_comes_to_rest(flow: Workflow) -> None:
    """However long nobody acts: no table leads in a circle by silence alone."""
    table = flow.table
    for state in {state for state, _ in table}:
        passed = [state]
        while step := table.get((passed[-1], Act.LAPSE)):
            assert step.target not in passed
            assert step.extends is None  # a clock extends no clock
            passed.append(step.target)


def test_what_is_done_after_a_recorded_lapse_counts() -> None:
    recorded = event(Act.LAPSE, "2026-04-22", Who.CLOCK)
    back = as_it_stands(OBJECTION, [SUBMITTED, recorded, PROPOSED, AGREED], noon("2026-05-07"), LAW)
    assert back == as_it_stands(OBJECTION, [SUBMITTED, PROPOSED, AGREED], noon("2026-05-07"), LAW)
    assert back.state is ObjectionState.REJECTED


def test_a_history_that_cannot_be_says_what_was_not_open_where() -> None:
    late = event(Act.STAND_BY, "2026-04-24", Who.SUPPLIER)
    with pytest.raises(HistoryBroken) as broken:
        as_it_stands(OBJECTION, [SUBMITTED, FORWARDED, late], noon("2026-04-24"), LAW)
    assert broken.value.data == {"workflow": "objection", "state": "removed", "act": "stand_by"}


def test_an_extension_is_of_the_clock_that_it_was_granted_on_and_not_of_the_next() -> None:
    """Were an objection sent on anew, its source would have its two days again, and no more."""
    again = Step(
        ObjectionState.EXTENDED, Act.FORWARD, ObjectionState.FORWARDED, frozenset({Who.CASEWORKER}),
        starts=(Matter.OBJECTION_SUPPLIER,),
    )  # fmt: skip
    flow = replace(OBJECTION, steps=(*OBJECTION.steps, again))
    extended = (SUBMITTED, FORWARDED, event(Act.EXTEND, "2026-04-23", Who.CHIEF))
    for events, due in (
        (extended, date(2026, 4, 28)),
        ((*extended, event(Act.FORWARD, "2026-04-23", Who.CASEWORKER)), date(2026, 4, 27)),
    ):
        standing = as_it_stands(flow, events, noon("2026-04-23"), LAW)
        assert {one.clock.matter: one.due.day for one in standing.clocks}[Matter.OBJECTION_SUPPLIER] == due


ADMITTED = event(Act.ADMIT, "2026-04-23", Who.SUPPLIER)
ANSWERED = (
    SUBMITTED,
    event(Act.SKIP_SUPPLIER, "2026-04-21", Who.CASEWORKER),
    event(Act.PROPOSE_AGAINST, "2026-04-21", Who.CASEWORKER),
)
ASKED_PAPERS = event(Act.ASK_PAPERS, "2026-04-22", Who.CASEWORKER)


@pytest.mark.parametrize(
    ("code", "events", "day", "late"),
    [
        ("objection", (SUBMITTED,), "2026-04-21", False),
        ("objection", (SUBMITTED,), "2026-04-22", True),
        ("objection", (SUBMITTED, FORWARDED), "2026-04-23", False),
        ("objection", (SUBMITTED, FORWARDED), "2026-04-24", True),
        # taken in by silence: the office was late, though it may still decide in time
        ("repair", (SUBMITTED,), "2026-04-24", True),
        # no silence ends an admitted case: it stands open, and late
        ("objection", (SUBMITTED, FORWARDED, ADMITTED), "2026-04-24", False),
        ("objection", (SUBMITTED, FORWARDED, ADMITTED), "2026-05-20", True),
        # what ran out after an answer was the person's own
        ("objection", (*ANSWERED, event(Act.AGREE, "2026-04-21", Who.SECOND)), "2027-04-22", False),
        # the person is waited for, and another organ
        ("repair", (SUBMITTED, ASKED_PAPERS), "2027-04-22", False),
        ("appeal", (event(Act.TELL_RECONSIDERATION, MONDAY, Who.PERSON),), "2027-04-22", False),
    ],
)
def test_whether_an_office_let_a_term_pass(code: str, events: tuple[CaseEvent, ...], day: str, late: bool) -> None:
    at = noon(day)
    assert let_pass(as_it_stands(WORKFLOWS[code], events, at, LAW), at.date()) is late


TOLD = event(Act.TELL_RECONSIDERATION, MONDAY, Who.PERSON, on=MONDAY)
RULED = (
    TOLD,
    event(Act.PROPOSE_AGAINST, "2026-05-08", Who.CASEWORKER),
    event(Act.AGREE, "2026-05-11", Who.SECOND, on="2026-05-06"),
)
IN_COURT = event(Act.TELL_LAWSUIT, "2026-05-12", Who.PERSON, on="2026-05-12")


@pytest.mark.parametrize(
    ("events", "ends_on"),
    [
        ((), None),
        ((TOLD,), None),  # however long the organ takes
        (
            RULED,
            "2026-05-22",
        ),  # fifteen days from the day the ruling reached the person, not from the day it was taken up
        ((*RULED, IN_COURT), None),
    ],
)
def test_the_day_from_which_an_entry_is_contested_outside_no_more(
    events: tuple[CaseEvent, ...], ends_on: str | None
) -> None:
    assert appealed_to(WORKFLOWS["appeal"], events, LAW) == (date.fromisoformat(ends_on) if ends_on else None)


@pytest.mark.parametrize(
    ("code", "events", "matter"),
    [
        ("objection", (SUBMITTED,), Matter.OBJECTION_PLATFORM),
        # no silence ends it, and an office is late all the same
        ("objection", (SUBMITTED, FORWARDED, ADMITTED), Matter.OBJECTION_ANSWER_SOURCED),
        # where to go next is the person's own affair, and nobody waits for it
        ("objection", (*ANSWERED, event(Act.AGREE, "2026-04-21", Who.SECOND)), None),
        # their term, and its end lets the entry be used again
        ("appeal", RULED, Matter.LAWSUIT_AFTER_RECONSIDERATION),
        ("interview", (event(Act.INVITE, MONDAY, Who.CASEWORKER),), Matter.INTERVIEW_ANSWER),
    ],
)
def test_a_line_of_a_list_waits_for_an_office_or_for_what_an_end_brings(
    code: str, events: tuple[CaseEvent, ...], matter: Matter | None
) -> None:
    flow = WORKFLOWS[code]
    standing = as_it_stands(flow, events, events[-1].at, LAW)
    found = waited_for(flow, standing.state, standing.clocks)
    assert (found and found.clock.matter) == matter
