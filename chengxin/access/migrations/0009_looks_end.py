from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_operators"),
    ]

    operations = [
        run_sql("access", "looks_end"),
    ]
