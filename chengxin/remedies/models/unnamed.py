"""Complaints without a name: about no person, tied to no account, and their answers. Local, sealed under keys of their own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengxin.foundation.privacy import Kept
from chengxin.remedies.terms.unnamed import Concern

KEPT = "until 5 years after it was answered"
PLAIN = Kept(personal=False, sensitive=False, kept=KEPT)
_AT_WORK = Kept(personal=True, sensitive=False, kept=KEPT)
_OWN_WORDS = Kept(personal=True, sensitive=True, kept=KEPT)
"""Whoever writes may name somebody, be it themself."""


class Unnamed(models.Model):
    """What somebody complained of. There is no column for who they are, where they sat or what with."""

    uid = models.UUIDField(primary_key=True, editable=False)
    number = models.CharField(max_length=24, unique=True)
    word_hash = models.BinaryField()
    concern = models.CharField(max_length=16)
    about_organisation_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    due_on = models.DateField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "remedies_unnamed"
        indexes: ClassVar = [models.Index(fields=["due_on"], name="remedies_unnamed_due")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(concern__in=[one.value for one in Concern]), name="remedies_unnamed_concern_known"
            ),
        ]

    class Privacy:
        local = True
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "uid": PLAIN,
            "number": PLAIN,
            "word_hash": PLAIN,
            "concern": PLAIN,
            "about_organisation_id": PLAIN,
            "at": PLAIN,
            "due_on": PLAIN,
            "sealed": _OWN_WORDS,
        }


class UnnamedAnswer(models.Model):
    """The one answer to it: by whom, and whether it was founded."""

    complaint = models.OneToOneField(Unnamed, on_delete=models.RESTRICT, primary_key=True, related_name="answered")
    at = models.DateTimeField()
    founded = models.BooleanField()
    official_id = models.UUIDField()
    organisation_id = models.UUIDField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "remedies_unnamed_answer"

    class Privacy:
        local = True
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "complaint": PLAIN,
            "at": PLAIN,
            "founded": PLAIN,
            "official_id": _AT_WORK,
            "organisation_id": PLAIN,
            "sealed": _OWN_WORDS,
        }
