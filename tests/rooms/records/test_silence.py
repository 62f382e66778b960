"""An objection with its term on PostgreSQL: nobody answers, and the entry is out on its day with every job stopped (F5)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from chengxin.foundation import actors
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import as_person
from chengxin.kernel.errors import NotFound, Refusal
from chengxin.kernel.ids import new_id
from chengxin.records import facade as records
from chengxin.records.models import Mark
from chengxin.records.rules.visible import effective
from chengxin.records.terms import Audience, EntryView, MarkKind, Status
from tests.entries import SUPPLIER, give_entry, in_catalogue
from tests.people import NOW, Someone, make_person
from tests.records import DATED
from tests.sources import confirm_name

if TYPE_CHECKING:
    from collections.abc import Sequence

SYSTEM = actors.system("test")
OFFICER = Actor(kind="official", official_id=uuid4(), organisation_id=uuid4())
LAPSES = date(2026, 6, 23)
MIDNIGHT = datetime(2026, 6, 22, 16, tzinfo=UTC)
"""00:00 in Shanghai of the day on which the term has run out."""
BEFORE, AFTER = MIDNIGHT - timedelta(seconds=1), MIDNIGHT + timedelta(days=30)


@pytest.fixture(scope="module", autouse=True)
def _items(city: None) -> None:
    in_catalogue("TEST-01")


class Contested:
    """Somebody's entry, with what is done to it and what it then is."""

    def __init__(self, lapses_on: date | None = LAPSES, **given: object) -> None:
        self.someone: Someone = make_person()
        confirm_name(self.someone, SUPPLIER)
        _, self.uid = give_entry(self.someone, **given)  # type: ignore[arg-type]
        self.clocks: list[UUID] = []
        self.receipt = self.object(NOW, lapses_on)

    def object(self, at: datetime, lapses_on: date | None = LAPSES) -> UUID:
        """One objection and its clock; a repeat joins, and whoever keeps the clock moves none."""
        receipt = records.object_to_entry(
            actor=self.someone.actor, person_id=self.someone.person_id, uid=self.uid, not_mine=False, at=at,
            reason="facts_wrong",
        )  # fmt: skip
        if lapses_on is not None and receipt not in self.clocks:
            self.clocks.append(receipt)
            self.move(lapses_on, at)
        return receipt

    def move(self, lapses_on: date | None, at: datetime, actor: Actor = SYSTEM) -> None:
        records.move_clock(
            actor=actor, person_id=self.someone.person_id, uid=self.uid, clock=self.clocks[-1], lapses_on=lapses_on,
            at=at, reason="extended",
        )  # fmt: skip

    def end(self, at: datetime, *, unfreeze: bool = True) -> None:
        self.mark(MarkKind.OBJECTION_ENDED, at)
        if unfreeze and MarkKind.FROZEN in effective([one.kind for one in self.now(at).marks]):
            self.mark(MarkKind.UNFROZEN, at)
        if self.clocks:
            self.move(None, at)

    def mark(self, kind: MarkKind, at: datetime, approved_by: UUID | None = None) -> None:
        records.mark_entry(
            actor=OFFICER, person_id=self.someone.person_id, uid=self.uid, kinds=(kind,), at=at, reason="decided",
            approved_by=approved_by,
        )  # fmt: skip

    def readmit(self, at: datetime) -> None:
        self.mark(MarkKind.READMITTED, at, approved_by=uuid4())

    def now(self, at: datetime) -> EntryView:
        with as_person(self.someone.person_id):
            (entry,) = records.entries_with_any_status(self.someone.person_id, shown_at=at, known_at=at)
        return entry

    def status(self, at: datetime) -> Status:
        return self.now(at).status

    def shown(self, at: datetime, audiences: Sequence[Audience] = tuple(Audience)) -> set[Audience]:
        found = set()
        for audience in audiences:
            named = {"supplier": SUPPLIER} if audience is Audience.SUPPLIER else {}
            with as_person(self.someone.person_id):
                if records.entries_for(self.someone.person_id, audience, at=at, **named):
                    found.add(audience)
        return found


