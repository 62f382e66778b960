"""The list of erasures opens to those who work it off, and to the person it is about (F8)."""

from django.db import migrations

from chengxin.foundation.tables import worked_off


class Migration(migrations.Migration):
    dependencies = [("access", "0002_erasure_request")]

    operations = [migrations.RunSQL(worked_off("access_erasure_request"), migrations.RunSQL.noop)]
