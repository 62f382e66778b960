"""When the law's table changes, what was written down follows: an entry's days, the lists, and nothing that was promised."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connections

from chengxin.doors import promises
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor, system
from chengxin.foundation.database import as_person
from chengxin.foundation.models import Journal
from chengxin.kernel.clocks import Length, Unit
from chengxin.kernel.days import shipped_holidays
from chengxin.offices.terms import OrganisationView
from chengxin.records import facade as records
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies import models
from chengxin.remedies.actions import docketing, recounting
from chengxin.remedies.actions.recounting import Recounted, recount_lines
from chengxin.remedies.actions.silence import Days
from chengxin.remedies.models import Docket
from chengxin.remedies.rules.workflows import Law
from chengxin.remedies.terms.cases import Case
from chengxin.remedies.terms.clocks import ClockBook, Matter
from chengxin.remedies.terms.workflows import Act, CaseEvent, HistoryBroken, Standing, Workflow
from tests.doors.commands.calling import call
from tests.people import NOW
from tests.remedies import appeal, confirmed, later, object_to, status_of, step
from tests.residents import Resident, give_penalty, make_resident

LAW = "chengxin.remedies.queries.law"
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _counted(in_town: None) -> None:
    """What other tests left open is none of this one's."""
    Docket.objects.filter(closed_at=None).update(closed_at=NOW, outcome="neither")


def says(law: pytest.MonkeyPatch, matter: Matter, length: Length | None) -> None:
    """The terms of one matter are of this length from now on; None: as they were."""
    book = remedies.shipped_clocks()
    told = {code: replace(one, length=length) for code, one in book.clocks.items() if one.matter is matter and length}
    law.setattr(f"{LAW}.clocks_here", lambda: ClockBook({**book.clocks, **told}, book.sources))


def recount(days: int = 0) -> Recounted:
    return recount_lines(actor=system("test"), at=later(days) + timedelta(hours=1), reason=recounting.ANOTHER_LAW)


def soon(days: int = 0) -> datetime:
    """Of the same day, after it was counted again."""
    return later(days) + timedelta(hours=2)


def line_day(case: Case) -> date | None:
    line = remedies.docket_line(case.uid)
    assert line is not None
    return line.due_on


def last_day(resident: Resident, case: Case, days: int = 0) -> date:
    read = remedies.case_of(actor=resident.someone.actor, uid=case.uid, at=soon(days))
    assert read.due is not None
    return read.due.due.day


def days_told(resident: Resident, uid: UUID, case: Case) -> tuple[date | None, date | None]:
    with as_person(resident.person_id):
        return records.days_told(resident.person_id, uid, case.case_id)


