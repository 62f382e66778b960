"""What a case is worth at a moment, by its events and the clocks alone: nothing here runs a job."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.kernel.clocks import Deadline, Length, Unit
from chengxin.kernel.days import day_starts_at
from chengxin.remedies.rules.told import told_with
from chengxin.remedies.rules.workflows import WORKFLOWS, Law, as_it_stands, silent_from
from chengxin.remedies.terms.appeals import AppealState
from chengxin.remedies.terms.clocks import ClockBook, Matter, Pause, PausedBy
from chengxin.remedies.terms.complaints import ComplaintState
from chengxin.remedies.terms.corrections import CorrectionState, ReadmissionState
from chengxin.remedies.terms.interviews import CommitmentState, InterviewState
from chengxin.remedies.terms.objections import ObjectionState
from chengxin.remedies.terms.repairs import RepairState
from chengxin.remedies.terms.wishes import MoreTimeState, StatementState
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, CaseEvent, Effect, HistoryBroken, Outcome, Standing
from tests.rules.remedies.cases import LAW, event, last_second, midnight_after, noon

MONDAY = "2026-04-20"  # 21, 22, 23, 24 April are worked; 1 to 5 May are not, 9 May is


def standing(code: str, *events: CaseEvent, at: str) -> Standing:
    return as_it_stands(WORKFLOWS[code], events, noon(at), LAW)


SUBMITTED = event(Act.SUBMIT, MONDAY, Who.PERSON)
FORWARDED = event(Act.FORWARD, "2026-04-21", Who.CASEWORKER)
EXTENDED = event(Act.EXTEND, "2026-04-23", Who.CHIEF)
HEARD = event(Act.STAND_BY, "2026-04-28", Who.SUPPLIER)


def test_an_objection_that_nobody_looks_at_is_out_at_midnight() -> None:
    """One working day for the platform's own check; then out of every output, whether anybody noticed or not."""
    flow = WORKFLOWS["objection"]
    before = as_it_stands(flow, [SUBMITTED], last_second("2026-04-21"), LAW)
    after = as_it_stands(flow, [SUBMITTED], midnight_after("2026-04-21"), LAW)
    assert (before.state, after.state) == (ObjectionState.CHECKING, ObjectionState.REMOVED)
    assert [clock.due.day.isoformat() for clock in before.clocks] == ["2026-04-21", "2026-04-23", "2026-04-29"]
    (lapsed,) = after.lapsed
    assert (lapsed.source, lapsed.clock.clock.matter) == (ObjectionState.CHECKING, Matter.OBJECTION_PLATFORM)
    assert Effect.HIDE in flow.table[lapsed.source, Act.LAPSE].effects


@pytest.mark.parametrize(
    ("events", "last_day", "state"),
    [
        ((SUBMITTED, FORWARDED), "2026-04-23", ObjectionState.FORWARDED),
        ((SUBMITTED, FORWARDED, EXTENDED), "2026-04-28", ObjectionState.EXTENDED),
        ((SUBMITTED, FORWARDED, EXTENDED, HEARD), "2026-04-29", ObjectionState.HEARD),
        (
            (SUBMITTED, FORWARDED, EXTENDED, HEARD, event(Act.PROPOSE_AGAINST, "2026-04-29", Who.CASEWORKER)),
            "2026-04-29",
            ObjectionState.PROPOSED,
        ),
        ((SUBMITTED, event(Act.SKIP_SUPPLIER, "2026-04-21", Who.CASEWORKER)), "2026-04-23", ObjectionState.HEARD),
    ],
)
def test_at_every_turn_silence_takes_the_entry_out(
    events: tuple[CaseEvent, ...], last_day: str, state: ObjectionState
) -> None:
    flow = WORKFLOWS["objection"]
    assert as_it_stands(flow, events, last_second(last_day), LAW).state is state
    assert as_it_stands(flow, events, midnight_after(last_day), LAW).state is ObjectionState.REMOVED


def test_an_act_after_the_end_meets_the_case_as_silence_has_left_it() -> None:
    """The supplier stands by its row a day late: that is not open any more; it may still admit."""
    with pytest.raises(HistoryBroken):
        standing("objection", SUBMITTED, FORWARDED, event(Act.STAND_BY, "2026-04-24", Who.SUPPLIER), at="2026-04-24")
    admitted = standing(
        "objection", SUBMITTED, FORWARDED, event(Act.ADMIT, "2026-04-24", Who.SUPPLIER), at="2026-06-01"
    )
    assert admitted.state is ObjectionState.ADMITTED


