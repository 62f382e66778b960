"""What the database promises about cases: no move that the workflows do not know, no closing without its letter, two people
for what goes against the person.

A case's state changes with an event alone (``sql/cases.sql``); nothing is edited, and nothing here needs anybody's account:
``actor`` and ``organisation_id`` are plain ids, so that a case outlives who worked it.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import in_order
from chengxin.remedies.terms.cases import Channel, PaperKind
from chengxin.remedies.terms.words import Who
from chengxin.remedies.terms.workflows import Act

KEPT = "5 years after the case was closed, or until the person is erased"
PLAIN = Kept(personal=False, sensitive=False, kept="for ever")
FACT = Kept(personal=True, sensitive=False, kept=KEPT)
SEALED = Kept(personal=True, sensitive=True, kept=KEPT)

PROPOSING = Act.PROPOSE_AGAINST.value


class StepRow(models.Model):
    """One cell of the matrix of `docs/remedies.md`, written from the workflows by a migration: what an event may be.

    ``letter_kind``: the letter that goes with it, empty for none. ``second``: it takes another official than who proposed it.
    ``outcome``: how the case ends with it, empty where it stays open. ``effects``: what it brings: marks wait for it.
    """

    id = models.CharField(primary_key=True, max_length=80)
    workflow = models.CharField(max_length=16)
    source = models.CharField(max_length=24)
    act = models.CharField(max_length=24)
    target = models.CharField(max_length=24)
    letter_kind = models.CharField(max_length=16, blank=True)
    second = models.BooleanField()
    outcome = models.CharField(max_length=8, blank=True)
    effects = ArrayField(models.CharField(max_length=24))

    class Meta:
        db_table = "remedies_step"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workflow", "source", "act"], name="remedies_step_one_a_cell"),
            models.UniqueConstraint(
                fields=["workflow", "source", "act", "target", "letter_kind", "second"], name="remedies_step_whole"
            ),
        ]

    class Privacy:
        reference = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": PLAIN,
            "workflow": PLAIN,
            "source": PLAIN,
            "act": PLAIN,
            "target": PLAIN,
            "letter_kind": PLAIN,
            "second": PLAIN,
            "outcome": PLAIN,
            "effects": PLAIN,
        }


class Case(models.Model):
    """A case of one person. ``uid`` is its receipt's; ``state`` and what follows are moved by events alone."""

    pk = models.CompositePrimaryKey("person_id", "case_id")
    person_id = models.UUIDField()
    case_id = models.UUIDField()
    uid = models.UUIDField()
    workflow = models.CharField(max_length=16)
    about_kind = models.CharField(max_length=16)
    about_uid = models.UUIDField(null=True)
    about_version = models.SmallIntegerField(null=True)
    item = models.TextField(blank=True)
    supplier = models.UUIDField(null=True)
    organisation_id = models.UUIDField()
    channel = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=24)
    outcome = models.CharField(max_length=8, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "remedies_case"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person_id", "uid"], name="remedies_case_uid_names_one"),
            models.UniqueConstraint(fields=["person_id", "case_id", "workflow"], name="remedies_case_of_a_workflow"),
            models.UniqueConstraint(
                fields=["person_id", "workflow", "about_uid"],
                condition=Q(closed_at__isnull=True, about_uid__isnull=False),
                name="remedies_case_one_open",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | Q(closed_at__isnull=False, outcome__in=["for", "against", "neither"]),
                name="remedies_case_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[one.value for one in Channel]), name="remedies_case_channel_known"
            ),
            in_order(
                "remedies_case_opened_before_closed",
                "opened_at",
                "closed_at",
                sentence="先受理，后办结 / opened before closed",
            ),
        ]

    class Privacy:
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "case_id": PLAIN,
            "uid": PLAIN,
            "workflow": FACT,
            "about_kind": FACT,
            "about_uid": PLAIN,
            "about_version": PLAIN,
            "item": FACT,
            "supplier": FACT,
            "organisation_id": FACT,
            "channel": FACT,
            "opened_at": FACT,
            "state": FACT,
            "outcome": FACT,
            "closed_at": FACT,
        }


