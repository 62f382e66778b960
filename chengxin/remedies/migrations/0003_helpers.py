from django.db import migrations

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("remedies", "0002_drafts"), ("persons", "0006_mandates")]

    operations = [run_sql("remedies", "helpers")]
