"""Rows keyed under an older index key may be replaced by the same under the current one (F3)."""

from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("persons", "0001_initial")]

    operations = [run_sql("persons", "reindex")]
