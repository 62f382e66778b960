"""Silence in a case: the day from which it takes the entry out, and the terms that ran out, written down with the next act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.records import facade as records
from chengxin.remedies import models
from chengxin.remedies.actions import effects, letters
from chengxin.remedies.actions.recording import add_event
from chengxin.remedies.queries import sealed
from chengxin.remedies.queries.cases import as_rules_read, event_place, whole
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.rules.letters import letter_kind
from chengxin.remedies.rules.workflows import WORKFLOWS, as_it_stands, silent_from
from chengxin.remedies.terms.cases import OF_AN_ENTRY, AboutKind, Case, LetterWords
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, CaseEvent, Lapsed


def show_silence(row: models.Case, before: date | None, after: Case, actor: Actor, at: datetime) -> None:
    """Write on the entry from which day on silence takes it out, where that moved: no job is needed on that day."""
    events = as_rules_read(after.events)
    now = None if after.closed_at is not None else silence_of(row, events)
    if now == before or row.about_uid is None or AboutKind(row.about_kind) not in OF_AN_ENTRY:
        return
    if now is None and before is not None and before <= shanghai_day(at):
        # it is out already, and stays so until two people let it back
        return
    records.move_clock(
        actor=effects.PLATFORM, person_id=row.person_id, uid=row.about_uid, clock=row.case_id, lapses_on=now, at=at,
        reason=f"{row.workflow}_{after.events[-1].act.value}",
    )  # fmt: skip


def record_silence(row: models.Case, case: Case, at: datetime) -> None:
    """Write down the terms that ran out unanswered since the last act. It was so before: this makes the state's next act fit."""
    flow = WORKFLOWS[row.workflow]
    standing = as_it_stands(flow, as_rules_read(case.events), at, law_here())
    known = sum(one.act is Act.LAPSE for one in case.events)
    for lapsed in standing.lapsed[known:]:
        _record(row, lapsed, len(case.events) + 1, at)
        case = whole(row, at)


def _record(row: models.Case, lapsed: Lapsed, seq: int, at: datetime) -> None:
    flow = WORKFLOWS[row.workflow]
    step = flow.table[lapsed.source, Act.LAPSE]
    kind = letter_kind(flow, step)
    letter_id = None
    if kind is not None:
        said = LetterWords(result=f"lapsed:{lapsed.clock.clock.code}", contact=letters.office_name(row.organisation_id))
        draft = letters.draft_letter(row, kind, said, seq=seq, deciders=(), told=None, certificate="", at=at)
        letter_id = letters.send_letter(row, draft, by=(None, None), at=at)
    add_event(
        models.Event(
            person_id=row.person_id,
            case_id=row.case_id,
            seq=seq,
            workflow=row.workflow,
            source=step.source.value,
            act=step.act.value,
            target=step.target.value,
            letter_kind=kind.value if kind else "",
            second=False,
            at=at,
            who=Who.CLOCK.value,
            letter_id=letter_id,
            told={},
            sealed=sealed.seal(row.person_id, event_place(row.case_id, seq), {"clock": lapsed.clock.clock.code}),
        )
    )


def silence_of(row: models.Case, events: Sequence[CaseEvent]) -> date | None:
    """The first day on which silence takes the entry out, if nobody acts any more."""
    return silent_from(WORKFLOWS[row.workflow], events, law_here())
