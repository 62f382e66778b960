"""What an erased person leaves in this room: nothing. The lists of offices never named them."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connections, transaction

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import DISPOSER
from chengxin.kernel.ids import new_uid

_DELETE: Final = tuple(
    f"DELETE FROM {table} WHERE person_id = %s"  # noqa: S608 -- tables of this room
    for table in (
        "remedies_opening",
        "remedies_paper",
        "remedies_paper_content",
        "remedies_event",
        "remedies_letter",
        "remedies_case",
        "remedies_case_person",
        "remedies_draft",
    )
)


def forget_person(*, actor: Actor, person_id: UUID, at: datetime, reason: str) -> None:
    """Delete every case of an erased person, as role disposer, once the erasure is on record. May be repeated."""
    with transaction.atomic(using=DISPOSER), connections[DISPOSER].cursor() as cursor:
        for statement in _DELETE:
            cursor.execute(statement, [person_id])
        journal.record(actor, "forget_cases", "remedy_case", new_uid(), at=at, reason=reason, alias=DISPOSER)
