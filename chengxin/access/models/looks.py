"""What the database promises about looks: one row a look, never changed (F13)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengxin.foundation.privacy import Kept

FACT = Kept(personal=True, sensitive=False, kept="5 years, then commitment only")
PLAIN = Kept(personal=False, sensitive=False, kept="for ever")


class Look(models.Model):
    """One read of one person's file: who, office, purpose, ground, entries and versions, salt and commitment.

    ``commitment`` is a salted digest of the whole row. It is what the proof log will hold: a leaf says nothing without its
    salt, so the log outlives an erasure without holding a single personal datum.
    """

    pk = models.CompositePrimaryKey("person_id", "look_id")
    person_id = models.UUIDField()
    look_id = models.UUIDField()
    uid = models.UUIDField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    official_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    role = models.TextField(blank=True)
    purpose = models.TextField()
    ground_law = models.TextField()
    ground_article = models.TextField()
    case_ref = models.TextField(blank=True)
    entries = models.JSONField()
    fields = models.JSONField()
    outcome = models.TextField()
    salt = models.BinaryField()
    commitment = models.BinaryField()

    class Meta:
        db_table = "access_look"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(ground_law="") & ~Q(ground_article=""), name="access_look_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(actor_kind="official") | (Q(official_id__isnull=False) & Q(organisation_id__isnull=False)),
                name="access_look_official_named",
            ),
            models.CheckConstraint(
                condition=Q(actor_kind__in=["person", "official", "system", "client"]), name="access_look_actor_known"
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "look_id": PLAIN,
            "uid": PLAIN,
            "at": FACT,
            "actor_kind": FACT,
            "official_id": FACT,
            "organisation_id": FACT,
            "role": FACT,
            "purpose": FACT,
            "ground_law": FACT,
            "ground_article": FACT,
            "case_ref": FACT,
            "entries": FACT,
            "fields": FACT,
            "outcome": FACT,
            "salt": FACT,
            "commitment": PLAIN,
        }
