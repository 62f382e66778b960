"""The written matrix of the remedies and its diagrams are those of today, and every word in them is said in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import chengxin
from chengxin.doors.remedies import as_markdown
from chengxin.doors.wording import sentences
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.clocks import LeftWord
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, Effect, Guard, Outcome

DOCUMENT = Path(chengxin.__file__).resolve().parents[1] / "docs" / "remedies.md"


def test_the_document_is_the_one_of_today() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == as_markdown(), "run `chengxin remedies > docs/remedies.md`"


def _keys() -> Iterator[str]:
    for group, members in (("who", Who), ("act", Act), ("guard", Guard), ("effect", Effect), ("outcome", Outcome)):
        yield from (f"remedies.{group}.{member.value}" for member in members)
    for flow in remedies.WORKFLOWS.values():
        yield f"remedies.workflow.{flow.code}"
        yield f"remedies.means.{flow.code}"
        yield from (f"remedies.state.{flow.code}.{state.value}" for state in flow.states)
    yield from (f"remedies.left.{word.value}" for word in (*LeftWord,))
    yield "remedies.left.provisional"


def test_every_word_of_a_workflow_is_said_and_none_is_idle() -> None:
    wanted = set(_keys())
    assert len(wanted) > 150
    assert {key for key in sentences() if key.startswith("remedies.")} == wanted


def test_every_step_is_drawn() -> None:
    """Each arrow of a diagram is a step, and each step that moves is an arrow."""
    drawn = as_markdown().count(" --> ")
    arrows = {
        (flow.code, step.source, step.target)
        for flow in remedies.WORKFLOWS.values()
        for step in flow.steps
        if step.source is not step.target
    }
    assert drawn == len(arrows) + sum(len(flow.closed) for flow in remedies.WORKFLOWS.values())
