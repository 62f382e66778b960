"""Longest display by item, class and day: the SQL form of the editions in force, for the ledger's `visible`."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import CheckConstraint, F, Func, Q, Value

from chengxin.catalogue.terms import ActClass
from chengxin.foundation.privacy import Kept

_EVER = Kept(personal=False, sensitive=False, kept="as long as the platform")


class Display(models.Model):
    """In these days (until: first day after), entries of this item and class are shown at most this many months.

    `max_months` None: only the document's validity ends the display. Derived from the approved editions; rows of days
    that have passed stay as they are. A day without a row means: not in the catalogue, shown to nobody else."""

    pk = models.CompositePrimaryKey("item_code", "act_class", "in_force_from")
    edition_id = models.UUIDField()
    item_code = models.CharField(max_length=48)
    act_class = models.SmallIntegerField()
    max_months = models.SmallIntegerField(null=True)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True)

    class Meta:
        db_table = "catalogue_display"
        constraints: ClassVar = [
            CheckConstraint(
                condition=Q(act_class__in=[int(cls) for cls in ActClass]), name="catalogue_display_class_known"
            ),
            CheckConstraint(
                condition=Q(max_months__isnull=True) | Q(max_months__gt=0), name="catalogue_display_months_positive"
            ),
            CheckConstraint(
                condition=Q(max_months__isnull=True)
                | Q(act_class=int(ActClass.NONE))
                | Q(act_class=int(ActClass.MINOR), max_months__lte=3)
                | Q(act_class=int(ActClass.GENERAL), max_months__lte=12)
                | Q(act_class=int(ActClass.SERIOUS), max_months__lte=36),
                name="catalogue_display_under_ceiling",
                violation_error_message="展示不超过三个月、一年、三年 / three months, one year, three years at most",
            ),
            CheckConstraint(
                condition=Q(in_force_until__isnull=True) | Q(in_force_until__gt=F("in_force_from")),
                name="catalogue_display_dates_in_order",
            ),
            ExclusionConstraint(
                name="catalogue_display_one_at_a_time",
                expressions=[
                    ("item_code", "="),
                    ("act_class", "="),
                    (Func(F("in_force_from"), F("in_force_until"), Value("[)"), function="daterange"), "&&"),
                ],
            ),
        ]

    class Privacy:
        fields: ClassVar = {
            "edition_id": _EVER,
            "item_code": _EVER,
            "act_class": _EVER,
            "max_months": _EVER,
            "in_force_from": _EVER,
            "in_force_until": _EVER,
        }

    def __str__(self) -> str:
        return f"{self.item_code} {self.act_class} {self.in_force_from}"
