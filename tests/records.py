"""Stories of marks, for tests of what they come to: which mark on which day, with which term."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import connections
from hypothesis import strategies as st

from chengxin.records.terms import MarkKind, MarkView

DAY_1 = date(2026, 6, 1)
DATED = (MarkKind.CLOCK_MOVED, MarkKind.APPEAL_ENDED)
"""Kinds that may have a day to come."""
CLOCKS = (UUID(int=1), UUID(int=2))


def the_ledger_alone() -> None:
    """Let marks be written as the ledger's own rules let them be, in these databases, without the cases that bring them.

    That what lifts takes a step of a case is tried in tests/rooms/remedies/test_promises.py.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE records_mark DISABLE TRIGGER records_mark_lifted_by_a_step")
    connections["owner"].close()


def day(number: int) -> date:
    """The days of a story count from 1."""
    return DAY_1 + timedelta(days=number - 1)


def mark_on(
    number: int, kind: MarkKind, lapses: int | None = None, *, seconds: int = 0, clock: UUID = CLOCKS[0]
) -> MarkView:
    """A mark on a day of the story, so many seconds after 00:00 in Shanghai; ``lapses``: the day of its term."""
    at = datetime.combine(day(number), time(), UTC) + timedelta(hours=-8, seconds=seconds)
    moved = kind is MarkKind.CLOCK_MOVED
    return MarkView(kind, at, "test", uuid4(), None if lapses is None else day(lapses), clock if moved else None)


def term_stories(days: int = 30) -> st.SearchStrategy[list[MarkView]]:
    """Marks in the order of their moments, most of them of what ends by a day; days before and after them."""
    weighing = (
        MarkKind.CLOCK_MOVED,
        MarkKind.CLOCK_MOVED,
        MarkKind.APPEALED,
        MarkKind.APPEAL_ENDED,
        MarkKind.READMITTED,
    )
    one = st.tuples(
        st.integers(0, days * 8),
        st.sampled_from([*weighing * 5, *MarkKind]),
        st.none() | st.integers(-2, days + 5),
        st.sampled_from(CLOCKS),
    )
    return st.lists(one, max_size=8, unique_by=lambda told: told[0]).map(
        lambda story: [
            mark_on(
                1 + eighth // 8,
                kind,
                lapses if kind in DATED else None,
                seconds=eighth % 8 * 10_800,
                clock=clock,
            )
            for eighth, kind, lapses, clock in sorted(story, key=lambda told: told[0])
        ]
    )
