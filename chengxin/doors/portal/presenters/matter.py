"""A case of a person's own in words: what it is, how it stands, whose turn it is and until when, what silence brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from chengxin.doors.portal.presenters.around import Around, Said, as_given, name_of
from chengxin.doors.portal.presenters.docket import BY_OFFICES, day_told, state_word
from chengxin.doors.portal.presenters.law import clock_law
from chengxin.doors.portal.presenters.look import acted_as
from chengxin.doors.portal.surroundings import Surroundings
from chengxin.doors.wording import Language, date_in_words, has, text
from chengxin.kernel.clocks import Side
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, EventView, PaperView, Turn
from chengxin.remedies.terms.clocks import RunningClock
from chengxin.remedies.terms.letters import RemedyLine
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, Outcome

DO: Final = (
    Act.FIND,
    Act.ADD_PAPER,
    Act.JOIN,
    Act.TELL_LAWSUIT,
    Act.ACCEPT,
    Act.SIGN,
    Act.SIGN_LAST,
    Act.REPORT,
    Act.DECLINE,
    Act.TAKE_BACK,
)
"""What a person may do to a case of theirs, in the order of its page; each has its words under ``resident.do``."""

_TONES: Final[Mapping[Outcome, str]] = {Outcome.FOR: "good", Outcome.AGAINST: "warn", Outcome.NEITHER: "quiet"}


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A case in the list. ``turn``: whose turn, in words; ``due_on``: the last day of that turn, None where none runs;
    ``late``: an office let every one of them pass."""

    uid: UUID
    number: str
    what: str
    title: str
    state: str
    tone: str
    open: bool
    opened_at: datetime
    turn: str
    due_on: date | None
    late: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One term that runs: of whom, what for, until when, and the law it stands in."""

    words: str
    day: date
    provisional: bool
    over: bool
    law: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of the history: when, what happened, what was said with it; ``on``: the day that its paper bears, in words."""

    at: datetime
    sentence: str
    said: tuple[Said, ...]
    asked: tuple[str, ...]
    on: str = ""


@dataclass(frozen=True, slots=True)
class RemedyWay:
    """What can be done against an answer, from its letter: where, and the last day."""

    kind: str
    sentence: str
    day: date | None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper: its place in the case, what it is, its name."""

    n: int
    kind: str
    name: str
    size: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class MatterPage:
    """A case whole. ``asked_by``: who asked in the person's place; ``means``: the state in a sentence; ``silence``: what follows
    where nobody answers in time; ``to_find``: nobody has said yet which entry or look it is about; ``by_office``: an office
    began it, and its words are the office's."""

    line: MatterLine
    asked_by: str
    by_office: bool
    about: str
    entry_uid: UUID | None
    to_find: bool
    means: str
    turn: str
    silence: str
    theirs: tuple[ClockLine, ...]
    yours: tuple[ClockLine, ...]
    history: tuple[EventLine, ...]
    papers: tuple[PaperLine, ...]
    ways: tuple[RemedyWay, ...]
    acts: tuple[Act, ...]


