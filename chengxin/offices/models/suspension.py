"""Suspensions of access for misuse: of an organisation, an official or a machine, told with reasons, with an end."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import CheckConstraint, F, Func, Q, Value
from django.db.models.functions import Coalesce

from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import in_order, paired
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices.models.client import Client
from chengxin.offices.models.official import Official
from chengxin.offices.models.organisation import Organisation
from chengxin.offices.terms import LONGEST_SUSPENSION

_PLATFORM = Kept(personal=False, sensitive=False, kept="as long as the platform")
_AT_WORK = Kept(
    personal=True, sensitive=False, kept="as long as the platform: it says whose access was stopped, and why"
)

_WORKING = Func(F("from_at"), Coalesce("lifted_at", "ends_at"), Value("[)"), function="tstzrange")
_OF = ("organisation", "official", "client")


def _of(one: str) -> Q:
    return Q(**{f"{name}__isnull": name != one for name in _OF})


class Suspension(models.Model):
    """Access stopped from a moment to another, at most 90 days later. Its end needs nobody; an earlier one another person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.RESTRICT, null=True, related_name="suspensions")
    official = models.ForeignKey(Official, on_delete=models.RESTRICT, null=True, related_name="suspensions")
    client = models.ForeignKey(Client, on_delete=models.RESTRICT, null=True, related_name="suspensions")
    from_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    suspended_by = models.UUIDField()
    reason = models.TextField()
    notice = models.TextField()
    reply = models.TextField(default="")
    replied_at = models.DateTimeField(null=True)
    replied_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                condition=_of("organisation") | _of("official") | _of("client"),
                name="offices_suspension_of_one",
                violation_error_message="停止查询只针对一个对象 / a suspension is of one organisation, official or client",
            ),
            CheckConstraint(
                condition=~Q(reason="") & ~Q(notice=""),
                name="offices_suspension_says_why",
                violation_error_message="停止查询须有理由和告知 / a suspension has a reason and a notice",
            ),
            CheckConstraint(
                condition=Q(ends_at__gt=F("from_at")) & Q(ends_at__lte=F("from_at") + LONGEST_SUSPENSION),
                name="offices_suspension_has_an_end",
                violation_error_message="停止查询最长 90 天 / a suspension ends after 90 days at most",
            ),
            CheckConstraint(
                condition=Q(official__isnull=True) | ~Q(official=F("suspended_by")),
                name="offices_suspension_not_by_themself",
            ),
            CheckConstraint(
                condition=(Q(reply="") & Q(replied_at__isnull=True)) | (~Q(reply="") & Q(replied_at__isnull=False)),
                name="offices_suspension_replied_when",
                violation_error_message="申辩内容和时间同时存在 / a reply says what and when",
            ),
            paired(
                "offices_suspension_replied_by_someone",
                "replied_at",
                "replied_by",
                sentence="申辩时间和申辩人同时存在 / a reply says when and by whom",
            ),
            CheckConstraint(
                condition=Q(replied_by__isnull=True) | ~Q(replied_by=F("suspended_by")),
                name="offices_suspension_replied_by_another",
                violation_error_message="作出决定的人不得代为申辩 / who suspends does not reply",
            ),
            paired(
                "offices_suspension_lifted_by_someone",
                "lifted_at",
                "lifted_by",
                sentence="解除时间和解除人同时存在 / lifting says when and by whom",
            ),
            CheckConstraint(
                condition=Q(lifted_by__isnull=True)
                | (~Q(lifted_by=F("suspended_by")) & (Q(official__isnull=True) | ~Q(lifted_by=F("official")))),
                name="offices_suspension_lifted_by_another",
                violation_error_message="解除须由另一人决定 / another person lifts a suspension",
            ),
            in_order(
                "offices_suspension_replied_after",
                "from_at",
                "replied_at",
                sentence="申辩不早于停止查询 / a reply is not before the suspension",
            ),
            in_order(
                "offices_suspension_lifted_within",
                "from_at",
                "lifted_at",
                "ends_at",
                sentence="解除在停止期间 / it is lifted while it runs",
            ),
            ExclusionConstraint(
                name="offices_suspension_one_at_a_time",
                expressions=[(Coalesce("organisation", "official", "client"), "="), (_WORKING, "&&")],
                violation_error_message="同一对象不得重叠停止查询 / suspensions of one do not overlap",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ends_at"], name="offices_suspension_by_end"),
        ]

    class Privacy:
        reference = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": _PLATFORM,
            "uid": _PLATFORM,
            "organisation": _PLATFORM,
            "official": _AT_WORK,
            "client": _PLATFORM,
            "from_at": _AT_WORK,
            "ends_at": _AT_WORK,
            "suspended_by": _AT_WORK,
            "reason": _AT_WORK,
            "notice": _AT_WORK,
            "reply": _AT_WORK,
            "replied_at": _AT_WORK,
            "replied_by": _AT_WORK,
            "lifted_at": _AT_WORK,
            "lifted_by": _AT_WORK,
        }

    def __str__(self) -> str:
        return str(self.uid)
