"""Writing an event of a case: of two who act at once on one state, one wins. And the place of a case among its person's."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import DatabaseError

from chengxin.foundation.database import in_transaction
from chengxin.kernel.ids import new_id_after
from chengxin.remedies import models
from chengxin.remedies.terms.cases import CaseMoved

_MOVED: Final = frozenset({"remedies_case_moved", "remedies_event_pkey", "remedies_event_newest_proposal"})


def add_event(event: models.Event) -> None:
    """Of two who act at once on one state one wins; the other is told that the case moved."""
    try:
        with in_transaction():
            event.save(force_insert=True)
    except DatabaseError as error:
        diag = getattr(error.__cause__, "diag", None)
        if diag is not None and diag.constraint_name in _MOVED:
            raise CaseMoved() from error
        raise


def next_case_id(person_id: UUID, at: datetime) -> UUID:
    """The id of a new case of the person who is set on the connection: above those of all their cases, since an act may open
    several at one moment, and what came first is read first."""
    before = models.Case.objects.filter(person_id=person_id).order_by("-case_id")
    return new_id_after(at, before.values_list("case_id", flat=True).first())
