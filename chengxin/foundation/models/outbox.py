"""What a person must be told, what became of telling them, and the queue of what is still to be sent."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from chengxin.foundation.privacy import Kept
from chengxin.foundation.tables import in_order, paired

_EVIDENCE = "as long as the entry it tells of, then without its person"
_FACT = Kept(personal=True, sensitive=False, kept=_EVIDENCE)
_PLAIN = Kept(personal=False, sensitive=False, kept=_EVIDENCE)
_QUEUE = Kept(personal=False, sensitive=False, kept="90 days after it was sent or given up")
_PRINT = Kept(personal=False, sensitive=False, kept="90 days after it was posted and its receipt or return was noted")


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
        """The last row of a notice on a channel says where it stands there. On the page it stands from the first moment."""

        SENDING = "sending"
        """About to be handed over; what follows says how that went. Nothing after it: a worker died there."""
        MADE = "made"
        """A letter lies in the folder of the print house."""
        SENT = "sent"
        """Handed over to the channel, which took it. Proves nothing about its person."""
        POSTED = "posted"
        """The print house gave the letter to the post."""
        DELIVERED = "delivered"
        """The post brought back a dated receipt."""
        READ = "read"
        """The person opened it while signed in."""
        FAILED = "failed"
        """An attempt failed; another follows."""
        HELD = "held"
        """It lacks something that it must say. It goes when nothing lacks, and proves nothing until then."""
        UNCERTAIN = "uncertain"
        """A worker died while handing over, and the channel cannot tell whether it took it. Not sent again."""
        ANNOUNCED = "announced"
        """Its number stands on the public list of notices that reached nobody."""
        GIVEN_UP = "given_up"
        """It will not go out on this channel."""

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
                condition=Q(
                    state__in=[
                        "sending",
                        "made",
                        "sent",
                        "posted",
                        "delivered",
                        "read",
                        "failed",
                        "held",
                        "uncertain",
                        "announced",
                        "given_up",
                    ]
                ),
            ),
            UniqueConstraint(
                name="foundation_delivery_once",
                fields=["person_id", "notice_id", "channel", "state"],
                condition=Q(state__in=["made", "sent", "posted", "delivered", "read"]),
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
    """What is still to be sent: one notice, or all notices of a batch at once (F14). Local; no word of what it says.

    A batch is gone through in the order of its persons. ``after_person`` and ``after_notice`` are the last one done;
    ``without`` names the channels that broke down on the way, each of which goes on in a row of its own.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        GIVEN_UP = "given_up"

    id = models.UUIDField(primary_key=True, editable=False)
    person_id = models.UUIDField(null=True)
    notice_id = models.UUIDField(null=True)
    batch_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=16)
    after_person = models.UUIDField(null=True)
    after_notice = models.UUIDField(null=True)
    without = ArrayField(models.CharField(max_length=16), default=list)
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
            Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="foundation_dispatch_ended"),
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
            paired(
                "foundation_dispatch_place_is_whole",
                "after_person",
                "after_notice",
                sentence="批次处理到的位置须完整 / the place reached in a batch names person and notice",
            ),
            CheckConstraint(
                name="foundation_dispatch_place_in_a_batch",
                condition=Q(after_person__isnull=True) | Q(batch_id__isnull=False),
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
            CheckConstraint(
                name="foundation_dispatch_given_up_says_why",
                condition=~Q(state="given_up") | ~Q(last_error=""),
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
            "after_person": _QUEUE,
            "after_notice": _QUEUE,
            "without": _QUEUE,
            "due_at": _QUEUE,
            "state": _QUEUE,
            "attempts": _QUEUE,
            "last_error": _QUEUE,
            "made_at": _QUEUE,
            "ended_at": _QUEUE,
        }

    def __str__(self) -> str:
        return f"{self.channel} {self.state} {self.due_at:%Y-%m-%d %H:%M}"


class Letter(models.Model):
    """A letter made for the print house: its number is the notice's. Local; the print house works by this list.

    Its file holds personal data and is removed once the letter is posted.
    """

    uid = models.UUIDField(primary_key=True, editable=False)
    person_id = models.UUIDField()
    notice_id = models.UUIDField()
    digest = models.BinaryField()
    made_at = models.DateTimeField()
    posted_on = models.DateField(null=True)
    received_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    missed_on = models.DateField(null=True)
    handed_on = models.DateField(null=True)
    announced_on = models.DateField(null=True)
    served_on = models.DateField(null=True)

    class Meta:
        db_table = "foundation_letter"
        indexes: ClassVar = [
            Index(fields=["made_at"], condition=Q(posted_on__isnull=True), name="foundation_letter_to_post"),
        ]
        constraints: ClassVar = [
            in_order(
                "foundation_letter_received_after_posted",
                "posted_on",
                "received_on",
                sentence="签收日期不得早于交寄日期 / a letter is received after it was posted",
            ),
            in_order(
                "foundation_letter_returned_after_posted",
                "posted_on",
                "returned_on",
                sentence="退回日期不得早于交寄日期 / a letter comes back after it was posted",
            ),
            in_order(
                "foundation_letter_missed_after_returned",
                "returned_on",
                "missed_on",
                sentence="先退回，后当面送 / handed over after the post brought it back",
            ),
            in_order(
                "foundation_letter_handed_after_returned",
                "returned_on",
                "handed_on",
                sentence="先退回，后当面送 / handed over after the post brought it back",
            ),
            in_order(
                "foundation_letter_announced_after_missed",
                "missed_on",
                "announced_on",
                sentence="当面送不到，才公告 / announced after handing it over failed",
            ),
            in_order(
                "foundation_letter_served_after_announced",
                "announced_on",
                "served_on",
                sentence="公告满期，才算送达 / served after it was announced",
            ),
            CheckConstraint(
                # the last way of all: post and handing over were tried before (民事诉讼法 95)
                name="foundation_letter_announced_last_of_all",
                condition=(Q(returned_on__isnull=False) | Q(missed_on__isnull=True, handed_on__isnull=True))
                & (Q(missed_on__isnull=False) | Q(announced_on__isnull=True))
                & (Q(announced_on__isnull=False) | Q(served_on__isnull=True)),
            ),
            CheckConstraint(
                name="foundation_letter_handed_or_announced",
                condition=Q(handed_on__isnull=True) | Q(served_on__isnull=True),
            ),
            CheckConstraint(
                name="foundation_letter_posted_before_its_end",
                condition=Q(posted_on__isnull=False) | Q(received_on__isnull=True, returned_on__isnull=True),
            ),
            CheckConstraint(
                name="foundation_letter_received_or_returned",
                condition=Q(received_on__isnull=True) | Q(returned_on__isnull=True),
            ),
        ]

    class Privacy:
        local = True
        fields: ClassVar[dict[str, Kept]] = {
            "uid": _PRINT,
            "person_id": _PRINT,
            "notice_id": _PRINT,
            "digest": _PRINT,
            "made_at": _PRINT,
            "posted_on": _PRINT,
            "received_on": _PRINT,
            "returned_on": _PRINT,
            "missed_on": _PRINT,
            "handed_on": _PRINT,
            "announced_on": _PRINT,
            "served_on": _PRINT,
        }

    def __str__(self) -> str:
        return f"letter {self.uid} of {self.made_at:%Y-%m-%d}"
