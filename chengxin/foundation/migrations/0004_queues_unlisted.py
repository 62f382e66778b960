"""The lists of what is to be sent and printed open to those who work them off, and to the person they are about (F8)."""

from django.db import migrations

from chengxin.foundation.tables import worked_off


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_telling")]

    operations = [
        migrations.RunSQL(worked_off("foundation_dispatch", often_nobody=True), migrations.RunSQL.noop),
        migrations.RunSQL(worked_off("foundation_letter"), migrations.RunSQL.noop),
    ]
