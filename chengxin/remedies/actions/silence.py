"""Silence in a case: the days from which it changes an entry, and the terms that ran out, written down with what each brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person, in_transaction, read_as_each
from chengxin.kernel.clocks import Deadline
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import Refusal
from chengxin.records import facade as records
from chengxin.records.terms import MarkKind
from chengxin.remedies import models
from chengxin.remedies.actions import docketing, effects, letters
from chengxin.remedies.actions.recording import add_event
from chengxin.remedies.queries import sealed
from chengxin.remedies.queries.cases import as_rules_read, event_place, standing_of, told_rows, whole
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.rules.letters import letter_kind
from chengxin.remedies.rules.workflows import WORKFLOWS, appealed_to, silent_from
from chengxin.remedies.terms.cases import NO_DEED, OF_AN_ENTRY, AboutKind, Case, LetterWords
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act, CaseEvent, Effect, Lapsed

RAN_OUT: Final = "term_ran_out"


@dataclass(frozen=True, slots=True)
class Days:
    """What the clocks of a case will do to its entry, if nobody acts any more: ``silent``, the first day on which silence has
    taken it out; ``ended``, the first on which it is contested outside no more."""

    silent: date | None = None
    ended: date | None = None


def days_of(row: models.Case, events: Sequence[CaseEvent]) -> Days:
    """Both days of a case, by its events."""
    flow, law = WORKFLOWS[row.workflow], law_here()
    brought = {effect for step in flow.steps if step.act is Act.LAPSE for effect in step.effects}
    return Days(
        silent_from(flow, events, law) if Effect.HIDE in brought else None,
        appealed_to(flow, events, law) if Effect.UNMARK_APPEALED in brought else None,
    )


def show_days(row: models.Case, before: Days | None, after: Case, at: datetime) -> None:
    """Write on the entry from which day on a clock changes it, where that moved: no job is needed on that day. ``before``: None
    where nobody had said which entry it is: what silence did meanwhile, it did to this one."""
    if row.about_uid is None or AboutKind(row.about_kind) not in OF_AN_ENTRY:
        return
    now = Days() if after.closed_at is not None else days_of(row, as_rules_read(after.events))
    reason = f"{row.workflow}_{after.events[-1].act.value}"
    if before is None:
        before, now = Days(), replace(now, silent=now.silent or after.out_since)
    # what is out by silence stays so until two people let it back
    is_out = now.silent is None and before.silent is not None and before.silent <= shanghai_day(at)
    if now.silent != before.silent and not is_out:
        records.move_clock(
            actor=effects.PLATFORM, person_id=row.person_id, uid=row.about_uid, clock=row.case_id, lapses_on=now.silent,
            at=at, reason=reason,
        )  # fmt: skip
    # a case that is closed has ended it with its own effects
    if now.ended != before.ended and after.closed_at is None:
        try:
            records.end_appeal_on(
                actor=effects.PLATFORM,
                person_id=row.person_id,
                uid=row.about_uid,
                ends_on=now.ended,
                at=at,
                reason=reason,
            )
        except Refusal as refused:
            if refused.refused.reason not in effects.NOTHING_TO_DO:
                raise


def days_told(row: models.Case) -> Days:
    """Both days as they stand on the entry of a case, by whatever law they were counted."""
    if row.about_uid is None or AboutKind(row.about_kind) not in OF_AN_ENTRY:
        return Days()
    return Days(*records.days_told(row.person_id, row.about_uid, row.case_id))


def days_told_of_many(rows: Iterable[models.Case]) -> dict[UUID, Days]:
    """The same of many cases, by their uids, in the current transaction."""
    asked = {
        row.uid: (row.person_id, records.days_telling(row.person_id, row.about_uid, row.case_id))
        for row in rows
        if row.about_uid is not None and AboutKind(row.about_kind) in OF_AN_ENTRY
    }
    return {uid: Days(*told) for uid, told in zip(asked, read_as_each(*asked.values()), strict=True)}


def days_to_move(row: models.Case, acts: Sequence[CaseEvent], before: Days, at: datetime) -> Days:
    """Where those of the days on a case's entry lie by the law as it is now that stand elsewhere; None: this one stays.

    ``before``: as they stand. What is out by silence stays out.
    """
    if row.about_uid is None or AboutKind(row.about_kind) not in OF_AN_ENTRY:
        return Days()
    now = days_of(row, acts)
    is_out = before.silent is not None and before.silent <= shanghai_day(at)
    return Days(
        silent=None if is_out or now.silent == before.silent else now.silent,
        ended=None if now.ended == before.ended else now.ended,
    )


def recount_days(row: models.Case, acts: Sequence[CaseEvent], before: Days, at: datetime, reason: str) -> bool:
    """Move both days of a case's entry to where they lie by the law as it is now; whether one moved. ``before``: as they stand.

    An appeal that ended too early, by a term that turned out longer, is one again.
    """
    now = days_to_move(row, acts, before, at)
    if now == Days() or row.about_uid is None:
        return False
    told: effects.Beside = {
        "actor": effects.PLATFORM,
        "person_id": row.person_id,
        "uid": row.about_uid,
        "at": at,
        "reason": reason,
    }
    moved = False
    if now.silent is not None:
        moved = _where_it_can(lambda: records.move_clock(clock=row.case_id, lapses_on=now.silent, **told))
    if now.ended is not None:
        if before.ended is not None and before.ended <= shanghai_day(at):
            _where_it_can(lambda: records.mark_entry(kinds=(MarkKind.APPEALED,), **told))
        moved |= _where_it_can(lambda: records.end_appeal_on(ends_on=now.ended, **told))
    return moved


def _where_it_can(move: Callable[[], object]) -> bool:
    """Whether it was done: not on an entry that has ended meanwhile, and by no day later than the newest act gave, which the
    database refuses (``sql/recounted.sql``), so that the entry keeps the earlier one."""
    try:
        with in_transaction():
            move()
    except Refusal as refused:
        if refused.refused.reason not in effects.NOTHING_TO_DO:
            raise
        return False
    except IntegrityError:
        return False
    return True


def write_silence(
    person_id: UUID, uid: UUID, *, actor: Actor = effects.PLATFORM, at: datetime, reason: str = RAN_OUT
) -> int:
    """Write down what ran out of a case, in a transaction of its own: an act that comes too late does not undo it.

    Returns how many terms. Where there is no such case there is none.
    """
    with as_person(person_id):
        row = models.Case.objects.filter(person_id=person_id, uid=uid).first()
        if row is None or not _unwritten(row, at):
            return 0
        records.lock_person(person_id)
        row.refresh_from_db()
        return record_silence(row, at, actor=actor, reason=reason)


def record_silence(
    row: models.Case,
    at: datetime,
    *,
    first: Lapsed | None = None,
    actor: Actor = effects.PLATFORM,
    reason: str = RAN_OUT,
) -> int:
    """The same in the current transaction of the case's person, who was locked. It was so before: this brings the letter, the
    notice and the line of the lists, and makes the state's next act fit. ``first``: what ran out by a law changed since."""
    written = 0
    if first is not None:
        _write_lapses(row, (first,), at)
        written = 1
    ran_out = _unwritten(row, at)
    if ran_out:
        _write_lapses(row, ran_out, at)
        written += len(ran_out)
    if not written:
        return 0
    after = whole(row, at)
    docketing.move(after, late=after.late)
    journal.record(
        actor, "remedy_lapse", effects.OF_A_CASE, row.uid, at=at, reason=reason,
        organisation_id=row.organisation_id,
    )  # fmt: skip
    return written


