"""How cases end: by a ruling and by the clock alone. Five years after they were closed they go: whole, by role disposer alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

import pytest
from django.db import DatabaseError, connections, transaction

from chengxin.foundation import actors, clock, keystore, outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import DISPOSER, as_person
from chengxin.foundation.models import Journal
from chengxin.kernel.days import ONE_DAY, day_starts_at, shanghai_day
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_uid
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies import models
from chengxin.remedies.actions.writing_down import write_down_silence
from chengxin.remedies.terms.cases import About, AboutKind, Case, CaseMoved, Deed, Handed, PaperKind
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.letters import LetterKind, RemedyKind
from chengxin.remedies.terms.unnamed import Concern
from chengxin.remedies.terms.workflows import Act, Effect, Outcome
from tests.people import NOW, clock_of_the_database
from tests.remedies import FOR, PDF, appeal, confirmed, later, object_to, paper, status_of, step
from tests.residents import Resident

SECOND = timedelta(seconds=1)
SYSTEM = actors.system("dispose")
TABLES = (models.Case, models.Event, models.Letter, models.Paper, models.PaperContent, models.Opening)


@pytest.fixture(scope="module", autouse=True)
def _clock_stands_still(in_town: None) -> Iterator[None]:
    with clock.set_for_tests(NOW):
        yield


RULED: Final = {
    Act.TELL_RECONSIDERATION: (LetterKind.RULED, RemedyKind.LAWSUIT, Matter.LAWSUIT_AFTER_RECONSIDERATION),
    Act.TELL_LAWSUIT: (LetterKind.JUDGED, RemedyKind.APPEAL, Matter.LAWSUIT_APPEAL),
}


@pytest.mark.parametrize("act", RULED)
def test_after_a_ruling_letter_clock_and_list_tell_fifteen_days_from_its_service(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor, act: Act
) -> None:
    """行政诉讼法 45 and 85: from the day it reached the person, not from the day two officials got to it; and nothing else."""
    resident, uid = entry
    case = appeal(resident, uid, act, on=date(2026, 4, 1))
    with pytest.raises(Refusal) as refused:
        confirmed(case, caseworker, second, on=date(2026, 3, 31))
    assert refused.value.refused.reason == "day_too_early"
    ruled = confirmed(case, caseworker, second, on=date(2026, 5, 25))
    kind, remedy, matter = RULED[act]
    (letter,) = ruled.letters
    assert (letter.kind, letter.draft.counted_from) == (kind, date(2026, 5, 25))
    assert [(one.kind, one.last_on) for one in letter.draft.remedies] == [(remedy, date(2026, 6, 9))]
    assert [(one.clock.matter, one.due.day) for one in ruled.clocks] == [(matter, date(2026, 6, 9))]
    line = remedies.docket_line(case.uid)
    assert line is not None
    assert (line.matter, line.due_on) == (matter, date(2026, 6, 9))
    told = models.Event.objects.using("owner").get(case_id=case.case_id, act=Act.AGREE).told
    assert told == {matter.value: ["2026-06-09", False]}


@dataclass(frozen=True)
class End:
    """A case that a clock closes: in which state, how it ends, and whether its person is told besides the letter."""

    state: str
    outcome: Outcome
    told: int
    begin: Callable[..., Case]


def _asked_back(resident: Resident, uid: UUID, caseworker: Actor, second: Actor, answerer: Actor, at: datetime) -> Case:
    removed = object_to(resident, uid, at=at)
    step(caseworker, removed, Act.UPHOLD, Deed(reason="说明", letter=FOR), at=at)
    certificate = Handed(PaperKind.CERTIFICATE, "证明.pdf", PDF)
    return remedies.ask_back(
        actor=answerer, uid=removed.uid, certificate=certificate, deed=Deed(reason="复核属实"), at=at, reason="asked"
    )


def _invited(resident: Resident, uid: UUID, caseworker: Actor, second: Actor, answerer: Actor, at: datetime) -> Case:
    cause = object_to(resident, uid, at=at)
    deed = Deed(reason="想当面听您说。", rights_told=True)
    return remedies.invite(actor=caseworker, uid=cause.uid, deed=deed, at=at, reason="asked")


def _kept(resident: Resident, uid: UUID, caseworker: Actor, second: Actor, answerer: Actor, at: datetime) -> Case:
    me = resident.someone.actor
    case = remedies.open_case(
        actor=me, person_id=resident.person_id, workflow="commitment", about=About(AboutKind.ENTRY, uid), act=Act.PROMISE,
        deed=Deed(reason="按时标价。"), at=at, reason="own_promise",
    )  # fmt: skip
    return step(me, case, Act.REPORT, at=at)


def _contested(resident: Resident, uid: UUID, caseworker: Actor, second: Actor, answerer: Actor, at: datetime) -> Case:
    case = appeal(resident, uid, on=shanghai_day(at), at=at)
    return confirmed(case, caseworker, second, on=shanghai_day(at), at=at)


ENDS: Final = {
    "readmission": End("out", Outcome.FOR, 1, _asked_back),
    "interview": End("unanswered", Outcome.NEITHER, 0, _invited),
    "commitment": End("fulfilled", Outcome.FOR, 0, _kept),
    "appeal": End("ended", Outcome.AGAINST, 0, _contested),
}
"""Workflow -> its end by the clock. Complete by test."""


def test_every_end_by_the_clock_stands_among_them() -> None:
    ends = {
        (flow.code, step.target.value, flow.closed[step.target], int(Effect.TELL in step.effects))
        for flow in remedies.WORKFLOWS.values()
        for step in flow.steps
        if step.act is Act.LAPSE and step.target in flow.closed
    }
    assert ends == {(code, end.state, end.outcome, end.told) for code, end in ENDS.items()}


def open_lines(case: Case, at: datetime) -> int:
    """Whether the case waits in its office's list."""
    with clock.set_for_tests(at):
        return sum(one.uid == case.uid for one in remedies.open_cases(case.organisation_id))


