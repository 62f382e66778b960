"""Each workflow against the matrix that was written by hand: what follows, by whom, by how many people, with which letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chengxin.kernel.decisions import Refused
from chengxin.remedies.rules.letters import letter_kind
from chengxin.remedies.rules.workflows import WORKFLOWS, next_state
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, Moved, State, Workflow
from tests.rules.remedies.cases import RECORDER, all_shown
from tests.rules.remedies.expected import EXPECTED

FLOWS = list(WORKFLOWS.values())
WORDS = {"P": {Who.PERSON, Who.HELPER}, "A": {Who.ANYONE}, "C": {Who.CASEWORKER}, "2": {Who.SECOND}, "H": {Who.CHIEF},
         "S": {Who.SUPPLIER}, "R": {Who.RECIPIENT}, "K": {Who.CLOCK}}  # fmt: skip
Cell = tuple[str, str, str, frozenset[Who], str, str]
"""Source, act, target, who, how many people, which letter."""


def cells_expected() -> dict[str, tuple[dict[str, str], set[Cell]]]:
    """The matrix that was written by hand, by workflow: its ends, and its cells."""
    found = {}
    for block in EXPECTED.strip().split("\n\n"):
        head, *lines = block.splitlines()
        code, ends = head.split(": ")
        cells = set[Cell]()
        for line in lines:
            act, *words = line.split()
            people, letter = words[-2:]
            who = frozenset[Who]()
            while words[-3] in WORDS:
                who |= WORDS[words.pop(-3)]
            target = words[-3]
            cells |= {(source, act, source if target == "=" else target, who, people, letter) for source in words[:-3]}
        found[code] = (dict(one.split() for one in ends.split(", ")), cells)
    return found


def cell_found(flow: Workflow, state: State, act: Act) -> Cell | None:
    """A cell as the rules answer it: who gets by, and who does not get by a second time or after having taken part."""
    moved = {who: next_state(flow, state, act, all_shown(who)) for who in Who}
    able = {who: one for who, one in moved.items() if isinstance(one, Moved)}
    if not able:
        return None
    who, answer = next(iter(able.items()))
    facts = all_shown(who)
    again = next_state(flow, state, act, replace(facts, proposed_by=facts.actor))
    partial = next_state(flow, state, act, replace(facts, actor=RECORDER))
    twice = isinstance(again, Refused) and again.reason == Reason.SECOND_PERSON_NEEDED
    apart = isinstance(partial, Refused) and partial.reason == Reason.NOT_IMPARTIAL
    people = ("2" if twice else "1") + ("free" if apart else "")
    letter = letter_kind(flow, answer.step)
    return (state.value, act.value, answer.state.value, frozenset(able), people, letter.value if letter else "-")


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.code)
def test_each_workflow_is_what_was_written_by_hand(flow: Workflow) -> None:
    ends, cells = cells_expected()[flow.code]
    assert {state.value: outcome.value for state, outcome in flow.closed.items()} == ends
    found = {cell for state in flow.states for act in Act if (cell := cell_found(flow, state, act)) is not None}
    assert sorted(map(repr, found - cells)) == sorted(map(repr, cells - found)) == []


def test_every_workflow_was_written_by_hand() -> None:
    assert set(cells_expected()) == set(WORKFLOWS)
