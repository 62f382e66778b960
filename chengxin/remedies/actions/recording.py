"""Writing an event of a case: of two who act at once on one state, one wins."""

from __future__ import annotations

from typing import Final

from django.db import DatabaseError

from chengxin.foundation.database import in_transaction
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
