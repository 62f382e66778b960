"""A batch, its finished chunks, and the rows that were refused. Nothing here says whom a row is about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from chengxin.collection.terms.batches import CLOSED_STATES, BatchState, Channel, Problem
from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import dated, paired

_FOR_EVER = "as long as the platform"
PLAIN = Kept(personal=False, sensitive=False, kept=_FOR_EVER)
BY_OFFICIAL = Kept(personal=True, sensitive=False, kept=_FOR_EVER)
WITH_FILE = Kept(
    personal=True,
    sensitive=False,
    kept="until the file is destroyed: 7 days after its answer or its stop, 30 days where it waits",
)


def plain(names: str) -> dict[str, Kept]:
    """These fields, parted by blanks, say nothing about anybody."""
    return dict.fromkeys(names.split(), PLAIN)


TOTALS = (
    "rows_received",
    "rows_accepted",
    "rows_new",
    "rows_changed",
    "rows_same",
    "rows_quarantined",
    "rows_refused",
)


class Batch(models.Model):
    """One file handed in. Received is accepted and quarantined and refused, and nothing else, as soon as it is closed.

    ``sent_by``: the official; by the API the registration of the office's machine.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    uid = models.UUIDField(unique=True)
    organisation_id = models.UUIDField()
    item = models.CharField(max_length=64)
    edition = models.UUIDField()
    sent_by = models.UUIDField()
    channel = models.CharField(max_length=8)
    reason = models.TextField()
    state = models.CharField(max_length=12)
    problem = models.CharField(max_length=32, default="")
    same_as = models.UUIDField(null=True)
    file_uid = models.UUIDField(null=True)
    file_name = models.TextField(default="")
    file_bytes = models.BigIntegerField()
    file_digest = models.BinaryField()
    file_facts = models.JSONField()
    mapping = models.JSONField()
    rows_expected = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    received_on = models.DateField()
    started_at = models.DateTimeField(null=True)
    rows_received = models.BigIntegerField(null=True)
    rows_accepted = models.BigIntegerField(null=True)
    rows_new = models.BigIntegerField(null=True)
    rows_changed = models.BigIntegerField(null=True)
    rows_same = models.BigIntegerField(null=True)
    rows_quarantined = models.BigIntegerField(null=True)
    rows_refused = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    file_destroy_at = models.DateTimeField()

    class Meta:
        db_table = "collection_batch"
        indexes: ClassVar = [
            Index(fields=["organisation_id", "received_at"], name="collection_batch_of_office"),
            Index(fields=["organisation_id", "item", "file_digest"], name="collection_batch_same_file"),
            Index(fields=["sent_by", "received_on"], name="collection_batch_of_clerk"),
            Index(fields=["file_destroy_at"], condition=Q(file_uid__isnull=False), name="collection_batch_file_ends"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="collection_batch_state_known", condition=Q(state__in=sorted(state.value for state in BatchState))
            ),
            CheckConstraint(
                name="collection_batch_channel_known", condition=Q(channel__in=sorted(way.value for way in Channel))
            ),
            CheckConstraint(name="collection_batch_says_why", condition=~Q(reason="")),
            CheckConstraint(
                name="collection_batch_stopped_says_why_not",
                condition=Q(state="stopped", problem__in=sorted(why.value for why in Problem))
                | (~Q(state="stopped") & Q(problem="")),
            ),
            paired(
                "collection_batch_counts_all_or_none",
                *TOTALS,
                sentence="一批的各项行数同时确定 / the totals of a batch are settled together",
            ),
            CheckConstraint(
                name="collection_batch_received_is_all_of_it",
                condition=Q(rows_received__isnull=True)
                | Q(rows_received=F("rows_accepted") + F("rows_quarantined") + F("rows_refused")),
            ),
            CheckConstraint(
                name="collection_batch_accepted_is_all_of_it",
                condition=Q(rows_accepted__isnull=True)
                | Q(rows_accepted=F("rows_new") + F("rows_changed") + F("rows_same")),
            ),
            dated(
                "collection_batch_closed_is_dated",
                "closed_at",
                state="state",
                states={state.value for state in CLOSED_STATES},
                sentence="已答复或取消的批次有日期 / an answered or cancelled batch is dated",
            ),
            dated(
                "collection_batch_closed_is_counted",
                "rows_received",
                state="state",
                states={state.value for state in CLOSED_STATES},
                sentence="已答复或取消的批次已计数 / an answered or cancelled batch is counted",
            ),
            CheckConstraint(
                name="collection_batch_file_ends_after_it_came", condition=Q(file_destroy_at__gt=F("received_at"))
            ),
            CheckConstraint(
                name="collection_batch_file_ends_after_answer",
                condition=Q(closed_at__isnull=True) | Q(file_destroy_at__gte=F("closed_at")),
            ),
            CheckConstraint(
                name="collection_batch_open_has_its_file",
                condition=Q(file_uid__isnull=False) | Q(closed_at__isnull=False),
            ),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            **plain(
                "id uid organisation_id item edition channel reason state problem same_as file_uid "
                "file_bytes file_digest file_facts mapping rows_expected received_at received_on "
                "started_at closed_at file_destroy_at rows_received rows_accepted rows_new rows_changed rows_same "
                "rows_quarantined rows_refused"
            ),
            "sent_by": BY_OFFICIAL,
            "file_name": WITH_FILE,
        }

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"


