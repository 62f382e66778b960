"""The days that clocks of cases have left on an entry: what the ledger will do on a date, whoever counted it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chengxin.foundation.database import Reading, read
from chengxin.records.rules.silence import day_of_clock
from chengxin.records.rules.visible import appealed_until
from chengxin.records.terms import MarkKind, MarkView

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from chengxin.foundation.database import Row

_MARKS: Final = """
    SELECT kind, at, reason, uid, lapses_on, clock FROM records_mark
     WHERE person_id = %(person)s AND entry_id IN (
           SELECT entry_id FROM records_entry WHERE person_id = %(person)s AND uid = %(uid)s)
     ORDER BY mark_id
"""


def days_told(person_id: UUID, uid: UUID, clock: UUID) -> tuple[date | None, date | None]:
    """The first day on which silence on this clock takes the entry out, and the first on which it is contested outside no more;
    None where no mark says so. The person must be set on the connection."""
    return read(days_telling(person_id, uid, clock))


def days_telling(person_id: UUID, uid: UUID, clock: UUID) -> Reading[tuple[date | None, date | None]]:
    """The same for a caller who asks it of many."""

    def made(rows: list[Row]) -> tuple[date | None, date | None]:
        marks = [MarkView(MarkKind(kind), *said) for kind, *said in rows]
        return day_of_clock(marks, clock), appealed_until(marks)

    return Reading(_MARKS, {"person": person_id, "uid": uid}, made)
