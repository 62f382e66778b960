"""Once a day: the terms that ran out are written down, so that letters and notices go also where nobody acts any more."""

from __future__ import annotations

from datetime import datetime

from chengxin.foundation.actors import Actor
from chengxin.kernel.days import shanghai_day
from chengxin.remedies import models
from chengxin.remedies.actions.silence import write_silence
from chengxin.remedies.queries.cases import person_of_case
from chengxin.remedies.queries.docket import unwritten


def write_down_silence(*, actor: Actor, at: datetime, reason: str) -> int:
    """Write down what ran out of every case, each in a transaction of its own. Returns how many cases; may be repeated.

    A case, its entry and its line in the lists are right without it: it brings what somebody must be told.
    """
    waiting = list(models.Docket.objects.filter(unwritten(shanghai_day(at))).values_list("uid", flat=True))
    return sum(write_silence(person_of_case(uid), uid, actor=actor, at=at, reason=reason) > 0 for uid in waiting)
