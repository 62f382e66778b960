"""What the database promises about orders that keep looks from their persons for a time: a law, two organisations, an end."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengxin.access.models.looks import PLAIN
from chengxin.access.models.reviews import AT_WORK
from chengxin.access.terms.seals import SealState
from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import dated, in_order

ASKED, APPROVED, REFUSED = (one.value for one in SealState)


class SealOrder(models.Model):
    """An order over the looks of one case, asked for by the organisation whose case it is, decided by another. Local.

    ``most_days`` is the law's own maximum on the day it was asked for; a look made under the order opens on ``ends_on``.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    uid = models.UUIDField(unique=True)
    organisation_id = models.UUIDField()
    case_id = models.UUIDField()
    case_ref = models.CharField(max_length=64)
    law = models.TextField()
    article = models.TextField()
    most_days = models.IntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.TextField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=16, default=ASKED)
    decided_by = models.UUIDField(null=True)
    decided_in = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_seal_order"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(law="") & ~Q(article="") & ~Q(reason=""), name="access_seal_order_names_its_law"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ASKED, APPROVED, REFUSED]), name="access_seal_order_state_known"
            ),
            dated(
                "access_seal_order_decided_at",
                "decided_at",
                state="state",
                states=[APPROVED, REFUSED],
                sentence="决定的有日期 / what is decided has its date",
            ),
            models.CheckConstraint(
                condition=Q(state=ASKED, decided_by__isnull=True, decided_in__isnull=True)
                | Q(decided_by__isnull=False, decided_in__isnull=False)
                & ~Q(state=ASKED)
                & ~Q(decided_by=F("asked_by"))
                & ~Q(decided_in=F("organisation_id")),
                name="access_seal_order_by_another_organisation",
                violation_error_message="由另一单位决定 / decided by another organisation",
            ),
            in_order(
                "access_seal_order_asked_before_decided",
                "asked_at",
                "decided_at",
                sentence="先申请，后决定 / asked before decided",
            ),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="access_seal_order_has_an_end"),
        ]
        indexes: ClassVar = [models.Index(fields=["case_id"], name="access_seal_order_of_a_case")]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": PLAIN,
            "uid": PLAIN,
            "organisation_id": PLAIN,
            "case_id": PLAIN,
            "case_ref": PLAIN,
            "law": PLAIN,
            "article": PLAIN,
            "most_days": PLAIN,
            "starts_on": PLAIN,
            "ends_on": PLAIN,
            "reason": AT_WORK,
            "asked_by": AT_WORK,
            "asked_at": PLAIN,
            "state": PLAIN,
            "decided_by": AT_WORK,
            "decided_in": PLAIN,
            "decided_at": PLAIN,
        }