def test_a_notice_of_holidays_makes_a_provisional_day_certain(
    entry: tuple[Resident, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        unnoticed = shipped_holidays().without_notices_from(NOW.year)
        before.setattr(f"{LAW}.holidays_here", lambda: unnoticed)
        case = object_to(*entry)
        first = remedies.docket_line(case.uid)
        assert first is not None
        assert first.provisional
        assert recount() == Recounted()
    assert [recount(), recount()] == [Recounted(lines=1, changed=1), Recounted()]
    line = remedies.docket_line(case.uid)
    assert line is not None
    assert (line.due_on, line.provisional) == (first.due_on, False)


def test_a_shorter_term_takes_the_entry_out_sooner_and_a_longer_one_never_later_than_told(
    entry: tuple[Resident, UUID], caseworker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, uid = entry
    case = step(caseworker, object_to(resident, uid), Act.FORWARD)
    told = last_day(resident, case)
    assert (line_day(case), days_told(resident, uid, case)[0]) == (told, told + timedelta(days=1))
    days = []
    for length in (Length(1, Unit.WORKING_DAYS), None, Length(40, Unit.WORKING_DAYS)):
        says(monkeypatch, Matter.OBJECTION_SUPPLIER, length)
        recount()
        # the case's own page, the lists and what outputs go by say one day
        days.append(last_day(resident, case))
        assert (line_day(case), days_told(resident, uid, case)[0]) == (days[-1], days[-1] + timedelta(days=1))
    assert days[0] < told
    assert days[1:] == [told, told]


def test_what_ran_out_by_the_shorter_term_is_out_at_once_and_written_down(
    entry: tuple[Resident, UUID], caseworker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, uid = entry
    case = step(caseworker, object_to(resident, uid), Act.FORWARD)
    passed = (last_day(resident, case) - TODAY).days
    says(monkeypatch, Matter.OBJECTION_SUPPLIER, Length(1, Unit.WORKING_DAYS))
    assert status_of(resident, uid, at=soon(passed)) is Status.FROZEN
    assert recount(passed).changed == 1
    assert status_of(resident, uid, at=soon(passed)) is Status.SILENT
    # whatever the law is said to be after that: it has happened
    says(monkeypatch, Matter.OBJECTION_SUPPLIER, None)
    recount(passed)
    read = remedies.case_of(actor=resident.someone.actor, uid=case.uid, at=soon(passed))
    assert (read.state, read.silent, read.events[-1].act) == ("removed", True, Act.LAPSE)
    assert read.out_since == days_told(resident, uid, case)[0]
    assert step(resident.someone.actor, case, Act.TAKE_BACK, at=soon(passed)).closed_at is not None


def test_what_an_office_let_pass_by_the_day_that_was_written_has_happened(
    entry: tuple[Resident, UUID], caseworker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its term was said to be shorter, ran out so, and was said to be longer again before anybody wrote it down."""
    resident, uid = entry
    says(monkeypatch, Matter.OBJECTION_SUPPLIER, None)
    case = step(caseworker, object_to(resident, uid), Act.FORWARD)
    passed = (last_day(resident, case) - TODAY).days
    says(monkeypatch, Matter.OBJECTION_SUPPLIER, Length(1, Unit.WORKING_DAYS))
    recount()
    says(monkeypatch, Matter.OBJECTION_SUPPLIER, None)
    assert status_of(resident, uid, at=soon(passed)) is Status.SILENT
    recount(passed)
    read = remedies.case_of(actor=resident.someone.actor, uid=case.uid, at=soon(passed))
    assert (read.state, read.out_since) == ("removed", days_told(resident, uid, case)[0])
    line = remedies.docket_line(case.uid)
    assert line is not None
    assert line.state == "removed"


def test_a_persons_own_term_is_never_shorter_than_told_and_follows_the_longer_one(
    entry: tuple[Resident, UUID], caseworker: Actor, second: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident, uid = entry
    case = confirmed(appeal(resident, uid, on=TODAY), caseworker, second, on=TODAY)
    told = last_day(resident, case)
    over = (told - TODAY).days + 1
    says(monkeypatch, Matter.LAWSUIT_AFTER_RECONSIDERATION, Length(3, Unit.DAYS))
    recount(5)
    assert (last_day(resident, case, 5), line_day(case)) == (told, told)
    assert days_told(resident, uid, case)[1] == told + timedelta(days=1)
    assert status_of(resident, uid, at=soon(5)) is Status.APPEALED
    # it ended by the day that was told, nobody wrote it down, and the law gave more
    assert status_of(resident, uid, at=soon(over)) is Status.IN_FORCE
    says(monkeypatch, Matter.LAWSUIT_AFTER_RECONSIDERATION, Length(30, Unit.DAYS))
    assert recount(over).changed == 1
    longer = last_day(resident, case, over)
    assert longer > told
    assert (line_day(case), days_told(resident, uid, case)[1]) == (longer, longer + timedelta(days=1))
    assert status_of(resident, uid, at=soon(over)) is Status.APPEALED
    assert status_of(resident, uid, at=soon((longer - TODAY).days + 1)) is Status.IN_FORCE


def test_no_door_opens_before_every_case_is_counted(
    entry: tuple[Resident, UUID], caseworker: Actor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = step(caseworker, object_to(*entry), Act.FORWARD)
    says(monkeypatch, Matter.OBJECTION_SUPPLIER, Length(1, Unit.WORKING_DAYS))
    assert promises.terms_are_counted() == ["1"]
    opened: list[list[str]] = []

    class Door:
        def __init__(self, *told: object, **more: object) -> None: ...

        def serve(self) -> None:
            opened.append(promises.terms_are_counted())

    monkeypatch.setattr("granian.Granian", Door)
    with clock.set_for_tests(soon()):
        assert call(capsys, "serve").code == 0
    assert opened == [[]]
    assert line_day(case) == last_day(entry[0], case)


def test_one_case_that_cannot_be_counted_keeps_no_other_from_it(
    entry: tuple[Resident, UUID], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = object_to(*entry)
    for uid in (UUID(int=1), UUID(int=2**128 - 1)):
        line = Docket.objects.get(uid=case.uid)
        line.uid = uid
        line.save(force_insert=True)
    monkeypatch.setattr(recounting, "CHUNK", 1)
    says(monkeypatch, Matter.OBJECTION_PLATFORM, Length(9, Unit.WORKING_DAYS))
    assert recount() == Recounted(lines=1, changed=0, failed=2)
    with clock.set_for_tests(soon()):
        told = call(capsys, "recount")
    assert (told.code, "2 could not be counted" in told.out) == (1, True)


def test_what_the_database_refuses_of_one_case_keeps_no_door_closed(
    entry: tuple[Resident, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = object_to(*entry)

    def refused(*told: object) -> bool:
        raise IntegrityError

    says(monkeypatch, Matter.OBJECTION_PLATFORM, Length(8, Unit.WORKING_DAYS))
    before = line_day(case)
    monkeypatch.setattr(docketing, "recount_many", refused)
    monkeypatch.setattr(docketing, "recount", refused)
    assert recount() == Recounted(lines=0, changed=0, failed=1)
    assert line_day(case) == before


ALONE = "_recount"
"""The way with a transaction of its own for each case."""


@pytest.fixture
def many(supplier: OrganisationView) -> list[tuple[Resident, Case]]:
    """Some people, each with an objection that the platform checks."""
    people = [make_resident() for _ in range(3)]
    return [(one, object_to(one, give_penalty(one, supplier)[1])) for one in people]


def never(*told: object) -> bool:
    raise AssertionError("a transaction of its own")


def test_lines_of_which_the_day_alone_moves_go_together_and_each_is_journalled(
    many: list[tuple[Resident, Case]], monkeypatch: pytest.MonkeyPatch
) -> None:
    uids = [case.uid for _, case in many]
    Docket.objects.filter(uid__in=uids).update(provisional=True, law="another")
    monkeypatch.setattr(recounting, ALONE, never)
    assert [recount(), recount()] == [Recounted(lines=3, changed=3), Recounted()]
    assert not Docket.objects.filter(uid__in=uids, provisional=True).exists()
    rows = Journal.objects.filter(act="recount_case", thing_uid__in=uids)
    assert sorted(rows.values_list("thing_uid", "about_organisation_id", "reason")) == sorted(
        (case.uid, case.organisation_id, recounting.ANOTHER_LAW) for _, case in many
    )
    # by a law that changes nothing of them the mark alone is written
    Docket.objects.filter(uid__in=uids).update(law="another")
    assert recount() == Recounted(lines=3, changed=0)
    assert rows.count() == 3


def test_together_and_alone_come_to_the_same(
    many: list[tuple[Resident, Case]], caseworker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One waits for its source, and the day on its entry moves; that one alone has a transaction of its own."""
    (resident, forwarded), *_ = many
    uids = [case.uid for _, case in many]
    step(caseworker, forwarded, Act.FORWARD)
    one_alone, alone = recounting._recount, list[UUID]()

    def noted(persons: Mapping[UUID, UUID], uid: UUID, run: recounting._Run) -> bool:
        alone.append(uid)
        return one_alone(persons, uid, run)

    def lines() -> list[dict[str, object]]:
        return list(Docket.objects.filter(uid__in=uids).order_by("uid").values())

    monkeypatch.setattr(recounting, ALONE, noted)
    says(monkeypatch, Matter.OBJECTION_SUPPLIER, Length(1, Unit.WORKING_DAYS))
    assert recount() == Recounted(lines=3, changed=1)
    assert alone == [forwarded.uid]
    assert line_day(forwarded) == last_day(resident, forwarded)
    together = lines()
    Docket.objects.filter(uid__in=uids).update(law="another", due_on=TODAY)
    monkeypatch.setattr(recounting, "_count_together", lambda *told: {})
    assert recount().lines == 3
    assert lines() == together


def test_a_term_that_ran_out_is_written_down_in_a_transaction_of_its_own(many: list[tuple[Resident, Case]]) -> None:
    (resident, case), *_ = many
    passed = (last_day(resident, case) - TODAY).days + 1
    Docket.objects.filter(uid=case.uid).update(law="another")
    assert recount(passed) == Recounted(lines=1, changed=1)
    line = Docket.objects.get(uid=case.uid)
    read = remedies.case_of(actor=resident.someone.actor, uid=case.uid, at=soon(passed))
    assert (read.events[-1].act, line.state, line.due_on) == (Act.LAPSE, read.state, last_day(resident, case, passed))


def test_what_an_act_wrote_since_it_was_read_is_not_overwritten(
    many: list[tuple[Resident, Case]], caseworker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, moved), *others = many
    read = recounting.days_told_of_many

    def read_and_moved(rows: Iterable[models.Case]) -> dict[UUID, Days]:
        found = read(rows)
        step(caseworker, moved, Act.FORWARD)
        return found

    Docket.objects.filter(uid__in=[case.uid for _, case in many]).update(law="another")
    monkeypatch.setattr(recounting, "days_told_of_many", read_and_moved)
    alone: list[UUID] = []
    monkeypatch.setattr(recounting, ALONE, lambda *told: bool(alone.append(told[1])))
    assert recount().lines == 3
    assert alone == [moved.uid]
    line = Docket.objects.get(uid=moved.uid)
    assert (line.state, line.matter) == ("forwarded", Matter.OBJECTION_SUPPLIER.value)
    assert all(Docket.objects.get(uid=case.uid).law != "another" for _, case in others)


def test_whose_file_somebody_changes_just_now_is_waited_for_alone(many: list[tuple[Resident, Case]]) -> None:
    """Nobody else's line waits, and what the other wrote is what is counted."""
    (busy, waiting), *others = many
    Docket.objects.filter(uid__in=[case.uid for _, case in many]).update(law="another")
    done: list[Recounted] = []

    def count() -> None:
        try:
            done.append(recount())
        finally:
            connections.close_all()

    counting = threading.Thread(target=count)
    with as_person(busy.person_id):
        records.lock_person(busy.person_id)
        counting.start()
        _until(lambda: not Docket.objects.filter(uid__in=[case.uid for _, case in others], law="another").exists())
        assert Docket.objects.get(uid=waiting.uid).law == "another"
    counting.join()
    assert done == [Recounted(lines=3, changed=0)]
    assert Docket.objects.get(uid=waiting.uid).law != "another"


def _until(holds: Callable[[], bool]) -> None:
    gate = threading.Event()
    for _ in range(600):
        if holds():
            return
        gate.wait(0.05)
    raise AssertionError("it never came")


def test_a_history_that_cannot_be_read_keeps_no_other_from_going_together(
    many: list[tuple[Resident, Case]], caseworker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, broken), *others = many
    step(caseworker, broken, Act.FORWARD)
    Docket.objects.filter(uid__in=[case.uid for _, case in many]).update(law="another")
    read = recounting.as_it_stands

    def read_or_not(flow: Workflow, acts: Sequence[CaseEvent], at: datetime, law: Law) -> Standing:
        if acts[-1].act is Act.FORWARD:
            raise HistoryBroken(workflow=flow.code, state="forwarded", act="forward")
        return read(flow, acts, at, law)

    monkeypatch.setattr(recounting, "as_it_stands", read_or_not)
    assert recount() == Recounted(lines=2, changed=0, failed=1)
    assert Docket.objects.get(uid=broken.uid).law == "another"
    assert all(Docket.objects.get(uid=case.uid).law != "another" for _, case in others)


def test_what_the_database_refuses_of_many_is_counted_one_by_one(
    many: list[tuple[Resident, Case]], monkeypatch: pytest.MonkeyPatch
) -> None:
    Docket.objects.filter(uid__in=[case.uid for _, case in many]).update(provisional=True, law="another")

    def refused(*told: object, **more: object) -> None:
        raise IntegrityError

    monkeypatch.setattr("chengxin.foundation.journal.record_all", refused)
    assert recount() == Recounted(lines=3, changed=3)
