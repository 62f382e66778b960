"""What the database promises about uses: one a look, written once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengxin.access.models.looks import FACT, PLAIN
from chengxin.foundation.privacy import Kept


class Use(models.Model):
    """An asker's decision against a person that rests on an answer: its number and day, and the look it rests on."""

    pk = models.CompositePrimaryKey("person_id", "use_id")
    person_id = models.UUIDField()
    use_id = models.UUIDField()
    uid = models.UUIDField()
    look_uid = models.UUIDField()
    organisation_id = models.UUIDField()
    official_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    decision = models.TextField()
    decided_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        db_table = "access_use"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decision=""), name="access_use_says_what_was_decided"),
            models.CheckConstraint(
                condition=Q(official_id__isnull=False) | Q(client_id__isnull=False), name="access_use_says_who"
            ),
            models.UniqueConstraint(fields=["person_id", "look_uid"], name="access_use_one_a_look"),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "use_id": PLAIN,
            "uid": PLAIN,
            "look_uid": PLAIN,
            "organisation_id": FACT,
            "official_id": FACT,
            "client_id": FACT,
            "decision": FACT,
            "decided_on": FACT,
            "at": FACT,
        }
