"""What the database promises about the ledger: append, never edit.

An entry is a uid with versions 1..n (F4). Its content lies a row apart, sealed. Marks say what changed later; the newest of a
pair (frozen, unfrozen) counts. At its retention end, or when its person is erased, all of it goes and tombstones stay.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chengxin.foundation.privacy import Kept

KEPT = "until retain_until of the entry, then a tombstone stays"
FACT = Kept(personal=True, sensitive=False, kept=KEPT)
SEALED = Kept(personal=True, sensitive=True, kept=KEPT)
PLAIN = Kept(personal=False, sensitive=False, kept="for ever")


class Entry(models.Model):
    """One version of one entry about one person, without its content."""

    pk = models.CompositePrimaryKey("person_id", "entry_id", "version")
    person_id = models.UUIDField()
    entry_id = models.UUIDField()
    version = models.SmallIntegerField()
    uid = models.UUIDField()
    item = models.TextField()
    supplier = models.UUIDField()
    edition = models.UUIDField()
    nature = models.SmallIntegerField()
    act_class = models.SmallIntegerField()
    decided_on = models.DateField()
    act_on = models.DateField(null=True)
    final_on = models.DateField(null=True)
    served_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    known_from = models.DateTimeField()
    display_until = models.DateField(null=True)
    retain_until = models.DateField()
    batch_id = models.UUIDField()
    row_no = models.IntegerField()
    commitment = models.BinaryField()

    class Meta:
        db_table = "records_entry"
        indexes: ClassVar = [models.Index(fields=["batch_id"], name="records_entry_batch")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person_id", "uid", "version"], name="records_entry_uid_names_one"),
            models.CheckConstraint(condition=Q(version__gte=1), name="records_entry_version_counts_from_one"),
            models.CheckConstraint(condition=Q(nature__range=(0, 2)), name="records_entry_nature_known"),
            models.CheckConstraint(condition=Q(act_class__range=(0, 3)), name="records_entry_class_known"),
            models.CheckConstraint(
                condition=~Q(nature=2) | Q(display_until__isnull=False), name="records_entry_adverse_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(display_until__isnull=True) | Q(display_until__gte=F("decided_on")),
                name="records_entry_ends_after_decision",
            ),
            models.CheckConstraint(
                condition=Q(act_on__isnull=True) | Q(act_on__lte=F("decided_on")),
                name="records_entry_act_before_decision",
            ),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(served_on__gte=F("decided_on")),
                name="records_entry_served_after_decision",
            ),
            models.CheckConstraint(
                condition=Q(final_on__isnull=True) | Q(final_on__gte=F("decided_on")),
                name="records_entry_final_after_decision",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="records_entry_valid_in_order",
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "entry_id": PLAIN,
            "version": PLAIN,
            "uid": PLAIN,
            "item": FACT,
            "supplier": FACT,
            "edition": PLAIN,
            "nature": FACT,
            "act_class": FACT,
            "decided_on": FACT,
            "act_on": FACT,
            "final_on": FACT,
            "served_on": FACT,
            "valid_from": FACT,
            "valid_to": FACT,
            "known_from": FACT,
            "display_until": FACT,
            "retain_until": FACT,
            "batch_id": FACT,
            "row_no": FACT,
            "commitment": PLAIN,
        }


class Content(models.Model):
    """The sealed content of one version. It goes on its own day, where a longer version still keeps the entry."""

    pk = models.CompositePrimaryKey("person_id", "entry_id", "version")
    person_id = models.UUIDField()
    entry_id = models.UUIDField()
    version = models.SmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "records_content"

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "entry_id": PLAIN,
            "version": PLAIN,
            "sealed": SEALED,
        }


class Mark(models.Model):
    """One change of an entry's visibility: which, when, by whom, why (F5)."""

    pk = models.CompositePrimaryKey("person_id", "mark_id")
    person_id = models.UUIDField()
    mark_id = models.UUIDField()
    entry_id = models.UUIDField()
    version = models.SmallIntegerField()
    uid = models.UUIDField()
    kind = models.SmallIntegerField()
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=8)
    by_id = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    reason = models.TextField()
    final_on = models.DateField(null=True)
    lapses_on = models.DateField(null=True)
    clock = models.UUIDField(null=True)

    class Meta:
        db_table = "records_mark"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__range=(1, 19)), name="records_mark_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="records_mark_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind=15, final_on__isnull=False) | (~Q(kind=15) & Q(final_on__isnull=True)),
                name="records_mark_service_sets_the_final_day",
            ),
            models.CheckConstraint(
                condition=Q(kind=16, clock__isnull=False)
                | Q(kind=12, clock__isnull=True)
                | (~Q(kind__in=[12, 16]) & Q(clock__isnull=True, lapses_on__isnull=True)),
                name="records_mark_term_of_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(kind=13)
                | (Q(approved_by__isnull=False) & Q(by_id__isnull=False) & ~Q(approved_by=F("by_id"))),
                name="records_mark_readmitted_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(kind=19) | Q(by_kind="person"), name="records_mark_statement_ended_by_its_person"
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "mark_id": PLAIN,
            "entry_id": PLAIN,
            "version": PLAIN,
            "uid": PLAIN,
            "kind": FACT,
            "at": FACT,
            "by_kind": FACT,
            "by_id": FACT,
            "approved_by": FACT,
            "reason": FACT,
            "final_on": FACT,
            "lapses_on": FACT,
            "clock": PLAIN,
        }


