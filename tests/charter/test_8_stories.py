"""Charter 8, attacked by stories: marks, recalls, corrections and ends of one entry in any order, looked at at any hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connections
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chengxin.foundation import clock
from chengxin.foundation.database import as_person
from chengxin.kernel.ids import new_id
from chengxin.records import facade as records
from chengxin.records.terms import Audience, MarkKind, Status
from tests.charter.people import shown
from tests.entries import SUPPLIER, give_entry
from tests.people import NOW, Someone, make_person
from tests.records import the_ledger_alone
from tests.rooms.collection.making import Supplier, make_supplier
from tests.sources import confirm_name

OTHERS = (Audience.ASKER, Audience.PUBLIC)
# the one shipped item whose law orders publication and that the invented city leaves as it is
PUBLISHED = "penalty_groundwater"


@pytest.fixture(scope="module", autouse=True)
def supplier(city: None) -> Iterator[Supplier]:
    the_ledger_alone()
    with clock.set_for_tests(NOW):
        yield make_supplier()


# ---- stories of marks in any order ---------------------------------------------------------------------------------

FROM = NOW
REMOVING = {MarkKind.WITHDRAWN, MarkKind.REPAIRED, MarkKind.EXPIRED_EARLY, MarkKind.HIDDEN}
PAIRS = {
    MarkKind.FROZEN: MarkKind.UNFROZEN,
    MarkKind.DECLINED: MarkKind.UNDECLINED,
    MarkKind.APPEALED: MarkKind.APPEAL_ENDED,
}


CLOCK, TERM = uuid4(), timedelta(days=5)
"""The one case of a story, and how long its office has."""


@dataclass(frozen=True)
class Story:
    """What happened to one entry: marks with their hours from ``FROM``, and the ends that no mark brings."""

    marks: tuple[tuple[int, MarkKind], ...]
    display_days: int
    recalled_hour: int | None
    corrected_hour: int | None

    def gone_at(self, at: datetime) -> bool:
        """Whether others must not see the first version at this moment. Read from the charter and F5, not from the code."""
        told = [kind for hour, kind in sorted(self.marks, key=lambda one: one[0]) if FROM + timedelta(hours=hour) <= at]
        day = (at + timedelta(hours=8)).date()
        gone = day >= NOW.date() + timedelta(days=self.display_days)
        for hour in (self.recalled_hour, self.corrected_hour):
            gone |= hour is not None and FROM + timedelta(hours=hour) <= at
        removed = [place for place, kind in enumerate(told) if kind in REMOVING]
        back = [place for place, kind in enumerate(told) if kind is MarkKind.READMITTED]
        gone |= bool(removed) and (not back or back[-1] < removed[-1])
        gone |= MarkKind.DISPOSED in told or self.silent_at(at)
        for begins, ends in PAIRS.items():
            places = [place for place, kind in enumerate(told) if kind in (begins, ends)]
            gone |= bool(places) and told[places[-1]] is begins
        return gone

    def silent_at(self, at: datetime) -> bool:
        """Whether an office let a term of its clock pass, and no two people brought the entry back since."""
        silent, term = False, None
        for hour, kind in [*sorted(self.marks, key=lambda one: one[0]), (None, None)]:
            moment = at if hour is None else FROM + timedelta(hours=hour)
            if moment > at:
                continue
            day = (moment + timedelta(hours=8)).date()
            if term is not None and day >= term:
                silent, term = True, None
            if kind is MarkKind.READMITTED:
                silent = False
            if kind is MarkKind.CLOCK_MOVED:
                term = day + TERM
        return silent


marks = st.lists(
    st.tuples(st.integers(0, 24 * 40), st.sampled_from([kind for kind in MarkKind if kind is not MarkKind.SERVED])),
    max_size=8,
    unique_by=lambda one: one[0],
).map(tuple)
stories = st.builds(
    Story,
    marks=marks,
    display_days=st.integers(-5, 50),
    recalled_hour=st.none() | st.integers(0, 24 * 40),
    corrected_hour=st.none() | st.integers(0, 24 * 40),
)


def term_of(kind: MarkKind, at: datetime) -> tuple[UUID | None, date | None]:
    """The clock that a mark moves, and to which day."""
    if kind is not MarkKind.CLOCK_MOVED:
        return None, None
    return CLOCK, (at + timedelta(hours=8)).date() + TERM


def happened(story: Story) -> tuple[Someone, UUID, UUID]:
    """The entry with its story, as rows, whatever a workflow would have said to it: somebody, and uid and entry id."""
    someone, batch = make_person(), uuid4()
    confirm_name(someone, SUPPLIER)
    facts = {
        "item": PUBLISHED,
        "decided_on": date(2025, 9, 1),
        "served_on": date(2025, 9, 2),
        "final_on": date(2026, 3, 3),
        "known_from": FROM - timedelta(days=1),
        "display_until": NOW.date() + timedelta(days=story.display_days),
        "act_class": 2,
    }
    entry, uid = give_entry(someone, batch_id=batch, **facts)  # type: ignore[arg-type]
    if story.corrected_hour is not None:
        later = {**facts, "known_from": FROM + timedelta(hours=story.corrected_hour), "final_on": None}
        give_entry(someone, entry_id=entry, uid=uid, version=2, **later)  # type: ignore[arg-type]
    with connections["owner"].cursor() as cursor:
        if story.recalled_hour is not None:
            cursor.execute(
                "INSERT INTO records_recall (batch_id, uid, at, reason, organisation_id, asked_by, approved_by)"
                " VALUES (%s, %s, %s, 'test', %s, %s, %s)",
                [batch, uuid4(), FROM + timedelta(hours=story.recalled_hour), SUPPLIER, uuid4(), uuid4()],
            )
    with connections["intake"].cursor() as cursor:
        for hour, kind in sorted(story.marks, key=lambda one: one[0]):
            at = FROM + timedelta(hours=hour)
            approver = uuid4() if kind is MarkKind.READMITTED else None
            by = "person" if kind is MarkKind.STATEMENT_ENDED else "official"
            cursor.execute(
                "INSERT INTO records_mark (person_id, mark_id, entry_id, version, uid, kind, at, by_kind, by_id, approved_by,"
                " reason, clock, lapses_on) VALUES (%s, %s, %s, 1, %s, %s, %s, %s, %s, %s, 'test', %s, %s)",
                [
                    someone.person_id,
                    new_id(at),
                    entry,
                    uuid4(),
                    int(kind),
                    at,
                    by,
                    uuid4(),
                    approver,
                    *term_of(kind, at),
                ],
            )
    return someone, uid, entry


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories, st.lists(st.integers(0, 24 * 60), min_size=1, max_size=4))
@example(
    Story(((10, MarkKind.WITHDRAWN), (20, MarkKind.READMITTED), (30, MarkKind.REPAIRED)), 50, None, None), [25, 31]
)
@example(Story(((10, MarkKind.FROZEN), (20, MarkKind.UNFROZEN), (30, MarkKind.FROZEN)), 50, None, None), [15, 25, 35])
@example(Story((), 50, 48, None), [47, 48])
@example(Story((), 50, None, 48), [47, 48])
@example(Story((), 2, None, None), [35, 36])
def test_whatever_happened_in_whatever_order_what_has_ended_reaches_nobody_else(story: Story, hours: list[int]) -> None:
    someone, uid, _ = happened(story)
    for hour in hours:
        at = FROM + timedelta(hours=hour)
        for audience in OTHERS:
            seen = shown(someone.person_id, audience, at)
            if story.gone_at(at):
                assert uid not in seen, (audience, hour)
        if not story.gone_at(at):
            # else the test would hold for a product that shows nothing to anybody
            assert shown(someone.person_id, Audience.ASKER, at) == [uid], hour


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories, st.integers(0, 24 * 60))
def test_its_person_alone_still_sees_what_is_kept_until_when_and_why(story: Story, hour: int) -> None:
    someone, uid, _ = happened(story)
    at = FROM + timedelta(hours=hour)
    now = shown(someone.person_id, Audience.SUBJECT_NOW, at)
    held = shown(someone.person_id, Audience.SUBJECT_HELD, at)
    disposed = any(kind is MarkKind.DISPOSED and FROM + timedelta(hours=when) <= at for when, kind in story.marks)
    if not disposed:
        assert uid in {*now, *held}
    with as_person(someone.person_id):
        for entry in records.entries_for(someone.person_id, Audience.SUBJECT_HELD, at=at):
            assert entry.retain_until > at.date()
            assert entry.status not in {Status.IN_FORCE, Status.OBJECTED}


@pytest.mark.parametrize("kind", sorted(REMOVING))
def test_a_removal_counts_from_its_own_second(kind: MarkKind) -> None:
    someone, uid, _ = happened(Story(((100, kind),), 50, None, None))
    moment = FROM + timedelta(hours=100)
    assert shown(someone.person_id, Audience.ASKER, moment - timedelta(microseconds=1)) == [uid]
    assert shown(someone.person_id, Audience.ASKER, moment) == []
    assert shown(someone.person_id, Audience.PUBLIC, moment) == []
