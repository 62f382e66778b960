"""What a person must be told, what became of telling them, and the queue of what is still to be sent."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q

from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import paired

_EVIDENCE = "as long as the entry it tells of, then without its person"
_FACT = Kept(personal=True, sensitive=False, kept=_EVIDENCE)
_PLAIN = Kept(personal=False, sensitive=False, kept=_EVIDENCE)
_QUEUE = Kept(personal=False, sensitive=False, kept="90 days after it was sent or given up")


class Notice(models.Model):
    """One thing a person is to be told. It names its subject and holds no text: that is made when it is read or sent."""

    pk = models.CompositePrimaryKey("person_id", "notice_id")
    person_id = models.UUIDField()
    notice_id = models.UUIDField()
    uid = models.UUIDField()
    kind = models.CharField(max_length=32)
    subject_kind = models.CharField(max_length=16)
    subject_id = models.UUIDField()
    subject_version = models.SmallIntegerField()
    batch_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "foundation_notice"
        indexes: ClassVar = [Index(fields=["batch_id"], name="foundation_notice_batch")]
        constraints: ClassVar = [
            CheckConstraint(name="foundation_notice_says_what", condition=~Q(kind="") & ~Q(subject_kind="")),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": _PLAIN,
            "notice_id": _PLAIN,
            "uid": _PLAIN,
            "kind": _FACT,
            "subject_kind": _FACT,
            "subject_id": _PLAIN,
            "subject_version": _PLAIN,
            "batch_id": _PLAIN,
            "made_at": _FACT,
        }


class Delivery(models.Model):
    """One step of telling a person: kept as evidence that they were told, how and when (个人信息保护法 17)."""

    class State(models.TextChoices):
        MADE = "made"
        WAITING = "waiting"
        SENT = "sent"
        DELIVERED = "delivered"
        READ = "read"
        FAILED = "failed"
        GIVEN_UP = "given_up"

    pk = models.CompositePrimaryKey("person_id", "delivery_id")
    person_id = models.UUIDField()
    delivery_id = models.UUIDField()
    notice_id = models.UUIDField()
    channel = models.CharField(max_length=16)
    state = models.CharField(max_length=16, choices=State)
    at = models.DateTimeField()
    evidence = models.TextField()

    class Meta:
        db_table = "foundation_delivery"
        constraints: ClassVar = [
            CheckConstraint(
                name="foundation_delivery_channel_known",
                condition=Q(channel__in=["page", "email", "letter", "webhook", "sms"]),
            ),
            CheckConstraint(
                name="foundation_delivery_state_known",
                condition=Q(state__in=["made", "waiting", "sent", "delivered", "read", "failed", "given_up"]),
            ),
        ]

    class Privacy:
        append_only = True
        fields: ClassVar[dict[str, Kept]] = {
            "person_id": _PLAIN,
            "delivery_id": _PLAIN,
            "notice_id": _PLAIN,
            "channel": _FACT,
            "state": _FACT,
            "at": _FACT,
            "evidence": _FACT,
        }


class Dispatch(models.Model):
    """What is still to be sent: one notice, or all notices of a batch at once (F14). Local; no word of what it says."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        GIVEN_UP = "given_up"

    id = models.UUIDField(primary_key=True, editable=False)
    person_id = models.UUIDField(null=True)
    notice_id = models.UUIDField(null=True)
    batch_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=16)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    attempts = models.SmallIntegerField(default=0)
    last_error = models.TextField(default="")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "foundation_dispatch"
        indexes: ClassVar = [
            Index(fields=["due_at"], condition=Q(state="waiting"), name="foundation_dispatch_due"),
        ]
        constraints: ClassVar = [
            CheckConstraint(
                name="foundation_dispatch_of_one_or_a_batch",
                condition=Q(notice_id__isnull=False, batch_id__isnull=True)
                | Q(notice_id__isnull=True, batch_id__isnull=False),
            ),
            paired(
                "foundation_dispatch_notice_names_person",
                "person_id",
                "notice_id",
                sentence="通知与其本人须同时指明 / a notice is named together with its person",
            ),
            CheckConstraint(
                name="foundation_dispatch_channel_known",
                condition=Q(channel__in=["every", "page", "email", "letter", "webhook", "sms"]),
            ),
            CheckConstraint(
                name="foundation_dispatch_ended_when_done",
                condition=Q(state="waiting", ended_at__isnull=True)
                | Q(state__in=["sent", "given_up"], ended_at__isnull=False),
            ),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "id": _QUEUE,
            "person_id": _QUEUE,
            "notice_id": _QUEUE,
            "batch_id": _QUEUE,
            "channel": _QUEUE,
            "due_at": _QUEUE,
            "state": _QUEUE,
            "attempts": _QUEUE,
            "last_error": _QUEUE,
            "made_at": _QUEUE,
            "ended_at": _QUEUE,
        }

    def __str__(self) -> str:
        return f"{self.channel} {self.state} {self.due_at:%Y-%m-%d %H:%M}"
