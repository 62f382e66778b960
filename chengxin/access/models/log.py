"""What the database promises about the proof log: it grows at its end and nowhere else (F13). No person stands in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from chengxin.access.models.looks import PLAIN
from chengxin.foundation.privacy import Kept

WAITING = Kept(personal=False, sensitive=False, kept="until sequenced, a second or two")


class LogWaiting(models.Model):
    """A commitment between its look's commit and the log. Local; taken out when the tree has it."""

    commitment = models.BinaryField(primary_key=True)
    queued_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "access_log_waiting"

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {"commitment": WAITING, "queued_at": WAITING}


class LogTile(models.Model):
    """256 values side by side: entries at height 0, from 1 on the hashes of whole tiles below. The last may grow."""

    pk = models.CompositePrimaryKey("height", "n")
    height = models.SmallIntegerField()
    n = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        db_table = "access_log_tile"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(height__gte=0, height__lt=8, n__gte=0), name="access_log_tile_has_a_place"
            ),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {"height": PLAIN, "n": PLAIN, "hashes": PLAIN}


class LogCheckpoint(models.Model):
    """The tree at one size, signed: never changed, never taken back."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    at = models.DateTimeField(db_index=True)
    note = models.TextField()

    class Meta:
        db_table = "access_log_checkpoint"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gte=0) & ~Q(note=""), name="access_log_checkpoint_is_signed"),
        ]

    class Privacy:
        append_only = True
        local = True
        fields: ClassVar[dict[str, Kept]] = {"size": PLAIN, "root": PLAIN, "at": PLAIN, "note": PLAIN}


class LogCosignature(models.Model):
    """That a witness, anybody outside, saw a checkpoint and signed that it continues what they saw before."""

    pk = models.CompositePrimaryKey("size", "witness")
    size = models.BigIntegerField()
    witness = models.TextField()
    line = models.TextField()
    at = models.DateTimeField()
    known = models.BooleanField()

    class Meta:
        db_table = "access_log_cosignature"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(witness="") & ~Q(line=""), name="access_log_cosignature_names_its_key"),
        ]

    class Privacy:
        append_only = True
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "size": PLAIN,
            "witness": PLAIN,
            "line": PLAIN,
            "at": PLAIN,
            "known": PLAIN,
        }
