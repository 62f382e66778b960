from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import append_only, distribute, grants, row_security


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0010_case_outcome"),
    ]

    operations = [
        migrations.CreateModel(
            name="Use",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "use_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("use_id", models.UUIDField()),
                ("uid", models.UUIDField()),
                ("look_uid", models.UUIDField()),
                ("organisation_id", models.UUIDField()),
                ("official_id", models.UUIDField(null=True)),
                ("client_id", models.UUIDField(null=True)),
                ("decision", models.TextField()),
                ("decided_on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "access_use",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), _negated=True), name="access_use_says_what_was_decided"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("official_id__isnull", False), ("client_id__isnull", False), _connector="OR"
                        ),
                        name="access_use_says_who",
                    ),
                    models.UniqueConstraint(fields=("person_id", "look_uid"), name="access_use_one_a_look"),
                ],
            },
        ),
        migrations.RunSQL(append_only("access_use"), migrations.RunSQL.noop),
        migrations.RunSQL(row_security("access_use"), migrations.RunSQL.noop),
        migrations.RunSQL(grants("access_use", web="SELECT, INSERT"), migrations.RunSQL.noop),
        run_sql("access", "uses"),
        migrations.RunSQL(distribute("access_use"), migrations.RunSQL.noop),
    ]
