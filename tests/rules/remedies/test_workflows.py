"""Every workflow, every state, every act; and what must be so of all of them, whoever does what in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.kernel.decisions import ALLOWED, Refused, is_allowed
from chengxin.remedies.rules.clocks import clocks_holding
from chengxin.remedies.rules.guards import GUARDS, mandated
from chengxin.remedies.rules.steps import StepCells, step_rows
from chengxin.remedies.rules.workflows import WORKFLOWS, next_state, open_acts
from chengxin.remedies.terms.clocks import Brings, Matter
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.words import OFFICIALS, Who
from chengxin.remedies.terms.workflows import (
    Act,
    ActFacts,
    Asked,
    Effect,
    Guard,
    Moved,
    Outcome,
    State,
    Step,
    Workflow,
    WorkflowBroken,
)
from tests.rules.remedies.cases import FIRST, LAW, OTHER, RECORDER, all_shown

TODAY = date(2026, 11, 22)
FLOWS = list(WORKFLOWS.values())
STEPS = [(flow, step) for flow in FLOWS for step in flow.steps]
CELLS = [(flow, state, act) for flow in FLOWS for state in flow.states for act in flow.acts]

BREAKS: dict[Guard, tuple[dict[str, object], Reason]] = {
    Guard.IMPARTIAL: ({"actor": RECORDER}, Reason.NOT_IMPARTIAL),
    Guard.TWO_PEOPLE: ({"proposed_by": OTHER}, Reason.SECOND_PERSON_NEEDED),
    Guard.REASON: ({"reason": " "}, Reason.REASON_MISSING),
    Guard.PAPERS_OPENED: ({"papers_opened": 1}, Reason.PAPERS_UNOPENED),
    Guard.LETTER_COMPLETE: ({"lacking": ("reason",)}, Reason.LETTER_INCOMPLETE),
    Guard.STILL_TO_FIND: ({"to_find": False}, Reason.NOTHING_TO_FIND),
    Guard.NOBODY_TO_ASK: ({"nobody_to_ask": False}, Reason.SUPPLIER_NOT_ASKED),
    Guard.EXTENSION_ALLOWED: ({"may_extend": None}, Reason.EXTENSION_UNKNOWN),
    Guard.CERTIFIED: ({"certified": False}, Reason.UNCERTIFIED),
    Guard.ALL_ACKNOWLEDGED: ({"open_recipients": 1}, Reason.RECIPIENTS_OPEN),
    Guard.MAY_BE_REPAIRED: ({"may_repair": None}, Reason.REPAIR_UNCHECKED),
    Guard.NOTHING_BEYOND_LAW: ({"asked": frozenset({Asked.DONATION})}, Reason.ASKED_BEYOND_LAW),
    Guard.FETCHED: ({"to_fetch": frozenset({Asked.PERFORMANCE})}, Reason.FETCH_IT),
    Guard.ASKED_ONCE: ({"asked_before": True}, Reason.ASKED_BEFORE),
    Guard.RIGHTS_TOLD: ({"rights_told": False}, Reason.RIGHTS_UNTOLD),
    Guard.MINUTES: ({"minutes": False}, Reason.MINUTES_MISSING),
    Guard.MINUTES_READ: ({"minutes_read": False}, Reason.MINUTES_CHANGED),
    Guard.BOTH_SIGNED: ({"both_signed": False}, Reason.MINUTES_UNSIGNED),
    Guard.RULING: ({"ruling": False}, Reason.RULING_MISSING),
    Guard.OTHERS_ALONE: ({"may_cover": None}, Reason.COVER_UNCHECKED),
    Guard.FILED_OUTSIDE: ({"filing": " "}, Reason.FILING_UNSHOWN),
    Guard.DATED: ({"may_count": None}, Reason.DAY_UNTOLD),
    Guard.TERM_OVER: ({"over": False}, Reason.STILL_IN_TIME),
}


def reason_of(answer: Moved | Refused) -> str | None:
    return answer.reason if isinstance(answer, Refused) else None


@pytest.mark.parametrize(("flow", "state", "act"), CELLS, ids=[f"{f.code}-{s}-{a}" for f, s, a in CELLS])
def test_every_state_and_act(flow: Workflow, state: State, act: Act) -> None:
    """A cell with a step moves by whoever may take it, and is refused to all others and without each of its guards."""
    step = flow.table.get((state, act))
    for who in Who:
        answer = next_state(flow, state, act, all_shown(who))
        if step is None:
            assert answer == Refused(Reason.WRONG_STATE, flow.basis, {"state": state.value, "act": act.value})
        elif who not in step.who:
            assert answer == Refused(Reason.NOT_YOUR_ACT, flow.basis, {"who": who.value, "act": act.value})
        else:
            assert answer == Moved(step.target, step)
            assert act is Act.LAPSE or act in open_acts(flow, state, who)
    for guard in step.guards if step else ():
        broken, reason = BREAKS[guard]
        facts = replace(all_shown(min(step.who)), **broken)  # type: ignore[arg-type, union-attr]
        assert reason_of(next_state(flow, state, act, facts)) == reason, guard


def test_every_guard_is_there_is_used_and_fails_closed() -> None:
    assert set(GUARDS) == set(BREAKS) == set(Guard) == {guard for _, step in STEPS for guard in step.guards}
    nothing = ActFacts(who=Who.CASEWORKER)
    passing = {guard for guard, check in GUARDS.items() if is_allowed(check(nothing))}
    assert passing == {Guard.PAPERS_OPENED, Guard.NOTHING_BEYOND_LAW, Guard.FETCHED}  # none are there, none asked for


def test_every_effect_is_used_by_some_step() -> None:
    assert {effect for _, step in STEPS for effect in step.effects} == set(Effect)


def test_a_helper_shows_a_mandate() -> None:
    assert mandated(all_shown(Who.HELPER)) is ALLOWED
    for flow, step in STEPS:
        if Who.HELPER in step.who:
            answer = next_state(flow, step.source, step.act, replace(all_shown(Who.HELPER), mandated=False))
            assert reason_of(answer) == Reason.MANDATE_NEEDED


def test_whatever_a_person_may_do_their_helper_may_do() -> None:
    for _, step in STEPS:
        assert (Who.PERSON in step.who) == (Who.HELPER in step.who)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.code)
def test_a_table_is_whole(flow: Workflow) -> None:
    """From the first state each other can be reached; what is closed is left by nothing, what is open by something."""
    reached = reachable(flow, flow.steps)
    assert reached == set(flow.states)
    for state in flow.states:
        leaves = [step for step in flow.steps if step.source is state]
        assert bool(leaves) is (state not in flow.closed), state
    assert not [step for step in flow.steps if step.target is flow.first]
    for step in flow.steps:
        assert step.who
        assert (
            (step.act is Act.LAPSE) == (step.who == {Who.CLOCK}) == bool(step.terms) == (Guard.TERM_OVER in step.guards)
        )
        assert not set(step.starts) & set(step.stops)


def reachable(flow: Workflow, steps: tuple[Step, ...] | list[Step], start: State | None = None) -> set[State]:
    found, edge = set[State](), {start or flow.first}
    while edge:
        found |= edge
        edge = {step.target for step in steps if step.source in edge} - found
    return found


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.code)
def test_no_path_closes_a_case_against_the_person_by_one_person(flow: Workflow) -> None:
    """Without the steps that take a second person and a whole letter, no end against the person can be reached."""
    alone = [
        step
        for step in flow.steps
        if not {Guard.TWO_PEOPLE, Guard.IMPARTIAL, Guard.LETTER_COMPLETE} <= set(step.guards)
    ]
    against = {state for state, outcome in flow.closed.items() if outcome is Outcome.AGAINST}
    assert not against & reachable(flow, alone)
    # nor is anything let back, or a statement covered, but by two
    for step in flow.steps:
        if {Effect.READMIT, Effect.MASK} & set(step.effects):
            assert {Guard.TWO_PEOPLE, Guard.IMPARTIAL, Guard.LETTER_COMPLETE} <= set(step.guards)
        if Effect.READMIT in step.effects:
            assert Guard.CERTIFIED in step.guards


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.code)
def test_no_path_closes_without_a_letter(flow: Workflow) -> None:
    for step in flow.steps:
        if step.target not in flow.closed:
            continue
        assert Effect.SEND_LETTER in step.effects, step
        if step.who & OFFICIALS:
            assert Guard.LETTER_COMPLETE in step.guards, step


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.code)
def test_silence_of_an_office_never_counts_against_the_person(flow: Workflow) -> None:
    """What an office's lapse leads to is no end against the person, and takes nothing of theirs away."""
    worse = {Effect.UNFREEZE, Effect.UNMARK, Effect.READMIT, Effect.MASK, Effect.HIDE_BESIDE, Effect.UNMARK_APPEALED}
    for step in flow.steps:
        if step.act is not Act.LAPSE:
            continue
        sides = {clock.side for matter in step.terms for clock in LAW.book.clocks.values() if clock.matter is matter}
        assert len(sides) == 1
        if sides == {"office"}:
            assert flow.closed.get(step.target) is not Outcome.AGAINST
            assert not worse & set(step.effects)


