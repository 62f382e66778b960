"""What the database promises about looks: one row a look, never changed (F13)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import in_order

FACT = Kept(personal=True, sensitive=False, kept="10 years, then its leaf in the proof log alone")
PLAIN = Kept(personal=False, sensitive=False, kept="for ever")


class Look(models.Model):
    """One read of one person's file, or one question about them: who, office, purpose, ground, entries and versions.

    ``purpose`` is one of the platform's own or the code of a purpose of the catalogue; ``outcome`` says what became of it, for
    the person to the letter; ``opens_at`` is when the person sees it, where a law orders delay, else NULL: at once.
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
    operation = models.CharField(max_length=16, blank=True, default="", db_default="")
    client_id = models.UUIDField(null=True)
    consent = models.UUIDField(null=True)
    emergency = models.BooleanField(default=False, db_default=False)
    reason = models.TextField(blank=True, default="", db_default="")
    opens_at = models.DateTimeField(null=True)
    request_key = models.BinaryField(default=b"", db_default=b"")
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
            models.CheckConstraint(
                condition=~Q(actor_kind="client") | Q(client_id__isnull=False, organisation_id__isnull=False),
                name="access_look_client_named",
            ),
            models.CheckConstraint(
                condition=Q(emergency=False) | (~Q(reason="") & Q(actor_kind="official")),
                name="access_look_emergency_says_why",
            ),
            in_order(
                "access_look_opens_after_it", "at", "opens_at", sentence="先查询，后公开 / looked before it is told"
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
            "operation": FACT,
            "client_id": FACT,
            "consent": FACT,
            "emergency": FACT,
            "reason": FACT,
            "opens_at": FACT,
            "request_key": FACT,
            "salt": FACT,
            "commitment": PLAIN,
        }
