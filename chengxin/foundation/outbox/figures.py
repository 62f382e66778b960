"""What the operator sees of telling: how much waits, since when, what failed and why. No personal data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Min, Q

from chengxin.foundation.database import working_off
from chengxin.foundation.models.outbox import Dispatch, Letter
from chengxin.foundation.outbox.sending import LACKS

LOOKS_BACK: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OutboxFigures:
    """``waiting`` rows of the queue, one a notice or a batch; ``failing`` of them after at least one failed attempt.

    ``oldest_at``: when the oldest waiting row was made. ``given_up``: reason -> how many in the last 30 days.
    ``down``: channels that are down for everyone, with the reason of the last attempt. ``held``: what notices lack -> how many
    wait for it, by the codes of whoever says what they lack.
    """

    waiting: int
    batches_waiting: int
    failing: int
    oldest_at: datetime | None
    given_up: Mapping[str, int]
    down: Mapping[str, str]
    held: Mapping[str, int]
    letters_to_post: int
    oldest_letter_at: datetime | None


def outbox_figures(at: datetime) -> OutboxFigures:
    """The figures at a moment."""
    with working_off("foundation_dispatch"):
        waiting = Dispatch.objects.filter(state=Dispatch.State.WAITING)
        counted = waiting.aggregate(
            waiting=Count("id"),
            batches_waiting=Count("id", filter=Q(batch_id__isnull=False)),
            failing=Count("id", filter=Q(attempts__gt=0)),
            oldest_at=Min("made_at"),
        )
        given_up = list(
            Dispatch.objects.filter(state=Dispatch.State.GIVEN_UP, ended_at__gte=at - LOOKS_BACK)
            .values("channel", "last_error")
            .annotate(n=Count("id"))
        )
        down = waiting.filter(batch_id__isnull=False, attempts__gt=0).order_by("made_at", "id")
        reasons = (
            waiting.filter(last_error__startswith=LACKS)
            .values("last_error")
            .annotate(n=Count("notice_id", distinct=True))
        )
        held: Counter[str] = Counter()
        for row in reasons:
            held.update(dict.fromkeys(row["last_error"].removeprefix(LACKS).split(), row["n"]))
        broken = dict(down.values_list("channel", "last_error"))
    with working_off("foundation_letter"):
        letters = Letter.objects.filter(posted_on__isnull=True).aggregate(n=Count("uid"), oldest=Min("made_at"))
    return OutboxFigures(
        waiting=counted["waiting"],
        batches_waiting=counted["batches_waiting"],
        failing=counted["failing"],
        oldest_at=counted["oldest_at"],
        given_up={f"{row['channel']} {row['last_error']}": row["n"] for row in given_up},
        down=broken,
        held=held,
        letters_to_post=letters["n"],
        oldest_letter_at=letters["oldest"],
    )