def test_every_clock_that_a_step_sets_going_holds_today() -> None:
    all_started = {matter for _, step in STEPS for matter in (*step.starts, *step.terms)}
    assert all_started
    for matter in all_started:
        assert clocks_holding(LAW.book, matter, TODAY), matter


def test_a_lapse_watches_clocks_that_some_step_before_it_set_going() -> None:
    for flow in FLOWS:
        set_going = {matter for step in flow.steps for matter in step.starts}
        for step in flow.steps:
            assert set(step.terms) <= set_going
            assert set(step.stops) <= set_going | set(step.terms), (flow.code, step)


ONLY_TOLD = {
    Matter.RECONSIDERATION: "the person's own: its end takes a right from them, and moves no case of ours",
    Matter.LAWSUIT: "the same",
    Matter.LAWSUIT_FIRST_INSTANCE: "a court's: it binds another house",
    Matter.APPEAL_RESULT_TAKEN: "ours, the same day: its chief sees it late, and the entry is its person's alone meanwhile",
    Matter.COMMITMENT_FOLLOW_UP: "asking how it stands: nothing follows from the day alone",
    Matter.OBJECTION_STILL_OWED: "the entry is out already: what remains is an answer, and who is late with it is seen",
}
"""Clocks that run and bring nothing by themselves, each with its reason."""