def test_a_recorded_lapse_changes_nothing() -> None:
    recorded = event(Act.LAPSE, "2026-04-22", Who.CLOCK)
    for at in ("2026-04-21", "2026-04-22", "2026-06-01"):
        assert standing("objection", SUBMITTED, recorded, at=at) == standing("objection", SUBMITTED, at=at)


def test_a_term_corrected_since_makes_nobody_late_who_acted_in_time() -> None:
    """The source answered on its last day; then somebody reads in the law that it had a day less."""
    flow = WORKFLOWS["objection"]
    of_source = {code for code, one in LAW.book.clocks.items() if one.matter is Matter.OBJECTION_SUPPLIER}
    a_day = {code: replace(LAW.book.clocks[code], length=Length(1, Unit.WORKING_DAYS)) for code in of_source}
    shorter = replace(LAW, book=ClockBook({**LAW.book.clocks, **a_day}, LAW.book.sources))
    answered = event(Act.STAND_BY, "2026-04-23", Who.SUPPLIER)
    met = [SUBMITTED, replace(FORWARDED, source="checking"), replace(answered, source="forwarded")]
    found = as_it_stands(flow, met, noon("2026-04-23"), shorter)
    assert (found.state, found.lapsed) == (ObjectionState.HEARD, ())
    # who has not acted by the day that now counts is late
    assert as_it_stands(flow, met[:2], noon("2026-04-23"), shorter).state is ObjectionState.REMOVED
    with pytest.raises(HistoryBroken):
        as_it_stands(flow, [SUBMITTED, FORWARDED, answered], noon("2026-04-23"), shorter)


def of_length(length: Length, *matters: Matter) -> Law:
    """The law with every term of these matters of this length."""
    changed = {code: replace(one, length=length) for code, one in LAW.book.clocks.items() if one.matter in matters}
    return replace(LAW, book=ClockBook({**LAW.book.clocks, **changed}, LAW.book.sources))


def test_a_lapse_that_was_written_down_stands_whatever_the_law_is_since() -> None:
    """With the day that it names, and with what it told of the terms it set going."""
    flow, longer = WORKFLOWS["objection"], of_length(Length(20, Unit.WORKING_DAYS), Matter.OBJECTION_PLATFORM)
    assert as_it_stands(flow, [SUBMITTED], noon("2026-04-23"), longer).state is ObjectionState.CHECKING
    named = {Matter.OBJECTION_PLATFORM: Deadline(date(2026, 4, 21), provisional=False)}
    written = [SUBMITTED, event(Act.LAPSE, "2026-04-22", Who.CLOCK, named)]
    for law in (LAW, longer):
        found = as_it_stands(flow, written, noon("2026-04-23"), law)
        assert [(one.source, one.target, one.clock.due.day) for one in found.lapsed] == [
            (ObjectionState.CHECKING, ObjectionState.REMOVED, date(2026, 4, 21))
        ]
        assert found.state is ObjectionState.REMOVED
        # written twice, it happened once
        assert as_it_stands(flow, [*written, written[-1]], noon("2026-04-23"), law) == found
        assert silent_from(flow, written, law) is None


def test_the_term_that_silence_would_set_going_is_told_with_the_step_before_it() -> None:
    """Repair that nobody takes in is taken in by silence; no law that comes later gives the office more time to decide."""
    flow, day = WORKFLOWS["repair"], date.fromisoformat(MONDAY)
    told = told_with(flow, flow.table[flow.first, Act.SUBMIT], day, LAW)
    assert {Matter.REPAIR_ACCEPTANCE, Matter.REPAIR_DECISION} <= set(told)
    filed = event(Act.SUBMIT, MONDAY, Who.PERSON, told)
    out = silent_from(flow, [filed], LAW)
    both = (Matter.REPAIR_DECISION, Matter.REPAIR_RESULT)
    assert silent_from(flow, [filed], of_length(Length(90, Unit.WORKING_DAYS), *both)) == out
    shorter = silent_from(flow, [filed], of_length(Length(1, Unit.WORKING_DAYS), *both))
    assert shorter is not None
    assert out is not None
    assert shorter < out


