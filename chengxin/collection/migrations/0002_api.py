from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collection", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="batch", name="collection_batch_channel_known"),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["api", "command", "form", "upload"])),
                name="collection_batch_channel_known",
            ),
        ),
    ]
