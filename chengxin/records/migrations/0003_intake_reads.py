"""Role intake reads keys and commitments of the ledger, and nothing that says what an entry is about (F8)."""

from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("records", "0002_tombstones")]

    operations = [run_sql("records", "intake_reads")]
