"""Once a day: the terms that ran out are written down, so that letters and notices go also where nobody acts any more."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

import structlog
from django.db import IntegrityError
from django.db.models import QuerySet

from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.errors import ChengxinError
from chengxin.remedies import models
from chengxin.remedies.actions.effects import PLATFORM
from chengxin.remedies.actions.silence import write_silence
from chengxin.remedies.queries.cases import person_of_case
from chengxin.remedies.queries.docket import unwritten
from chengxin.remedies.queries.queue import reach_of

MOST: Final = 200
"""Written down before a list is shown; a job takes the rest."""

log = structlog.get_logger("chengxin.remedies")


def write_down_silence(*, actor: Actor, at: datetime, reason: str) -> int:
    """Write down what ran out of every case, each in a transaction of its own. Returns how many cases; may be repeated.

    A case and its entry are right without it: it brings what somebody must be told, and its line in the lists.
    """
    return _write(models.Docket.objects.filter(unwritten(shanghai_day(at))), actor, at, reason)


def write_down_in_reach(*, actor: Actor, at: datetime, reason: str) -> int:
    """The same of the cases in this official's reach, before their list is shown: a line says whose turn it is and by when as its
    case's own pages do, whether a job ran since or not. At most ``MOST``, the longest over first. Returns how many cases."""
    rows = models.Docket.objects.filter(unwritten(shanghai_day(at)), reach_of(actor, at))
    return _write(rows.order_by("due_on", "uid")[:MOST], PLATFORM, at, reason)


def write_down_own(*, actor: Actor, uid: UUID, at: datetime, reason: str) -> int:
    """The same of a person's own case, before they read it: its time line says that nobody answered, and since when. Returns how
    many terms; 0 where nothing ran out, or the case is not theirs."""
    return 0 if actor.subject_id is None else _write_one(actor.subject_id, uid, PLATFORM, at, reason)


def _write(rows: QuerySet[models.Docket], actor: Actor, at: datetime, reason: str) -> int:
    waiting = list(rows.values_list("uid", flat=True))
    return sum(_write_one(person_of_case(uid), uid, actor, at, reason) > 0 for uid in waiting)


def _write_one(person_id: UUID, uid: UUID, actor: Actor, at: datetime, reason: str) -> int:
    try:
        return write_silence(person_id, uid, actor=actor, at=at, reason=reason)
    except (ChengxinError, IntegrityError):
        # also what a guard of the database refuses: one odd case keeps no list closed, and no other case unwritten
        log.exception("silence_not_written", case=str(uid))
        return 0