def _write_lapses(row: models.Case, ran_out: Sequence[Lapsed], at: datetime) -> None:
    """Each lapse with its letter and notice, and with the last days that hold from then on: of the term that ran out, and of
    those that it sets going."""
    # of the terms that run, an earlier lapse started some: they stand as they stood before any was written
    running = {one.clock.matter: one.due for one in (*standing_of(row, at).clocks, *(each.clock for each in ran_out))}
    known = models.Event.objects.filter(person_id=row.person_id, case_id=row.case_id).count()
    for seq, lapsed in enumerate(ran_out, known + 1):
        _record(row, lapsed, running, seq, at)
    row.refresh_from_db()


def _unwritten(row: models.Case, at: datetime) -> Sequence[Lapsed]:
    """The terms that ran out since the last act, as the clocks tell."""
    if row.closed_at is not None:
        return ()
    known = models.Event.objects.filter(person_id=row.person_id, case_id=row.case_id, act=Act.LAPSE.value).count()
    return standing_of(row, at).lapsed[known:]


def _record(row: models.Case, lapsed: Lapsed, running: Mapping[Matter, Deadline], seq: int, at: datetime) -> None:
    flow = WORKFLOWS[row.workflow]
    step = flow.table[lapsed.source, Act.LAPSE]
    told = {matter: running[matter] for matter in (lapsed.clock.clock.matter, *step.starts) if matter in running}
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
            told=told_rows(told),
            sealed=sealed.seal(row.person_id, event_place(row.case_id, seq), {"clock": lapsed.clock.clock.code}),
        )
    )
    effects.carry_out(effects.Doing(row, step, effects.PLATFORM, at, RAN_OUT, NO_DEED))
