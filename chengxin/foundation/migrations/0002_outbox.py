"""The outbox: notices and deliveries of persons, and the local queue of what is to be sent."""

from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import append_only, distribute, row_security


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "delivery_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("delivery_id", models.UUIDField()),
                ("notice_id", models.UUIDField()),
                ("channel", models.CharField(max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "Made"),
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("delivered", "Delivered"),
                            ("read", "Read"),
                            ("failed", "Failed"),
                            ("given_up", "Given Up"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("evidence", models.TextField()),
            ],
            options={
                "db_table": "foundation_delivery",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["page", "email", "letter", "webhook", "sms"])),
                        name="foundation_delivery_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["made", "waiting", "sent", "delivered", "read", "failed", "given_up"])
                        ),
                        name="foundation_delivery_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("person_id", models.UUIDField(null=True)),
                ("notice_id", models.UUIDField(null=True)),
                ("batch_id", models.UUIDField(null=True)),
                ("channel", models.CharField(max_length=16)),
                ("due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("sent", "Sent"), ("given_up", "Given Up")],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("attempts", models.SmallIntegerField(default=0)),
                ("last_error", models.TextField(default="")),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "foundation_dispatch",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["due_at"], name="foundation_dispatch_due"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("batch_id__isnull", True), ("notice_id__isnull", False)),
                            models.Q(("batch_id__isnull", False), ("notice_id__isnull", True)),
                            _connector="OR",
                        ),
                        name="foundation_dispatch_of_one_or_a_batch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("notice_id__isnull", True), ("person_id__isnull", True)),
                            models.Q(("notice_id__isnull", False), ("person_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="foundation_dispatch_notice_names_person",
                        violation_error_message="通知与其本人须同时指明 / a notice is named together with its person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["every", "page", "email", "letter", "webhook", "sms"])),
                        name="foundation_dispatch_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "waiting")),
                            models.Q(("ended_at__isnull", False), ("state__in", ["sent", "given_up"])),
                            _connector="OR",
                        ),
                        name="foundation_dispatch_ended_when_done",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "notice_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("notice_id", models.UUIDField()),
                ("uid", models.UUIDField()),
                ("kind", models.CharField(max_length=32)),
                ("subject_kind", models.CharField(max_length=16)),
                ("subject_id", models.UUIDField()),
                ("subject_version", models.SmallIntegerField()),
                ("batch_id", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "foundation_notice",
                "indexes": [models.Index(fields=["batch_id"], name="foundation_notice_batch")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True), models.Q(("subject_kind", ""), _negated=True)
                        ),
                        name="foundation_notice_says_what",
                    )
                ],
            },
        ),
        run_sql("foundation", "outbox"),
        *(
            migrations.RunSQL(make(table), migrations.RunSQL.noop)
            for make in (append_only, row_security, distribute)
            for table in ("foundation_notice", "foundation_delivery")
        ),
    ]