def notices(case: Case) -> list[str]:
    """What its person was told of it, and of its letters."""
    with as_person(case.person_id):
        told = outbox.notices_of(case.person_id)
    own = {case.case_id, *(one.letter_id for one in case.letters)}
    return sorted(one.kind for one in told if one.subject_id in own)


@pytest.mark.parametrize("how", ["by the job", "by an act that comes too late", "by what is asked for next"])
@pytest.mark.parametrize("code", ENDS)
def test_what_the_clock_ends_has_ended(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor, answerer: Actor, code: str, how: str
) -> None:
    """It is over on its day with every job stopped; letter and notice go once, and a new one can be asked for."""
    resident, uid = entry
    me, end = resident.someone.actor, ENDS[code]
    hands = (caseworker, second, answerer)
    before = status_of(resident, uid)
    case = end.begin(resident, uid, *hands, NOW)
    told = notices(case)
    waiting = next(one.due.day for one in case.clocks if one.clock.matter in _watched(case))
    last, after = day_starts_at(waiting + ONE_DAY) - SECOND, day_starts_at(waiting + ONE_DAY)
    assert (open_lines(case, last), open_lines(case, after)) == (1, 0)
    if code == "appeal":
        assert (status_of(resident, uid, at=last), status_of(resident, uid, at=after)) == (Status.APPEALED, before)
    # nothing is written yet, and its person reads that it is over
    read = remedies.case_of(actor=me, uid=case.uid, at=after)
    assert (read.state, read.outcome, read.closed_at) == (end.state, end.outcome, None)
    if how == "by the job":
        counts = [write_down_silence(actor=SYSTEM, at=after, reason="test") for _ in range(2)]
        assert counts[0] >= 1
        assert counts[1] == 0
    elif how == "by an act that comes too late":
        for _ in range(2):
            with pytest.raises(Refusal) as refused:
                remedies.take_step(actor=me, uid=case.uid, act=Act.TAKE_BACK, seen=None, at=after, reason="test")
            assert refused.value.refused.reason in ("wrong_state", "not_your_act")
    if how == "by what is asked for next" or code != "readmission":
        again = _again(code, resident, uid, caseworker, answerer, after)
        assert again.uid != case.uid
        assert again.outcome is None
    done = remedies.case_of(actor=me, uid=case.uid, at=after)
    assert (done.state, done.closed_at) == (end.state, after)
    assert done.letters[-1].draft.result.startswith("lapsed:")
    assert len(done.letters) == len(case.letters) + 1
    assert notices(done) == sorted([*told, "remedy_letter", *["remedy_moved"] * end.told])
    line = remedies.docket_line(case.uid)
    assert line is not None
    assert (line.closed_at, line.outcome, line.due_on) == (after, end.outcome, None)


def _watched(case: Case) -> tuple[Matter, ...]:
    flow = remedies.WORKFLOWS[case.workflow]
    return flow.table[flow.states(case.state), Act.LAPSE].terms


