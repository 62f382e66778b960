"""When the law's table changes, what was written down follows: an entry's days, the lists, and nothing that was promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError

from chengxin.doors import promises
from chengxin.foundation import clock
from chengxin.foundation.actors import Actor, system
from chengxin.foundation.database import as_person
from chengxin.kernel.clocks import Length, Unit
from chengxin.kernel.days import shipped_holidays
from chengxin.records import facade as records
from chengxin.records.terms import Status
from chengxin.remedies import facade as remedies
from chengxin.remedies.actions import docketing, recounting
from chengxin.remedies.actions.recounting import Recounted, recount_lines
from chengxin.remedies.models import Docket
from chengxin.remedies.terms.cases import Case
from chengxin.remedies.terms.clocks import ClockBook, Matter
from chengxin.remedies.terms.workflows import Act
from tests.doors.commands.calling import call
from tests.people import NOW
from tests.remedies import appeal, confirmed, later, object_to, status_of, step
from tests.residents import Resident

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
    monkeypatch.setattr(docketing, "recount", refused)
    assert recount() == Recounted(lines=0, changed=0, failed=1)
    assert line_day(case) == before