def test_every_clock_that_is_set_going_is_watched_or_only_told() -> None:
    """What a clock is said to bring, some lapse brings: a promise that nobody watches is none."""
    unwatched: set[Matter] = set()
    for flow in FLOWS:
        watched = {matter for step in flow.steps for matter in step.terms}
        unwatched |= {matter for step in flow.steps for matter in step.starts} - watched
    assert unwatched == set(ONLY_TOLD)
    brings = {clock.brings for clock in LAW.book.clocks.values() if clock.matter in unwatched}
    assert brings == {Brings.NOTHING, Brings.RIGHT_ENDS, Brings.CHIEF_TOLD}


def test_what_is_out_by_silence_stays_out_until_two_people_say_otherwise() -> None:
    for code in ("objection", "sibling", "repair"):
        flow = WORKFLOWS[code]
        hidden = {state for state in flow.states if state.value in ("removed", "restoring")}
        for step in flow.steps:
            if step.source in hidden and step.target not in hidden:
                back = Effect.READMIT in step.effects
                assert not back or Guard.TWO_PEOPLE in step.guards
                # whoever takes their case back does not thereby bring the entry back
                assert step.act is not Act.TAKE_BACK or not {Effect.UNFREEZE, Effect.READMIT} & set(step.effects)


def test_two_steps_in_one_cell_do_not_load() -> None:
    flow = WORKFLOWS["commitment"]
    with pytest.raises(WorkflowBroken) as broken:
        Workflow(flow.code, flow.states, (*flow.steps, flow.steps[0]), flow.closed, flow.basis)
    assert broken.value.data == {"workflow": "commitment", "why": "a cell holds two steps"}


