"""Steps of telling a person, the place reached in a batch, and the list of letters."""

import django.contrib.postgres.fields
from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0002_outbox"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("uid", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("person_id", models.UUIDField()),
                ("notice_id", models.UUIDField()),
                ("digest", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("posted_on", models.DateField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("returned_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "foundation_letter",
            },
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="foundation_delivery_state_known",
        ),
        migrations.AddField(
            model_name="dispatch",
            name="after_notice",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="after_person",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="without",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16), default=list, size=None
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("sending", "Sending"),
                    ("made", "Made"),
                    ("sent", "Sent"),
                    ("posted", "Posted"),
                    ("delivered", "Delivered"),
                    ("read", "Read"),
                    ("failed", "Failed"),
                    ("uncertain", "Uncertain"),
                    ("given_up", "Given Up"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False)), fields=["ended_at"], name="foundation_dispatch_ended"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["sending", "made", "sent", "posted", "delivered", "read", "failed", "uncertain", "given_up"],
                    )
                ),
                name="foundation_delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["made", "sent", "posted", "delivered", "read"])),
                fields=("person_id", "notice_id", "channel", "state"),
                name="foundation_delivery_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after_notice__isnull", True), ("after_person__isnull", True)),
                    models.Q(("after_notice__isnull", False), ("after_person__isnull", False)),
                    _connector="OR",
                ),
                name="foundation_dispatch_place_is_whole",
                violation_error_message="批次处理到的位置须完整 / the place reached in a batch names person and notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("after_person__isnull", True), ("batch_id__isnull", False), _connector="OR"),
                name="foundation_dispatch_place_in_a_batch",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "given_up"), _negated=True),
                    models.Q(("last_error", ""), _negated=True),
                    _connector="OR",
                ),
                name="foundation_dispatch_given_up_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("posted_on__isnull", True)), fields=["made_at"], name="foundation_letter_to_post"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("posted_on__isnull", True),
                    ("received_on__isnull", True),
                    ("posted_on__lte", models.F("received_on")),
                    _connector="OR",
                ),
                name="foundation_letter_received_after_posted",
                violation_error_message="签收日期不得早于交寄日期 / a letter is received after it was posted",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("posted_on__isnull", True),
                    ("returned_on__isnull", True),
                    ("posted_on__lte", models.F("returned_on")),
                    _connector="OR",
                ),
                name="foundation_letter_returned_after_posted",
                violation_error_message="退回日期不得早于交寄日期 / a letter comes back after it was posted",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("posted_on__isnull", False),
                    models.Q(("received_on__isnull", True), ("returned_on__isnull", True)),
                    _connector="OR",
                ),
                name="foundation_letter_posted_before_its_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("received_on__isnull", True), ("returned_on__isnull", True), _connector="OR"),
                name="foundation_letter_received_or_returned",
            ),
        ),
        run_sql("foundation", "telling"),
    ]