class Event(models.Model):
    """One act on a case. ``sealed``: what was said, under the person's key; ``told``: the last days that people were told.

    ``counts_from``: the day that a paper from outside bears, from which the clocks outside the house run.
    ``found`` and what follows: the entry or the look that its case turned out to be about (``sql/found.sql``).
    ``proposal`` and ``proposed_by``: what a second official agrees to or not. Of two who act at once on one state one wins.
    """

    pk = models.CompositePrimaryKey("person_id", "case_id", "seq")
    person_id = models.UUIDField()
    case_id = models.UUIDField()
    seq = models.SmallIntegerField()
    workflow = models.CharField(max_length=16)
    source = models.CharField(max_length=24)
    act = models.CharField(max_length=24)
    target = models.CharField(max_length=24)
    letter_kind = models.CharField(max_length=16, blank=True)
    second = models.BooleanField()
    at = models.DateTimeField()
    who = models.CharField(max_length=24)
    actor = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    mandate_id = models.UUIDField(null=True)
    letter_id = models.UUIDField(null=True)
    proposal = models.SmallIntegerField(null=True)
    proposed_by = models.UUIDField(null=True)
    proposed_act = models.CharField(max_length=24, blank=True)
    told = models.JSONField(default=dict)
    counts_from = models.DateField(null=True)
    found = models.UUIDField(null=True)
    found_version = models.SmallIntegerField(null=True)
    found_item = models.TextField(blank=True)
    found_supplier = models.UUIDField(null=True)
    sealed = models.BinaryField()

    class Meta:
        db_table = "remedies_event"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person_id", "case_id", "seq", "actor", "act"], name="remedies_event_by_its_actor"
            ),
            models.CheckConstraint(condition=Q(seq__gte=1), name="remedies_event_counts_from_one"),
            models.CheckConstraint(
                condition=Q(act=Act.FIND.value, found__isnull=False)
                | (
                    ~Q(act=Act.FIND.value)
                    & Q(found__isnull=True, found_version__isnull=True, found_item="", found_supplier__isnull=True)
                ),
                name="remedies_event_finds_what_it_says",
            ),
            models.CheckConstraint(condition=Q(who__in=[one.value for one in Who]), name="remedies_event_who_known"),
            models.CheckConstraint(
                condition=Q(who=Who.CLOCK.value, actor__isnull=True)
                | (~Q(who=Who.CLOCK.value) & (Q(actor__isnull=False) | Q(who=Who.ANYONE.value))),
                name="remedies_event_somebody_acts",
            ),
            models.CheckConstraint(
                condition=(Q(act=Act.LAPSE.value) & Q(who=Who.CLOCK.value))
                | (~Q(act=Act.LAPSE.value) & ~Q(who=Who.CLOCK.value)),
                name="remedies_event_a_clock_only_lapses",
            ),
            models.CheckConstraint(
                condition=Q(letter_kind="", letter_id__isnull=True) | (~Q(letter_kind="") & Q(letter_id__isnull=False)),
                name="remedies_event_letter_goes_with_it",
            ),
            models.CheckConstraint(
                condition=Q(second=False, proposal__isnull=True, proposed_by__isnull=True, proposed_act="")
                | (
                    Q(second=True, proposal__isnull=False, proposed_by__isnull=False, proposed_act=PROPOSING)
                    & ~Q(proposed_by=F("actor"))
                    & Q(actor__isnull=False)
                ),
                name="remedies_event_two_people",
                violation_error_message="须由另一人决定 / another person must decide",
            ),
            models.CheckConstraint(
                condition=Q(proposal__isnull=True) | Q(proposal__lt=F("seq")), name="remedies_event_proposed_before"
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "case_id": PLAIN,
            "seq": PLAIN,
            "workflow": FACT,
            "source": FACT,
            "act": FACT,
            "target": FACT,
            "letter_kind": FACT,
            "second": FACT,
            "at": FACT,
            "who": FACT,
            "actor": FACT,
            "organisation_id": FACT,
            "mandate_id": FACT,
            "letter_id": PLAIN,
            "proposal": FACT,
            "proposed_by": FACT,
            "proposed_act": FACT,
            "told": FACT,
            "counts_from": FACT,
            "found": PLAIN,
            "found_version": PLAIN,
            "found_item": FACT,
            "found_supplier": FACT,
            "sealed": SEALED,
        }


class PaperContent(models.Model):
    """What a paper holds, sealed under the person's key, once for each content: known by its SHA-256."""

    pk = models.CompositePrimaryKey("person_id", "digest")
    person_id = models.UUIDField()
    digest = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "remedies_paper_content"

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {"person_id": PLAIN, "digest": FACT, "sealed": SEALED}


class Paper(models.Model):
    """A paper handed in to a case: ``digest`` names its content, ``sealed`` holds its name."""

    pk = models.CompositePrimaryKey("person_id", "paper_id")
    person_id = models.UUIDField()
    paper_id = models.UUIDField()
    case_id = models.UUIDField()
    kind = models.CharField(max_length=16)
    digest = models.BinaryField()
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=64)
    scanned = models.CharField(max_length=16)
    sealed = models.BinaryField()
    at = models.DateTimeField()
    who = models.CharField(max_length=24)
    actor = models.UUIDField()

    class Meta:
        db_table = "remedies_paper"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person_id", "case_id", "digest", "kind"], name="remedies_paper_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in PaperKind]), name="remedies_paper_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(scanned__in=["clean", "not_scanned"]), name="remedies_paper_holds_nothing_harmful"
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "paper_id": PLAIN,
            "case_id": PLAIN,
            "kind": FACT,
            "digest": FACT,
            "size": FACT,
            "media_type": FACT,
            "scanned": FACT,
            "sealed": SEALED,
            "at": FACT,
            "who": FACT,
            "actor": FACT,
        }


class Opening(models.Model):
    """That an official opened a paper, and when: who answers has read what was handed in."""

    pk = models.CompositePrimaryKey("person_id", "paper_id", "official_id")
    person_id = models.UUIDField()
    paper_id = models.UUIDField()
    official_id = models.UUIDField()
    organisation_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "remedies_opening"

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": PLAIN,
            "paper_id": PLAIN,
            "official_id": FACT,
            "organisation_id": FACT,
            "at": FACT,
        }