class Matters:
    """Cases in the words of one language, with the offices and items they name."""

    def __init__(self, surroundings: Surroundings, language: Language) -> None:
        self._surroundings = surroundings
        self.language: Language = language
        self.around: Around = surroundings.around_of(None)

    def say(self, key: str, **params: object) -> str:
        return text(f"resident.{key}", self.language, **params)

    def line(self, case: Case) -> MatterLine:
        """A case as one line of the list."""
        acting = _acting(case, self._surroundings.today)
        return MatterLine(
            uid=case.uid,
            number=case.number,
            what=text(f"remedies.workflow.{case.workflow}", self.language),
            title=self.item_of(case),
            state=state_word(case.workflow, case.state, of_entry=case.about.of_entry, language=self.language),
            tone=self._tone(case),
            open=case.outcome is None,
            opened_at=case.opened_at,
            turn=self._turn(case),
            due_on=acting.said.day if acting else None,
            late=acting is not None and case.turn in remedies.OURS and acting.is_over(self._surroundings.today),
            provisional=acting is not None and acting.said.provisional,
        )

    def page(self, case: Case, acts: tuple[Act, ...]) -> MatterPage:
        """Everything of a case. ``acts``: what its person may try."""
        means = f"matter.means.{case.workflow}.{case.state}"
        means += next(
            (one for one in (_without_entry(case), _signed(case)) if one and has(f"resident.{means}{one}")), ""
        )
        return MatterPage(
            line=self.line(case),
            asked_by=_asked_by(case, self.language),
            by_office=case.workflow in BY_OFFICES,
            about=self.about(case),
            entry_uid=case.about.uid if case.about.of_entry else None,
            to_find=case.about.to_find and case.outcome is None,
            means=self.say(means, **self._names(case)) if has(f"resident.{means}") else "",
            turn=self._turn(case),
            silence=self.silence(case),
            theirs=tuple(self._clock(one, case) for one in _clocks(case, "office")),
            yours=tuple(self._clock(one, case) for one in _clocks(case, "person")),
            history=tuple(self._event(one, case) for one in case.events),
            papers=tuple(self._paper(n, one) for n, one in enumerate(case.papers, 1)),
            ways=self.ways(case),
            acts=tuple(act for act in DO if act in acts and act not in _unfit(case)),
        )

    def item_of(self, case: Case) -> str:
        """The name of the item that a case is about; empty where it is about none."""
        item = self._surroundings.item_named(case.about.item) if case.about.item else None
        if item is None:
            return case.about.item
        return item.zh if self.language == "zh" else item.en

    def about(self, case: Case) -> str:
        """What a case says of its thing; a commitment about no entry is about what its person promised."""
        key = f"matter.about_of.{case.workflow}.{case.about.kind.value}"
        return self.say(key if has(f"resident.{key}") else f"matter.about.{case.about.kind.value}")

    def silence(self, case: Case) -> str:
        """What follows where nobody answers in time, with its first day; empty where nothing does."""
        lapse = _lapse(case)
        if lapse is None:
            return ""
        target, last = lapse
        key = f"matter.silence.{case.workflow}.{target}"
        if has(f"resident.{key}{_without_entry(case)}"):
            key += _without_entry(case)
        first = date_in_words(last + timedelta(days=1), self.language)
        return self.say(key, day=date_in_words(last, self.language), first=first) if has(f"resident.{key}") else ""

    def ways(self, case: Case) -> tuple[RemedyWay, ...]:
        """Where to go next, from the newest letter that told it: of what has a term, only what its clock still runs for."""
        told = next((one.draft for one in reversed(case.letters) if one.draft.remedies), None)
        if told is None:
            return ()
        running = {one.clock.matter: one.said.day for one in case.clocks}
        found = ((one, remedies.NEXT[told.kind][one.kind]) for one in told.remedies)
        return tuple(
            self.way(replace(one, last_on=running.get(matter)) if matter else one)
            for one, matter in found
            if matter is None or matter in running
        )

    def way(self, told: RemedyLine) -> RemedyWay:
        """One remedy in words, with its last day."""
        day = date_in_words(told.last_on, self.language) if told.last_on else ""
        sentence = self.say(f"matter.way.{told.kind.value}", where=told.where, day=day)
        return RemedyWay(told.kind.value, sentence, told.last_on)

    def _names(self, case: Case) -> dict[str, str]:
        return {"office": self.office(case.organisation_id), "supplier": self.office(case.about.supplier)}

    def office(self, organisation_id: UUID | None) -> str:
        """An office by its name, where it is known."""
        found = self._surroundings.organisation(organisation_id) if organisation_id else None
        return name_of(found, self.language) or self.say("matter.an_office")

    def _tone(self, case: Case) -> str:
        if case.outcome is not None:
            return _TONES[case.outcome]
        return "warn" if case.turn is Turn.PERSON else "open"

    def _turn(self, case: Case) -> str:
        return self.say(f"matter.turn.{case.turn.value}", **self._names(case))

    def _clock(self, running: RunningClock, case: Case) -> ClockLine:
        clock = running.clock
        key = f"matter.clock.{clock.matter.value}"
        if has(f"resident.{key}{_without_entry(case)}"):
            key += _without_entry(case)
        given = clock.words.zh if self.language == "zh" else clock.words.en
        words = self.say(key) if has(f"resident.{key}") else given[:1].upper() + given[1:]
        return ClockLine(
            words=words,
            day=running.said.day,
            provisional=running.said.provisional,
            over=running.is_over(self._surroundings.today),
            law=clock_law(clock, self.language),
        )

    def _event(self, event: EventView, case: Case) -> EventLine:
        who = Who.HELPER if event.helper else event.who
        office = event.organisation_id or (case.about.supplier if event.who is Who.SUPPLIER else case.organisation_id)
        name = self.say(f"matter.who.{who.value}", office=self.office(office))
        if event.acted_as:
            name = acted_as(event.acted_as, event.acted_by, self.language)
        of_this = f"matter.event_of.{case.workflow}.{event.act.value}"
        key = of_this if has(f"resident.{of_this}") else f"matter.event.{event.act.value}"
        sentence = self.say(key, who=name, **self._names(case))
        return EventLine(
            at=event.happened,
            sentence=sentence,
            said=tuple(as_given(words, self.language) for words in (event.reason, event.filing) if words.strip()),
            asked=tuple(
                self.say(f"paper.kind_is.{one}") for one in event.asked if has(f"resident.paper.kind_is.{one}")
            ),
            on=day_told(event, self.language),
        )

    def _paper(self, n: int, paper: PaperView) -> PaperLine:
        return PaperLine(
            n=n,
            kind=self.say(f"paper.kind_is.{paper.kind.value}"),
            name=paper.name,
            size=paper.size,
            at=paper.at,
            by=self._brought_by(paper),
        )

    def _brought_by(self, paper: PaperView) -> str:
        who = self.say(f"matter.who.{paper.by.value}", office=self.say("matter.an_office"))
        return self.say("paper.fetched", who=who, holder=paper.fetched_from) if paper.fetched_from else who


