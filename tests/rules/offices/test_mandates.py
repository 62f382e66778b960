"""The life of a mandate and what it is worth on a day."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from chengxin.kernel.decisions import ALLOWED, Refused
from chengxin.offices.rules import (
    ActFacts,
    MandateFacts,
    figure_on,
    may_act,
    next_state,
    open_acts,
    reapproval_due_on,
    standing,
)
from chengxin.offices.terms import REAPPROVAL_DAYS, WORKFLOW, Figure, MandateAct, MandateState, Reason, Role, Standing

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
TODAY = date(2026, 3, 2)
HEAD, OTHER, HOLDER = UUID(int=1), UUID(int=2), UUID(int=3)

LIFE = {
    MandateState.PROPOSED: {
        MandateAct.APPROVE: MandateState.APPROVED,
        MandateAct.REFUSE: MandateState.REFUSED,
        MandateAct.END: MandateState.ENDED,
    },
    MandateState.APPROVED: {
        MandateAct.SUSPEND: MandateState.SUSPENDED,
        MandateAct.REAPPROVE: MandateState.APPROVED,
        MandateAct.END: MandateState.ENDED,
    },
    MandateState.REFUSED: {},
    MandateState.SUSPENDED: {MandateAct.RESUME: MandateState.APPROVED, MandateAct.END: MandateState.ENDED},
    MandateState.ENDED: {},
}


def mandate(state: MandateState = MandateState.APPROVED, **changes: date | None) -> MandateFacts:
    days: dict[str, date | None] = {
        "starts_on": TODAY - timedelta(days=10),
        "ends_on": TODAY + timedelta(days=300),
        "reapproval_due_on": None if state is MandateState.PROPOSED else TODAY + timedelta(days=100),
        **changes,
    }
    assert days["starts_on"] is not None
    assert days["ends_on"] is not None
    return MandateFacts(Role.CLERK, state, days["starts_on"], days["ends_on"], days["reapproval_due_on"])


def facts(state: MandateState, *, actor: UUID = OTHER, **changes: date | None) -> ActFacts:
    suspended_by = HEAD if state is MandateState.SUSPENDED else None
    return ActFacts(actor, HOLDER, HEAD, suspended_by, mandate(state, **changes))


@pytest.mark.parametrize(("state", "act"), list(product(MandateState, MandateAct)))
def test_every_state_and_act(state: MandateState, act: MandateAct) -> None:
    follows = LIFE[state].get(act)
    assert next_state(state, act) == follows
    assert (act in open_acts(state)) == (follows is not None)
    decision = may_act(act, facts(state), NOON)
    if follows is None:
        assert isinstance(decision, Refused)
        assert decision.reason == Reason.WRONG_STATE
        assert decision.data == {"state": state.value, "act": act.value}
    else:
        assert decision == ALLOWED


def test_the_table_has_no_other_steps() -> None:
    assert {(state, act): then for state, acts in LIFE.items() for act, then in acts.items()} == WORKFLOW


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (MandateState.PROPOSED, MandateAct.APPROVE),
        (MandateState.SUSPENDED, MandateAct.RESUME),
        (MandateState.APPROVED, MandateAct.REAPPROVE),
    ],
)
def test_nobody_gives_power_to_themselves(state: MandateState, act: MandateAct) -> None:
    assert may_act(act, facts(state, actor=OTHER), NOON) == ALLOWED
    decision = may_act(act, facts(state, actor=HOLDER), NOON)
    assert isinstance(decision, Refused)
    assert decision.reason == Reason.OWN_MANDATE


@pytest.mark.parametrize(
    ("state", "act"),
    [(MandateState.PROPOSED, MandateAct.APPROVE), (MandateState.SUSPENDED, MandateAct.RESUME)],
)
def test_the_first_person_is_not_the_second(state: MandateState, act: MandateAct) -> None:
    decision = may_act(act, facts(state, actor=HEAD), NOON)
    assert isinstance(decision, Refused)
    assert decision.reason == Reason.SECOND_PERSON_NEEDED


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (MandateState.PROPOSED, MandateAct.REFUSE),
        (MandateState.PROPOSED, MandateAct.END),
        (MandateState.APPROVED, MandateAct.SUSPEND),
        (MandateState.APPROVED, MandateAct.END),
    ],
)
def test_taking_power_away_needs_nobody_else(state: MandateState, act: MandateAct) -> None:
    for actor in (HEAD, OTHER, HOLDER):
        assert may_act(act, facts(state, actor=actor), NOON) == ALLOWED


@pytest.mark.parametrize("act", [MandateAct.REAPPROVE, MandateAct.END])
def test_what_the_calendar_ended_is_not_confirmed_but_may_be_tidied_away(act: MandateAct) -> None:
    lapsed = facts(MandateState.APPROVED, reapproval_due_on=TODAY - timedelta(days=1))
    expired = facts(MandateState.APPROVED, ends_on=TODAY - timedelta(days=1))
    if act is MandateAct.END:
        assert may_act(act, lapsed, NOON) == may_act(act, expired, NOON) == ALLOWED
    else:
        assert may_act(act, lapsed, NOON) == Refused(Reason.MANDATE_LAPSED, "个人信息保护法 51(四)")
        assert may_act(act, expired, NOON) == Refused(Reason.MANDATE_EXPIRED, "个人信息保护法 51(四)")


def test_a_suspended_mandate_lapses_all_the_same() -> None:
    decision = may_act(
        MandateAct.RESUME, facts(MandateState.SUSPENDED, reapproval_due_on=TODAY - timedelta(days=1)), NOON
    )
    assert isinstance(decision, Refused)
    assert decision.reason == Reason.MANDATE_LAPSED


def test_an_approval_that_comes_after_the_end_is_refused() -> None:
    decision = may_act(MandateAct.APPROVE, facts(MandateState.PROPOSED, ends_on=TODAY - timedelta(days=1)), NOON)
    assert isinstance(decision, Refused)
    assert decision.reason == Reason.MANDATE_EXPIRED


def test_first_and_last_day_are_included() -> None:
    whole = mandate(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), reapproval_due_on=date(2026, 12, 31))
    worth = {day: standing(whole, day) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31))}
    assert list(worth.values()) == [Standing.NOT_STARTED, Standing.IN_FORCE, Standing.IN_FORCE]
    assert standing(whole, date(2027, 1, 1)) is Standing.EXPIRED


def test_an_unconfirmed_mandate_lapses_by_itself_on_the_day_after() -> None:
    due = reapproval_due_on(TODAY)
    approved = mandate(reapproval_due_on=due, ends_on=TODAY + timedelta(days=900))
    assert due == TODAY + timedelta(days=180)
    assert standing(approved, due) is Standing.IN_FORCE
    assert standing(approved, due + timedelta(days=1)) is Standing.LAPSED


def test_a_state_that_people_set_comes_before_the_calendar() -> None:
    for state in set(MandateState) - {MandateState.APPROVED}:
        assert standing(mandate(state, ends_on=TODAY - timedelta(days=1)), TODAY).value == state.value


def test_the_newest_figure_that_started_counts() -> None:
    figures = (
        Figure(180, date(2026, 1, 1), "one"),
        Figure(90, date(2027, 1, 1), "two"),
    )
    assert figure_on(figures, date(2026, 12, 31)).days == 180
    assert figure_on(figures, date(2027, 1, 1)).days == 90
    assert reapproval_due_on(date(2027, 1, 1), figures) == date(2027, 4, 1)
    with pytest.raises(LookupError):
        figure_on(figures, date(2025, 12, 31))


def test_every_figure_has_a_source_and_a_day_of_its_own() -> None:
    assert all(figure.source.strip() and figure.days > 0 for figure in REAPPROVAL_DAYS)
    assert len({figure.in_force_from for figure in REAPPROVAL_DAYS}) == len(REAPPROVAL_DAYS)
