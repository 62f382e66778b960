"""A removed content does not come in again, also where a corrected one was let back: intake reads which version a mark is about."""

from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("records", "0007_appeal_ends")]

    operations = [run_sql("records", "intake_reads_version")]