class Tombstone(models.Model):
    """What stays of one version of an entry that is gone: its commitment, why, and the day (F6, F7).

    Nothing here says what the entry was about or who supplied it; ``uid`` is the one that looks and letters name.
    """

    pk = models.CompositePrimaryKey("person_id", "uid", "version")
    person_id = models.UUIDField()
    uid = models.UUIDField()
    version = models.SmallIntegerField()
    known_on = models.DateField()
    commitment = models.BinaryField()
    reason = models.CharField(max_length=16)
    gone_on = models.DateField()

    class Meta:
        db_table = "records_tombstone"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__in=["erased", "retention_ended"]), name="records_tombstone_reason_known"
            ),
            models.CheckConstraint(condition=Q(gone_on__gte=F("known_on")), name="records_tombstone_known_before_gone"),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "uid": PLAIN,
            "version": PLAIN,
            "known_on": PLAIN,
            "commitment": PLAIN,
            "reason": PLAIN,
            "gone_on": PLAIN,
        }


class DecisionKey(models.Model):
    """Keyed number of a decision -> its entry (F4). Finds the same decision under another identity."""

    decision_index = models.BinaryField(primary_key=True)
    person_id = models.UUIDField()
    entry_id = models.UUIDField()

    class Meta:
        db_table = "records_decision_key"

    class Privacy:
        append_only = True
        spread_by = "decision_index"
        fields: ClassVar[dict[str, Kept]] = {
            "decision_index": FACT,
            "person_id": PLAIN,
            "entry_id": PLAIN,
        }


class Recall(models.Model):
    """A batch taken back whole: two people, a reason (F9). A small reference table that ``visible`` reads."""

    batch_id = models.UUIDField(primary_key=True, editable=False)
    uid = models.UUIDField(unique=True)
    at = models.DateTimeField()
    reason = models.TextField()
    organisation_id = models.UUIDField()
    asked_by = models.UUIDField()
    approved_by = models.UUIDField()

    class Meta:
        db_table = "records_recall"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(asked_by=F("approved_by")), name="records_recall_two_people"),
            models.CheckConstraint(condition=~Q(reason=""), name="records_recall_has_a_reason"),
        ]

    class Privacy:
        append_only = True
        reference = True
        fields: ClassVar[dict[str, Kept]] = {
            "batch_id": PLAIN,
            "uid": PLAIN,
            "at": PLAIN,
            "reason": PLAIN,
            "organisation_id": PLAIN,
            "asked_by": PLAIN,
            "approved_by": PLAIN,
        }
