"""A case as whoever works it reads it: what is contested beside the law, the person's words, papers, clocks, events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from chengxin.catalogue.terms import ActClass, Item
from chengxin.doors.portal.presenters.around import ADVERSE, Around, Said, as_given, basis_in_words, name_of
from chengxin.doors.portal.presenters.docket import (
    BY_OFFICES,
    TONES,
    day_told,
    named_item,
    state_word,
    turn_word,
    workflow_word,
)
from chengxin.doors.portal.presenters.entry import Decision, decision_of, title_of
from chengxin.doors.portal.presenters.field import FieldLine, field_lines
from chengxin.doors.portal.presenters.headline import headline
from chengxin.doors.portal.presenters.law import clock_law
from chengxin.doors.portal.presenters.standing import CLASS_TONES, Chip
from chengxin.doors.portal.presenters.standing import TONES as STATUS_TONES
from chengxin.doors.portal.presenters.statement import StatementLine, statement_line
from chengxin.doors.wording import Language, has, text
from chengxin.records.terms import EntryView
from chengxin.remedies import facade as remedies
from chengxin.remedies.terms.cases import Case, EventView, LetterView, LetterWords, PaperView
from chengxin.remedies.terms.clocks import RunningClock
from chengxin.remedies.terms.letters import LetterDraft
from chengxin.remedies.terms.words import FOR_THE_PERSON, Who
from chengxin.remedies.terms.workflows import Act

_OUTCOME_TONES: Final = {"for": "good", "against": "warn", "neither": "ended"}


@dataclass(frozen=True, slots=True)
class EntryPanel:
    """What is contested, with the law it rests on."""

    title: str
    headline: Said | None
    chips: tuple[Chip, ...]
    decision: Decision
    source: str
    fields: tuple[FieldLine, ...]
    laws: tuple[Said, ...]
    display_until: date | None
    retain_until: date
    statement: StatementLine | None


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock that runs: of which law, until when, and how much of it is left in words."""

    words: str
    law: str
    due_on: date
    due: Chip
    left: str
    provisional: bool
    extended: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper. ``opened``: by the reader; whoever answers has opened each. ``fetched_from``: the office it was got from."""

    uid: UUID
    kind: str
    name: Said
    size: int
    at: datetime
    who: str
    opened: bool
    fetched_from: Said | None = None


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of what was done. ``name``: the official's; ``said``: what they said to the person."""

    at: datetime
    act: str
    who: str
    name: str
    office: str
    said: Said | None
    more: str


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in words: as it was sent, or as it is proposed."""

    number: str
    kind: str
    dated_on: date | None
    rows: tuple[tuple[str, tuple[Said, ...]], ...]
    days: tuple[tuple[str, Said, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class WorkedPage:
    """The whole page of a case."""

    case: Case
    workflow: str
    about: str
    item: str
    source: str
    state: str
    tone: str
    turn: str
    silent: bool
    to_find: bool
    channel: str
    office: str
    words: Said
    by_office: bool
    entry: EntryPanel | None
    clocks: tuple[ClockLine, ...]
    papers: tuple[PaperLine, ...]
    unopened: int
    to_fetch: Said | None
    events: tuple[EventLine, ...]
    letters: tuple[LetterLine, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Names by id, for whoever acted: officials and organisations; and who reads."""

    officials: Mapping[UUID, str]
    offices: Mapping[UUID, str]
    reader: UUID | None


def worked_page(
    case: Case,
    entry: EntryView | None,
    around: Around,
    people: People,
    items: Callable[[str], Item | None],
) -> WorkedPage:
    """A case and its entry in words. ``around``: of the entry, or of the office alone where the case is about none."""
    language = around.language
    papers = tuple(_paper(one, people, language) for one in case.papers)
    return WorkedPage(
        case=case,
        workflow=workflow_word(case.workflow, language),
        about=text(f"desk.about.{case.about.kind.value}", language),
        item=named_item(case.about.item, items, language),
        source=people.offices.get(case.about.supplier, "") if case.about.supplier else "",
        state=state_word(case.workflow, case.state, of_entry=case.about.of_entry, language=language),
        tone=_OUTCOME_TONES[case.outcome.value] if case.outcome else "warn" if case.silent else "open",
        turn=turn_word(case.turn, language),
        silent=case.silent and case.about.of_entry,
        to_find=case.about.to_find,
        channel=text(f"desk.channel.{case.channel.value}", language),
        office=people.offices.get(case.organisation_id, ""),
        words=as_given(case.words, language),
        by_office=case.workflow in BY_OFFICES,
        entry=None if entry is None else _panel(entry, around),
        clocks=tuple(clock_line(one, around) for one in case.clocks),
        papers=papers,
        unopened=sum(not one.opened for one in papers),
        to_fetch=as_given(case.to_fetch, language) if case.to_fetch and case.closed_at is None else None,
        events=tuple(event_line(one, case.workflow, people, language) for one in case.events),
        letters=tuple(sent_letter(one, language) for one in case.letters),
    )


def clock_line(running: RunningClock, around: Around) -> ClockLine:
    """A clock in words, with what is left of it today."""
    clock, language = running.clock, around.language
    left = remedies.time_left(running, around.today, around.holidays)
    due = remedies.due_word(running.said.day, around.today, around.holidays, ours=clock.side == "office")
    return ClockLine(
        words=clock.words.zh if language == "zh" else clock.words.en,
        law=clock_law(clock, language),
        due_on=running.said.day,
        due=Chip(text(f"desk.due.{due.value}", language), TONES[due]),
        left=text(f"remedies.left.{left.word.value}", language, count=left.count),
        provisional=running.said.provisional,
        extended=bool(running.extended),
    )


