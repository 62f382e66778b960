"""Sealed copies of what suppliers handed in, and until when each can be opened: for the date that an erased person is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Max, Q

from chengxin.collection.models import Batch, HeldRow
from chengxin.collection.terms import HeldState
from chengxin.collection.terms.figures import figures_on
from chengxin.kernel.days import shanghai_day
from chengxin.persons import facade as persons

WAITS = Q(state=HeldState.WAITING.value)


def held_of_numbers(documents: Iterable[tuple[str, str]]) -> list[HeldRow]:
    """The rows held for these numbers (kind, number), and those of later files that joined them; without content."""
    indexes = [index for kind, number in documents for index in persons.blind_indexes(kind, number).values()]
    waiting = list(HeldRow.objects.filter(WAITS, blind_index__in=indexes).defer("sealed")) if indexes else []
    joined = HeldRow.objects.filter(state=HeldState.JOINED.value, joins__in=[row.uid for row in waiting])
    return waiting + list(joined.defer("sealed"))


def copies_end_at(documents: Iterable[tuple[str, str]], at: datetime) -> datetime | None:
    """When the last sealed copy that may hold rows about these numbers (kind, number) loses its key; None: there is none.

    A supplier's file keeps no index of whom it names, refused rows least of all: every file that still lies here counts. A
    quarantine key opens all rows held from its batch, and goes when the last of them has ended.
    """
    files = Batch.objects.filter(file_uid__isnull=False)
    ends = [files.aggregate(last=Max("file_destroy_at"))["last"]]
    if files.filter(file_destroy_at__isnull=True).exists():
        ends.append(at + timedelta(days=figures_on(shanghai_day(at)).file_days))
    batches = {row.batch_id for row in held_of_numbers(documents)}
    if batches:
        ends.append(HeldRow.objects.filter(WAITS, batch_id__in=batches).aggregate(last=Max("ends_at"))["last"])
    return max((end for end in ends if end is not None), default=None)
