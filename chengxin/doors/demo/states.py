"""A case in every state of every workflow of remedies, each acted out along the shortest way, by who may take each step.

The named stories (`cases`) are for reading; these are so that every page of a case can be seen. A state that a term's end brings
is reached by beginning early enough: nothing here sets a state.
"""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from chengxin.doors.demo.cases import AGAINST, FIRST, FOR, PAPER, SECOND, SOURCE, WHY
from chengxin.doors.demo.casting import let_in
from chengxin.doors.demo.city import cast
from chengxin.doors.demo.founding import Staff, moment
from chengxin.foundation import clock, jobs
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.days import ONE_DAY, shanghai_day
from chengxin.records import facade as records
from chengxin.records.terms import EntryView
from chengxin.remedies import facade as remedies
from chengxin.remedies.facade import WORKFLOWS
from chengxin.remedies.terms.cases import About, AboutKind, Case, Channel, Deed, Handed, PaperKind
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.objections import OBJECTION, ObjectionState
from chengxin.remedies.terms.wishes import STATEMENT
from chengxin.remedies.terms.words import FOR_THE_PERSON, Who
from chengxin.remedies.terms.workflows import TWO_PAPERS, Act, Guard, State, Step, Workflow

CHIEF: Final = "head_one"
_LOGINS: Final = {Who.CASEWORKER: FIRST, Who.SUPPLIER: SOURCE, Who.SECOND: SECOND, Who.CHIEF: CHIEF}
"""Who takes a step that is an official's; where it is open to several, the first of these."""
_PAUSE: Final = timedelta(minutes=20)
_LAPSE_COSTS: Final = 100
"""A way without waiting is shorter than any with."""
_NEEDS: Final = {
    Guard.CERTIFIED: PaperKind.CERTIFICATE,
    Guard.RULING: PaperKind.RULING,
    Guard.MINUTES: PaperKind.MINUTES,
}
_DEED: Final = Deed(
    reason="示例：邻居贺某也在场。 / An example: the neighbour was there too.",
    letter=replace(AGAINST, changed=FOR.changed),
    filing="（2026）云复 1 号",
    rights_told=True,
)


@dataclass(frozen=True, slots=True)
class Way:
    """The steps from nothing to a state."""

    flow: Workflow
    steps: tuple[Step, ...]

    def begins(self, at: datetime) -> datetime:
        """The latest morning, or hour of today, from which the way is over by ``at``."""
        if not any(step.act is Act.LAPSE for step in self.steps):
            return at - _PAUSE * (len(self.steps) + 2)
        day = shanghai_day(at)
        return next(
            moment(begun, hours=9)
            for begun in (day - ONE_DAY * days for days in itertools.count(1))
            if self._over(begun) <= day
        )

    def _over(self, begun: date) -> date:
        """The day on which it is over, begun on that day: each lapse waits for the first of its terms."""
        law, day, ends = remedies.law_here(), begun, dict[Matter, date]()
        for step in self.steps:
            if step.act is Act.LAPSE:
                day = min(ends[matter] for matter in step.terms if matter in ends) + ONE_DAY
            for matter in step.starts:
                started = remedies.start_clock(law.book, matter, day, law.holidays, on=day, places=law.places)
                ends[matter] = started.due.day
            for matter in step.stops:
                ends.pop(matter, None)
        return day


def ways_of(flow: Workflow) -> dict[State, Way]:
    """Each state of a workflow -> the shortest way there; what no way reaches is left out."""
    found: dict[State, Way] = {}
    count = itertools.count()
    heap: list[tuple[int, int, State, tuple[Step, ...]]] = [(0, next(count), flow.first, ())]
    while heap:
        cost, _, state, steps = heapq.heappop(heap)
        if state in found:
            continue
        found[state] = Way(flow, steps)
        for step in flow.steps:
            if step.source is state and Guard.NOBODY_TO_ASK not in step.guards:
                price = cost + (_LAPSE_COSTS if step.act is Act.LAPSE else 1)
                heapq.heappush(heap, (price, next(count), step.target, (*steps, step)))
    del found[flow.first]
    return found


def act_out_every_state(staff: Staff, at: datetime) -> None:
    """One case for each state of each workflow, each of somebody else."""
    before = jobs.waiting(remedies.SWEEP_SIBLINGS)
    for flow in WORKFLOWS.values():
        for state, way in ways_of(flow).items():
            _, person = let_in(cast.resident(cast.example_key(flow.code, state.value)), at)
            _Example(staff, person, way).act_out(way.begins(at))
    # each error that an example proves would put hundreds of its batch into review, the cast's own entries among them
    for job_id in jobs.waiting(remedies.SWEEP_SIBLINGS).keys() - before.keys():
        jobs.cancel(job_id)


