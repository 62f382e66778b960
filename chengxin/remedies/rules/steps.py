"""The workflows as rows: what the database lets an event be. Written by a migration, held equal to the tables by a test."""

from __future__ import annotations

from typing import NamedTuple

from chengxin.remedies.rules.letters import letter_kind
from chengxin.remedies.rules.workflows import WORKFLOWS
from chengxin.remedies.terms.workflows import Guard


class StepCells(NamedTuple):
    """One step, in the columns of ``remedies_step``."""

    id: str
    workflow: str
    source: str
    act: str
    target: str
    letter_kind: str
    second: bool
    outcome: str
    effects: tuple[str, ...]


def step_rows() -> tuple[StepCells, ...]:
    """Every step of every workflow. ``second``: it takes another official than who proposed it."""
    return tuple(
        StepCells(
            id=f"{flow.code}.{step.source.value}.{step.act.value}",
            workflow=flow.code,
            source=step.source.value,
            act=step.act.value,
            target=step.target.value,
            letter_kind=kind.value if (kind := letter_kind(flow, step)) else "",
            second=Guard.TWO_PEOPLE in step.guards,
            outcome=outcome.value if (outcome := flow.closed.get(step.target)) else "",
            effects=tuple(effect.value for effect in step.effects),
        )
        for flow in WORKFLOWS.values()
        for step in flow.steps
    )
