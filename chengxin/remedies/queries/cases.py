"""Reading cases: one as it stands at a moment, a person's all, and whose a case is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from chengxin.foundation.database import working_off
from chengxin.kernel.clocks import Deadline
from chengxin.kernel.days import ONE_DAY, shanghai_day
from chengxin.persons import facade as persons
from chengxin.remedies import models
from chengxin.remedies.queries import sealed
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.rules.numbering import case_number
from chengxin.remedies.rules.workflows import WORKFLOWS, as_it_stands, let_pass
from chengxin.remedies.terms.cases import (
    About,
    AboutKind,
    Case,
    CaseUnknown,
    Channel,
    EventView,
    LetterView,
    LetterWords,
    PaperKind,
    PaperView,
)
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.letters import LetterDraft, LetterKind, RemedyKind, RemedyLine
from chengxin.remedies.terms.turns import turn_in
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, CaseEvent, Effect, Outcome, Standing

CASE_PERSONS: Final = "remedies_case_person"


def person_of_case(uid: UUID) -> UUID:
    """Whose case it is, for an official who works it. Raises CaseUnknown."""
    with working_off(CASE_PERSONS):
        row = models.CasePerson.objects.filter(uid=uid).first()
    if row is None:
        raise CaseUnknown()
    return row.person_id


def persons_of_cases(uids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The same of many; of a case that is nobody's, nothing."""
    with working_off(CASE_PERSONS):
        return dict(models.CasePerson.objects.filter(uid__in=list(uids)).values_list("uid", "person_id"))


def case_at(person_id: UUID, uid: UUID, *, at: datetime) -> Case:
    """One case of the person who is set on the connection, whole. Raises CaseUnknown."""
    row = models.Case.objects.filter(person_id=person_id, uid=uid).first()
    if row is None:
        raise CaseUnknown()
    return whole(row, at)


def cases_at(person_id: UUID, *, at: datetime) -> list[Case]:
    """All cases of the person who is set on the connection, the newest first."""
    rows = models.Case.objects.filter(person_id=person_id).order_by("-opened_at", "-case_id")
    return [whole(row, at) for row in rows]


def case_told(person_id: UUID, case_id: UUID, *, at: datetime) -> Case | None:
    """The case that a notice tells of, for the person who is set on the connection."""
    row = models.Case.objects.filter(person_id=person_id, case_id=case_id).first()
    return None if row is None else whole(row, at)


def case_of_letter(person_id: UUID, letter_id: UUID, *, at: datetime) -> Case | None:
    """The case whose letter a notice goes with, for the person who is set on the connection."""
    row = models.Letter.objects.filter(person_id=person_id, letter_id=letter_id).first()
    return None if row is None else case_told(person_id, row.case_id, at=at)


def open_about(person_id: UUID, workflow: str, about_uid: UUID) -> models.Case | None:
    """The open case of this workflow about this thing, which a repeat joins."""
    return models.Case.objects.filter(
        person_id=person_id, workflow=workflow, about_uid=about_uid, closed_at__isnull=True
    ).first()


def open_alike(person_id: UUID, workflow: str, about: About, at: datetime) -> list[Case]:
    """The open cases of this workflow about the same, where that is no thing with a uid."""
    rows = models.Case.objects.filter(
        person_id=person_id,
        workflow=workflow,
        about_kind=about.kind.value,
        about_uid__isnull=True,
        supplier=about.supplier,
        closed_at__isnull=True,
    )
    cases = (whole(row, at) for row in rows.order_by("opened_at", "case_id"))
    return [case for case in cases if case.outcome is None]


