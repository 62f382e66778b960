"""Editions as they were proposed, and the decision that brought each in force; neither row ever changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from chengxin.catalogue.terms import Level
from chengxin.foundation.privacy import Kept
from chengxin.kernel.ids import new_id, new_uid

_EVER = Kept(personal=False, sensitive=False, kept="as long as the platform")
_AT_WORK = Kept(personal=True, sensitive=False, kept="as long as the platform: it says who brought an edition in force")


class StoredEdition(models.Model):
    """One edition, whole: `content` is its canonical JSON, `digest` the SHA-256 of that. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    level = models.CharField(max_length=16)
    code = models.CharField(max_length=64)
    content = models.JSONField()
    digest = models.BinaryField(max_length=32)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()

    class Meta:
        db_table = "catalogue_edition"
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(level__in=sorted(level.value for level in Level)), name="catalogue_edition_level_known"
            ),
            CheckConstraint(
                condition=Q(in_force_until__isnull=True) | Q(in_force_until__gt=F("in_force_from")),
                name="catalogue_edition_dates_in_order",
                violation_error_message="终止在起始之后 / an edition ends after it begins",
            ),
            CheckConstraint(condition=~Q(code=""), name="catalogue_edition_has_code"),
            UniqueConstraint(fields=("id", "proposed_by"), name="catalogue_edition_with_proposer"),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar = {
            "id": _EVER,
            "uid": _EVER,
            "level": _EVER,
            "code": _EVER,
            "content": _EVER,
            "digest": _EVER,
            "in_force_from": _EVER,
            "in_force_until": _EVER,
            "proposed_at": _EVER,
            "proposed_by": _AT_WORK,
        }

    def __str__(self) -> str:
        return f"{self.code} {self.in_force_from}"


class Approval(models.Model):
    """The second person's decision on an edition, one for each. Append-only.

    `proposed_by` repeats the edition's own (a foreign key over both holds it), so that a CHECK can tell two people."""

    edition = models.OneToOneField(StoredEdition, primary_key=True, on_delete=models.RESTRICT, related_name="approval")
    proposed_by = models.UUIDField()
    is_approved = models.BooleanField()
    approved_at = models.DateTimeField()
    approved_by = models.UUIDField()

    class Meta:
        db_table = "catalogue_approval"
        constraints: ClassVar = [
            CheckConstraint(
                condition=~Q(approved_by=F("proposed_by")),
                name="catalogue_approval_by_another",
                violation_error_message="提出人不得自行批准 / who proposes does not approve",
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar = {
            "edition": _EVER,
            "proposed_by": _AT_WORK,
            "is_approved": _EVER,
            "approved_at": _EVER,
            "approved_by": _AT_WORK,
        }

    def __str__(self) -> str:
        return f"{self.edition_id} {'approved' if self.is_approved else 'refused'}"