@pytest.mark.parametrize(("nature", "waits"), [(2, Status.FROZEN), (1, Status.OBJECTED)])
def test_nobody_answers_and_it_is_out_from_midnight_in_shanghai_on(nature: int, waits: Status) -> None:
    entry = Contested(nature=nature, act_class=2 if nature == 2 else 0)
    assert entry.status(BEFORE) is waits
    assert entry.now(BEFORE).lapses_on == LAPSES
    assert entry.status(MIDNIGHT) is Status.SILENT
    assert entry.status(AFTER) is Status.SILENT
    assert entry.now(AFTER).lapses_on == LAPSES
    assert entry.shown(AFTER) == {Audience.SUBJECT_HELD, Audience.SUPPLIER, Audience.ARCHIVE}


def test_without_a_term_it_stays_contested() -> None:
    assert Contested(None).status(AFTER) is Status.FROZEN
    assert Contested(None).now(AFTER).lapses_on is None


def test_an_answer_in_time_stops_the_term_and_the_entry_counts_again() -> None:
    entry = Contested()
    entry.end(BEFORE)
    assert entry.status(AFTER) is Status.IN_FORCE
    assert entry.now(AFTER).lapses_on is None
    assert Audience.ASKER in entry.shown(AFTER)


def test_an_objection_can_end_without_the_pause_and_one_to_an_honour_has_none() -> None:
    entry = Contested()
    entry.end(BEFORE, unfreeze=False)
    assert entry.status(AFTER) is Status.FROZEN
    honour = Contested(nature=1, act_class=0)
    honour.end(BEFORE)
    assert honour.status(AFTER) is Status.IN_FORCE
    with pytest.raises(Refusal, match="nothing_to_end"):
        honour.end(AFTER)


@pytest.mark.parametrize("at", [MIDNIGHT, AFTER])
def test_an_answer_too_late_does_not_bring_it_back_and_one_person_cannot(at: datetime) -> None:
    entry = Contested()
    entry.end(at)
    assert entry.status(at) is Status.SILENT
    assert entry.status(at + timedelta(days=30)) is Status.SILENT
    assert OFFICER.official_id is not None
    for approver in (None, OFFICER.official_id):
        with pytest.raises(IntegrityError, match="records_mark_readmitted_by_two"):
            entry.mark(MarkKind.READMITTED, at, approved_by=approver)
    entry.readmit(at + timedelta(hours=1))
    assert entry.status(at + timedelta(hours=1)) is Status.IN_FORCE


def test_the_clock_is_moved_and_stopped_while_it_runs_and_not_after() -> None:
    entry = Contested()
    later = LAPSES + timedelta(days=3)
    entry.move(later, BEFORE)
    assert entry.now(MIDNIGHT).lapses_on == later
    assert entry.status(MIDNIGHT) is Status.FROZEN
    assert entry.status(MIDNIGHT + timedelta(days=3)) is Status.SILENT
    entry.move(None, MIDNIGHT + timedelta(days=3))
    assert entry.status(MIDNIGHT + timedelta(days=4)) is Status.SILENT, "too late"
    stopped = Contested()
    stopped.move(None, BEFORE)
    assert stopped.status(AFTER) is Status.FROZEN


def test_its_person_moves_no_clock() -> None:
    entry = Contested()
    with pytest.raises(Refusal, match="not_an_official"):
        entry.move(None, BEFORE, actor=entry.someone.actor)


