"""The officers' list of objections: local, without a person; the marks stay where they are."""

from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("uid", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.UUIDField()),
                ("item", models.TextField()),
                ("not_mine", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("state", models.CharField(max_length=8)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "records_objection",
                "indexes": [
                    models.Index(condition=models.Q(("state", "open")), fields=["at"], name="records_objection_open"),
                    models.Index(fields=["organisation_id", "at"], name="records_objection_of_office"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "open")),
                            models.Q(("ended_at__isnull", False), ("state", "ended")),
                            _connector="OR",
                        ),
                        name="records_objection_ended_when_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("at")), _connector="OR"
                        ),
                        name="records_objection_ends_after_made",
                    ),
                ],
            },
        ),
        run_sql("records", "objection"),
    ]
