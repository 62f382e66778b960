"""The last days that are told with a step: what was told stands, whatever the law is said to be afterwards (F15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chengxin.kernel.clocks import Deadline
from chengxin.remedies.rules.clocks import start_clock
from chengxin.remedies.rules.workflows import Law, starts_on
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.workflows import Act, Step, Workflow


def told_with(
    workflow: Workflow, step: Step, day: date, law: Law, *, by: date | None = None, on: date | None = None
) -> dict[Matter, Deadline]:
    """The last days of the clocks that a step sets going on a day, and of those that silence would set going after it and whose
    end brings more. ``by``: the day that its person named; ``on``: the day that a paper from outside bears."""
    told = {matter: _due(law, matter, starts_on(law.book, matter, day, on), day) for matter in step.starts}
    follow_up = told.get(Matter.COMMITMENT_FOLLOW_UP)
    if follow_up is not None and by is not None:
        told[Matter.COMMITMENT_FOLLOW_UP] = min(follow_up, Deadline(by, provisional=False), key=lambda one: one.day)
    for ended, begun in _ahead(workflow, step):
        if ended in told:
            told[begun] = _due(law, begun, told[ended].day, told[ended].day)
    return told


def _due(law: Law, matter: Matter, started_on: date, day: date) -> Deadline:
    return start_clock(
        law.book, matter, started_on, law.holidays, on=day, places=law.places, confirmed=law.confirmed
    ).due


def _ahead(workflow: Workflow, step: Step) -> Iterator[tuple[Matter, Matter]]:
    """Of the lapse that a step leads to: the term whose end brings it, and each that it starts and that brings the next lapse."""
    lapse = workflow.table.get((step.target, Act.LAPSE))
    following = workflow.table.get((lapse.target, Act.LAPSE)) if lapse else None
    if lapse is not None and following is not None:
        yield from ((ended, begun) for ended in lapse.terms for begun in lapse.starts if begun in following.terms)
