"""What the database promises about reviews: which look is reviewed until when, decided by somebody else than the looker."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengxin.access.models.looks import PLAIN
from chengxin.access.terms.reviews import Finding, ReviewKind, WatchRule
from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import in_order

FINDINGS = [one.value for one in Finding]
RULES = [one.value for one in WatchRule]

AT_WORK = Kept(personal=True, sensitive=False, kept="5 years: what an official did")
WORDS = Kept(personal=True, sensitive=False, kept="5 years, or until the person is erased")
NINETY_DAYS = Kept(personal=True, sensitive=False, kept="90 days")


class Review(models.Model):
    """One look, or some of one operator's, to be looked at again by somebody else. It names nobody who was looked at. Local.

    ``about`` makes it the same finding when it is raised again; ``told`` is what the person or persons are told.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    uid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=16)
    rule = models.CharField(max_length=16, blank=True)
    about = models.TextField()
    organisation_id = models.UUIDField()
    official_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    purpose = models.TextField(blank=True)
    case_ref = models.CharField(max_length=64, blank=True)
    why = models.TextField(blank=True)
    looked_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    due_on = models.DateField()
    finding = models.CharField(max_length=16, blank=True)
    told = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        db_table = "access_review"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=ReviewKind.WATCH.value, rule__in=RULES)
                | Q(kind__in=[ReviewKind.EMERGENCY.value, ReviewKind.UNRECOGNISED.value], rule=""),
                name="access_review_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReviewKind.EMERGENCY.value) | ~Q(why=""), name="access_review_emergency_says_why"
            ),
            models.CheckConstraint(
                condition=Q(finding="", told="", decided_at__isnull=True, decided_by__isnull=True)
                | Q(finding__in=FINDINGS, decided_at__isnull=False, decided_by__isnull=False) & ~Q(told=""),
                name="access_review_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(official_id__isnull=True) | ~Q(decided_by=F("official_id")),
                name="access_review_by_another",
                violation_error_message="查询人不能复核自己的查询 / nobody reviews their own look",
            ),
            in_order(
                "access_review_raised_before_decided",
                "looked_at",
                "raised_at",
                "decided_at",
                sentence="先查询，再提出，后决定 / looked, raised, decided",
            ),
            models.UniqueConstraint(fields=["kind", "rule", "about"], name="access_review_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=Q(finding=""), name="access_review_open"),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": PLAIN,
            "uid": PLAIN,
            "kind": PLAIN,
            "rule": PLAIN,
            "about": PLAIN,
            "organisation_id": PLAIN,
            "official_id": AT_WORK,
            "client_id": PLAIN,
            "purpose": PLAIN,
            "case_ref": PLAIN,
            "why": AT_WORK,
            "looked_at": AT_WORK,
            "figures": AT_WORK,
            "raised_at": PLAIN,
            "due_on": PLAIN,
            "finding": AT_WORK,
            "told": AT_WORK,
            "decided_at": PLAIN,
            "decided_by": AT_WORK,
        }


class ReviewLook(models.Model):
    """That a review is about this look at this person, and the person's own words where they asked. Local: for its person, and
    for whoever tells them what was found."""

    id = models.UUIDField(primary_key=True, editable=False)
    review_id = models.UUIDField()
    person_id = models.UUIDField()
    look_uid = models.UUIDField()
    opens_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        db_table = "access_review_look"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review_id", "look_uid"], name="access_review_look_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["person_id"], name="access_review_look_of_a_person")]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": PLAIN,
            "review_id": PLAIN,
            "person_id": PLAIN,
            "look_uid": PLAIN,
            "opens_at": PLAIN,
            "words": WORDS,
        }


class OperatorLook(models.Model):
    """One look of an operator, kept on the operators' side for ninety days: what the rules over operators read. Local.

    Every look of an official or a machine adds one, answered or not; a question that met nobody stands in `Unheld`.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField(db_index=True)
    organisation_id = models.UUIDField()
    official_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    purpose = models.TextField()
    case_ref = models.CharField(max_length=64, blank=True)
    outcome = models.TextField()
    person_id = models.UUIDField()
    look_uid = models.UUIDField()
    opens_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_operator_look"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(official_id__isnull=False) ^ Q(client_id__isnull=False),
                name="access_operator_look_one_operator",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation_id", "at"], name="access_operator_look_of_one")]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": NINETY_DAYS,
            "at": NINETY_DAYS,
            "organisation_id": NINETY_DAYS,
            "official_id": NINETY_DAYS,
            "client_id": NINETY_DAYS,
            "purpose": NINETY_DAYS,
            "case_ref": NINETY_DAYS,
            "outcome": NINETY_DAYS,
            "person_id": NINETY_DAYS,
            "look_uid": NINETY_DAYS,
            "opens_at": NINETY_DAYS,
        }