def test_what_silence_sets_going_has_the_day_that_was_told_before_it_however_many_acts_lie_between() -> None:
    flow = WORKFLOWS["repair"]
    ninety = of_length(Length(90, Unit.WORKING_DAYS), Matter.REPAIR_DECISION, Matter.REPAIR_RESULT)
    decided = {Matter.REPAIR_DECISION: Deadline(date(2026, 5, 6), provisional=False)}
    filed = event(Act.SUBMIT, MONDAY, Who.PERSON, decided)
    for events in ([filed], [filed, event(Act.JOIN, "2026-04-21", Who.PERSON)]):
        assert silent_from(flow, events, ninety) == date(2026, 5, 7)


def test_a_term_that_begins_anew_has_not_the_day_that_was_told_of_the_first() -> None:
    told = {Matter.REPAIR_ACCEPTANCE: Deadline(date(2026, 4, 23), provisional=False)}
    events = (
        event(Act.SUBMIT, MONDAY, Who.PERSON, told),
        event(Act.ASK_PAPERS, "2026-04-22", Who.CASEWORKER),
        event(Act.ADD_PAPER, "2026-05-12", Who.PERSON),
    )
    clocks = {one.clock.matter: one.due.day for one in standing("repair", *events, at="2026-05-12").clocks}
    assert clocks[Matter.REPAIR_ACCEPTANCE] == date(2026, 5, 15)


def test_a_written_lapse_of_an_extended_term_has_the_day_that_it_names() -> None:
    named = {Matter.OBJECTION_SUPPLIER: Deadline(date(2026, 4, 27), provisional=False)}
    extended = event(Act.EXTEND, "2026-04-23", Who.CHIEF)
    found = standing(
        "objection", SUBMITTED, FORWARDED, extended, event(Act.LAPSE, "2026-04-29", Who.CLOCK, named), at="2026-04-29"
    )
    assert [(one.clock.due.day, one.clock.extended) for one in found.lapsed] == [(date(2026, 4, 27), 1)]


def test_what_was_told_shortens_the_offices_time_and_never_lengthens_it() -> None:
    for told, out_on in (("2026-04-20", "2026-04-21"), ("2026-05-20", "2026-04-22")):
        deadline = {Matter.OBJECTION_PLATFORM: Deadline(date.fromisoformat(told), provisional=True)}
        case = (event(Act.SUBMIT, MONDAY, Who.PERSON, deadline),)
        out = day_starts_at(date.fromisoformat(out_on))
        states = [as_it_stands(WORKFLOWS["objection"], case, at, LAW).state for at in (out - timedelta(seconds=1), out)]
        assert states == [ObjectionState.CHECKING, ObjectionState.REMOVED]


def test_what_silence_took_out_comes_back_by_two_people_alone() -> None:
    late = [
        SUBMITTED,
        event(Act.PROPOSE_AGAINST, "2026-05-06", Who.CASEWORKER),
        event(Act.AGREE, "2026-05-07", Who.SECOND),
    ]
    states = [standing("objection", *late, at=at).state.value for at in ("2026-05-05", "2026-05-06", "2026-05-07")]
    assert states == ["removed", "restoring", "rejected"]
    ended = standing("objection", *late, at="2026-05-08")
    assert ended.outcome is Outcome.AGAINST
    assert {clock.clock.matter for clock in ended.clocks} == {
        Matter.RECONSIDERATION,
        Matter.LAWSUIT,
    }


def test_repair_is_taken_in_by_silence_and_decided_by_silence() -> None:
    filed = event(Act.SUBMIT, MONDAY, Who.PERSON)
    at = {day: standing("repair", filed, at=day) for day in ("2026-04-23", "2026-04-24", "2026-05-07", "2026-05-08")}
    assert at["2026-04-23"].state is RepairState.FILED
    assert at["2026-04-24"].state is RepairState.ACCEPTED
    # ten working days from receipt, over the holiday of May; seven from acceptance would be 7 May too
    assert at["2026-05-07"].state is RepairState.ACCEPTED
    assert at["2026-05-08"].state is RepairState.REMOVED
    assert [lapsed.target.value for lapsed in at["2026-05-08"].lapsed] == ["accepted", "removed"]


def test_a_repair_that_waits_for_its_person_does_not_lapse() -> None:
    waiting = (event(Act.SUBMIT, MONDAY, Who.PERSON), event(Act.ASK_PAPERS, "2026-04-22", Who.CASEWORKER))
    assert standing("repair", *waiting, at="2026-12-01").state is RepairState.WAITING
    back = (*waiting, event(Act.ADD_PAPER, "2026-06-01", Who.PERSON))
    assert standing("repair", *back, at="2026-06-04").state is RepairState.FILED
    assert standing("repair", *back, at="2026-06-05").state is RepairState.ACCEPTED


