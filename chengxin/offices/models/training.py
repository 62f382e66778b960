"""Trainings: which course an official passed, until when it counts, and that one was taken back. Each is written once."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import in_order
from chengxin.kernel.ids import new_id
from chengxin.offices.models.official import Official
from chengxin.offices.terms import TRAINING_DAYS

_PLATFORM = Kept(personal=False, sensitive=False, kept="as long as the platform")
_AT_WORK = Kept(personal=True, sensitive=False, kept="as long as the platform: it says who was fit to ask, and when")


class Training(models.Model):
    """A course passed. Recorded by another than the official it is of."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    official = models.ForeignKey(Official, on_delete=models.RESTRICT, related_name="trainings")
    course = models.TextField()
    passed_on = models.DateField()
    valid_until = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(condition=~Q(course=""), name="offices_training_named"),
            in_order(
                "offices_training_days_in_order",
                "passed_on",
                "valid_until",
                sentence="有效期不早于通过日 / it counts from the day it was passed",
            ),
            CheckConstraint(
                condition=Q(valid_until__lte=F("passed_on") + timedelta(days=max(one.days for one in TRAINING_DAYS))),
                name="offices_training_a_year",
                violation_error_message="培训有效期最长一年 / a training counts for a year at most",
            ),
            CheckConstraint(
                condition=~Q(recorded_by=F("official")),
                name="offices_training_not_by_themself",
                violation_error_message="不得登记自己的培训 / nobody records their own training",
            ),
            UniqueConstraint(fields=["official", "course", "passed_on"], name="offices_training_once"),
        ]

    class Privacy:
        reference = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": _PLATFORM,
            "official": _AT_WORK,
            "course": _AT_WORK,
            "passed_on": _AT_WORK,
            "valid_until": _AT_WORK,
            "recorded_at": _AT_WORK,
            "recorded_by": _AT_WORK,
        }

    def __str__(self) -> str:
        return self.course


class TrainingTakenBack(models.Model):
    """A training that counts no more, from its moment on: recorded by mistake, or on a certificate that was not true."""

    training = models.OneToOneField(Training, primary_key=True, on_delete=models.RESTRICT, related_name="taken_back")
    reason = models.TextField()
    taken_back_at = models.DateTimeField()
    taken_back_by = models.UUIDField()

    class Meta:
        constraints: ClassVar = [CheckConstraint(condition=~Q(reason=""), name="offices_training_taken_back_says_why")]

    class Privacy:
        reference = True
        fields: ClassVar[dict[str, Kept]] = {
            "training": _AT_WORK,
            "reason": _AT_WORK,
            "taken_back_at": _AT_WORK,
            "taken_back_by": _AT_WORK,
        }

    def __str__(self) -> str:
        return self.reason
