from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0011_uses"), ("persons", "0006_mandates")]

    operations = [
        migrations.AddField(model_name="consentstep", name="mandate_id", field=models.UUIDField(null=True)),
        migrations.AddConstraint(
            model_name="consentstep",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("act", 4), _negated=True), ("mandate_id__isnull", True), _connector="OR"),
                name="access_consent_step_used_for_nobody",
            ),
        ),
    ]
