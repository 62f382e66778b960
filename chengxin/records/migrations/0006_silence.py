"""A mark says when silence takes its entry out, and an entry can be hidden: what reads them needs no job (decision 10)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0005_batch")]

    operations = [
        migrations.AddField("mark", "lapses_on", models.DateField(null=True)),
        migrations.RemoveConstraint("mark", "records_mark_kind_known"),
        migrations.AddConstraint(
            "mark", models.CheckConstraint(condition=models.Q(("kind__range", (1, 17))), name="records_mark_kind_known")
        ),
        migrations.AddConstraint(
            "mark",
            models.CheckConstraint(
                condition=models.Q(("lapses_on__isnull", True), ("kind__in", [2, 16]), _connector="OR"),
                name="records_mark_term_of_an_objection",
            ),
        ),
    ]
