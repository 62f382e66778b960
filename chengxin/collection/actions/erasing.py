"""What an erased person leaves in quarantine: the rows held for their numbers end at once (F7, F9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import connections

from chengxin.collection.queries.copies import held_of_numbers
from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import INTAKE, in_transaction

_END: Final = (
    "UPDATE collection_quarantine SET state = 'ended', sealed = NULL, blind_index = NULL, decided_at = %s,"
    " decision_reason = 'person_erased' WHERE uid = ANY(%s) AND state IN ('waiting', 'joined')"
)


def end_rows_of_numbers(documents: Iterable[tuple[str, str]], *, actor: Actor, at: datetime, reason: str) -> int:
    """End every row that is held for these numbers (kind, number), and those that joined it. Gives how many.

    The sealed row goes with it; its supplier sees a row that ended, as after 30 days.
    """
    found = held_of_numbers(documents)
    with in_transaction(INTAKE), connections[INTAKE].cursor() as cursor:
        cursor.execute(_END, [at, [row.uid for row in found]])
        ended = int(cursor.rowcount)
        for row in found:
            journal.record(
                actor, "end_held_row", "held_row", row.uid,
                at=at, reason=reason, organisation_id=row.organisation_id, alias=INTAKE,
            )  # fmt: skip
    return ended
