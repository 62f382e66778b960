"""Stories of marks, for tests of what they come to: which mark on which day, with which term."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from hypothesis import strategies as st

from chengxin.records.terms import TERMS, MarkKind, MarkView

DAY_1 = date(2026, 6, 1)


def day(number: int) -> date:
    """The days of a story count from 1."""
    return DAY_1 + timedelta(days=number - 1)


def mark_on(number: int, kind: MarkKind, lapses: int | None = None, *, seconds: int = 0) -> MarkView:
    """A mark on a day of the story, so many seconds after 00:00 in Shanghai; ``lapses``: the day of its term."""
    at = datetime.combine(day(number), time(), UTC) + timedelta(hours=-8, seconds=seconds)
    return MarkView(kind, at, "test", uuid4(), None if lapses is None else day(lapses))


def term_stories(days: int = 30) -> st.SearchStrategy[list[MarkView]]:
    """Marks in the order of their moments, most of them of objections and of what ends them; terms before and after them."""
    weighing = (*TERMS, MarkKind.OBJECTION_ENDED, MarkKind.READMITTED)
    one = st.tuples(
        st.integers(0, days * 8),
        st.sampled_from([*weighing * 5, *MarkKind]),
        st.none() | st.integers(-2, days + 5),
    )
    return st.lists(one, max_size=8, unique_by=lambda told: told[0]).map(
        lambda story: [
            mark_on(1 + eighth // 8, kind, lapses if kind in TERMS else None, seconds=eighth % 8 * 10_800)
            for eighth, kind, lapses in sorted(story, key=lambda told: told[0])
        ]
    )
