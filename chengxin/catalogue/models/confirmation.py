"""Sources of an edition that somebody checked against the official text, by name. Append-only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from chengxin.catalogue.models.edition import StoredEdition
from chengxin.foundation.privacy import Kept
from chengxin.kernel.ids import new_id

_EVER = Kept(personal=False, sensitive=False, kept="as long as the platform")
_AT_WORK = Kept(personal=True, sensitive=False, kept="as long as the platform: it says who checked a source")


class Confirmation(models.Model):
    """`evidence` says where the official text was read: title, number, date or address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.ForeignKey(StoredEdition, on_delete=models.RESTRICT, related_name="confirmations")
    source = models.CharField(max_length=64)
    evidence = models.TextField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.UUIDField()

    class Meta:
        db_table = "catalogue_confirmation"
        constraints: ClassVar = [
            UniqueConstraint(fields=("edition", "source"), name="catalogue_confirmation_source_once"),
            CheckConstraint(
                condition=~Q(evidence=""),
                name="catalogue_confirmation_says_where",
                violation_error_message="写明核对的官方文本 / say which official text was read",
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar = {
            "id": _EVER,
            "edition": _EVER,
            "source": _EVER,
            "evidence": _EVER,
            "confirmed_at": _EVER,
            "confirmed_by": _AT_WORK,
        }

    def __str__(self) -> str:
        return self.source
