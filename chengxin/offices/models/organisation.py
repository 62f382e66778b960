"""Organisations: the tree of offices of one city."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, UniqueConstraint

from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import dated, in_order, paired
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices.terms import Tier

_PLATFORM = Kept(personal=False, sensitive=False, kept="as long as the platform")


class Organisation(models.Model):
    """An office of the city, under another one; the one without a parent leads (F1). Where it stands never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    name_zh = models.TextField()
    name_en = models.TextField()
    org_code = models.CharField(max_length=18)
    parent = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, related_name="children")
    tier = models.CharField(max_length=16)
    kind = models.CharField(max_length=64)
    contact = models.TextField()
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["org_code"], name="offices_organisation_code_once"),
            # every root is of tier lead (below), so one row fits in
            UniqueConstraint(fields=["tier"], condition=Q(parent__isnull=True), name="offices_organisation_one_root"),
            models.CheckConstraint(
                condition=Q(tier=Tier.LEAD.value, parent__isnull=True)
                | (~Q(tier=Tier.LEAD.value) & Q(parent__isnull=False)),
                name="offices_organisation_root_leads",
                violation_error_message="只有牵头单位没有上级 / the lead office alone has no parent",
            ),
            models.CheckConstraint(
                condition=Q(tier__in=sorted(tier.value for tier in Tier)), name="offices_organisation_tier_known"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="offices_organisation_not_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(org_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="offices_organisation_code_shape"
            ),
            models.CheckConstraint(condition=Q(kind__regex=r"^[a-z][a-z_]*$"), name="offices_organisation_kind_shape"),
            models.CheckConstraint(
                condition=~Q(name_zh="") & ~Q(name_en="") & ~Q(contact=""), name="offices_organisation_named"
            ),
            dated(
                "offices_organisation_closed_when",
                "closed_at",
                state="is_active",
                states=[False],
                sentence="停用的单位有停用时间 / a closed organisation says since when",
            ),
            paired(
                "offices_organisation_closed_by_someone",
                "closed_at",
                "closed_by",
                sentence="停用时间和停用人同时存在 / closing says when and by whom",
            ),
            in_order(
                "offices_organisation_closed_after_made",
                "made_at",
                "closed_at",
                sentence="停用不早于登记 / closing is not before registering",
            ),
        ]

    class Privacy:
        reference = True
        fields: ClassVar[dict[str, Kept]] = dict.fromkeys(
            (
                "id",
                "uid",
                "name_zh",
                "name_en",
                "org_code",
                "parent",
                "tier",
                "kind",
                "contact",
                "is_active",
                "made_at",
                "closed_at",
                "closed_by",
            ),
            _PLATFORM,
        )

    def __str__(self) -> str:
        return self.name_zh
