from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import distribute, row_security


class Migration(migrations.Migration):
    dependencies = [("remedies", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id", "flow", "about_uid", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person_id", models.UUIDField()),
                ("flow", models.CharField(max_length=16)),
                ("about_uid", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
            ],
            options={"db_table": "remedies_draft"},
        ),
        migrations.RunSQL(row_security("remedies_draft"), migrations.RunSQL.noop),
        run_sql("remedies", "drafts"),
        migrations.RunSQL(distribute("remedies_draft"), migrations.RunSQL.noop),
    ]
