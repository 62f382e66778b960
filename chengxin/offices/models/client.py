"""Machine clients: an organisation's software that asks or supplies, registered by two people for a year at most."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import dated, in_order, paired
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices.models.organisation import Organisation
from chengxin.offices.terms import CLIENT_DAYS, KEY_BYTES, ClientState

_PLATFORM = Kept(personal=False, sensitive=False, kept="as long as the platform")
_AT_WORK = Kept(personal=True, sensitive=False, kept="as long as the platform: it says who answers for a machine")


class Client(models.Model):
    """A registration. What it may do, its key and its days never change: another is a new row with a new uid.

    ``public_key``: Ed25519, NULL for a client that signs nothing. The secret of its token is no column of this room.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.RESTRICT, related_name="clients")
    name = models.TextField()
    public_key = models.BinaryField(null=True)
    may_ask = models.BooleanField()
    may_supply = models.BooleanField()
    state = models.CharField(max_length=16)
    starts_on = models.DateField()
    ends_on = models.DateField()
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(state__in=sorted(state.value for state in ClientState)), name="offices_client_state_known"
            ),
            CheckConstraint(condition=~Q(name=""), name="offices_client_named"),
            CheckConstraint(
                condition=Q(may_ask=True) | Q(may_supply=True),
                name="offices_client_does_something",
                violation_error_message="接口至少能查询或报送 / a client asks or supplies",
            ),
            CheckConstraint(
                condition=Q(public_key__isnull=True) | Q(Exact(Length("public_key"), KEY_BYTES)),
                name="offices_client_key_length",
                violation_error_message="公钥为 32 字节 / a public key has 32 bytes",
            ),
            UniqueConstraint(fields=["public_key"], name="offices_client_key_once"),
            in_order(
                "offices_client_days_in_order",
                "starts_on",
                "ends_on",
                sentence="终止日不早于起始日 / the last day is not before the first",
            ),
            CheckConstraint(
                condition=Q(ends_on__lte=F("starts_on") + timedelta(days=max(one.days for one in CLIENT_DAYS))),
                name="offices_client_a_year",
                violation_error_message="登记最长一年 / a registration ends after a year at most",
            ),
            CheckConstraint(
                condition=~Q(state=ClientState.PROPOSED.value) | Q(approved_at__isnull=True),
                name="offices_client_proposed_unapproved",
                violation_error_message="状态与批准时间一致 / the state agrees with the approval",
            ),
            CheckConstraint(
                condition=~Q(state=ClientState.APPROVED.value) | Q(approved_at__isnull=False),
                name="offices_client_approved_when",
                violation_error_message="状态与批准时间一致 / the state agrees with the approval",
            ),
            dated(
                "offices_client_ended_when",
                "ended_at",
                state="state",
                states=[ClientState.ENDED.value],
                sentence="状态与停用时间一致 / the state agrees with the end",
            ),
            paired(
                "offices_client_approved_by_someone",
                "approved_at",
                "approved_by",
                sentence="批准时间和批准人同时存在 / an approval says when and by whom",
            ),
            paired(
                "offices_client_ended_by_someone",
                "ended_at",
                "ended_by",
                sentence="停用时间和决定人同时存在 / an end says when and by whom",
            ),
            CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="offices_client_two_people",
                violation_error_message="提出人和批准人不得为同一人 / who proposes a client does not approve it",
            ),
            in_order(
                "offices_client_steps_in_order",
                "proposed_at",
                "approved_at",
                "ended_at",
                sentence="各步骤按时间先后 / each step is not before the one before it",
            ),
        ]

    class Privacy:
        reference = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": _PLATFORM,
            "uid": _PLATFORM,
            "organisation": _PLATFORM,
            "name": _PLATFORM,
            "public_key": _PLATFORM,
            "may_ask": _PLATFORM,
            "may_supply": _PLATFORM,
            "state": _PLATFORM,
            "starts_on": _PLATFORM,
            "ends_on": _PLATFORM,
            "proposed_at": _PLATFORM,
            "proposed_by": _AT_WORK,
            "approved_at": _PLATFORM,
            "approved_by": _AT_WORK,
            "ended_at": _PLATFORM,
            "ended_by": _AT_WORK,
        }

    def __str__(self) -> str:
        return self.name
