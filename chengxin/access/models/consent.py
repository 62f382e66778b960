"""What the database promises about consent: a request, and each answer to it, added and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengxin.access.models.looks import FACT, PLAIN
from chengxin.access.terms.consent import ConsentAct
from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import in_order

GIVEN, REFUSED, WITHDRAWN, USED = (int(act) for act in ConsentAct)


class Consent(models.Model):
    """One request of one organisation, for one purpose: which items and fields, and until when it may be answered."""

    pk = models.CompositePrimaryKey("person_id", "consent_id")
    person_id = models.UUIDField()
    consent_id = models.UUIDField()
    uid = models.UUIDField()
    organisation_id = models.UUIDField()
    purpose = models.TextField()
    asked = models.JSONField()
    asked_at = models.DateTimeField()
    lapses_at = models.DateTimeField()

    class Meta:
        db_table = "access_consent"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(purpose=""), name="access_consent_has_a_purpose"),
            in_order(
                "access_consent_asked_before_it_lapses",
                "asked_at",
                "lapses_at",
                sentence="先请求，后失效 / asked first",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person_id", "organisation_id", "purpose"], name="access_consent_of_an_asker")
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "consent_id": PLAIN,
            "uid": PLAIN,
            "organisation_id": FACT,
            "purpose": FACT,
            "asked": FACT,
            "asked_at": FACT,
            "lapses_at": FACT,
        }


class ConsentStep(models.Model):
    """Given, refused, withdrawn or used: each at most once for a request, which the key holds.

    ``mandate_id``: by which mandate somebody answered or took back for the person.
    """

    pk = models.CompositePrimaryKey("person_id", "consent_id", "act")
    person_id = models.UUIDField()
    consent_id = models.UUIDField()
    act = models.SmallIntegerField()
    at = models.DateTimeField()
    scope = models.JSONField(null=True)
    once = models.BooleanField(null=True)
    ends_at = models.DateTimeField(null=True)
    receipt = models.TextField(blank=True)
    mandate_id = models.UUIDField(null=True)

    class Meta:
        db_table = "access_consent_step"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(act=USED) | Q(mandate_id__isnull=True), name="access_consent_step_used_for_nobody"
            ),
            models.CheckConstraint(
                condition=Q(act__in=[GIVEN, REFUSED, WITHDRAWN, USED]), name="access_consent_step_act_known"
            ),
            models.CheckConstraint(
                condition=Q(act=GIVEN, scope__isnull=False, once__isnull=False) & ~Q(receipt="")
                | ~Q(act=GIVEN) & Q(scope__isnull=True, once__isnull=True, ends_at__isnull=True, receipt=""),
                name="access_consent_step_given_whole",
            ),
            models.CheckConstraint(
                condition=~Q(act=GIVEN) | Q(once=True, ends_at__isnull=True) | Q(once=False, ends_at__isnull=False),
                name="access_consent_step_has_an_end",
            ),
            # yes and no cannot both be said, whatever two requests do at once
            models.UniqueConstraint(
                fields=["person_id", "consent_id"],
                condition=Q(act__in=[GIVEN, REFUSED]),
                name="access_consent_step_one_answer",
            ),
            # a consent that was taken back cannot be used, nor one that was used be taken back: whichever is first stands
            models.UniqueConstraint(
                fields=["person_id", "consent_id"],
                condition=Q(act__in=[WITHDRAWN, USED]),
                name="access_consent_step_one_end",
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "consent_id": PLAIN,
            "act": FACT,
            "at": FACT,
            "scope": FACT,
            "once": FACT,
            "ends_at": FACT,
            "receipt": FACT,
            "mandate_id": FACT,
        }
