"""A closed case ends five years later; what has ended is gone (charter 8)."""

from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("remedies", "0003_helpers"),
    ]

    operations = [
        run_sql("remedies", "disposal"),
    ]
