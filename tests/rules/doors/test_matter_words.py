"""What a person reads of their case has words for everything that a workflow can be or do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chengxin.doors.portal.forms.matters import OF_PERSONS
from chengxin.doors.portal.presenters.matter import DO
from chengxin.doors.wording import LANGUAGES, has, sentences, text
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import AboutKind, PaperKind, Turn
from chengxin.remedies.terms.letters import RemedyKind
from chengxin.remedies.terms.words import FOR_THE_PERSON, Who
from chengxin.remedies.terms.workflows import Act, Step

THEIRS = ("objection", "repair", "more_time", "appeal", "complaint")
"""Workflows that a person begins on their own pages."""
NOT_ON_A_CASE = {Act.SUBMIT, Act.PROMISE, Act.TELL_RECONSIDERATION, Act.WRITE}
"""Acts of a person that open a case, or that their pages do not offer yet."""


def steps() -> Iterator[tuple[str, Step]]:
    yield from ((flow.code, step) for flow in remedies.WORKFLOWS.values() for step in flow.steps)


def wanted() -> Iterator[str]:
    for group, members in (("turn", Turn), ("who", Who), ("event", Act), ("about", AboutKind), ("way", RemedyKind)):
        yield from (f"matter.{group}.{member.value}" for member in members)
    yield from (f"paper.kind_is.{kind.value}" for kind in PaperKind)
    for code in THEIRS:
        flow = remedies.WORKFLOWS[code]
        yield from (f"matter.means.{code}.{state.value}" for state in flow.states if state is not flow.first)
    yield from (f"matter.silence.{code}.{step.target.value}" for code, step in steps() if step.act is Act.LAPSE)
    yield from (f"receipt.of.{code}" for code in remedies.WORKFLOWS)
    for act in DO:
        if act is not Act.ADD_PAPER:
            yield from (f"do.{act.value}.{part}" for part in ("title", "button", "brings", "done"))


@pytest.mark.parametrize("key", sorted(set(wanted())))
def test_it_is_said(key: str) -> None:
    assert has(f"resident.{key}")


def test_every_act_of_a_person_on_their_case_is_offered() -> None:
    acts = {step.act for _, step in steps() if step.who & FOR_THE_PERSON}
    assert acts - NOT_ON_A_CASE == set(DO)


def test_what_silence_brings_names_its_days() -> None:
    """The last day stands in each sentence, in both languages."""
    for key in (key for key in sentences() if key.startswith("resident.matter.silence.")):
        for language in LANGUAGES:
            assert "LAST" in text(key, language, day="LAST", first="FIRST"), key


def test_only_three_kinds_of_paper_are_a_persons() -> None:
    assert {kind.value for kind in OF_PERSONS} == {"evidence", "performance", "commitment"}
