from django.db import migrations, models

STATES = [
    "sending",
    "made",
    "sent",
    "posted",
    "delivered",
    "read",
    "failed",
    "held",
    "uncertain",
    "announced",
    "given_up",
]


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0005_announcements"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="delivery",
            name="foundation_delivery_state_known",
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[(state, state.replace("_", " ").title()) for state in STATES],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", STATES)),
                name="foundation_delivery_state_known",
            ),
        ),
    ]