def event_line(event: EventView, workflow: str, people: People, language: Language) -> EventLine:
    """One act in words, in those of its workflow where the general ones would mislead."""
    of_this = f"desk.act_of.{workflow}.{event.act.value}"
    person = event.who in FOR_THE_PERSON or event.who in (Who.CLOCK, Who.ANYONE)
    asked = ", ".join(text(f"desk.step.asked_{one}", language) for one in event.asked)
    return EventLine(
        at=event.happened,
        act=_begun(text(of_this if has(of_this) else f"remedies.act.{event.act.value}", language)),
        who=_capacity(event, language),
        name="" if person or event.actor is None else people.officials.get(event.actor, ""),
        office=people.offices.get(event.organisation_id, "") if event.organisation_id else "",
        said=as_given(event.reason, language) if event.reason.strip() else None,
        more=" · ".join(one for one in (asked or event.filing, day_told(event, language)) if one),
    )


def new_since(case: Case, seen: int, people: People, language: Language) -> list[EventLine]:
    """What was done after the first ``seen`` acts: what somebody who filled a form in meanwhile has not read."""
    return [event_line(one, case.workflow, people, language) for one in case.events[seen:]]


def sent_letter(letter: LetterView, language: Language) -> LetterLine:
    """A letter as it was sent."""
    return _letter(letter.draft, language)


def proposed_letter(case: Case, language: Language) -> LetterLine | None:
    """The words of the proposal that waits, as the second official reads them before they agree."""
    last = next((one for one in reversed(case.events) if one.act is Act.PROPOSE_AGAINST), None)
    if last is None or last.draft is None:
        return None
    words = last.draft
    where = (
        ("review", words.review_where),
        ("reconsideration", words.reconsideration_where),
        ("lawsuit", words.lawsuit_where),
    )
    days = tuple(
        (text(f"desk.remedy.{kind}", language), as_given(at, language), None) for kind, at in where if at.strip()
    )
    return LetterLine("", "", None, _rows(words, language), days)


def _letter(draft: LetterDraft, language: Language) -> LetterLine:
    days = tuple(
        (text(f"desk.remedy.{one.kind.value}", language), as_given(one.where, language), one.last_on)
        for one in draft.remedies
    )
    return LetterLine(
        number=draft.number,
        kind=text(f"desk.letter.{draft.kind.value}", language),
        dated_on=draft.dated_on,
        rows=_rows(draft, language),
        days=days,
    )


def _rows(words: LetterWords | LetterDraft, language: Language) -> tuple[tuple[str, tuple[Said, ...]], ...]:
    given = (
        ("result", (_result_said(words.result, language),)),
        ("reason", (words.reason,)),
        ("evidence", words.evidence),
        ("laws", words.laws),
        ("changed", (words.changed,)),
        ("contact", (words.contact,)),
    )
    return tuple(
        (text(f"desk.letter.{name}", language), tuple(as_given(one, language) for one in said if one.strip()))
        for name, said in given
        if any(one.strip() for one in said)
    )


def _result_said(result: str, language: Language) -> str:
    """A result in words; one that the house wrote by itself is a code."""
    code = result.split(":", 1)[0]
    return (
        text(f"remedies.act.{_OWN.get(code, code)}", language)
        if has(f"remedies.act.{_OWN.get(code, code)}")
        else result
    )


_OWN: Final = {"lapsed": "lapse"}


def _panel(entry: EntryView, around: Around) -> EntryPanel:
    item, language = around.item, around.language
    laws = [as_given(basis_in_words(one, language), language) for one in item.basis] if item else []
    return EntryPanel(
        title=title_of(entry, around),
        headline=headline(item, entry.content, language),
        chips=_chips(entry, language),
        decision=decision_of(entry, around),
        source=name_of(around.supplier, language),
        fields=field_lines(item, entry.content, language),
        laws=tuple(laws),
        display_until=entry.display_until,
        retain_until=entry.retain_until,
        statement=statement_line(entry.statement, language),
    )


def _chips(entry: EntryView, language: Language) -> tuple[Chip, ...]:
    """Its class and its status, said to an official: the words of a person's own page speak to that person."""
    found = [Chip(text(f"desk.status.{entry.status.value}", language), STATUS_TONES.get(entry.status, "quiet"))]
    if entry.nature == ADVERSE and entry.act_class:
        act_class = ActClass(entry.act_class)
        found.insert(0, Chip(text(f"resident.class.{act_class.word}", language), CLASS_TONES[act_class]))
    return tuple(found)


def _paper(paper: PaperView, people: People, language: Language) -> PaperLine:
    return PaperLine(
        uid=paper.paper_id,
        kind=text(f"desk.paper_kind.{paper.kind.value}", language),
        name=as_given(paper.name, language),
        size=paper.size,
        at=paper.at,
        who=text(f"remedies.who.{paper.by.value}", language),
        opened=people.reader in paper.opened_by,
        fetched_from=as_given(paper.fetched_from, language) if paper.fetched_from else None,
    )


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _capacity(event: EventView, language: Language) -> str:
    """In which capacity somebody acted; for who acts for the person, as what."""
    who = text(f"remedies.who.{event.who.value}", language)
    if not event.acted_as:
        return who
    kind = text(f"mandate.kind.{event.acted_as}", language)
    return f"{who}（{kind}）" if language == "zh" else f"{who} ({kind})"
