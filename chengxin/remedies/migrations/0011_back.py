"""A recipient is told that an entry is out, that it is back, and that it is out again: each once, by its moment."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("remedies", "0010_certified")]

    operations = [
        migrations.RemoveConstraint("recipient", "remedies_recipient_told_once"),
        migrations.AddConstraint(
            "recipient",
            models.UniqueConstraint(
                fields=["case_uid", "organisation_id", "what", "version", "told_at"],
                name="remedies_recipient_told_once",
            ),
        ),
    ]
