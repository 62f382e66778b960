"""The days that clocks of cases have left on an entry: what the ledger will do on a date, whoever counted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.records.models import Entry, Mark
from chengxin.records.rules.silence import day_of_clock
from chengxin.records.rules.visible import appealed_until
from chengxin.records.terms import MarkKind, MarkView

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


def days_told(person_id: UUID, uid: UUID, clock: UUID) -> tuple[date | None, date | None]:
    """The first day on which silence on this clock takes the entry out, and the first on which it is contested outside no more;
    None where no mark says so. The person must be set on the connection."""
    entries = Entry.objects.filter(person_id=person_id, uid=uid).values("entry_id")
    rows = Mark.objects.filter(person_id=person_id, entry_id__in=entries).order_by("mark_id")
    marks = [MarkView(MarkKind(row.kind), row.at, row.reason, row.uid, row.lapses_on, row.clock) for row in rows]
    return day_of_clock(marks, clock), appealed_until(marks)
