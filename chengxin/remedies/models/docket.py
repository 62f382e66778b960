"""What the database promises about lists of cases: due dates by office, and no person among them (F8)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from chengxin.foundation.privacy import Kept
from chengxin.remedies.models.cases import PLAIN
from chengxin.remedies.terms.cases import Turn
from chengxin.remedies.terms.corrections import What

AT_WORK = Kept(personal=True, sensitive=False, kept="as long as the case")


class Docket(models.Model):
    """One case in an office's list: which, whose turn, until when. ``day`` and ``matter``: the clock that it waits for. Local.

    ``turn_of``: the organisation whose turn it is. It is written with each event; what it says of silence the clocks say first.
    ``late``: an act came after a term of an office had run out; it stays so. ``law``: by which law the day was counted
    (`rules.counted.law_mark`); under another it is counted again.
    """

    uid = models.UUIDField(primary_key=True, editable=False)
    workflow = models.CharField(max_length=16)
    about_kind = models.CharField(max_length=16)
    item = models.TextField(blank=True)
    organisation_id = models.UUIDField()
    supplier = models.UUIDField(null=True)
    batch_id = models.UUIDField(null=True)
    state = models.CharField(max_length=24)
    turn = models.CharField(max_length=16)
    turn_of = models.UUIDField()
    opened_at = models.DateTimeField()
    matter = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    late = models.BooleanField(db_default=False)
    law = models.CharField(max_length=16, db_default="")
    assigned_to = models.UUIDField(null=True)
    outcome = models.CharField(max_length=8, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "remedies_docket"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="remedies_docket_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, matter="") | (Q(due_on__isnull=False) & ~Q(matter="")),
                name="remedies_docket_a_day_of_a_clock",
            ),
            models.CheckConstraint(
                condition=Q(turn__in=[one.value for one in Turn]), name="remedies_docket_turn_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["turn_of", "due_on"], condition=Q(closed_at__isnull=True), name="remedies_docket_due"),
            models.Index(
                fields=["organisation_id", "due_on"], condition=Q(closed_at__isnull=True), name="remedies_docket_of_us"
            ),
            models.Index(fields=["supplier", "closed_at"], name="remedies_docket_by_source"),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "uid": PLAIN,
            "workflow": PLAIN,
            "about_kind": PLAIN,
            "item": PLAIN,
            "organisation_id": PLAIN,
            "supplier": PLAIN,
            "batch_id": PLAIN,
            "state": PLAIN,
            "turn": PLAIN,
            "turn_of": PLAIN,
            "opened_at": PLAIN,
            "matter": PLAIN,
            "due_on": PLAIN,
            "provisional": PLAIN,
            "late": PLAIN,
            "law": PLAIN,
            "assigned_to": AT_WORK,
            "outcome": PLAIN,
            "closed_at": PLAIN,
        }


class CasePerson(models.Model):
    """Whose case it is: for whoever works it, who says so (`database.working_off`). Local."""

    uid = models.UUIDField(primary_key=True, editable=False)
    person_id = models.UUIDField()

    class Meta:
        db_table = "remedies_case_person"
        indexes: ClassVar = [models.Index(fields=["person_id"], name="remedies_case_of_a_person")]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {"uid": PLAIN, "person_id": PLAIN}


class Recipient(models.Model):
    """An organisation that was told what is no longer right: told so when, acknowledged when. Local, for its own list.

    ``version``: the entry's newest when it was told so: of a later one it is told again; and of each end and each return.

    It names the entry and the look, and no person: the organisation finds whom it asked about by its own look.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    case_uid = models.UUIDField()
    organisation_id = models.UUIDField()
    entry_uid = models.UUIDField()
    look_uid = models.UUIDField()
    what = models.CharField(max_length=16)
    version = models.SmallIntegerField()
    told_at = models.DateTimeField()
    due_on = models.DateField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.UUIDField(null=True)

    class Meta:
        db_table = "remedies_recipient"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case_uid", "organisation_id", "what", "version", "told_at"],
                name="remedies_recipient_told_once",
            ),
            models.CheckConstraint(
                condition=Q(what__in=[one.value for one in What]), name="remedies_recipient_what_known"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="remedies_recipient_acknowledged_by_someone",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation_id", "due_on"],
                condition=Q(acknowledged_at__isnull=True),
                name="remedies_recipient_open",
            ),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": PLAIN,
            "case_uid": PLAIN,
            "organisation_id": PLAIN,
            "entry_uid": PLAIN,
            "look_uid": PLAIN,
            "what": PLAIN,
            "version": PLAIN,
            "told_at": PLAIN,
            "due_on": PLAIN,
            "acknowledged_at": PLAIN,
            "acknowledged_by": AT_WORK,
        }