def _again(code: str, resident: Resident, uid: UUID, caseworker: Actor, answerer: Actor, at: datetime) -> Case:
    """The same is asked for anew."""
    me = resident.someone.actor
    if code == "appeal":
        return appeal(resident, uid, Act.TELL_LAWSUIT, on=shanghai_day(at), at=at)
    if code == "commitment":
        return remedies.open_case(
            actor=me, person_id=resident.person_id, workflow=code, about=About(AboutKind.ENTRY, uid), act=Act.PROMISE,
            deed=Deed(reason="继续按时标价。"), at=at, reason="own_promise",
        )  # fmt: skip
    cause = next(one for one in remedies.cases_of(actor=me, at=at) if one.workflow == "objection")
    if code == "interview":
        deed = Deed(reason="再请您来一次。", rights_told=True)
        return remedies.invite(actor=caseworker, uid=cause.uid, deed=deed, at=at, reason="asked")
    certificate = Handed(PaperKind.CERTIFICATE, "证明.pdf", PDF + b"2")
    return remedies.ask_back(
        actor=answerer, uid=cause.uid, certificate=certificate, deed=Deed(reason="再次请求"), at=at, reason="asked"
    )


def test_going_on_to_the_court_keeps_the_entry_with_its_person(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor
) -> None:
    resident, uid = entry
    case = _contested(resident, uid, caseworker, second, caseworker, NOW)
    deed = Deed(filing="（2026）云行初3号", on=date(2026, 6, 10))
    step(resident.someone.actor, case, Act.TELL_LAWSUIT, deed, at=later(10))
    assert status_of(resident, uid, at=later(100)) is Status.APPEALED
    back = step(resident.someone.actor, case, Act.TAKE_BACK, at=later(101))
    assert (back.state, status_of(resident, uid, at=later(101))) == ("taken_back", Status.IN_FORCE)


def test_who_is_taken_out_by_silence_hears_it_once(entry: tuple[Resident, UUID], caseworker: Actor) -> None:
    """From the job or with the next act, whichever comes first; a page that showed it takes the act."""
    resident, uid = entry
    case = object_to(resident, uid)
    told = notices(case)
    seen = len(case.events)
    assert write_down_silence(actor=SYSTEM, at=later(20), reason="test") >= 1
    assert write_down_silence(actor=SYSTEM, at=later(21), reason="test") == 0
    silent = remedies.case_of(actor=resident.someone.actor, uid=case.uid, at=later(21))
    assert (silent.state, notices(silent)) == ("removed", [*told, "remedy_moved"])
    with pytest.raises(CaseMoved):
        remedies.take_step(
            actor=resident.someone.actor, uid=case.uid, act=Act.TAKE_BACK, seen=seen, at=later(21), reason="test"
        )


@pytest.fixture
def closed(entry: tuple[Resident, UUID], caseworker: Actor) -> tuple[Resident, Case]:
    """A case that its person took back, with a paper that an official opened."""
    resident, uid = entry
    case = object_to(resident, uid)
    handed = paper(resident.someone.actor, case)
    remedies.open_paper(actor=caseworker, uid=case.uid, paper_id=handed.paper_id, at=NOW, reason="read")
    return resident, step(resident.someone.actor, case, Act.TAKE_BACK)


