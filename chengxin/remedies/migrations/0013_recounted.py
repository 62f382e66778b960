"""Each line of the lists says by which law its last day was counted, and an entry's days follow when that law changes."""

from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("remedies", "0012_certified_version")]

    operations = [
        migrations.AddField("docket", "law", models.CharField(db_default="", max_length=16)),
        run_sql("remedies", "recounted"),
    ]
