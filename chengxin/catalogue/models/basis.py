"""Laws and articles that approved editions rest on, as the table of laws told them at the approval. Append-only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from chengxin.catalogue.models.edition import StoredEdition
from chengxin.catalogue.terms import Mark
from chengxin.foundation.privacy import Kept
from chengxin.kernel.ids import new_id

_EVER = Kept(personal=False, sensitive=False, kept="as long as the platform")


class Basis(models.Model):
    """One article of one law, its days in force (until: first day after), its source and mark."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.ForeignKey(StoredEdition, on_delete=models.RESTRICT, related_name="bases")
    law = models.CharField(max_length=200)
    article = models.CharField(max_length=16)
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    source = models.CharField(max_length=64)
    mark = models.CharField(max_length=3)

    class Meta:
        db_table = "catalogue_basis"
        constraints: ClassVar = [
            UniqueConstraint(fields=("edition", "law", "article"), name="catalogue_basis_article_once"),
            CheckConstraint(
                condition=Q(mark__in=sorted(mark.value for mark in Mark)), name="catalogue_basis_mark_known"
            ),
            CheckConstraint(
                condition=Q(in_force_until__isnull=True)
                | Q(in_force_from__isnull=True)
                | Q(in_force_until__gt=F("in_force_from")),
                name="catalogue_basis_dates_in_order",
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar = {
            "id": _EVER,
            "edition": _EVER,
            "law": _EVER,
            "article": _EVER,
            "in_force_from": _EVER,
            "in_force_until": _EVER,
            "source": _EVER,
            "mark": _EVER,
        }

    def __str__(self) -> str:
        return f"{self.law} {self.article}"