def age(case: Case, years: float) -> None:
    """As if it had been closed so long ago, by the clock of the database, which the guard reads."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE remedies_case DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE remedies_case SET opened_at = now() - make_interval(days => %s + 1),"
            " closed_at = now() - make_interval(days => %s) WHERE uid = %s",
            [int(years * 366), int(years * 366), case.uid],
        )
        cursor.execute("ALTER TABLE remedies_case ENABLE TRIGGER USER")


def left(resident: Resident) -> list[int]:
    """How many rows of each table are about this person."""
    return [model.objects.using("owner").filter(person_id=resident.person_id).count() for model in TABLES]


def disposed() -> int:
    today = shanghai_day(clock_of_the_database())
    return remedies.dispose_cases(actor=SYSTEM, today=today, at=NOW, reason="retention_ended")


def test_a_case_goes_whole_five_years_after_it_was_closed(closed: tuple[Resident, Case]) -> None:
    resident, case = closed
    assert all(left(resident))
    age(case, 5)
    assert disposed() == 1
    assert disposed() == 0
    assert left(resident) == [0] * len(TABLES)
    assert not models.Docket.objects.filter(uid=case.uid).exists()
    assert not models.CasePerson.objects.using("owner").filter(uid=case.uid).exists()
    assert Journal.objects.filter(act="dispose_cases").latest("at").reason == "retention_ended: 1"


def test_what_is_open_or_younger_stays(closed: tuple[Resident, Case], entry: tuple[Resident, UUID]) -> None:
    resident, case = closed
    age(case, 4.9)
    before = left(resident)
    assert disposed() == 0
    assert left(resident) == before


def test_a_paper_of_another_case_stays_with_it(closed: tuple[Resident, Case], entry: tuple[Resident, UUID]) -> None:
    """The same receipt in two cases is kept once; it goes with the last of them."""
    resident, case = closed
    again = object_to(resident, entry[1])
    paper(resident.someone.actor, again)
    age(case, 5)
    assert disposed() == 1
    with_papers = remedies.case_of(actor=resident.someone.actor, uid=again.uid, at=NOW)
    (kept,) = with_papers.papers
    assert remedies.open_paper(
        actor=resident.someone.actor, uid=again.uid, paper_id=kept.paper_id, at=NOW, reason="read"
    )[1]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_nobody_deletes_what_is_not_over(closed: tuple[Resident, Case], model: type[models.Case]) -> None:
    resident, _ = closed
    before = left(resident)
    for alias in (DISPOSER, "default", "owner"):
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute("SELECT set_config('chengxin.person', %s, true)", [str(resident.person_id)])
            with pytest.raises(DatabaseError), transaction.atomic(using=alias):
                cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE person_id = %s", [resident.person_id])
    assert left(resident) == before


def test_the_disposer_reads_nothing_of_what_was_said() -> None:
    for column, table in (("sealed", "remedies_event"), ("sealed", "remedies_letter"), ("act", "remedies_event")):
        with pytest.raises(DatabaseError, match="permission denied"), connections[DISPOSER].cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {table}")


# ---- complaints without a name ------------------------------------------------------------------------------------


def complaint(caseworker: Actor, *, answered_days_ago: int | None) -> UUID:
    """One that was taken in, and answered so long ago by the clock of the database, which the guard reads."""
    receipt = remedies.complain_unnamed(
        actor=actors.system("made_for_a_test"),
        concern=Concern.LATE,
        office=None,
        words="一直没有答复。",
        at=NOW,
        reason="x",
    )
    uid = models.Unnamed.objects.get(number=receipt.number).uid
    if answered_days_ago is not None:
        at = clock_of_the_database() - timedelta(days=answered_days_ago)
        remedies.answer_unnamed(actor=caseworker, uid=uid, founded=True, answer="已经答复。", at=NOW, reason="x")
        with connections["owner"].cursor() as cursor:
            cursor.execute("ALTER TABLE remedies_unnamed_answer DISABLE TRIGGER USER")
            cursor.execute("UPDATE remedies_unnamed_answer SET at = %s WHERE complaint_id = %s", [at, uid])
            cursor.execute("ALTER TABLE remedies_unnamed_answer ENABLE TRIGGER USER")
    return uid


def test_a_complaint_without_a_name_goes_with_its_key_five_years_after_its_answer(caseworker: Actor) -> None:
    old, young, waiting = (complaint(caseworker, answered_days_ago=days) for days in (5 * 366, 5 * 365 - 2, None))
    of_none = new_uid()
    keystore.make_many("complaint", [of_none], alias=keystore.WEB)
    today = shanghai_day(clock_of_the_database())
    assert remedies.dispose_unnamed(actor=SYSTEM, today=today, at=NOW, reason="retention_ended") == 1
    assert remedies.dispose_unnamed(actor=SYSTEM, today=today, at=NOW, reason="retention_ended") == 0
    assert keystore.load_many("complaint", [of_none], alias=keystore.WEB), "it may be of one that is being written"
    later = clock_of_the_database() + timedelta(days=2)
    assert remedies.dispose_unnamed(actor=SYSTEM, today=today, at=later, reason="retention_ended") == 0
    assert set(models.Unnamed.objects.values_list("uid", flat=True)) >= {young, waiting}
    assert not models.Unnamed.objects.filter(uid=old).exists()
    assert set(keystore.load_many("complaint", [old, young, waiting, of_none], alias=keystore.WEB)) == {young, waiting}
    for uid in (young, waiting):
        with pytest.raises(DatabaseError, match="stays_until_its_day"), connections[DISPOSER].cursor() as cursor:
            cursor.execute("DELETE FROM remedies_unnamed WHERE uid = %s", [uid])
    for column, table in (("sealed", "remedies_unnamed"), ("sealed", "remedies_unnamed_answer")):
        with pytest.raises(DatabaseError, match="permission denied"), connections[DISPOSER].cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {table}")
