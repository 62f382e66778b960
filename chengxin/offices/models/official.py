"""Officials: who works for an organisation, and under which account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, UniqueConstraint
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from chengxin.foundation.models import Account
from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import dated, in_order, paired
from chengxin.kernel.ids import new_id, new_uid
from chengxin.offices.models.organisation import Organisation
from chengxin.offices.terms import MARK_BYTES

_PLATFORM = Kept(personal=False, sensitive=False, kept="as long as the platform")
_AT_WORK = Kept(personal=True, sensitive=False, kept="as long as the platform: it says who answers for an act")


_MARK = Kept(
    personal=True, sensitive=True, kept="as long as the platform: without it nobody could be kept off their own file"
)


class Official(models.Model):
    """Somebody who works for an organisation, with one account. Dismissed for good; a return is a new row.

    ``own_document``: keyed mark of their own document (`queries.own_document_mark`), shown to nobody; it serves one
    question, whether the person asked about is the one who asks.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    account = models.ForeignKey(Account, on_delete=models.RESTRICT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.RESTRICT, related_name="officials")
    name = models.TextField()
    is_active = models.BooleanField(default=True)
    appointed_at = models.DateTimeField()
    appointed_by = models.UUIDField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.UUIDField(null=True)
    own_document = models.BinaryField(null=True)
    own_document_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["account"], name="offices_official_one_account"),
            models.CheckConstraint(condition=~Q(name=""), name="offices_official_named"),
            models.CheckConstraint(
                condition=Q(appointed_by__isnull=True) | ~Q(appointed_by=F("id")),
                name="offices_official_not_by_themself",
            ),
            dated(
                "offices_official_dismissed_when",
                "dismissed_at",
                state="is_active",
                states=[False],
                sentence="离任人员有离任时间 / a dismissed official says since when",
            ),
            paired(
                "offices_official_dismissed_by_someone",
                "dismissed_at",
                "dismissed_by",
                sentence="离任时间和决定人同时存在 / a dismissal says when and by whom",
            ),
            in_order(
                "offices_official_dismissed_after_appointed",
                "appointed_at",
                "dismissed_at",
                sentence="离任不早于任用 / a dismissal is not before the appointment",
            ),
            models.CheckConstraint(
                condition=Q(own_document__isnull=True) | Q(Exact(Length("own_document"), MARK_BYTES)),
                name="offices_official_document_mark",
            ),
            paired(
                "offices_official_document_by_someone",
                "own_document",
                "own_document_by",
                sentence="证件标记和登记人同时存在 / a document's mark says who recorded it",
            ),
            models.CheckConstraint(
                condition=Q(own_document_by__isnull=True) | ~Q(own_document_by=F("id")),
                name="offices_official_document_not_by_themself",
                violation_error_message="不得登记自己的证件 / nobody records their own document",
            ),
        ]

    class Privacy:
        reference = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": _PLATFORM,
            "uid": _PLATFORM,
            "account": _AT_WORK,
            "organisation": _AT_WORK,
            "name": _AT_WORK,
            "is_active": _AT_WORK,
            "appointed_at": _AT_WORK,
            "appointed_by": _AT_WORK,
            "dismissed_at": _AT_WORK,
            "dismissed_by": _AT_WORK,
            "own_document": _MARK,
            "own_document_by": _AT_WORK,
        }

    def __str__(self) -> str:
        return str(self.uid)