class Chunk(models.Model):
    """The marker of a finished chunk: written in the transaction of its rows, it decides what exists.

    ``outcomes`` has one byte a row (``terms.batches.Outcome``). ``late``: rows decided longer ago than the duty allows.
    ``corrected``: changed rows of entries under objection. ``mismatches``: rows whose name differs from the known one.
    """

    pk = models.CompositePrimaryKey("batch_id", "chunk_no")
    batch_id = models.UUIDField()
    chunk_no = models.IntegerField()
    first_row = models.BigIntegerField()
    rows = models.IntegerField()
    accepted_new = models.IntegerField()
    accepted_changed = models.IntegerField()
    accepted_same = models.IntegerField()
    quarantined = models.IntegerField()
    refused = models.IntegerField()
    late = models.IntegerField()
    corrected = models.IntegerField()
    mismatches = models.IntegerField()
    outcomes = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "collection_chunk"
        constraints: ClassVar = [
            CheckConstraint(name="collection_chunk_holds_rows", condition=Q(rows__gte=0, first_row__gte=1)),
            CheckConstraint(
                name="collection_chunk_received_is_all_of_it",
                condition=Q(
                    rows=F("accepted_new")
                    + F("accepted_changed")
                    + F("accepted_same")
                    + F("quarantined")
                    + F("refused")
                ),
            ),
            UniqueConstraint(fields=["batch_id", "first_row"], name="collection_chunk_rows_once"),
        ]

    class Privacy:
        local = True
        append_only = True
        fields: ClassVar[dict[str, Kept]] = plain(
            "batch_id chunk_no first_row rows accepted_new accepted_changed accepted_same quarantined "
            "refused late corrected mismatches outcomes at"
        )


class Refusal(models.Model):
    """All that stays of a refused row: its number, why, in which fields, and a keyed commitment to what it was (F9).

    ``faults`` lists every fault as ``reason:field:detail``, parted by line breaks; a detail is never personal.
    """

    pk = models.CompositePrimaryKey("batch_id", "row_no")
    batch_id = models.UUIDField()
    row_no = models.BigIntegerField()
    reason = models.CharField(max_length=48)
    field = models.CharField(max_length=32)
    faults = models.TextField()
    commitment = models.BinaryField()

    class Meta:
        db_table = "collection_refusal"
        constraints: ClassVar = [
            CheckConstraint(name="collection_refusal_says_why", condition=~Q(reason="")),
        ]

    class Privacy:
        local = True
        append_only = True
        fields: ClassVar[dict[str, Kept]] = plain("batch_id row_no reason field faults commitment")