def test_a_table_stays_as_it_was_written() -> None:
    ends = dict(WORKFLOWS["commitment"].closed)
    flow = replace(WORKFLOWS["commitment"], closed=ends)
    ends.clear()
    assert flow == WORKFLOWS["commitment"]
    assert {type(flow.table), type(flow.closed)} == {MappingProxyType}


def test_nothing_leaves_a_closed_case() -> None:
    for flow in FLOWS:
        for state in flow.closed:
            assert not [act for who in Who for act in open_acts(flow, state, who)]


# ---- any order of acts ---------------------------------------------------------------------------------------------

PEOPLE = [UUID(int=n) for n in range(1, 5)]
FACTS = st.builds(
    ActFacts,
    who=st.sampled_from(Who),
    actor=st.sampled_from([None, *PEOPLE]),
    mandated=st.booleans(),
    took_part=st.frozensets(st.sampled_from(PEOPLE), max_size=1),
    reason=st.sampled_from(["", "why"]),
    papers=st.integers(0, 1),
    papers_opened=st.integers(0, 1),
    lacking=st.sampled_from([None, (), (), ("reason",)]),
    nobody_to_ask=st.booleans(),
    to_find=st.booleans(),
    may_extend=st.sampled_from([None, ALLOWED]),
    certified=st.booleans(),
    open_recipients=st.sampled_from([None, 0, 1]),
    may_repair=st.sampled_from([None, ALLOWED]),
    rights_told=st.booleans(),
    minutes=st.booleans(),
    minutes_read=st.booleans(),
    both_signed=st.booleans(),
    ruling=st.booleans(),
    filing=st.sampled_from(["", "云行复〔2026〕7号"]),
    may_count=st.sampled_from([None, ALLOWED]),
    over=st.booleans(),
)


@settings(max_examples=300, deadline=None, database=None)
@given(st.data())
def test_any_sequence_of_acts_leaves_a_state_that_the_matrix_knows_and_no_end_by_one_person(
    data: st.DataObject,
) -> None:
    """Whatever is tried: an end against the person has two impartial officials behind it, and every end has its letter."""
    flow = data.draw(st.sampled_from(FLOWS))
    state, proposer, agreed, letters = flow.first, None, set[UUID](), 0
    for _ in range(25):
        possible = [step.act for step in flow.steps if step.source is state]
        act = data.draw(st.sampled_from(possible or list(Act)))
        facts = replace(data.draw(FACTS), proposed_by=proposer)
        answer = next_state(flow, state, act, facts)
        if isinstance(answer, Refused):
            assert answer.reason in set(Reason)
            assert answer.basis
            continue
        assert state not in flow.closed
        if act is Act.PROPOSE_AGAINST:
            proposer, agreed = facts.actor, set()
        if act is Act.AGREE:
            assert facts.actor is not None
            assert facts.actor not in {proposer, *facts.took_part}
            agreed = {facts.actor}
        letters += Effect.SEND_LETTER in answer.step.effects
        state = answer.state
        assert state in set(flow.states)
        if state in flow.closed:
            assert letters
            if flow.closed[state] is Outcome.AGAINST:
                assert proposer is not None
                assert agreed - {proposer}


def test_the_facts_of_the_tests_are_told_apart() -> None:
    assert len({RECORDER, FIRST, OTHER}) == 3


def test_the_rows_of_the_database_say_of_each_step_its_letter_its_second_and_its_end() -> None:
    rows = {row.id: row for row in step_rows()}
    assert len(rows) == len(STEPS)
    assert rows["objection.new.submit"] == StepCells(
        "objection.new.submit",
        "objection",
        "new",
        "submit",
        "checking",
        "",
        False,
        "",
        ("mark", "freeze", "receipt", "tell"),
    )
    assert rows["objection.proposed.agree"] == StepCells(
        "objection.proposed.agree",
        "objection",
        "proposed",
        "agree",
        "rejected",
        "against",
        True,
        "against",
        ("unmark", "unfreeze", "send_letter", "tell"),
    )
    assert (rows["repair.filed.repair"].letter_kind, rows["repair.filed.repair"].outcome) == ("for", "for")
