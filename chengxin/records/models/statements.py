"""What persons say beside their entries, sealed under their own keys."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengxin.foundation.privacy import Kept

KEPT = "as long as its entry, or until its person is erased"
FACT = Kept(personal=True, sensitive=False, kept=KEPT)
PLAIN = Kept(personal=False, sensitive=False, kept=KEPT)
SEALED = Kept(personal=True, sensitive=True, kept=KEPT)


class Statement(models.Model):
    """One writing of a person's own statement beside an entry, or one covering of it by two officials. The newest counts while
    the entry's marks say that it stands.

    ``covers``: the writing of which this is the covered text; ``approved_by``: who proposed what ``by_id`` agreed to.
    """

    pk = models.CompositePrimaryKey("person_id", "entry_id", "statement_id")
    person_id = models.UUIDField()
    entry_id = models.UUIDField()
    statement_id = models.UUIDField()
    version = models.SmallIntegerField()
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=8)
    by_id = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    covers = models.UUIDField(null=True)
    sealed = models.BinaryField()

    class Meta:
        db_table = "records_statement"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(covers__isnull=True, approved_by__isnull=True)
                | (
                    Q(covers__isnull=False, approved_by__isnull=False, by_id__isnull=False, by_kind="official")
                    & ~Q(approved_by=F("by_id"))
                ),
                name="records_statement_covered_by_two",
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "entry_id": PLAIN,
            "statement_id": PLAIN,
            "version": PLAIN,
            "at": FACT,
            "by_kind": FACT,
            "by_id": FACT,
            "approved_by": FACT,
            "covers": PLAIN,
            "sealed": SEALED,
        }