class _Example:
    """One person's case on its way."""

    def __init__(self, staff: Staff, person: Actor, way: Way) -> None:
        assert person.person_id is not None
        self._staff, self._person, self._way, self._person_id = staff, person, way, person.person_id

    def act_out(self, begun: datetime) -> Case:
        """Every step of the way, each at its own moment."""
        at = begun
        first, *others = self._way.steps
        with clock.set_for_tests(at):
            case = self._opened(first, at)
        for step in others:
            at = self._later(case, step, at)
            with clock.set_for_tests(at):
                if step.act is not Act.LAPSE:
                    case = self._stepped(case, step, at)
        return case

    def _opened(self, step: Step, at: datetime) -> Case:
        who = self._actor(step, at)
        entry = self._entry(at)
        if step.act is Act.ASK_BACK:
            return self._asked_back(entry, at)
        return remedies.open_case(
            actor=who,
            person_id=self._person_id,
            workflow=self._way.flow.code,
            about=About(AboutKind.ENTRY, entry.uid),
            act=step.act,
            channel=Channel.WEB if who is self._person else Channel.OFFICE,
            deed=replace(_DEED, on=shanghai_day(at)),
            at=at,
            reason=WHY,
        )

    def _asked_back(self, entry: EntryView, at: datetime) -> Case:
        """What is asked back was removed before: an objection was upheld that same hour."""
        submit, uphold = ways_of(OBJECTION)[ObjectionState.UPHELD].steps
        about = About(AboutKind.ENTRY, entry.uid)
        removed = remedies.open_case(
            actor=self._person, person_id=self._person_id, workflow=OBJECTION.code, about=about, act=submit.act,
            deed=_DEED, at=at, reason=WHY,
        )  # fmt: skip
        self._taken(removed, uphold.act, self._staff.acting(FIRST, at), at)
        certificate = Handed(PaperKind.CERTIFICATE, "certificate.pdf", PAPER)
        source = self._staff.acting(SOURCE, at)
        return remedies.ask_back(actor=source, uid=removed.uid, certificate=certificate, deed=_DEED, at=at, reason=WHY)

    def _later(self, case: Case, step: Step, at: datetime) -> datetime:
        """When the next step is taken: soon, or on the day after the term that must run out."""
        if step.act is not Act.LAPSE:
            return at + _PAUSE
        now = self._case(case, at)
        due = min(one.due.day for one in now.clocks if one.clock.matter in step.terms)
        return moment(due + ONE_DAY, hours=9)

    def _stepped(self, case: Case, step: Step, at: datetime) -> Case:
        for guard in step.guards:
            if guard in _NEEDS:
                by = SOURCE if guard is Guard.CERTIFIED else FIRST
                self._hand_in(case, _NEEDS[guard], at, by=self._staff.acting(by, at))
        if Guard.BOTH_SIGNED in step.guards:
            case = self._taken(case, Act.SIGN, self._person, at)
            return self._taken(case, step.act, self._staff.acting(FIRST, at), at)
        actor = self._actor(step, at)
        if {Guard.PAPERS_OPENED, Guard.CERTIFIED} & set(step.guards):
            for paper in self._case(case, at).papers:
                remedies.open_paper(actor=actor, uid=case.uid, paper_id=paper.paper_id, at=at, reason=WHY)
        if step.act is Act.ADD_PAPER:
            self._hand_in(case, PaperKind.EVIDENCE, at, by=actor)
            return self._case(case, at)
        return self._taken(case, step.act, actor, at)

    def _taken(self, case: Case, act: Act, actor: Actor, at: datetime) -> Case:
        deed = replace(_DEED, on=shanghai_day(at), asked=TWO_PAPERS if act is Act.ASK_PAPERS else frozenset())
        if (minutes := self._case(case, at).minutes) is not None:
            deed = replace(deed, minutes=minutes.digest.hex())
        if act is Act.PROPOSE_AGAINST and case.workflow == STATEMENT.code:
            deed = replace(deed, passages=("邻居贺某",))
        return remedies.take_step(actor=actor, uid=case.uid, act=act, deed=deed, at=at, reason=WHY)

    def _actor(self, step: Step, at: datetime) -> Actor:
        """Who takes a step: the person where it is theirs, else an official."""
        if step.who & FOR_THE_PERSON:
            return self._person
        login = next(login for who, login in _LOGINS.items() if who in step.who)
        return self._staff.acting(login, at)

    def _hand_in(self, case: Case, kind: PaperKind, at: datetime, by: Actor) -> None:
        remedies.hand_in_paper(
            actor=by,
            uid=case.uid,
            kind=kind,
            title=f"{kind.value}.pdf",
            content=PAPER + b"%% " + kind.value.encode() + b"\n",
            at=at,
            reason=WHY,
        )

    def _case(self, case: Case, at: datetime) -> Case:
        return remedies.case_of(actor=self._person, uid=case.uid, at=at)

    def _entry(self, at: datetime) -> EntryView:
        with as_person(self._person_id):
            found = records.entries_with_any_status(self._person_id, shown_at=at, known_at=at)
        return max(found, key=lambda one: one.version)