@pytest.mark.parametrize(
    ("code", "events", "before", "after"),
    [
        (
            "correction",
            (event(Act.CORRECT, MONDAY, Who.SUPPLIER),),
            ("2026-04-22", CorrectionState.EFFECTIVE),
            ("2026-04-23", CorrectionState.LISTED),
        ),
        (
            "readmission",
            (event(Act.ASK_BACK, MONDAY, Who.SUPPLIER), event(Act.PROPOSE_AGAINST, "2026-04-30", Who.CASEWORKER)),
            ("2026-05-07", ReadmissionState.PROPOSED),
            ("2026-05-08", ReadmissionState.OUT),
        ),
        (
            "more_time",
            (event(Act.SUBMIT, MONDAY, Who.PERSON),),
            ("2026-05-07", MoreTimeState.ASKED),
            ("2026-05-08", MoreTimeState.UNANSWERED),
        ),
        (
            "statement",
            (event(Act.WRITE, MONDAY, Who.PERSON), event(Act.PROPOSE_AGAINST, MONDAY, Who.CASEWORKER)),
            ("2026-04-27", StatementState.PROPOSED),
            ("2026-04-28", StatementState.STANDING),
        ),
        (
            "interview",
            (event(Act.INVITE, MONDAY, Who.CASEWORKER),),
            ("2026-05-07", InterviewState.INVITED),
            ("2026-05-08", InterviewState.UNANSWERED),
        ),
        (
            "commitment",
            (
                event(Act.PROMISE, "2026-04-01", Who.PERSON),
                event(Act.REPORT, MONDAY, Who.PERSON),
                event(Act.PROPOSE_AGAINST, "2026-04-27", Who.CASEWORKER),
            ),
            ("2026-04-27", CommitmentState.CONTESTED),
            ("2026-04-28", CommitmentState.FULFILLED),
        ),
        (
            "complaint",
            (event(Act.SUBMIT, MONDAY, Who.ANYONE),),
            ("2026-05-07", ComplaintState.RECEIVED),
            ("2026-05-08", ComplaintState.LATE),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_silence_brings(
    code: str, events: tuple[CaseEvent, ...], before: tuple[str, object], after: tuple[str, object]
) -> None:
    for at, state in (before, after):
        assert standing(code, *events, at=at).state is state


def test_a_second_who_disagrees_leaves_what_the_person_reported_as_it_was() -> None:
    reported = (event(Act.PROMISE, "2026-04-01", Who.PERSON), event(Act.REPORT, MONDAY, Who.PERSON))
    doubted = (event(Act.PROPOSE_AGAINST, "2026-04-21", Who.SUPPLIER), event(Act.DISAGREE, "2026-04-22", Who.SECOND))
    assert standing("commitment", *reported, *doubted, at="2026-04-22").state is CommitmentState.REPORTED
    assert standing("commitment", *reported, *doubted, at="2026-04-28").state is CommitmentState.FULFILLED
    never = (reported[0], *doubted)
    assert standing("commitment", *never, at="2026-12-01").state is CommitmentState.MADE


def test_an_organ_that_does_not_decide_opens_the_court_and_the_entry_stays_with_its_person() -> None:
    told = event(Act.TELL_RECONSIDERATION, MONDAY, Who.PERSON)
    assert (
        standing("appeal", told, at="2026-06-22").state is AppealState.RECONSIDERED
    )  # 19 June: a holiday, then a weekend
    late = standing("appeal", told, at="2026-06-23")
    assert late.state is AppealState.UNANSWERED
    (clock,) = late.clocks
    assert (clock.clock.matter, clock.due.day) == (Matter.LAWSUIT_AFTER_RECONSIDERATION, date(2026, 7, 7))
    # nothing ends against the person for that: the case stands open
    assert standing("appeal", told, at="2028-01-01").outcome is None


def test_a_ruling_against_the_person_ends_the_case_when_their_next_term_has_run_out() -> None:
    ruled = (
        event(Act.TELL_LAWSUIT, MONDAY, Who.PERSON),
        event(Act.PROPOSE_AGAINST, "2026-06-01", Who.CASEWORKER),
        event(Act.AGREE, "2026-06-01", Who.SECOND),
    )
    assert standing("appeal", *ruled, at="2026-06-16").state is AppealState.CONFIRMED
    assert standing("appeal", *ruled, at="2026-06-17").state is AppealState.ENDED
    higher = (*ruled, event(Act.TELL_LAWSUIT, "2026-06-16", Who.PERSON))
    assert standing("appeal", *higher, at="2027-06-01").state is AppealState.IN_COURT


def test_the_terms_outside_the_house_run_from_the_day_on_their_paper() -> None:
    """Whenever it was told here: an organ's from acceptance, the person's next one from service, never from our own day."""
    told = event(Act.TELL_RECONSIDERATION, MONDAY, Who.PERSON, on="2026-04-01")
    (clock,) = standing("appeal", told, at=MONDAY).clocks
    assert (clock.started_on, clock.due.day) == (date(2026, 4, 1), date(2026, 6, 1))
    proposed = event(Act.PROPOSE_AGAINST, "2026-06-01", Who.CASEWORKER, on="2026-05-25")
    (ours,) = standing("appeal", told, proposed, at="2026-06-01").clocks[:1]
    # what this house owes runs from its own day
    assert (ours.clock.matter, ours.due.day) == (Matter.APPEAL_RESULT_TAKEN, date(2026, 6, 1))
    ruled = (told, proposed, event(Act.AGREE, "2026-06-01", Who.SECOND, on="2026-05-25"))
    (clock,) = standing("appeal", *ruled, at="2026-06-01").clocks
    assert (clock.clock.matter, clock.due.day) == (Matter.LAWSUIT_AFTER_RECONSIDERATION, date(2026, 6, 9))
    assert standing("appeal", *ruled, at="2026-06-10").state is AppealState.ENDED
    # a day before the law of the book is over either way
    old = event(Act.TELL_RECONSIDERATION, MONDAY, Who.PERSON, on="2019-04-01")
    assert standing("appeal", old, at=MONDAY).state is AppealState.UNANSWERED


def test_an_obstacle_keeps_the_persons_term_open() -> None:
    ruled = (
        event(Act.TELL_RECONSIDERATION, MONDAY, Who.PERSON),
        event(Act.PROPOSE_AGAINST, "2026-06-01", Who.CASEWORKER),
        event(Act.AGREE, "2026-06-01", Who.SECOND),
    )
    ill = [Pause(PausedBy.OBSTACLE, date(2026, 6, 10), None)]
    flow = WORKFLOWS["appeal"]
    assert as_it_stands(flow, ruled, noon("2026-06-17"), LAW).state is AppealState.ENDED
    assert as_it_stands(flow, ruled, noon("2026-09-01"), LAW, ill).state is AppealState.CONFIRMED


@settings(max_examples=100, deadline=None, database=None)
@given(st.data())
def test_with_every_job_stopped_time_only_ever_brings_what_a_lapse_brings(data: st.DataObject) -> None:
    """Any history, read at any two moments: what was so stays so, but for terms that ran out."""
    flow = data.draw(st.sampled_from(list(WORKFLOWS.values())))
    events: list[CaseEvent] = []
    at = noon("2026-04-20")
    for _ in range(data.draw(st.integers(1, 8))):
        now = as_it_stands(flow, events, at, LAW)
        possible = [step for step in flow.steps if step.source is now.state and step.act is not Act.LAPSE]
        if not possible:
            break
        step = data.draw(st.sampled_from(possible))
        events.append(CaseEvent(step.act, at, min(step.who)))
        done = as_it_stands(flow, events, at, LAW)
        # what comes back to a state whose term has run out lapses in the same moment
        assert step.target is done.state or step.target in {lapsed.source for lapsed in done.lapsed}
        at += timedelta(days=data.draw(st.sampled_from([0, 1, 2, 4, 15, 70])))
    sooner = as_it_stands(flow, events, at, LAW)
    later = as_it_stands(flow, events, at + timedelta(days=data.draw(st.integers(0, 120))), LAW)
    assert later.lapsed[: len(sooner.lapsed)] == sooner.lapsed
    new = later.lapsed[len(sooner.lapsed) :]
    assert (later.state is sooner.state) if not new else (new[-1].target is later.state)
    if sooner.outcome is not None:
        assert later.state is sooner.state
    for lapsed in new:
        if lapsed.clock.clock.side == "office":
            assert flow.closed.get(lapsed.target) is not Outcome.AGAINST
    assert [one.due.day for one in later.clocks] == sorted(one.due.day for one in later.clocks)
