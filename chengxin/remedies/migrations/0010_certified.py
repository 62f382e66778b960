"""What silence, objection or repair took out comes back on its source's own certificate, read by both who decide (F9)."""

from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("remedies", "0009_unnamed")]

    operations = [run_sql("remedies", "certified")]
