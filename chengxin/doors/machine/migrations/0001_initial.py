import django.contrib.postgres.indexes
from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql
from chengxin.foundation.tables import grants


class Migration(migrations.Migration):
    initial = True

    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Replay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "client_id", "mark", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("client_id", models.UUIDField()),
                ("mark", models.BinaryField()),
                ("body", models.BinaryField(default=b"")),
                ("thing", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "machine_replay",
                "indexes": [django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="machine_replay_swept_by")],
            },
        ),
        run_sql("doors/machine", "replay"),
        migrations.RunSQL(grants("machine_replay", web="SELECT, INSERT, UPDATE, DELETE"), migrations.RunSQL.noop),
    ]
