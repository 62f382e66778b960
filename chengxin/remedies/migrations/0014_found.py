"""Which entry, or which look, a case turned out to be about that came in without its number."""

from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("remedies", "0013_recounted")]

    operations = [
        migrations.AddField("event", "found", models.UUIDField(null=True)),
        migrations.AddField("event", "found_item", models.TextField(blank=True)),
        migrations.AddField("event", "found_supplier", models.UUIDField(null=True)),
        migrations.AddField("event", "found_version", models.SmallIntegerField(null=True)),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "find"), ("found__isnull", False)),
                    models.Q(
                        models.Q(("act", "find"), _negated=True),
                        ("found__isnull", True),
                        ("found_item", ""),
                        ("found_supplier__isnull", True),
                        ("found_version__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="remedies_event_finds_what_it_says",
            ),
        ),
        run_sql("remedies", "found"),
    ]
