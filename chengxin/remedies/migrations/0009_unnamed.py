"""Whoever likes complains without a name: a table about no person, and the one answer to each."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import append_only

CONCERNS = ["official", "late", "misuse", "not_recognised", "other"]


class Migration(migrations.Migration):
    dependencies = [("remedies", "0008_counts_from")]

    operations = [
        migrations.CreateModel(
            name="Unnamed",
            fields=[
                ("uid", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=24, unique=True)),
                ("word_hash", models.BinaryField()),
                ("concern", models.CharField(max_length=16)),
                ("about_organisation_id", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("sealed", models.BinaryField()),
            ],
            options={
                "db_table": "remedies_unnamed",
                "indexes": [models.Index(fields=["due_on"], name="remedies_unnamed_due")],
                "constraints": [
                    models.CheckConstraint(condition=Q(concern__in=CONCERNS), name="remedies_unnamed_concern_known")
                ],
            },
        ),
        migrations.CreateModel(
            name="UnnamedAnswer",
            fields=[
                (
                    "complaint",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.RESTRICT,
                        primary_key=True,
                        related_name="answered",
                        serialize=False,
                        to="remedies.unnamed",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("founded", models.BooleanField()),
                ("official_id", models.UUIDField()),
                ("organisation_id", models.UUIDField()),
                ("sealed", models.BinaryField()),
            ],
            options={"db_table": "remedies_unnamed_answer"},
        ),
        *(
            migrations.RunSQL(append_only(table, disposable=True), migrations.RunSQL.noop)
            for table in ("remedies_unnamed", "remedies_unnamed_answer")
        ),
        run_sql("remedies", "unnamed"),
    ]
