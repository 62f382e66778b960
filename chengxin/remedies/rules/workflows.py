"""How a case moves, and what it is at a moment. Two functions decide: ``next_state`` and ``as_it_stands``.

Silence needs no job: a case is read by its events and the clocks that they set going, so that what a term's end brings has
happened by the second in which it ended, whether somebody recorded it or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from chengxin.kernel.clocks import Deadline
from chengxin.kernel.days import ONE_DAY, Holidays, shanghai_day
from chengxin.kernel.decisions import Decision, Refused, first_refusal
from chengxin.remedies.rules.clocks import NOWHERE, start_clock
from chengxin.remedies.rules.guards import GUARDS, mandated
from chengxin.remedies.terms.appeals import APPEAL, OUTSIDE_CLOCKS
from chengxin.remedies.terms.cases import Turn
from chengxin.remedies.terms.clocks import ClockBook, Extension, Matter, Pause, RunningClock
from chengxin.remedies.terms.complaints import COMPLAINT
from chengxin.remedies.terms.corrections import CORRECTION, READMISSION, SIBLING
from chengxin.remedies.terms.interviews import COMMITMENT, INTERVIEW
from chengxin.remedies.terms.objections import OBJECTION
from chengxin.remedies.terms.reasons import Reason
from chengxin.remedies.terms.repairs import REPAIR
from chengxin.remedies.terms.turns import turn_in
from chengxin.remedies.terms.wishes import MORE_TIME, STATEMENT
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import (
    Act,
    ActFacts,
    CaseEvent,
    Effect,
    HistoryBroken,
    Lapsed,
    Moved,
    Standing,
    State,
    Step,
    Workflow,
)

WORKFLOWS: Final[Mapping[str, Workflow]] = MappingProxyType(
    {
        flow.code: flow
        for flow in (
            OBJECTION,
            CORRECTION,
            SIBLING,
            READMISSION,
            REPAIR,
            MORE_TIME,
            STATEMENT,
            INTERVIEW,
            COMMITMENT,
            APPEAL,
            COMPLAINT,
        )
    }
)

OURS: Final = frozenset({Turn.PLATFORM, Turn.SECOND, Turn.SUPPLIER, Turn.RECIPIENT})


def next_state(workflow: Workflow, state: State, act: Act, facts: ActFacts) -> Moved | Refused:
    """The step that this act is in this state, or why it is not possible: the first guard that fails names its reason."""
    step = workflow.table.get((state, act))
    if step is None:
        return Refused(Reason.WRONG_STATE, workflow.basis, {"state": state.value, "act": act.value})
    decision = may_step(step, facts, workflow)
    return decision if isinstance(decision, Refused) else Moved(step.target, step)


def may_step(step: Step, facts: ActFacts, workflow: Workflow) -> Decision:
    """Whether these facts let a step pass: by one who may take it, under a mandate if for another, past every guard."""
    if facts.who not in step.who:
        return Refused(Reason.NOT_YOUR_ACT, workflow.basis, {"who": facts.who.value, "act": step.act.value})
    return first_refusal(mandated(facts), *(GUARDS[guard](facts) for guard in step.guards))


def open_acts(workflow: Workflow, state: State, who: Who) -> tuple[Act, ...]:
    """The acts that somebody in this capacity may try in a state: a page's buttons, in their fixed order."""
    return tuple(
        act
        for act in workflow.acts
        if (step := workflow.table.get((state, act))) is not None and who in step.who and act is not Act.LAPSE
    )


@dataclass(frozen=True, slots=True)
class Law:
    """What clocks are counted by: the book, the holidays, the places whose law holds here, the sources confirmed."""

    book: ClockBook
    holidays: Holidays
    places: frozenset[str] = NOWHERE
    confirmed: frozenset[str] = NOWHERE


def starts_on(book: ClockBook, matter: Matter, day: date, on: date | None) -> date:
    """The day that sets a clock going: that of the act; for what runs outside the house, the day on its paper (``on``).

    A day before any law in the book counts as the first of that law: such a term is over either way.
    """
    if on is None or matter not in OUTSIDE_CLOCKS:
        return day
    return max(on, min(clock.since for clock in book.clocks.values() if clock.matter is matter))


@dataclass
class _Case:
    """A case while its events are read."""

    workflow: Workflow
    law: Law
    pauses: Sequence[Pause]
    state: State
    started: dict[Matter, tuple[date, Deadline | None]] = field(default_factory=dict)
    told: dict[Matter, Deadline] = field(default_factory=dict)
    extensions: dict[Matter, list[Extension]] = field(default_factory=dict)
    lapsed: list[Lapsed] = field(default_factory=list)

    def take(self, step: Step, day: date, told: Mapping[Matter, Deadline], on: date | None = None) -> None:
        self.state = step.target
        self.told |= told
        for matter in step.stops:
            self.started.pop(matter, None)
        for matter in step.starts:
            # a lapse tells nothing by itself: what it starts was told with the act before it (`rules.told`)
            told_of = self.told if step.act is Act.LAPSE else told
            self.started[matter] = (starts_on(self.law.book, matter, day, on), told_of.get(matter))
            self.extensions.pop(matter, None)

    def clock(self, matter: Matter, on: date) -> RunningClock:
        started_on, told = self.started[matter]
        return start_clock(
            self.law.book,
            matter,
            started_on,
            self.law.holidays,
            on=on,
            places=self.law.places,
            confirmed=self.law.confirmed,
            extensions=self.extensions.get(matter, ()),
            pauses=self.pauses,
            told=told,
        )

    def lapse(self, today: date) -> None:
        """Let every term that has run out by this day bring what it brings, one after the other."""
        # no table's lapses go in a circle: held by a test
        while step := self.workflow.table.get((self.state, Act.LAPSE)):
            over = min((one for one in self.watched(step, today) if one.is_over(today)), key=_earliest, default=None)
            if over is None:
                return
            self.lapsed.append(Lapsed(step.source, step.target, over))
            self.take(step, over.due.day, {})

    def watched(self, step: Step, on: date) -> list[RunningClock]:
        """The clocks of which the first that has run out brings this lapse."""
        return [self.clock(matter, on) for matter in step.terms if matter in self.started]

    def lapse_as_written(self, event: CaseEvent, day: date) -> None:
        """A lapse that was written down has happened, on the last day that it names, whatever law is in force since."""
        step = self.workflow.table.get((self.state, Act.LAPSE))
        over = next((one for one in self.watched(step, day) if one.clock.matter in event.told), None) if step else None
        if step is None or over is None:
            # it names no day
            self.lapse(day)
            return
        written = replace(over, due=event.told[over.clock.matter])
        self.lapsed.append(Lapsed(step.source, step.target, written))
        self.take(step, written.due.day, event.told)


