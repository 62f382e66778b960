"""The person's own statement beside an entry: sealed, never changed, and covered in part by two officials alone."""

from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import append_only, distribute, row_security, row_security_of_many


class Migration(migrations.Migration):
    dependencies = [("records", "0005_silence")]

    operations = [
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id",
                        "entry_id",
                        "statement_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("entry_id", models.UUIDField()),
                ("statement_id", models.UUIDField()),
                ("version", models.SmallIntegerField()),
                ("at", models.DateTimeField()),
                ("by_kind", models.CharField(max_length=8)),
                ("by_id", models.UUIDField(null=True)),
                ("approved_by", models.UUIDField(null=True)),
                ("covers", models.UUIDField(null=True)),
                ("sealed", models.BinaryField()),
            ],
            options={
                "db_table": "records_statement",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_by__isnull", True), ("covers__isnull", True)),
                            models.Q(
                                ("approved_by__isnull", False),
                                ("by_id__isnull", False),
                                ("by_kind", "official"),
                                ("covers__isnull", False),
                                models.Q(("approved_by", models.F("by_id")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="records_statement_covered_by_two",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint("mark", "records_mark_kind_known"),
        migrations.AddConstraint(
            "mark", models.CheckConstraint(condition=models.Q(("kind__range", (1, 19))), name="records_mark_kind_known")
        ),
        migrations.AddConstraint(
            "mark",
            models.CheckConstraint(
                condition=models.Q(models.Q(("kind", 19), _negated=True), ("by_kind", "person"), _connector="OR"),
                name="records_mark_statement_ended_by_its_person",
            ),
        ),
        migrations.RunSQL(append_only("records_statement", disposable=True), migrations.RunSQL.noop),
        migrations.RunSQL(row_security("records_statement"), migrations.RunSQL.noop),
        migrations.RunSQL(row_security_of_many("records_statement"), migrations.RunSQL.noop),
        run_sql("records", "statement_promises"),
        migrations.RunSQL(distribute("records_statement"), migrations.RunSQL.noop),
    ]