def _asked_by(case: Case, language: Language) -> str:
    """Who asked for it in the person's place; empty where they did themself."""
    first = next(iter(case.events), None)
    return acted_as(first.acted_as, first.acted_by, language) if first and first.acted_as else ""


def _without_entry(case: Case) -> str:
    """Behind a key of wording: a case about no entry takes none out of the outputs."""
    return "" if case.about.of_entry else "_none"


def _signed(case: Case) -> str:
    """Behind a key of wording: the person has signed, and the office has not."""
    return "_signed" if case.is_signed(by_person=True) else ""


def _unfit(case: Case) -> tuple[Act, ...]:
    """The signatures that do not fit: nobody signs twice, and whoever signs after the office signs last. What a case is about is
    said once."""
    said = () if case.about.to_find else (Act.FIND,)
    if _signed(case):
        return (*said, Act.SIGN, Act.SIGN_LAST)
    return (*said, Act.SIGN if case.is_signed(by_person=False) else Act.SIGN_LAST)


def _lapse(case: Case) -> tuple[str, date] | None:
    """The state that silence leads to, and the last day of the term whose end brings it."""
    flow = remedies.WORKFLOWS[case.workflow]
    step = flow.table.get((flow.states(case.state), Act.LAPSE))
    if step is None:
        return None
    last = min((one.said.day for one in case.clocks if one.clock.matter in step.terms), default=None)
    return None if last is None else (step.target.value, last)


def _acting(case: Case, today: date) -> RunningClock | None:
    """The clock of whoever's turn it is, the earliest that is not over, or the last of those that are; of a closed case the
    person's own, for what they may do next."""
    side: Side = "person" if case.turn is Turn.PERSON or case.outcome is not None else "office"
    running = tuple(_clocks(case, side))
    return next((one for one in running if not one.is_over(today)), running[-1] if running else None)


def _clocks(case: Case, side: Side) -> Iterator[RunningClock]:
    return (one for one in case.clocks if one.clock.side == side)
