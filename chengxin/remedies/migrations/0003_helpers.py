from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("remedies", "0002_drafts"), ("persons", "0006_mandates"), ("records", "0005_silence")]

    operations = [run_sql("remedies", "helpers"), run_sql("remedies", "lifting"), run_sql("remedies", "letters")]
