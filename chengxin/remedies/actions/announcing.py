"""The last way of telling: what was announced for as long as the law wants counts as told (民事诉讼法 95)."""

from __future__ import annotations

from datetime import datetime

from chengxin.foundation import outbox
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.days import shanghai_day
from chengxin.remedies.queries.law import law_here
from chengxin.remedies.rules.notices import announced_until


def serve_announced(*, actor: Actor, at: datetime, reason: str) -> int:
    """Note each announcement that has stood its time; gives how many. Late, it is late for the offices, never for the person."""
    law, today = law_here(), shanghai_day(at)
    over = [one.uid for one in outbox.letters_announced() if announced_until(one.since, law).day < today]
    for uid in over:
        with in_transaction():
            outbox.serve_announced(actor=actor, uid=uid, at=at, reason=reason)
    return len(over)
