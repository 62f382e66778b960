"""What a person has answered so far and not sent: the one thing of this room that is changed and thrown away."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from chengxin.foundation.privacy import Kept

KEPT = "30 days after it was last changed, or until it is sent"
PLAIN = Kept(personal=False, sensitive=False, kept=KEPT)
FACT = Kept(personal=True, sensitive=False, kept=KEPT)
SEALED = Kept(personal=True, sensitive=True, kept=KEPT)


class Draft(models.Model):
    """Answers to the questions of one request about one thing, sealed under the person's key. Nobody else reads them."""

    pk = models.CompositePrimaryKey("person_id", "flow", "about_uid")
    person_id = models.UUIDField()
    flow = models.CharField(max_length=16)
    about_uid = models.UUIDField()
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "remedies_draft"

    class Privacy:
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "flow": FACT,
            "about_uid": PLAIN,
            "at": FACT,
            "sealed": SEALED,
        }
