"""That an office let a term pass is kept with the line of its case: the clocks forget it with the act that stops them."""

from django.db import migrations, models

from chengxin.foundation.sqlfiles import run_sql


class Migration(migrations.Migration):
    dependencies = [("remedies", "0004_disposal")]

    operations = [
        migrations.AddField("docket", "late", models.BooleanField(db_default=False)),
        run_sql("remedies", "late"),
    ]