def as_it_stands(
    workflow: Workflow, events: Sequence[CaseEvent], at: datetime, law: Law, pauses: Sequence[Pause] = ()
) -> Standing:
    """What a case is at a moment, by its events up to then, oldest first, and by the clocks alone.

    A lapse that was written down is an event like others; what has not been is told by the clocks, as the law is now. Raises
    HistoryBroken where an event was not open.
    """
    case = _read(workflow, events, at, law, pauses)
    today = shanghai_day(at)
    case.lapse(today)
    clocks = sorted((case.clock(matter, today) for matter in case.started), key=_earliest)
    return Standing(case.state, workflow.closed.get(case.state), tuple(clocks), tuple(case.lapsed))


def _earliest(one: RunningClock) -> tuple[date, str]:
    return one.due.day, one.clock.code


def _read(
    workflow: Workflow, events: Sequence[CaseEvent], at: datetime, law: Law, pauses: Sequence[Pause] = ()
) -> _Case:
    """A case as its events left it: what ran out since the last of them is not told yet."""
    case = _Case(workflow, law, pauses, workflow.first)
    for event in events:
        if event.at > at:
            break
        day = shanghai_day(event.at)
        if event.act is Act.LAPSE:
            case.lapse_as_written(event, day)
            continue
        # a term corrected since (CHENGXIN_CLOCKS) makes nobody late who acted in the time that was told
        if event.source != case.state.value:
            case.lapse(day)
        step = workflow.table.get((case.state, event.act))
        if step is None:
            raise HistoryBroken(workflow=workflow.code, state=case.state.value, act=event.act.value)
        case.take(step, day, event.told, event.on)
        if step.extends is not None:
            case.extensions.setdefault(step.extends, []).append(Extension(day, event.who, told=True))
    return case


def let_pass(standing: Standing, today: date) -> bool:
    """Whether an office, or who was shown what is no longer right, let a term pass, as far as the clocks still tell.

    What another organ or a court is late with is not ours to count.
    """
    silent = any(one.clock.clock.side == "office" and turn_in(one.source) in OURS for one in standing.lapsed)
    running = turn_in(standing.state) in OURS and any(
        one.clock.side == "office" and one.is_over(today) for one in standing.clocks
    )
    return silent or running


def waited_for(workflow: Workflow, state: State, clocks: Sequence[RunningClock]) -> RunningClock | None:
    """Of the clocks that run, the first that binds an office or whose end brings something: a line of a list waits for it.

    Terms within which a person may turn to somebody else are theirs alone, and no office is late with them.
    """
    lapse = workflow.table.get((state, Act.LAPSE))
    watched = () if lapse is None else lapse.terms
    return next((one for one in clocks if one.clock.side == "office" or one.clock.matter in watched), None)


_LONG: Final = timedelta(days=3660)
"""No clock whose end changes an entry is longer."""


def silent_from(workflow: Workflow, events: Sequence[CaseEvent], law: Law) -> date | None:
    """The first day on which silence has taken the entry out of every output, if nobody acts any more; None where none does.

    It may lie behind us: what silence took out stays out until two people let it back. Nothing pauses an office's term (F15).
    """
    return next((day + ONE_DAY for day in _to_lapse(workflow, events, law, Effect.HIDE)), None)


def appealed_to(workflow: Workflow, events: Sequence[CaseEvent], law: Law) -> date | None:
    """The first day on which an entry is contested outside no more, if nobody acts any more; None where no term leads there.

    It may lie behind us where a ruling reached the person long before two officials took it up.
    """
    return next((day + ONE_DAY for day in _to_lapse(workflow, events, law, Effect.UNMARK_APPEALED)), None)


def _to_lapse(workflow: Workflow, events: Sequence[CaseEvent], law: Law, effect: Effect) -> Iterator[date]:
    """The last days of the terms whose ends bring this, if nobody acts any more: of those that no event was met by yet."""
    if not events:
        return
    case = _read(workflow, events, events[-1].at, law)
    known = len(case.lapsed)
    case.lapse(shanghai_day(events[-1].at + _LONG))
    for lapsed in case.lapsed[known:]:
        if effect in workflow.table[lapsed.source, Act.LAPSE].effects:
            yield lapsed.clock.due.day
