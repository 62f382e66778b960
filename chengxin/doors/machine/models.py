"""What the door remembers of a request: that it was sent, and never what it asked."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from chengxin.foundation.privacy import Kept

MARK_BYTES = 16

_A_DAY = Kept(personal=False, sensitive=False, kept="a nonce 15 minutes, the key of a request 24 hours")


class Replay(models.Model):
    """A mark that a client used: a signature's nonce, or the key of a request with the digest of its body. Local.

    ``body`` is empty for a nonce. ``thing``: the uid of what the request made, where the same request is answered with it.
    """

    pk = models.CompositePrimaryKey("client_id", "mark")
    client_id = models.UUIDField()
    mark = models.BinaryField()
    body = models.BinaryField(default=b"")
    thing = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "machine_replay"
        indexes: ClassVar = [BrinIndex(fields=["at"], name="machine_replay_swept_by")]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = dict.fromkeys(("client_id", "mark", "body", "thing", "at"), _A_DAY)
