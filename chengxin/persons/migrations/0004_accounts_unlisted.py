"""Who is behind which account, and for whom a code was made, is not to be listed by role web (F8)."""

from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("persons", "0003_intake_reads")]

    operations = [run_sql("persons", "accounts")]