def whole(row: models.Case, at: datetime) -> Case:
    """A case with all that hangs on it, as it stands at a moment by its events and the clocks alone."""
    flow = WORKFLOWS[row.workflow]
    rows = events_of(row)
    acted = _acted(row.person_id, rows, at)
    events = tuple(event_view(one, acted) for one in rows)
    standing = as_it_stands(flow, as_rules_read(events), at, law_here())
    hid = [one for one in standing.lapsed if Effect.HIDE in flow.table[one.source, Act.LAPSE].effects]
    return Case(
        person_id=row.person_id,
        case_id=row.case_id,
        uid=row.uid,
        number=case_number(row.workflow, row.uid, row.opened_at),
        workflow=row.workflow,
        about=About(AboutKind(row.about_kind), row.about_uid, row.about_version, row.item, row.supplier),
        organisation_id=row.organisation_id,
        channel=Channel(row.channel),
        opened_at=row.opened_at,
        state=standing.state.value,
        outcome=standing.outcome,
        turn=turn_in(standing.state),
        clocks=standing.clocks,
        silent=bool(hid),
        events=events,
        papers=papers_of(row),
        letters=tuple(letter_view(one) for one in letters_of(row)),
        closed_at=row.closed_at,
        late=let_pass(standing, shanghai_day(at)),
        out_since=hid[-1].clock.due.day + ONE_DAY if hid else None,
    )


def standing_of(row: models.Case, at: datetime) -> Standing:
    """The same by state and clocks alone: nothing sealed is opened."""
    return as_it_stands(WORKFLOWS[row.workflow], acts_of(row), at, law_here())


def acts_of(row: models.Case) -> list[CaseEvent]:
    """The events of a case as ``as_it_stands`` reads them: nothing sealed is opened."""
    return [case_event(one.act, one.at, one.who, one.told, one.source, one.counts_from) for one in events_of(row)]


def case_event(act: str, at: datetime, who: str, told: Mapping[str, Any], source: str, on: date | None) -> CaseEvent:
    """One event as ``as_it_stands`` reads it, from the columns of its row."""
    return CaseEvent(Act(act), at, Who(who), _told(told), source, on)


def events_of(row: models.Case) -> list[models.Event]:
    """The rows of a case's history, the oldest first."""
    return list(models.Event.objects.filter(person_id=row.person_id, case_id=row.case_id).order_by("seq"))


def letters_of(row: models.Case) -> list[models.Letter]:
    """The letters of a case, the oldest first."""
    found = models.Letter.objects.filter(person_id=row.person_id, case_id=row.case_id)
    return list(found.order_by("letter_id"))


def papers_of(row: models.Case) -> tuple[PaperView, ...]:
    """The papers of a case, the oldest first, with who opened them."""
    papers = models.Paper.objects.filter(person_id=row.person_id, case_id=row.case_id).order_by("paper_id")
    found = list(papers)
    opened: dict[UUID, set[UUID]] = {}
    for one in models.Opening.objects.filter(person_id=row.person_id, paper_id__in=[one.paper_id for one in found]):
        opened.setdefault(one.paper_id, set()).add(one.official_id)
    return tuple(_paper_view(one, frozenset(opened.get(one.paper_id, ()))) for one in found)


def _paper_view(row: models.Paper, opened_by: frozenset[UUID]) -> PaperView:
    said = sealed.opened(row.person_id, paper_place(row.paper_id), row.sealed)
    return PaperView(
        paper_id=row.paper_id,
        kind=PaperKind(row.kind),
        name=str(said["name"]),
        media_type=row.media_type,
        size=row.size,
        digest=bytes(row.digest),
        at=row.at,
        by=Who(row.who),
        opened_by=opened_by,
        fetched_from=str(said.get("fetched_from", "")),
    )


def _acted(person_id: UUID, rows: Iterable[models.Event], at: datetime) -> Mapping[UUID | None, tuple[str, str]]:
    """As what each acted who acted for the person, and their name, by mandate; the person must be set."""
    used = {one.mandate_id for one in rows if one.mandate_id is not None}
    if not used:
        return {}
    return {
        one.mandate_id: (one.kind.value, persons.name_of_person(one.holder))
        for one in persons.mandates_given(person_id, at=at)
        if one.mandate_id in used
    }