def test_a_second_objection_has_its_own_receipt_and_term() -> None:
    entry = Contested()
    entry.end(BEFORE)
    receipt = entry.object(BEFORE, LAPSES + timedelta(days=10))
    assert receipt != entry.receipt
    assert entry.status(MIDNIGHT) is Status.FROZEN
    assert entry.status(MIDNIGHT + timedelta(days=10)) is Status.SILENT
    entry.readmit(MIDNIGHT + timedelta(days=11))
    entry.end(MIDNIGHT + timedelta(days=11))
    entry.object(MIDNIGHT + timedelta(days=11), LAPSES + timedelta(days=20))
    assert entry.status(MIDNIGHT + timedelta(days=19)) is Status.FROZEN
    assert entry.status(MIDNIGHT + timedelta(days=20)) is Status.SILENT
    entry.readmit(MIDNIGHT + timedelta(days=21))
    assert entry.status(MIDNIGHT + timedelta(days=21)) is Status.FROZEN


def test_a_repeat_joins_and_keeps_the_term_of_the_first() -> None:
    entry = Contested()
    assert entry.object(BEFORE, LAPSES + timedelta(days=90)) == entry.receipt
    assert entry.status(MIDNIGHT) is Status.SILENT


def test_another_version_of_a_silent_entry_is_silent_too() -> None:
    entry = Contested()
    held = entry.now(AFTER)
    give_entry(entry.someone, entry_id=held.entry_id, uid=held.uid, version=2, known_from=AFTER)
    with as_person(entry.someone.person_id):
        found = records.entries_with_any_status(entry.someone.person_id, shown_at=AFTER, known_at=AFTER)
    assert {one.version: one.status for one in found} == {1: Status.SUPERSEDED, 2: Status.SILENT}


def test_what_is_out_can_still_be_withdrawn_repaired_and_appealed() -> None:
    for kind, found in (
        (MarkKind.WITHDRAWN, Status.WITHDRAWN),
        (MarkKind.REPAIRED, Status.REPAIRED),
        (MarkKind.APPEALED, Status.SILENT),
    ):
        entry = Contested()
        entry.mark(kind, AFTER)
        assert entry.status(AFTER) is found


def test_hidden_is_out_of_every_output_until_two_bring_it_back() -> None:
    entry = Contested(None)
    entry.end(NOW)
    entry.mark(MarkKind.HIDDEN, NOW)
    assert entry.status(NOW) is Status.HIDDEN
    assert entry.shown(NOW) == {Audience.SUBJECT_HELD, Audience.SUPPLIER, Audience.ARCHIVE}
    with pytest.raises(Refusal, match="entry_wrong_status"):
        entry.mark(MarkKind.HIDDEN, NOW)
    entry.readmit(NOW)
    assert entry.status(NOW) is Status.IN_FORCE
    entry.mark(MarkKind.HIDDEN, NOW)
    assert entry.status(NOW) is Status.HIDDEN


def test_a_clock_is_of_an_entry() -> None:
    with pytest.raises(NotFound):
        records.move_clock(
            actor=SYSTEM,
            person_id=Contested().someone.person_id,
            uid=uuid4(),
            clock=uuid4(),
            lapses_on=None,
            at=NOW,
            reason="x",
        )


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        *((kind, {"lapses_on": LAPSES}) for kind in MarkKind if kind not in DATED),
        *((kind, {"clock": uuid4()}) for kind in MarkKind if kind is not MarkKind.CLOCK_MOVED),
    ],
)
def test_the_database_knows_terms_of_clocks_alone(kind: MarkKind, given: dict[str, object]) -> None:
    entry = Contested()
    told = {"final_on": LAPSES} if kind is MarkKind.SERVED else {}
    with as_person(entry.someone.person_id), pytest.raises(IntegrityError, match="records_mark_term_of_a_clock"):
        Mark.objects.create(
            person_id=entry.someone.person_id, mark_id=new_id(NOW), entry_id=entry.now(NOW).entry_id, version=1, uid=uuid4(),
            kind=int(kind), at=NOW, by_kind="person", by_id=uuid4(), approved_by=uuid4(), reason="x", **told, **given,
        )  # fmt: skip


def test_the_file_says_the_day_and_since_when() -> None:
    entry = Contested()
    told = records.entry_as_of(entry.now(MIDNIGHT), {})
    assert (told["status"], told["lapses_on"]) == ("silent", "2026-06-23")
