"""A certificate certifies what its entry said when it was put in: no later version comes back on it (F9)."""

from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("remedies", "0011_back")]

    operations = [run_sql("remedies", "certified_version")]
