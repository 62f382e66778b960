"""Role intake reads keyed hashes and ids of identities alone (F8)."""

from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("persons", "0002_reindex")]

    operations = [run_sql("persons", "intake_reads")]
