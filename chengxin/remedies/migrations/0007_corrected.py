"""Recipients are told of another version too, and again of the next one: so a line says of which it told."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("remedies", "0006_appeal_letters")]

    operations = [
        migrations.AddField("recipient", "version", models.SmallIntegerField(default=1), preserve_default=False),
        migrations.RemoveConstraint("recipient", "remedies_recipient_told_once"),
        migrations.AddConstraint(
            "recipient",
            models.UniqueConstraint(
                fields=["case_uid", "organisation_id", "what", "version"], name="remedies_recipient_told_once"
            ),
        ),
        migrations.RemoveConstraint("recipient", "remedies_recipient_what_known"),
        migrations.AddConstraint(
            "recipient",
            models.CheckConstraint(
                condition=Q(what__in=["withdrawn", "ended", "repaired", "back", "corrected"]),
                name="remedies_recipient_what_known",
            ),
        ),
    ]
