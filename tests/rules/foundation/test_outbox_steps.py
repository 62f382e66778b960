"""What comes next for a notice: every last step, both kinds of channel, every set of addresses."""

from datetime import timedelta
from itertools import product

import pytest

from chengxin.foundation.outbox import Addresses, ChannelKind, DeliveryView, State
from chengxin.foundation.outbox.letters import WORKFLOW, LetterAct, LetterState
from chengxin.foundation.outbox.steps import IN_FLIGHT, WAITS, Step, next_step, reopen_at, retry_at, ways
from tests.people import NOW

DONE = {
    State.MADE,
    State.SENT,
    State.POSTED,
    State.DELIVERED,
    State.READ,
    State.UNCERTAIN,
    State.ANNOUNCED,
    State.GIVEN_UP,
}
CHANNELS = (ChannelKind.EMAIL, ChannelKind.LETTER, ChannelKind.WEBHOOK, ChannelKind.SMS)


def history(*states: State) -> list[DeliveryView]:
    return [DeliveryView(ChannelKind.EMAIL, state, NOW, "") for state in states]


@pytest.mark.parametrize(("state", "repeatable"), list(product(State, (True, False))))
def test_the_last_step_decides_the_next(state: State, repeatable: bool) -> None:
    found = next_step(history(State.FAILED, state), repeatable=repeatable, at=NOW + timedelta(days=1))
    if state in DONE:
        assert found is Step.LEAVE
    elif state in (State.FAILED, State.HELD) or repeatable:
        # what was held was never sent: it goes once nothing is missing
        assert found is Step.SEND
    else:
        assert (state, found) == (State.SENDING, Step.DOUBT)


def test_what_was_never_tried_is_sent() -> None:
    assert next_step([], repeatable=False, at=NOW) is Step.SEND


@pytest.mark.parametrize("repeatable", [True, False])
def test_what_another_worker_has_in_hand_is_waited_for(repeatable: bool) -> None:
    just_before = NOW + IN_FLIGHT - timedelta(seconds=1)
    assert next_step(history(State.SENDING), repeatable=repeatable, at=just_before) is Step.WAIT
    assert next_step(history(State.SENDING), repeatable=repeatable, at=NOW + IN_FLIGHT) is not Step.WAIT


@pytest.mark.parametrize(
    ("email", "phone", "formal"), list(product(("", "a@b.example"), ("", "10000000000"), (True, False)))
)
def test_a_notice_goes_wherever_its_person_is_and_on_paper_where_it_must(email: str, phone: str, formal: bool) -> None:
    found = set(ways(Addresses(email=email, phone=phone), formal=formal, channels=CHANNELS))
    assert (ChannelKind.EMAIL in found) == bool(email)
    assert (ChannelKind.SMS in found) == bool(phone)
    assert (ChannelKind.LETTER in found) == (formal and not email)
    assert ChannelKind.WEBHOOK in found
    assert ways(Addresses(email=email, phone=phone), formal=formal, channels=()) == ()


def test_waits_grow_and_end_for_an_address_alone() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert [retry_at(n, NOW) for n in range(1, len(WAITS) + 1)] == [NOW + wait for wait in WAITS]
    assert retry_at(len(WAITS) + 1, NOW) is None
    assert reopen_at(len(WAITS) + 50, NOW) == NOW + WAITS[-1]


def test_a_letters_ways_are_written_out() -> None:
    assert {pair: WORKFLOW[pair] for pair in product(LetterState, LetterAct) if pair in WORKFLOW} == {
        (LetterState.MADE, LetterAct.POST): LetterState.POSTED,
        (LetterState.POSTED, LetterAct.RECEIVE): LetterState.RECEIVED,
        (LetterState.POSTED, LetterAct.RETURN): LetterState.RETURNED,
        (LetterState.RETURNED, LetterAct.HAND): LetterState.HANDED,
        (LetterState.RETURNED, LetterAct.MISS): LetterState.MISSED,
        (LetterState.MISSED, LetterAct.HAND): LetterState.HANDED,
        (LetterState.MISSED, LetterAct.ANNOUNCE): LetterState.ANNOUNCED,
        (LetterState.ANNOUNCED, LetterAct.HAND): LetterState.HANDED,
        (LetterState.ANNOUNCED, LetterAct.SERVE): LetterState.SERVED,
    }
