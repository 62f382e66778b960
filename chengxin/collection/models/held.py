"""Rows that a person must look at before they may enter."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from chengxin.collection.models.batch import BY_OFFICIAL, plain
from chengxin.collection.terms.batches import HeldState
from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import dated

_UNTIL_DECIDED = "until it is decided, 30 days at most"


class HeldRow(models.Model):
    """A quarantined row (F9): sealed under the quarantine key of its batch, found by its number's owner, ended after 30 days.

    Deciding or ending takes the sealed content away. ``joins`` names the same row from an earlier file that waits already.
    """

    pk = models.CompositePrimaryKey("batch_id", "row_no")
    batch_id = models.UUIDField()
    row_no = models.BigIntegerField()
    uid = models.UUIDField(unique=True)
    organisation_id = models.UUIDField()
    item = models.CharField(max_length=64)
    reason = models.CharField(max_length=48)
    field = models.CharField(max_length=32)
    kind = models.SmallIntegerField()
    blind_index = models.BinaryField(null=True)
    commitment = models.BinaryField()
    joins = models.UUIDField(null=True)
    sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=12)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(default="")

    class Meta:
        db_table = "collection_quarantine"
        indexes: ClassVar = [
            Index(fields=["blind_index"], condition=Q(state="waiting"), name="collection_held_of_number"),
            Index(fields=["ends_at"], condition=Q(state__in=["waiting", "joined"]), name="collection_held_ends"),
            Index(fields=["organisation_id", "made_at"], name="collection_held_of_office"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="collection_quarantine_state_known",
                condition=Q(state__in=sorted(state.value for state in HeldState)),
            ),
            CheckConstraint(name="collection_quarantine_says_why", condition=~Q(reason="")),
            CheckConstraint(name="collection_quarantine_ends_after_made", condition=Q(ends_at__gt=F("made_at"))),
            CheckConstraint(
                name="collection_quarantine_sealed_while_waiting",
                condition=Q(state="waiting", sealed__isnull=False, blind_index__isnull=False)
                | (~Q(state="waiting") & Q(sealed__isnull=True, blind_index__isnull=True)),
            ),
            CheckConstraint(
                name="collection_quarantine_joins_another",
                condition=~Q(state="joined") | Q(joins__isnull=False),
            ),
            dated(
                "collection_quarantine_decision_is_dated",
                "decided_at",
                state="state",
                states={HeldState.RELEASED.value, HeldState.SENT_BACK.value, HeldState.ENDED.value},
                sentence="已处理的行有日期 / a decided row is dated",
            ),
            CheckConstraint(
                name="collection_quarantine_decided_by_whom_and_why",
                condition=Q(state__in=["released", "sent_back"], decided_by__isnull=False) & ~Q(decision_reason="")
                | (~Q(state__in=["released", "sent_back"]) & Q(decided_by__isnull=True)),
            ),
            UniqueConstraint(
                fields=["commitment"], condition=Q(state="waiting"), name="collection_quarantine_waits_once"
            ),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            **plain(
                "batch_id row_no uid organisation_id item reason field commitment joins made_at ends_at "
                "state decided_at decision_reason"
            ),
            "kind": Kept(personal=True, sensitive=False, kept=_UNTIL_DECIDED),
            "blind_index": Kept(personal=True, sensitive=True, kept=_UNTIL_DECIDED),
            "sealed": Kept(personal=True, sensitive=True, kept=_UNTIL_DECIDED),
            "decided_by": BY_OFFICIAL,
        }

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"
