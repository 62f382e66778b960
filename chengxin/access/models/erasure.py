"""What the database promises about wishes to be erased (F7)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengxin.access.models.looks import PLAIN
from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import in_order, paired


class ErasureRequest(models.Model):
    """A person's wish to be erased, between the official who took it and the one who approves. Local."""

    id = models.UUIDField(primary_key=True, editable=False)
    uid = models.UUIDField(unique=True)
    person_id = models.UUIDField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    reason = models.TextField()
    approved_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    complete_on = models.DateField(null=True)

    class Meta:
        db_table = "access_erasure_request"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
                name="access_erasure_request_two_people",
            ),
            paired(
                "access_erasure_request_done_whole",
                "approved_by",
                "done_at",
                "complete_on",
                sentence="一人批准、当时完成 / approved by one, done at a moment, complete on a day",
            ),
            in_order(
                "access_erasure_request_asked_before_done",
                "asked_at",
                "done_at",
                sentence="先申请，后批准 / asked before done",
            ),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": PLAIN,
            "uid": PLAIN,
            "person_id": PLAIN,
            "asked_by": PLAIN,
            "asked_at": PLAIN,
            "reason": PLAIN,
            "approved_by": PLAIN,
            "done_at": PLAIN,
            "complete_on": PLAIN,
        }
