"""An entry leaves whole at its retention end, or with its erased person; a tombstone for each version stays (F6, F7)."""

from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import append_only, distribute, row_security


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial"), ("persons", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "uid", "version", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("uid", models.UUIDField()),
                ("version", models.SmallIntegerField()),
                ("known_on", models.DateField()),
                ("commitment", models.BinaryField()),
                ("reason", models.CharField(max_length=16)),
                ("gone_on", models.DateField()),
            ],
            options={
                "db_table": "records_tombstone",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["erased", "retention_ended"])),
                        name="records_tombstone_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gone_on__gte", models.F("known_on"))),
                        name="records_tombstone_known_before_gone",
                    ),
                ],
            },
        ),
        migrations.RunSQL(append_only("records_tombstone"), migrations.RunSQL.noop),
        migrations.RunSQL(row_security("records_tombstone"), migrations.RunSQL.noop),
        run_sql("records", "tombstone"),
        migrations.RunSQL(distribute("records_tombstone"), migrations.RunSQL.noop),
    ]