def event_view(row: models.Event, acted: Mapping[UUID | None, tuple[str, str]]) -> EventView:
    """One event as people read it."""
    said = sealed.opened(row.person_id, event_place(row.case_id, row.seq), row.sealed)
    draft = said.get("draft")
    acted_as, acted_by = acted.get(row.mandate_id, ("", ""))
    return EventView(
        seq=row.seq,
        act=Act(row.act),
        source=row.source,
        target=row.target,
        at=row.at,
        who=Who(row.who),
        actor=row.actor,
        organisation_id=row.organisation_id,
        reason=str(said.get("reason", "")),
        asked=tuple(said.get("asked", ())),
        filing=str(said.get("filing", "")),
        letter_id=row.letter_id,
        helper=row.mandate_id is not None,
        acted_as=acted_as,
        acted_by=acted_by,
        told=_told(row.told),
        on=row.counts_from,
        draft=None if draft is None else words_of(draft),
        passages=tuple(said.get("passages", ())),
        held_by=str(said.get("held_by", "")),
        minutes=str(said.get("minutes", "")),
    )


def as_rules_read(events: Iterable[EventView]) -> list[CaseEvent]:
    """The events as ``as_it_stands`` reads them."""
    return [CaseEvent(one.act, one.at, one.who, one.told, one.source, one.on) for one in events]


def letter_view(row: models.Letter) -> LetterView:
    """A letter, opened."""
    said = sealed.opened(row.person_id, letter_place(row.letter_id), row.sealed)
    return LetterView(
        row.letter_id, LetterKind(row.kind), row.number, row.dated_on, draft_of(row, said), tuple(row.needs)
    )


def draft_of(row: models.Letter, said: Mapping[str, Any]) -> LetterDraft:
    return LetterDraft(
        kind=LetterKind(row.kind),
        number=row.number,
        about=said["about"],
        result=said["result"],
        reason=said["reason"],
        evidence=tuple(said["evidence"]),
        laws=tuple(said["laws"]),
        office=said["office"],
        contact=said["contact"],
        dated_on=row.dated_on,
        deciders=frozenset(one for one in (row.decider, row.second) if one is not None),
        changed=said["changed"],
        told=None if said["told"] is None else tuple(said["told"]),
        remedies=tuple(
            RemedyLine(
                RemedyKind(one["kind"]), one["where"], date.fromisoformat(one["last_on"]) if one["last_on"] else None
            )
            for one in said["remedies"]
        ),
        statement_offered=said["statement_offered"],
        certificate=said["certificate"],
        counted_from=date.fromisoformat(said["counted_from"]) if said.get("counted_from") else None,
    )


def words_of(said: Mapping[str, Any]) -> LetterWords:
    """A caseworker's words of a letter, from what was sealed."""
    return LetterWords(**{**said, "evidence": tuple(said["evidence"]), "laws": tuple(said["laws"])})


def sealable(words: LetterWords) -> dict[str, Any]:
    """A caseworker's words of a letter, to be sealed."""
    return {**asdict(words), "evidence": list(words.evidence), "laws": list(words.laws)}


def event_place(case_id: UUID, seq: int) -> str:
    return f"event|{case_id}|{seq}"


def letter_place(letter_id: UUID) -> str:
    return f"letter|{letter_id}"


def paper_place(paper_id: UUID) -> str:
    return f"paper|{paper_id}"


def told_rows(clocks: Mapping[Matter, Deadline]) -> dict[str, list[object]]:
    """Last days as a row holds them."""
    return {matter.value: [due.day.isoformat(), due.provisional] for matter, due in clocks.items()}


def _told(rows: Mapping[str, Sequence[Any]]) -> dict[Matter, Deadline]:
    return {Matter(matter): Deadline(date.fromisoformat(day), bool(soft)) for matter, (day, soft) in rows.items()}


def outcome_of(text: str) -> Outcome | None:
    return Outcome(text) if text else None
