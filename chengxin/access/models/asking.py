"""What the database promises about questions: the cases they are for, and those that met nobody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengxin.access.models.looks import FACT, PLAIN
from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import in_order

_AT_WORK = Kept(personal=True, sensitive=False, kept="5 years: who opened what")


class Case(models.Model):
    """A case of an asker, under its own number, for one purpose: about how many persons it may ask, never about whom. Local.

    ``outcome``: what became of it, in the words of whoever closed it; it names nobody.

    ``opens_at``: until when looks for it stay sealed under an approved order (`SealOrder`); NULL for almost all.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    uid = models.UUIDField(unique=True)
    organisation_id = models.UUIDField()
    ref = models.CharField(max_length=64)
    purpose = models.TextField()
    places = models.IntegerField()
    places_taken = models.IntegerField(default=0)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True, default="", db_default="")
    opens_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_case"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation_id", "ref"], name="access_case_one_number"),
            models.CheckConstraint(condition=~Q(ref="") & ~Q(purpose=""), name="access_case_says_what_for"),
            models.CheckConstraint(
                condition=Q(places__gte=1) & Q(places_taken__gte=0) & Q(places_taken__lte=F("places")),
                name="access_case_about_no_more",
                violation_error_message="不超过立案时申明的人数 / about no more people than it was opened for",
            ),
            models.CheckConstraint(
                condition=Q(opened_by__isnull=False, client_id__isnull=True)
                | Q(opened_by__isnull=True, client_id__isnull=False),
                name="access_case_opened_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="access_case_closed_with_its_outcome",
                violation_error_message="办结的写明结果 / a closed case says what became of it",
            ),
            in_order(
                "access_case_opened_before_closed", "opened_at", "closed_at", sentence="先立案，后结案 / opened first"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation_id", "opened_at"], name="access_case_of_an_asker")]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": PLAIN,
            "uid": PLAIN,
            "organisation_id": PLAIN,
            "ref": PLAIN,
            "purpose": PLAIN,
            "places": PLAIN,
            "places_taken": PLAIN,
            "opened_at": PLAIN,
            "opened_by": _AT_WORK,
            "client_id": PLAIN,
            "closed_at": PLAIN,
            "outcome": _AT_WORK,
            "opens_at": PLAIN,
        }


class CasePerson(models.Model):
    """That a person was asked about in a case: asked again, they take no second place in it."""

    pk = models.CompositePrimaryKey("person_id", "case_id")
    person_id = models.UUIDField()
    case_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "access_case_person"

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {"person_id": PLAIN, "case_id": FACT, "at": FACT}


class Unheld(models.Model):
    """A question about a number under which nobody is held: that it was asked, and not about whom. Local."""

    id = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField()
    organisation_id = models.UUIDField(null=True)
    official_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    purpose = models.TextField()
    operation = models.CharField(max_length=16)
    case_ref = models.CharField(max_length=64, blank=True)
    outcome = models.TextField()

    class Meta:
        db_table = "access_unheld"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(official_id__isnull=False) | Q(client_id__isnull=False), name="access_unheld_says_who"
            ),
        ]

    class Privacy:
        local = True
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": PLAIN,
            "at": PLAIN,
            "organisation_id": PLAIN,
            "official_id": _AT_WORK,
            "client_id": PLAIN,
            "purpose": PLAIN,
            "operation": PLAIN,
            "case_ref": PLAIN,
            "outcome": PLAIN,
        }
