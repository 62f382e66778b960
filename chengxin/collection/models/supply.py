"""What suppliers keep and owe: their mappings of headings, reports of periods, and recalls of batches."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from chengxin.collection.models.batch import BY_OFFICIAL, plain
from chengxin.collection.terms.batches import RecallState
from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import dated, in_order


class Mapping(models.Model):
    """One heading of an office's own files and the field it means, kept from the last time it was said; "" is left out."""

    pk = models.CompositePrimaryKey("organisation_id", "item", "heading")
    organisation_id = models.UUIDField()
    item = models.CharField(max_length=64)
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=64, blank=True)
    kept_by = models.UUIDField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "collection_mapping"
        constraints: ClassVar = [
            CheckConstraint(name="collection_mapping_names_heading", condition=~Q(heading="")),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            **plain("organisation_id item heading field kept_at"),
            "kept_by": BY_OFFICIAL,
        }


class Report(models.Model):
    """That an office reported an item for a period: by a batch, or by saying that there was nothing."""

    pk = models.CompositePrimaryKey("organisation_id", "item", "period_from")
    organisation_id = models.UUIDField()
    item = models.CharField(max_length=64)
    period_from = models.DateField()
    period_to = models.DateField()
    due_on = models.DateField()
    reported_at = models.DateTimeField()
    reported_on = models.DateField()
    batch_id = models.UUIDField(null=True)
    reported_by = models.UUIDField()
    reason = models.TextField()

    class Meta:
        db_table = "collection_report"
        constraints: ClassVar = [
            in_order(
                "collection_report_due_after_period",
                "period_from",
                "period_to",
                "due_on",
                sentence="期限在该期之后 / a report is due after its period",
            ),
            CheckConstraint(name="collection_report_says_why", condition=~Q(reason="")),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            **plain("organisation_id item period_from period_to due_on reported_at reported_on batch_id reason"),
            "reported_by": BY_OFFICIAL,
        }


class RecallRequest(models.Model):
    """One person asks that a batch be taken back, another agrees or not (F9)."""

    uid = models.UUIDField(primary_key=True, editable=False)
    batch_id = models.UUIDField()
    organisation_id = models.UUIDField()
    state = models.CharField(max_length=12)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    reason = models.TextField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(default="")
    told = models.BigIntegerField(null=True)

    class Meta:
        db_table = "collection_recall"
        indexes: ClassVar = [Index(fields=["organisation_id", "asked_at"], name="collection_recall_of_office")]
        constraints: ClassVar = [
            CheckConstraint(
                name="collection_recall_state_known",
                condition=Q(state__in=sorted(state.value for state in RecallState)),
            ),
            CheckConstraint(name="collection_recall_says_why", condition=~Q(reason="")),
            CheckConstraint(
                name="collection_recall_two_people",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            dated(
                "collection_recall_decision_is_dated",
                "decided_at",
                state="state",
                states={RecallState.APPROVED.value, RecallState.REFUSED.value},
                sentence="已决定的召回有日期 / a decided recall is dated",
            ),
            CheckConstraint(
                name="collection_recall_decided_by_whom_and_why",
                condition=Q(state="asked", decided_by__isnull=True)
                | (~Q(state="asked") & Q(decided_by__isnull=False) & ~Q(decision_reason="")),
            ),
            UniqueConstraint(
                fields=["batch_id"], condition=~Q(state="refused"), name="collection_recall_once_at_a_time"
            ),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            **plain("uid batch_id organisation_id state asked_at reason decided_at decision_reason told"),
            "asked_by": BY_OFFICIAL,
            "decided_by": BY_OFFICIAL,
        }

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"
