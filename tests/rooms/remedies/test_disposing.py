"""How cases end: by a ruling and by the clock alone. Five years after they were closed they go: whole, by role disposer alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID

import pytest
from django.db import DatabaseError, connections, transaction

from chengxin.foundation import actors, clock
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import DISPOSER
from chengxin.foundation.models import Journal
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import Refusal
from chengxin.remedies import facade as remedies
from chengxin.remedies import models
from chengxin.remedies.terms.cases import Case
from chengxin.remedies.terms.clocks import Matter
from chengxin.remedies.terms.letters import LetterKind, RemedyKind
from chengxin.remedies.terms.workflows import Act
from tests.people import NOW, clock_of_the_database
from tests.remedies import appeal, confirmed, object_to, paper, step
from tests.residents import Resident

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
