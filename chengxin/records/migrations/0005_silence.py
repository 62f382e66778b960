"""A mark says when silence takes its entry out, and an entry can be hidden: what reads them needs no job (decision 10)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0004_batch")]

    operations = [
        migrations.AddField("mark", "lapses_on", models.DateField(null=True)),
        migrations.AddField("mark", "clock", models.UUIDField(null=True)),
        migrations.RemoveConstraint("mark", "records_mark_kind_known"),
        migrations.AddConstraint(
            "mark", models.CheckConstraint(condition=models.Q(("kind__range", (1, 17))), name="records_mark_kind_known")
        ),
        migrations.AddConstraint(
            "mark",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("clock__isnull", False), ("kind", 16)),
                    models.Q(
                        models.Q(("kind", 16), _negated=True),
                        ("clock__isnull", True),
                        ("lapses_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="records_mark_term_of_a_clock",
            ),
        ),
    ]
